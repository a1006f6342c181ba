interface StreamOutputProps {
  name: 'stdout' | 'stderr';
  text: string;
}

export function StreamOutput({ name, text }: StreamOutputProps) {
  const shown = text.replace(/\n$/, '');
  if (name === 'stdout')
    return <pre className="m-0 font-mono text-[0.8125rem] whitespace-pre-wrap break-words">{shown}</pre>;
  return (
    <pre className="m-0 border-l-2 border-lost bg-lost-soft px-3 py-1 font-mono text-[0.8125rem] whitespace-pre-wrap break-words">
      <span className="sr-only">Standard error: </span>
      {shown}
    </pre>
  );
}
