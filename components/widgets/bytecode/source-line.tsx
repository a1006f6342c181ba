import type { Span } from '../../../lib/engine/snapshot/trace-types';

interface SourceLineProps {
  line: number;
  text: string | null;
  /** The token to mark, where it is on this line. */
  span: Span | null;
}

/** A line of the source above its instructions, the token of one of them marked. */
export function SourceLine({ line, text, span }: SourceLineProps) {
  if (line === 0) return <span className="text-xs text-ink-faint">no line of the source</span>;
  const shown = text ?? '';
  const indent = shown.length - shown.trimStart().length;
  const isHere = span !== null && span.line <= line && span.endLine >= line;
  const from = !isHere ? indent : span.line === line ? span.column : indent;
  const to = !isHere ? indent : span.endLine === line ? span.endColumn : shown.length;
  return (
    <code className="block min-w-0 overflow-hidden font-mono text-[0.8125rem] text-ellipsis whitespace-pre text-ink">
      {shown.slice(indent, from)}
      {to > from && (
        <mark className="rounded-xs bg-marker text-ink underline decoration-2 underline-offset-3">
          {shown.slice(from, to)}
        </mark>
      )}
      {shown.slice(Math.max(from, to))}
    </code>
  );
}
