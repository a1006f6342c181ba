/** A Python exception, in CPython's words. The last line is the one to read first. */
export function ErrorOutput({ traceback }: { traceback: readonly string[] }) {
  return (
    <pre className="my-1 w-max min-w-full rounded-md border-l-3 border-freed bg-freed-soft px-3 py-2 font-mono text-[0.8125rem] leading-5.5 text-ink">
      {traceback.slice(0, -1).map((line) => `${line}\n`)}
      <span className="font-semibold text-freed">{traceback.at(-1)}</span>
    </pre>
  );
}
