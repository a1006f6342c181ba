/** A lesson's cell as text. */
export function CodeCell({
  index,
  html,
}: {
  index: number;
  code: string;
  html: string;
  show?: string;
  lessonId: string;
}) {
  return (
    <section aria-label={`Cell ${index}`} className="rounded-lg border border-line bg-surface">
      <pre className="overflow-x-auto px-4 py-3 font-mono text-sm leading-6">
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: made from our own lesson at build time */}
        <code dangerouslySetInnerHTML={{ __html: html }} />
      </pre>
    </section>
  );
}
