/** From a reading to a picture: which objects are boxes, what stands in their slots, which arrows are drawn. */
import type { HeapGraph } from '../../../../lib/engine/snapshot/trace-types';
import type { ObjectLetters } from '../../object-letters';
import { garbageCycles } from './cycles';
import { type Folding, foldGraph, isClass } from './folding';
import { frameId, hasEdge, type GraphIndex, indexGraph } from './graph-index';
import { measure } from './measure';
import { cut, moreRow, omittedRow, wordFor } from './rows';
import { sumUp } from './sum-up';
import { type Arrow, type Box, type GraphPicture, PICTURE_LIMITS, type PictureOptions, type Slot } from './picture';
import { type RawSlot, slotsOf } from './slots';
import { frameTitle, objectTitle, writtenValue } from './titles';

export interface BuildInput {
  readonly graph: HeapGraph;
  /** The moment before the step; null: there is none. */
  readonly before: HeapGraph | null;
  /** What died in the step. */
  readonly deaths: ReadonlyMap<number, 'count reached zero' | 'cycle collected'>;
  readonly letters: ObjectLetters;
  readonly options: PictureOptions;
  /** The picture before this one: boxes that did not change are the same objects, and are not drawn again. */
  readonly previous: GraphPicture | null;
}

export function buildPicture(input: BuildInput): GraphPicture {
  return new Builder(input).build();
}

class Builder {
  readonly index: GraphIndex;
  private readonly old: GraphIndex | null;
  readonly folding: Folding;
  readonly cycles: ReadonlyMap<number, number>;
  private readonly rows = new Map<number, readonly (RawSlot | number)[]>();
  readonly drawn = new Set<number>();
  readonly inSlots = new Set<number>();

  constructor(readonly input: BuildInput) {
    this.index = indexGraph(input.graph);
    this.old = input.before === null || input.before === input.graph ? null : indexGraph(input.before);
    this.folding = foldGraph(this.index, input.options.everyObject);
    this.cycles = garbageCycles(this.index);
  }

  build(): GraphPicture {
    const { graph } = this.input;
    this.choose();
    const boxes: Box[] = [];
    graph.frames.forEach((_, i) => {
      const id = frameId(i);
      if (i === 0 || this.rowsOf(id).length > 0 || graph.frames.length > 1) boxes.push(this.frame(i));
    });
    for (const serial of this.drawn) boxes.push(this.object(this.index, serial, null));
    for (const [serial, cause] of this.input.deaths) {
      const node = this.old?.nodes.get(serial);
      if (node !== undefined && !this.index.nodes.has(serial) && this.wasDrawn(serial))
        boxes.push(this.object(this.old!, serial, cause));
    }
    const same = boxes.map((box) => this.reused(box));
    return {
      ...sumUp(this),
      boxes: same,
      byId: new Map(same.map((box) => [box.id, box])),
      arrows: this.arrows(same),
    };
  }

