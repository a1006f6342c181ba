/** What the page has to say about lines of the code: shown beneath the text, whichever editor shows that. */
export interface LineMark {
  readonly line: number;
  readonly endLine: number;
  readonly kind: 'step' | 'error';
  /** Short texts at the end of the line; the sentence below the cell says the same in full. */
  readonly chips: readonly string[];
}

const LOOKS = {
  step: { band: 'bg-accent-soft', edge: 'border-accent', chip: 'border-accent/40 bg-surface text-accent-strong' },
  error: { band: 'bg-freed-soft', edge: 'border-freed', chip: 'border-freed/40 bg-surface text-freed' },
} as const;

export function LineMarks({ marks }: { marks: readonly LineMark[] }) {
  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-x-0 top-3">
      {marks.map((mark) => {
        const style = {
          top: `calc(${mark.line - 1} * var(--code-line))`,
          height: `calc(${mark.endLine - mark.line + 1} * var(--code-line))`,
        };
        const look = LOOKS[mark.kind];
        return (
          <div
            key={`${mark.kind} ${mark.line}`}
            data-line-mark={mark.kind}
            data-line={mark.line}
            style={style}
            className={`absolute inset-x-0 border-l-3 ${look.band} ${look.edge}`}
          />
        );
      })}
    </div>
  );
}

/** The chips lie above the text, at its right edge, where there is room for them. */
export function LineChips({ marks }: { marks: readonly LineMark[] }) {
  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-x-0 top-3 hidden sm:block">
      {marks.map((mark) => (
        <div
          key={`${mark.kind} ${mark.line}`}
          style={{ top: `calc(${mark.endLine - 1} * var(--code-line))`, height: 'var(--code-line)' }}
          className="absolute right-3 flex items-center gap-1.5"
        >
          {mark.chips.map((chip) => (
            <span
              key={chip}
              className={`rounded-full border px-2 text-xs leading-4.5 font-medium tabular-nums ${LOOKS[mark.kind].chip}`}
            >
              {chip}
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}
