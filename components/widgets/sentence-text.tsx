import { plain, type Sentence } from './words/sentence';

export function SentenceText({ sentence }: { sentence: Sentence }) {
  let offset = 0;
  return sentence.map((part) => {
    const key = offset;
    offset += plain([part]).length;
    if (typeof part === 'string') return <span key={key}>{part}</span>;
    return (
      <code key={key} className="rounded bg-sunken px-[0.2em] py-px font-mono text-[0.9em]">
        {part.code}
      </code>
    );
  });
}
