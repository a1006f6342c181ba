import { memo } from 'react';
import { type ColouredSpan, colourPython } from './python-tokens';

interface ColouredCodeProps {
  code: string;
  html: string | null;
}

export const ColouredCode = memo(function ColouredCode({ code, html }: ColouredCodeProps) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: made from our own lesson at build time
  if (html !== null) return <code dangerouslySetInnerHTML={{ __html: html }} />;
  return (
    <code>
      {colourPython(code).map((spans, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other identity than its number
        <span key={line}>
          {line > 0 && '\n'}
          <ColouredLine spans={spans} />
        </span>
      ))}
      {/* A last line that is empty still takes its height. */}
      {code.endsWith('\n') || code === '' ? '\u200b' : null}
    </code>
  );
});

export function ColouredLine({ spans }: { spans: readonly ColouredSpan[] }) {
  return spans.map((span, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a span has no other identity than its place
    <span key={at} style={{ color: `var(${variableOf(span.kind)})` }}>
      {span.text}
    </span>
  ));
}

const variableOf = (kind: string) => (kind === 'foreground' ? '--shiki-foreground' : `--shiki-token-${kind}`);
