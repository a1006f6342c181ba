/** Code to read, not to run. A block that scrolls must be reachable by keyboard, hence the tab stop. */
export function CodeBlock({ html }: { html: string }) {
  return (
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
      tabIndex={0}
      className="overflow-x-auto rounded-lg border border-line bg-sunken px-4 py-3 font-mono text-sm leading-6"
    >
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: made from our own lesson at build time */}
      <code dangerouslySetInnerHTML={{ __html: html }} />
    </pre>
  );
}
