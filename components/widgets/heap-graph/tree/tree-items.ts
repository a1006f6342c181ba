/** The heap as a tree that can be walked: frames, their names, what each refers to, and so on as far as one likes. */
import type { GraphEdge } from '../../../../lib/engine/snapshot/trace-types';
import type { ObjectLetters } from '../../object-letters';
import { garbageCycles } from '../model/cycles';
import { type Folding, foldGraph, isFoldedEdge } from '../model/folding';
import { edgesTo, frameId, type GraphIndex } from '../model/graph-index';
import { slotsOf } from '../model/slots';
import { grouped, plural } from '../../plural';
import { countWords, objectWords } from '../words';

export interface TreeItem {
  /** Unlike any other: the keys of the slots that lead here. */
  readonly path: string;
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  /** The slot, name or frame. */
  readonly label: string;
  /** The object it refers to, in words. */
  readonly words: string;
  readonly notes: readonly string[];
  readonly serial: number | null;
  readonly isWeak: boolean;
  readonly isGarbage: boolean;
  readonly canExpand: boolean;
  readonly isExpanded: boolean;
  /** A row that stands for this many slots. */
  readonly more: number;
}

/** Slots listed of an object before the rest is asked for. */
const FIRST_SLOTS = 30;
const JOINT = '\u001f';
export const GARBAGE = 'garbage';

/** Open rows, with the number of slots shown where it is not the usual one. */
export type Expansion = ReadonlyMap<string, number>;

interface Child {
  readonly key: string;
  readonly label: string;
  readonly edge: GraphEdge | null;
  readonly serial: number;
}

export class HeapTree {
  private readonly folding: Folding;
  private readonly cycles: ReadonlyMap<number, number>;
  private readonly children = new Map<number | string, readonly Child[]>();

  constructor(
    readonly index: GraphIndex,
    private readonly letters: ObjectLetters,
    private readonly everyObject: boolean,
  ) {
    this.folding = foldGraph(index, everyObject);
    this.cycles = garbageCycles(index);
  }

  get roots(): readonly string[] {
    const { graph } = this.index;
    const frames = graph.frames.map((_, i) => String(frameId(i)));
    return graph.nodes.some((node) => node.garbage) ? [...frames, GARBAGE] : frames;
  }

  items(open: Expansion): TreeItem[] {
    const items: TreeItem[] = [];
    const { roots } = this;
    roots.forEach((root, i) => {
      const children = this.childrenOf(root);
      items.push({
        path: root,
        level: 1,
        position: i + 1,
        siblings: roots.length,
        label: this.rootLabel(root),
        words: '',
        notes: [plural(children.length, root === GARBAGE ? 'object' : 'name')],
        serial: null,
        isWeak: false,
        isGarbage: root === GARBAGE,
        canExpand: children.length > 0,
        isExpanded: open.has(root) && children.length > 0,
        more: 0,
      });
      if (open.has(root)) this.add(items, open, root, root, []);
    });
    return items;
  }

  private add(items: TreeItem[], open: Expansion, path: string, id: string | number, above: readonly number[]): void {
    const children = this.childrenOf(id);
    const shown = Math.max(open.get(path) ?? 0, FIRST_SLOTS);
    const level = path.split(JOINT).length + 1;
    const siblings = Math.min(children.length, shown + 1);
    children.slice(0, shown).forEach((child, i) => {
      const here = path + JOINT + child.key;
      const isAgain = above.includes(child.serial);
      const canExpand = !isAgain && this.childrenOf(child.serial).length > 0;
      const isExpanded = canExpand && open.has(here);
      items.push({ ...this.item(child, isAgain), path: here, level, position: i + 1, siblings, canExpand, isExpanded });
      if (isExpanded) this.add(items, open, here, child.serial, [...above, child.serial]);
    });
    const more = children.length - shown;
    if (more <= 0) return;
    items.push({
      path: `${path}${JOINT}…`,
      level,
      position: siblings,
      siblings,
      label: `… ${grouped(more)} more`,
      words: '',
      notes: [],
      serial: null,
      isWeak: false,
      isGarbage: false,
      canExpand: false,
      isExpanded: false,
      more,
    });
  }

