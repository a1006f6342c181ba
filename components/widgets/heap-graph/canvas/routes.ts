/** The way of an arrow: from the right edge of a slot to the head of a box, around the boxes between. */
import { METRICS, slotMiddle } from '../model/measure';
import type { Arrow, GraphPicture } from '../model/picture';
import type { Spot } from '../layout/layout-store';

export interface Route {
  readonly path: string;
  readonly head: string;
  /** Somewhere along it, for a label. */
  readonly middle: Spot;
  /** It does not lead on to the right. */
  readonly isBack: boolean;
}

interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Pictures with more boxes than this have arrows that run straight. */
const MOST_AROUND = 200;
const HEAD = 7;
const CLEAR = 6;
const APART = 4;
const TURN = 30;

export class Router {
  private readonly areas = new Map<number, Area>();
  /** Where the boxes of a column end, by where they begin: arrows bend to the right of that. */
  private readonly ends = new Map<number, number>();
  private readonly obstacles: Area[] = [];
  /** Levels on which arrows run already, so that arrows to other objects keep off them. */
  private readonly taken: { left: number; right: number; level: number; to: number }[] = [];

  constructor(picture: GraphPicture, spots: ReadonlyMap<number, Spot>) {
    for (const { id, width, height } of picture.boxes) {
      const { x, y } = spots.get(id)!;
      const area = { left: x, right: x + width, top: y, bottom: y + height };
      this.areas.set(id, area);
      this.obstacles.push(area);
      this.ends.set(x, Math.max(this.ends.get(x) ?? 0, x + width));
    }
    if (this.obstacles.length > MOST_AROUND) this.obstacles.length = 0;
  }

  route({ from, to, slot }: Arrow): Route {
    const source = this.areas.get(from)!;
    const target = this.areas.get(to)!;
    const y1 = source.top + slotMiddle(slot);
    const y2 = target.top + METRICS.header / 2;
    if (from === to) return toItself(source, y1, y2);
    if (target.left >= this.endOf(source) + 24) return this.forwards(source, target, y1, y2, to);
    return this.backwards(source, target, y1, y2, to);
  }

  private endOf({ left, right }: Area): number {
    return Math.max(this.ends.get(left) ?? right, right);
  }

  private forwards(source: Area, target: Area, y1: number, y2: number, to: number): Route {
    const x1 = this.endOf(source);
    const x2 = target.left - HEAD + 1;
    const start = x1 + TURN;
    const end = x2 - TURN;
    const level = end - start < 20 ? null : this.freeLevel(start, end, y1, y2, 1, to);
    const head = arrowHead(target.left, y2, 1);
    const straight = x1 === source.right ? '' : `L${x1} ${y1}`;
    if (level === null) {
      const bend = Math.max(18, Math.min(64, (x2 - x1) / 2));
      const path = `M${source.right} ${y1}${straight}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
      return { path, head, middle: { x: (x1 + x2) / 2, y: (y1 + y2) / 2 }, isBack: false };
    }
    const half = TURN / 2;
    const path = `M${source.right} ${y1}${straight}C${x1 + half} ${y1} ${x1 + half} ${level} ${start} ${level}L${end} ${level}C${end + half} ${level} ${x2 - half} ${y2} ${x2} ${y2}`;
    return { path, head, middle: { x: (start + end) / 2, y: level }, isBack: false };
  }

  /**
   * To something that is not on the right: out, up or down, and in from the right. Those that lead to one object run
   * together.
   */
  private backwards(source: Area, target: Area, y1: number, y2: number, to: number): Route {
    const offset = lane(to);
    const out = this.endOf(source) + 9 + offset;
    const into = this.endOf(target) + 9 + offset;
    const x2 = target.right + HEAD - 1;
    const head = arrowHead(target.right, y2, -1);
    const side = Math.max(out, into);
    const level = target.right + 24 > source.left ? y2 : (this.freeLevel(into, out, y1, y2, 1.4, to) ?? y2);
    const turns: Point[] =
      level === y2
        ? []
        : [
            [into, level],
            [into, y2],
          ];
    const first = turns.length === 0 && target.right + 24 > source.left ? side : out;
    const path = rounded([[source.right, y1], [first, y1], [first, level], ...turns, [x2, y2]]);
    return { path, head, middle: { x: (first + into) / 2, y: level }, isBack: true };
  }

  /**
   * The level at which nothing lies between, and the least detour; null if the direct way is free.
   * @param pull how much nearer to the second end it should be
   */
  private freeLevel(left: number, right: number, y1: number, y2: number, pull: number, to: number): number | null {
    const between = this.obstacles.filter((area) => area.left - 4 < right && area.right + 4 > left);
    if (between.length === 0) return null;
    const others = this.taken.filter((each) => each.to !== to && each.left < right && each.right > left);
    const isFree = (y: number) =>
      between.every((area) => y < area.top - 4 || y > area.bottom + 4) &&
      others.every((each) => Math.abs(each.level - y) >= APART);
    const candidates = [y2, y1];
    for (const { top, bottom } of between)
      for (let away = CLEAR; away <= CLEAR + 3 * APART; away += APART) candidates.push(top - away, bottom + away);
    let best: number | null = null;
    let cost = Number.POSITIVE_INFINITY;
    for (const level of candidates) {
      const detour = Math.abs(level - y1) + pull * Math.abs(level - y2);
      if (detour < cost && isFree(level)) [best, cost] = [level, detour];
    }
    if (best !== null) this.taken.push({ left, right, level: best, to });
    return best;
  }
}

/** Arrows that turn beside each other keep apart, unless they lead to the same object. */
const lane = (to: number): number => ((Math.abs(to) * 7) % 5) * 4;

function toItself({ right }: Area, y1: number, y2: number): Route {
  const x2 = right + HEAD - 1;
  const path = `M${right} ${y1}C${right + 30} ${y1} ${right + 30} ${y2} ${x2} ${y2}`;
  return { path, head: arrowHead(right, y2, -1), middle: { x: right + 20, y: (y1 + y2) / 2 }, isBack: true };
}

/** A triangle whose tip is at the box's edge. */
function arrowHead(x: number, y: number, towards: 1 | -1): string {
  const back = x - towards * HEAD;
  return `M${x} ${y}L${back} ${y - 4}L${back} ${y + 4}Z`;
}

function rounded(points: readonly (readonly [number, number])[]): string {
  let path = `M${points[0]![0]} ${points[0]![1]}`;
  for (let i = 1; i < points.length - 1; i++) {
    const [before, at, after] = [points[i - 1]!, points[i]!, points[i + 1]!];
    const radius = Math.min(10, distance(before, at) / 2, distance(at, after) / 2);
    const [inX, inY] = towards(at, before, radius);
    const [outX, outY] = towards(at, after, radius);
    path += `L${inX} ${inY}Q${at[0]} ${at[1]} ${outX} ${outY}`;
  }
  const last = points.at(-1)!;
  return `${path}L${last[0]} ${last[1]}`;
}

type Point = readonly [number, number];
const distance = (a: Point, b: Point): number => Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]);

function towards(from: Point, to: Point, length: number): Point {
  const whole = distance(from, to) || 1;
  return [from[0] + ((to[0] - from[0]) * length) / whole, from[1] + ((to[1] - from[1]) * length) / whole];
}
