import type { CodeMarks, LineRange } from './code-marks';

/**
 * Bands beneath the text, whichever editor shows that: the line that just ran with a whole edge, the one that comes next
 * with a dashed one, the one that failed in the colour of what is lost for good.
 */
export function LineBands({ marks: { ran, next, error } }: { marks: CodeMarks }) {
  const isFailed = error !== null && ran?.line === error.line;
  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-x-0 top-3">
      {next && next.line !== ran?.line && (
        <Band kind="next" range={next} look="border-dashed border-accent/70 bg-accent-soft/40" />
      )}
      {ran && !isFailed && <Band kind="ran" range={ran} look="border-accent bg-accent-soft" />}
      {error && (
        <Band kind="error" range={{ line: error.line, endLine: error.line }} look="border-freed bg-freed-soft" />
      )}
    </div>
  );
}

function Band({ kind, range, look }: { kind: string; range: LineRange; look: string }) {
  const style = {
    top: `calc(${range.line - 1} * var(--code-line))`,
    height: `calc(${range.endLine - range.line + 1} * var(--code-line))`,
  };
  return (
    <div
      data-line-mark={kind}
      data-line={range.line}
      style={style}
      className={`absolute inset-x-0 border-l-3 ${look}`}
    />
  );
}

/** What the bands and the arrows show, for those who do not see them. */
export function marksText({ ran, next, error }: CodeMarks): string {
  const parts: string[] = [];
  if (ran) parts.push(`Line ${ran.line} just ran.`);
  if (next) parts.push(`Line ${next.line} comes next.`);
  if (error) parts.push(`Line ${error.line} failed${error.text === null ? '' : `: ${error.text}`}.`);
  return parts.join(' ');
}
