'use client';

import { type KeyboardEvent, memo, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { HeapGraph } from '../../../../lib/engine/snapshot/trace-types';
import type { ObjectLetters } from '../../object-letters';
import { indexGraph } from '../model/graph-index';
import { type Expansion, HeapTree as Tree, moreSlots, parentPath, type TreeItem } from './tree-items';
import { TreeRow } from './tree-row';

interface HeapTreeProps {
  graph: HeapGraph;
  letters: ObjectLetters;
  everyObject: boolean;
  selected: number | null;
  /** Out of sight it is what the keyboard and screen readers walk; the picture shows where they are. */
  isVisible: boolean;
  onSelect(serial: number | null): void;
  /** The row that the keyboard is on; null: it is elsewhere. */
  onFocus(item: TreeItem | null): void;
}

export const HeapTree = memo(function HeapTree(props: HeapTreeProps) {
  const { graph, letters, everyObject, selected, isVisible, onSelect, onFocus } = props;
  const hintId = useId();
  const tree = useMemo(() => new Tree(indexGraph(graph), letters, everyObject), [graph, letters, everyObject]);
  const [open, setOpen] = useState<Expansion>(() => new Map(tree.roots.map((root) => [root, 0])));
  const [current, setCurrent] = useState<string>(tree.roots[0] ?? '');
  const [said, say] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef(false);
  const typed = useRef({ text: '', at: 0 });
  const items = useMemo(() => tree.items(open), [tree, open]);
  // What was current may have gone with the moment: then the nearest row above it is.
  let at = current;
  while (!items.some((item) => item.path === at)) at = parentPath(at) ?? items[0]?.path ?? '';
  const position = items.findIndex((item) => item.path === at);

  useEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    list.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  });

  const go = (path: string | undefined) => {
    if (path === undefined) return;
    wantsFocus.current = true;
    setCurrent(path);
  };
  const openRow = ({ path }: TreeItem) => setOpen((old) => new Map(old).set(path, old.get(path) ?? 0));
  const closeRow = ({ path }: TreeItem) =>
    setOpen((old) => {
      const next = new Map(old);
      next.delete(path);
      return next;
    });
  const act = (item: TreeItem) => {
    if (item.more > 0) {
      const parent = parentPath(item.path)!;
      setOpen((old) => new Map(old).set(parent, moreSlots(old.get(parent))));
    } else if (item.serial !== null) onSelect(item.serial === selected ? null : item.serial);
    else if (item.isExpanded) closeRow(item);
    else if (item.canExpand) openRow(item);
  };
  const nextHolder = (item: TreeItem) => {
    if (item.serial === null) return;
    const paths = tree.pathsToHolders(item.serial);
    const now = paths.indexOf(item.path);
    const next = paths[(now + 1) % paths.length];
    if (next === undefined) return say('Nothing in the graph refers to it.');
    if (paths.length === 1 && now === 0) return say('This is its only holder.');
    say(`Holder ${((now + 1) % paths.length) + 1} of ${paths.length}`);
    setOpen((old) => tree.opened(old, next));
    go(next);
  };
  const typeAhead = (key: string) => {
    const now = Date.now();
    const text = now - typed.current.at < 700 ? typed.current.text + key : key;
    typed.current = { text, at: now };
    const from = text.length === 1 ? position + 1 : position;
    const order = [...items.slice(from), ...items.slice(0, from)];
    go(order.find((item) => `${item.label} ${item.words}`.trim().toLowerCase().startsWith(text.toLowerCase()))?.path);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const item = items[position];
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    switch (event.key) {
      case 'ArrowDown':
        go(items[position + 1]?.path);
        break;
      case 'ArrowUp':
        go(items[position - 1]?.path);
        break;
      case 'ArrowRight':
        if (item.canExpand && !item.isExpanded) openRow(item);
        else if (item.isExpanded) go(items[position + 1]?.path);
        break;
      case 'ArrowLeft':
        if (item.isExpanded) closeRow(item);
        else go(parentPath(item.path) ?? undefined);
        break;
      case 'Home':
        go(items[0]?.path);
        break;
      case 'End':
        go(items.at(-1)?.path);
        break;
      case 'Enter':
      case ' ':
        act(item);
        break;
      case 'Escape':
        if (selected === null) return;
        onSelect(null);
        break;
      case 'h':
        nextHolder(item);
        break;
      default:
        if (!/^[\p{L}\p{N}_]$/u.test(event.key)) return;
        typeAhead(event.key);
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={isVisible ? 'mt-3' : 'sr-only'}>
      <p id={hintId} className={isVisible ? 'mb-1 text-xs text-ink-faint' : undefined}>
        Arrow keys walk the tree, → follows a reference, ← goes back, <kbd>h</kbd> goes to the next holder, Enter
        selects.
      </p>
      <div
        ref={list}
        role="tree"
        aria-label="Heap"
        aria-describedby={hintId}
        className={
          isVisible
            ? 'max-h-96 overflow-auto print:max-h-none rounded-md border border-line bg-surface py-1'
            : undefined
        }
        onKeyDown={onKeyDown}
        onFocus={() => onFocus(items[position] ?? null)}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) onFocus(null);
        }}
      >
        {items.map((item, i) => (
          <TreeRow
            key={item.path}
            item={item}
            isCurrent={i === position}
            isSelected={item.serial !== null && item.serial === selected}
            onToggle={() => (item.isExpanded ? closeRow(item) : openRow(item))}
            onChoose={() => {
              go(item.path);
              act(item);
            }}
          />
        ))}
      </div>
      <p role="status" className="sr-only">
        {said}
      </p>
    </div>
  );
});
