/** The value of the cell's last expression. */
export function ResultOutput({ text }: { text: string }) {
  return (
    <div className="flex gap-3">
      <span aria-hidden="true" className="font-mono text-[0.8125rem] text-ink-faint select-none">
        →
      </span>
      <pre className="m-0 min-w-0 font-mono text-[0.8125rem] whitespace-pre-wrap break-words">{text}</pre>
    </div>
  );
}
