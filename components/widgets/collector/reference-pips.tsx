interface ReferencePipsProps {
  count: number;
  /** How many of them come from other candidates. */
  inside: number;
  /** These are taken off. */
  isSubtracted: boolean;
}

/** More than so many are told by the number alone. */
const MOST_PIPS = 8;

/** A count as so many marks; those from inside lose their filling and get a line through them. */
export function ReferencePips({ count, inside, isSubtracted }: ReferencePipsProps) {
  if (count > MOST_PIPS) return null;
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${count * 10} 10`}
      style={{ width: `${count * 0.625}rem` }}
      className="h-2.5 shrink-0 overflow-visible"
    >
      {Array.from({ length: count }, (_, i) => {
        const isOff = isSubtracted && i < inside;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a mark is its place
          <g key={i} transform={`translate(${i * 10 + 5} 5)`}>
            <circle
              r="3.25"
              strokeWidth="1.25"
              className={`motion-safe:transition-[fill] ${isOff ? 'fill-transparent stroke-cycle' : isSubtracted ? 'fill-gained stroke-gained' : 'fill-ink-faint stroke-ink-faint'}`}
            />
            {isOff && <path d="M-4.5 4.5L4.5 -4.5" strokeWidth="1.25" className="stroke-cycle" />}
          </g>
        );
      })}
    </svg>
  );
}