  private item(
    { label, edge, serial }: Child,
    isAgain: boolean,
  ): Pick<TreeItem, 'label' | 'words' | 'notes' | 'serial' | 'isWeak' | 'isGarbage' | 'more'> {
    const node = this.index.nodes.get(serial)!;
    const notes: string[] = [];
    if (edge?.weak) notes.push('weak');
    if (edge?.borrowed) notes.push('lent, not counted');
    if (edge && edge.references > 1) notes.push(`${edge.references} times`);
    if (!node.leaf || node.count !== null) notes.push(countWords(node));
    const cycle = this.cycles.get(serial);
    if (node.garbage) notes.push(cycle === undefined ? 'garbage' : `garbage, cycle ${cycle}`);
    if (node.omitted > 0) notes.push(`${plural(node.omitted, 'reference')} left out`);
    const words = objectWords(this.index, node, this.letters);
    return {
      label,
      words: isAgain ? `again ${words}, shown above` : words,
      notes,
      serial,
      isWeak: edge?.weak ?? false,
      isGarbage: node.garbage,
      more: 0,
    };
  }

  private rootLabel(root: string): string {
    if (root === GARBAGE) return 'Garbage';
    const frame = this.index.graph.frames[-1 - Number(root)]!;
    return frame.isModule ? 'Names of the module' : `Call of ${frame.name}()`;
  }

  private childrenOf(id: number | string): readonly Child[] {
    const known = this.children.get(id);
    if (known !== undefined) return known;
    const children = id === GARBAGE ? this.garbage() : this.slots(Number(id));
    this.children.set(id, children);
    return children;
  }

  private slots(id: number): readonly Child[] {
    return slotsOf(this.index, this.folding, id, this.everyObject).map(({ key, label, edge }) => ({
      key,
      label,
      edge,
      serial: edge.to,
    }));
  }

  private garbage(): readonly Child[] {
    return this.index.graph.nodes
      .filter(({ garbage, leaf, object }) => garbage && !leaf && !this.folding.into.has(object.serial))
      .map(({ object }) => ({ key: `#${object.serial}`, label: '', edge: null, serial: object.serial }));
  }

  /** Rows that lead to every slot that refers to an object, each by the shortest way. */
  pathsToHolders(serial: number): string[] {
    const ways = this.shortestWays();
    return edgesTo(this.index, serial).flatMap((edge) => {
      const folded = !this.everyObject && edge.from > 0 && isFoldedEdge(this.index, this.folding, edge);
      const owner = this.folding.into.get(edge.from) ?? edge.from;
      const way = owner < 0 ? String(owner) : ways.get(owner);
      if (folded || way === undefined) return [];
      const child = this.childrenOf(owner < 0 ? String(owner) : owner).find((each) => each.edge === edge);
      return child === undefined ? [] : [way + JOINT + child.key];
    });
  }

  private ways: Map<number, string> | null = null;
  shortestWays(): ReadonlyMap<number, string> {
    if (this.ways !== null) return this.ways;
    const ways = new Map<number, string>();
    const queue: { id: string | number; path: string }[] = this.roots.map((root) => ({ id: root, path: root }));
    for (const { id, path } of queue)
      for (const { key, serial } of this.childrenOf(id)) {
        if (ways.has(serial)) continue;
        ways.set(serial, path + JOINT + key);
        queue.push({ id: serial, path: path + JOINT + key });
      }
    this.ways = ways;
    return ways;
  }

  /** What must be open for a row to be in sight. */
  opened(open: Expansion, path: string): Expansion {
    const next = new Map(open);
    const keys = path.split(JOINT);
    let at: string | number = keys[0]!;
    for (let i = 1; i < keys.length; i++) {
      const above = keys.slice(0, i).join(JOINT);
      const position = this.childrenOf(at).findIndex((child) => child.key === keys[i]);
      next.set(above, Math.max(next.get(above) ?? 0, position + 1));
      at = this.childrenOf(at)[position]?.serial ?? 0;
    }
    return next;
  }
}

/** The box of what a row refers to, or of the frame that it is. */
export const itemBox = ({ serial, path, level }: TreeItem): number | null =>
  serial ?? (level === 1 && path !== GARBAGE ? Number(path) : null);

export const parentPath = (path: string): string | null => {
  const end = path.lastIndexOf(JOINT);
  return end < 0 ? null : path.slice(0, end);
};
export const moreSlots = (shown: number | undefined): number => Math.max(shown ?? 0, FIRST_SLOTS) + 100;
