import type { TreeItem } from './tree-items';

/** Over the picture while the keyboard walks it: the row of the tree that it is on, which is out of sight. */
export function FocusedRow({ item }: { item: TreeItem }) {
  const { label, words, notes, isWeak } = item;
  return (
    <p
      aria-hidden="true"
      className="pointer-events-none absolute inset-x-0 top-full z-10 mt-1 truncate rounded border border-accent bg-surface px-2 py-1 text-xs text-ink-soft shadow-lift print:hidden"
    >
      <code className="font-mono text-ink">
        {label}
        {label !== '' && words !== '' && (isWeak ? ' ⇢ ' : ' → ')}
        {words}
      </code>
      {notes.length > 0 && <span className="ml-2 text-ink-faint">{notes.join(', ')}</span>}
      <span className="ml-3 text-ink-faint max-sm:hidden">→ follows · ← back · h next holder · Enter selects</span>
    </p>
  );
}
