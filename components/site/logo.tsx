/** Four strokes and one across: somebody is counting. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 24 24" className={className} fill="none" strokeLinecap="round">
      <path d="M5 4.5v15M9.67 4.5v15M14.33 4.5v15M19 4.5v15" stroke="currentColor" strokeWidth="2" />
      <path d="M2 17.5 22 6.5" stroke="var(--color-accent)" strokeWidth="2.4" />
    </svg>
  );
}