  /** Outwards from the names, then the garbage; not past the bounds unless asked for. */
  private choose(): void {
    const { graph, options } = this.input;
    const { drawn } = this;
    const queue: { serial: number; depth: number }[] = [];
    const isOwnBox = (serial: number) => {
      const node = this.index.nodes.get(serial);
      return node !== undefined && (options.everyObject || !node.leaf) && !this.folding.into.has(serial);
    };
    const draw = (serial: number, depth: number) => {
      if (drawn.has(serial) || !isOwnBox(serial)) return;
      if (!options.revealed.has(serial) && (depth > PICTURE_LIMITS.depth || drawn.size >= options.budget)) return;
      drawn.add(serial);
      queue.push({ serial, depth });
    };
    const drain = () => {
      for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
        const step = options.revealed.has(at.serial) ? 1 : at.depth + 1;
        for (const row of this.rowsOf(at.serial)) if (typeof row !== 'number') draw(row.edge.to, step);
      }
    };
    graph.frames.forEach((_, i) => {
      for (const row of this.rowsOf(frameId(i))) if (typeof row !== 'number') draw(row.edge.to, 1);
    });
    drain();
    for (const node of graph.nodes) {
      if (!node.garbage) continue;
      draw(node.object.serial, 1);
      drain();
    }
    for (const serial of options.revealed) draw(serial, 1);
    drain();
  }

  /** Slots of a box; a number stands for that many that are not shown. */
  private rowsOf(id: number): readonly (RawSlot | number)[] {
    const known = this.rows.get(id);
    if (known !== undefined) return known;
    const { options } = this.input;
    const all = slotsOf(this.index, this.folding, id, options.everyObject);
    const rows = id < 0 ? all : cut(all, options.shownSlots.get(id) ?? options.firstSlots, options.revealed);
    this.rows.set(id, rows);
    return rows;
  }

  private wasDrawn(serial: number): boolean {
    const { previous, options } = this.input;
    const node = this.old!.nodes.get(serial)!;
    if (node.leaf && !options.everyObject) return false;
    return previous?.byId.has(serial) ?? true;
  }

  private frame(position: number): Box {
    const id = frameId(position);
    const title = frameTitle(this.input.graph.frames[position]!);
    const slots = this.slots(this.index, this.rowsOf(id));
    const size = measure({ title, letter: null, badge: null, tag: null, value: null, slots });
    const nothing = { letter: null, value: null, count: null, before: null, isNew: false, ghost: null, dying: false };
    return { id, kind: 'frame', title, about: title, ...nothing, garbage: false, cycle: 0, slots, folded: 0, ...size };
  }

  private object(index: GraphIndex, serial: number, ghost: Box['ghost']): Box {
    const node = index.nodes.get(serial)!;
    const { letters, options, before: hasBefore } = this.input;
    const title = objectTitle(node, isClass(index, serial));
    const rows =
      ghost === null
        ? this.rowsOf(serial)
        : cut(slotsOf(index, this.folding, serial, options.everyObject), options.firstSlots, options.revealed);
    const slots = ghost === null ? this.slots(index, rows) : this.ghostSlots(index, rows);
    if (node.omitted > 0 && ghost === null) slots.push(omittedRow(node.omitted));
    const value = slots.length > 0 ? null : writtenValue(node);
    const letter = letters.get(serial) ?? null;
    const old = ghost === null ? (this.old?.nodes.get(serial)?.count ?? null) : null;
    const before = old === node.count ? null : old;
    const count = ghost === null ? node.count : 0;
    const isNew = ghost === null && hasBefore !== null && this.old !== null && !this.old.nodes.has(serial);
    const cycle = this.cycles.get(serial) ?? 0;
    const badge = node.count === null ? '∞' : before === null ? String(count) : `${before}→${count}`;
    const tag = ghost !== null ? 'freed' : node.garbage ? 'garbage' : isNew ? 'new' : null;
    return {
      id: serial,
      kind: 'object',
      title,
      about: `${node.object.type} ${node.object.repr} at ${node.object.id}`,
      letter,
      value,
      count,
      before,
      isNew,
      ghost,
      dying: node.dying,
      garbage: node.garbage,
      cycle,
      slots,
      folded: this.foldedInto(serial),
      ...measure({ title, letter, badge, tag, value, slots }),
    };
  }

  private foldedCounts: Map<number, number> | null = null;
  private foldedInto(serial: number): number {
    if (this.foldedCounts === null) {
      this.foldedCounts = new Map();
      for (const owner of this.folding.into.values())
        this.foldedCounts.set(owner, (this.foldedCounts.get(owner) ?? 0) + 1);
    }
    return this.foldedCounts.get(serial) ?? 0;
  }

  private slots(index: GraphIndex, rows: readonly (RawSlot | number)[]): Slot[] {
    const { options } = this.input;
    return rows.map((row, i): Slot => {
      if (typeof row === 'number') return moreRow(row, i);
      const { edge, key, label } = row;
      const target = index.nodes.get(edge.to)!;
      const isLeaf = target.leaf && !options.everyObject;
      const kind = this.drawn.has(edge.to)
        ? 'arrow'
        : isLeaf
          ? 'leaf'
          : this.folding.into.has(edge.to)
            ? 'folded'
            : 'hidden';
      if (kind === 'leaf') this.inSlots.add(edge.to);
      const text = kind === 'arrow' ? null : kind === 'leaf' ? target.object.repr : wordFor(target);
      const { weak, borrowed, references } = edge;
      const isNew = this.old !== null && !hasEdge(this.old, edge);
      return { key, label, text, to: edge.to, kind, weak, borrowed, references, more: 0, isNew };
    });
  }

  private ghostSlots(index: GraphIndex, rows: readonly (RawSlot | number)[]): Slot[] {
    return rows.map((row, i): Slot => {
      if (typeof row === 'number') return moreRow(row, i);
      const { edge, key, label } = row;
      const target = index.nodes.get(edge.to)!;
      const text = target.leaf ? target.object.repr : wordFor(target);
      const { weak, borrowed, references } = edge;
      return { key, label, text, to: edge.to, kind: 'leaf', weak, borrowed, references, more: 0, isNew: false };
    });
  }

  private arrows(boxes: readonly Box[]): Arrow[] {
    const arrows: Arrow[] = [];
    for (const box of boxes) {
      if (box.ghost !== null) continue;
      box.slots.forEach(({ kind, to, key, weak, borrowed, references, isNew }, slot) => {
        if (kind !== 'arrow' || to === null) return;
        const cycle = !weak && box.cycle > 0 && this.cycles.get(to) === box.cycle ? box.cycle : 0;
        arrows.push({ key: `${box.id} ${key}`, from: box.id, slot, to, weak, borrowed, references, isNew, cycle });
      });
    }
    return arrows;
  }

  private reused(box: Box): Box {
    const old = this.input.previous?.byId.get(box.id);
    return old !== undefined && isSame(old, box) ? old : box;
  }
}

/** Boxes hold numbers, texts, switches, and slots of the same. */
function isSame(one: Box, other: Box): boolean {
  if (one.slots.length !== other.slots.length) return false;
  for (const key in one) if (key !== 'slots' && one[key as keyof Box] !== other[key as keyof Box]) return false;
  return one.slots.every((slot, i) => {
    const against = other.slots[i]!;
    for (const key in slot) if (slot[key as keyof Slot] !== against[key as keyof Slot]) return false;
    return true;
  });
}
