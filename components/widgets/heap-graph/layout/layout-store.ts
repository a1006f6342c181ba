/**
 * Where the objects of one kernel stand. A place is kept for as long as the object lives, forwards and backwards in
 * time alike; a new object is placed beside what refers to it. Two objects may share a place only if the one is gone
 * before the other is born: serials are given in the order of birth, so that can be told.
 */
import type { Box, GraphPicture } from '../model/picture';
import { GAPS, type LayoutInput, levelOf, type Places } from './layout-input';

interface Kept {
  column: number;
  y: number;
  height: number;
  /** It was not there any more when this many objects had been born; null: it is there, or that is not known. */
  goneAt: number | null;
}

export interface Spot {
  readonly x: number;
  readonly y: number;
}

export interface Arrangement {
  readonly spots: ReadonlyMap<number, Spot>;
  /** Of all that has a place and is not gone for good: what is drawn later has room already. */
  readonly width: number;
  readonly height: number;
}

export class LayoutStore {
  private readonly kept = new Map<number, Kept>();
  private readonly columnWidths: number[] = [];
  private frameWidth = 0;

  get isEmpty(): boolean {
    return this.kept.size === 0;
  }

  /** Of the objects of a picture, how many have no place yet. */
  unplaced(picture: GraphPicture): number {
    return picture.boxes.filter(({ id, kind }) => kind === 'object' && !this.kept.has(id)).length;
  }

  /** Takes the places of a whole layout; what is not in it is forgotten. */
  adopt(places: Places, { boxes }: LayoutInput): void {
    this.kept.clear();
    this.columnWidths.length = 0;
    this.frameWidth = 0;
    for (const { id, isFrame, width, height } of boxes) {
      if (isFrame) this.frameWidth = Math.max(this.frameWidth, width);
      const place = places.get(id);
      if (place === undefined) continue;
      this.kept.set(id, { ...place, height, goneAt: null });
      this.columnWidths[place.column] = Math.max(this.columnWidths[place.column] ?? 0, width);
    }
  }

  /**
   * Places for every box of a picture.
   * @param born objects born by then
   */
  arrange(picture: GraphPicture, born: number): Arrangement {
    const frames = this.frameSpots(picture);
    for (const [serial, place] of this.kept)
      if (!picture.byId.has(serial)) {
        if (place.goneAt === null && serial <= born) place.goneAt = born;
      }
    const fresh: Box[] = [];
    for (const box of picture.boxes) {
      if (box.kind === 'frame') continue;
      const place = this.kept.get(box.id);
      if (place === undefined) fresh.push(box);
      else {
        place.goneAt = null;
        place.height = Math.max(place.height, box.height);
      }
    }
    if (fresh.length > 0) this.placeAll(fresh, picture, frames);
    this.separate(picture);
    return this.spots(picture, frames, born);
  }

  private frameSpots(picture: GraphPicture): Map<number, Spot> {
    const spots = new Map<number, Spot>();
    let y = 0;
    for (const { id, kind, width, height } of picture.boxes) {
      if (kind !== 'frame') continue;
      spots.set(id, { x: 0, y });
      y += height + GAPS.frame;
      this.frameWidth = Math.max(this.frameWidth, width);
    }
    return spots;
  }

  private placeAll(fresh: readonly Box[], picture: GraphPicture, frames: ReadonlyMap<number, Spot>): void {
    const coming = new Map<number, { from: number; slot: number }[]>();
    const going = new Map<number, number[]>();
    for (const { from, slot, to, weak } of picture.arrows) {
      if (weak) continue;
      coming.set(to, [...(coming.get(to) ?? []), { from, slot }]);
      going.set(from, [...(going.get(from) ?? []), to]);
    }
    for (const box of fresh) {
      let column = 0;
      let wanted = 0;
      const source = (coming.get(box.id) ?? []).find(
        ({ from }) => from !== box.id && (from < 0 || this.kept.has(from)),
      );
      const target = (going.get(box.id) ?? []).find((to) => to !== box.id && this.kept.has(to));
      if (source !== undefined) {
        const place = this.kept.get(source.from);
        column = source.from < 0 ? 0 : place!.column + 1;
        const top = source.from < 0 ? frames.get(source.from)!.y : place!.y;
        wanted = top + levelOf(picture.byId.get(source.from)!, source.slot);
      } else if (target !== undefined) {
        const place = this.kept.get(target)!;
        column = Math.max(0, place.column - 1);
        wanted = place.y;
      }
      const y = this.freeLevel(box, column, Math.max(0, Math.round(wanted)));
      this.kept.set(box.id, { column, y, height: box.height, goneAt: null });
    }
  }

  /** The nearest level of a column with room for the box, rather below than above. */
  private freeLevel(box: Box, column: number, wanted: number): number {
    const taken: Kept[] = [];
    for (const place of this.kept.values())
      if (place.column === column && !(place.goneAt !== null && box.id > place.goneAt)) taken.push(place);
    const fits = (y: number) =>
      taken.every((place) => y + box.height + GAPS.box <= place.y || y >= place.y + place.height + GAPS.box);
    if (fits(wanted)) return wanted;
    let best = Number.POSITIVE_INFINITY;
    let cost = Number.POSITIVE_INFINITY;
    for (const place of taken) {
      const below = place.y + place.height + GAPS.box;
      const above = place.y - GAPS.box - box.height;
      if (below >= wanted && below - wanted < cost && fits(below)) [best, cost] = [below, below - wanted];
      const up = 2 * (wanted - above);
      if (above >= 0 && above < wanted && up < cost && fits(above)) [best, cost] = [above, up];
    }
    return best;
  }

  /** Boxes grow with what is added to them: those below make room. */
  private separate(picture: GraphPicture): void {
    const columns = new Map<number, Kept[]>();
    for (const box of picture.boxes) {
      const place = this.kept.get(box.id);
      if (place === undefined) continue;
      columns.set(place.column, [...(columns.get(place.column) ?? []), place]);
      this.columnWidths[place.column] = Math.max(this.columnWidths[place.column] ?? 0, box.width);
    }
    for (const places of columns.values()) {
      places.sort((one, other) => one.y - other.y);
      let free = 0;
      for (const place of places) {
        place.y = Math.max(place.y, free);
        free = place.y + place.height + GAPS.box;
      }
    }
  }

  private spots(picture: GraphPicture, frames: ReadonlyMap<number, Spot>, born: number): Arrangement {
    const lefts: number[] = [];
    let x = this.frameWidth + GAPS.column;
    for (let column = 0; column < this.columnWidths.length; column++) {
      lefts.push(x);
      x += (this.columnWidths[column] ?? 0) + GAPS.column;
    }
    const spots = new Map<number, Spot>(frames);
    let width = this.frameWidth;
    let height = 0;
    const include = (right: number, bottom: number) => {
      width = Math.max(width, right);
      height = Math.max(height, bottom);
    };
    for (const box of picture.boxes) {
      const place = this.kept.get(box.id);
      if (place !== undefined) spots.set(box.id, { x: lefts[place.column]!, y: place.y });
      include(spots.get(box.id)!.x + box.width, spots.get(box.id)!.y + box.height);
    }
    for (const [serial, place] of this.kept)
      if (serial > born) include(lefts[place.column]! + this.columnWidths[place.column]!, place.y + place.height);
    return { spots, width, height };
  }
}
