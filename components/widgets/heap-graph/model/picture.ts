/** What the heap graph draws: plain data, made from a reading by build.ts, given places by layout/, drawn by canvas/. */

export interface Slot {
  /** Unlike any other of its box. */
  readonly key: string;
  readonly label: string;
  /** What stands in the slot: a number or a text that is drawn into it, or a word for what is not drawn. */
  readonly text: string | null;
  /** Serial of the object referred to; null in a row that stands for several slots. */
  readonly to: number | null;
  /**
   * `arrow` to the object's box; `leaf` written here; `folded` part of what is drawn; `hidden`, until asked for; `more`
   * slots; `omitted`: references that the reading leaves out.
   */
  readonly kind: 'arrow' | 'leaf' | 'folded' | 'hidden' | 'more' | 'omitted';
  readonly weak: boolean;
  readonly borrowed: boolean;
  readonly references: number;
  /** Slots that this row stands for, if its kind is `more` or `omitted`. */
  readonly more: number;
  /** It did not refer to this object before the step. */
  readonly isNew: boolean;
}

export interface Box {
  /** The object's serial, or the negative number of a frame. */
  readonly id: number;
  readonly kind: 'frame' | 'object';
  readonly title: string;
  /** Type, repr and address, for the pointer that rests on it. */
  readonly about: string;
  readonly letter: string | null;
  /** The repr of an object that has no slots to show. */
  readonly value: string | null;
  /** Null: never counted. */
  readonly count: number | null;
  /** The count before the step, where it was another. */
  readonly before: number | null;
  readonly isNew: boolean;
  /** It died in this step. */
  readonly ghost: 'count reached zero' | 'cycle collected' | null;
  readonly dying: boolean;
  readonly garbage: boolean;
  /** Number of the garbage cycle that it is part of; 0: of none. */
  readonly cycle: number;
  readonly slots: readonly Slot[];
  /** Objects that are drawn as this one. */
  readonly folded: number;
  readonly width: number;
  readonly height: number;
}

export interface Arrow {
  readonly key: string;
  readonly from: number;
  /** Index of the slot in its box. */
  readonly slot: number;
  readonly to: number;
  readonly weak: boolean;
  readonly borrowed: boolean;
  readonly references: number;
  readonly isNew: boolean;
  /** Both ends are in this garbage cycle; 0: not so. */
  readonly cycle: number;
}

/** Objects that are not drawn, by type. */
export interface HiddenGroup {
  readonly type: string;
  readonly serials: readonly number[];
}

export interface GraphPicture {
  /** Frames first. */
  readonly boxes: readonly Box[];
  readonly byId: ReadonlyMap<number, Box>;
  readonly arrows: readonly Arrow[];
  readonly hidden: readonly HiddenGroup[];
  /** Objects of the reading: drawn as boxes, written into slots, drawn into others, hidden, and left out by the kernel. */
  readonly totals: {
    readonly boxes: number;
    readonly inSlots: number;
    readonly folded: number;
    readonly hidden: number;
    readonly omitted: number;
    readonly edgesOmitted: number;
  };
  readonly cycles: number;
}

/** What the reader has asked to see. */
export interface PictureOptions {
  readonly everyObject: boolean;
  /** Slots shown at the beginning of a long container. */
  readonly firstSlots: number;
  /** The same of single containers, where the reader asked for more than the first and last ones. */
  readonly shownSlots: ReadonlyMap<number, number>;
  /** Objects asked for though they lie beyond the bounds. */
  readonly revealed: ReadonlySet<number>;
  /** Boxes drawn unless asked for more. */
  readonly budget: number;
}

/** Bounds of the plain picture. What they leave out is counted and can be asked for. */
export const PICTURE_LIMITS = {
  /** A container with more slots than this shows its first and last ones. */
  slots: 8,
  firstSlots: 4,
  lastSlots: 2,
  /** Slots added by each "more". */
  moreSlots: 25,
  boxes: 120,
  moreBoxes: 200,
  /** Steps from a name. */
  depth: 16,
  /** Characters of a label and of a text in a slot. */
  label: 14,
  text: 20,
} as const;
