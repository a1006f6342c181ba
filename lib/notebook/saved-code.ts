/**
 * The learner's versions of a lesson's cells, kept in the browser. A version is stored together with the author's code
 * it was made from, so that a lesson that changes later loses nobody's work: a version follows its cell if the cell
 * moved, is kept and marked as outdated if the author rewrote the cell, and is set aside if the cell is gone.
 */
import { ValidationError, array, literal, number, object, string } from '../kernel/validate';

export interface SavedCell {
  readonly index: number;
  /** The author's code the learner started from. */
  readonly author: string;
  readonly code: string;
}

export interface AuthoredCell {
  readonly index: number;
  readonly author: string;
}

export interface RestoredCell {
  readonly index: number;
  readonly code: string;
  readonly base: string;
  /** The author has changed this cell since the learner's version was made. */
  readonly isOutdated: boolean;
}

/** The two methods of `localStorage` that are needed. */
export interface TextStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

const savedCell = object({ index: number, author: string, code: string });
const parseSaved = object({ version: literal(1), cells: array(savedCell), aside: array(savedCell) });

type SavedLesson = ReturnType<typeof parseSaved>;

const EMPTY: SavedLesson = { version: 1, cells: [], aside: [] };

const keyOf = (lessonId: string) => `heapbook:code:${lessonId}`;

export function matchSaved(saved: readonly SavedCell[], cells: readonly AuthoredCell[]) {
  const restored: RestoredCell[] = [];
  const taken = new Set<SavedCell>();
  const take = (index: number, entry: SavedCell, isOutdated: boolean) => {
    taken.add(entry);
    restored.push({ index, code: entry.code, base: entry.author, isOutdated });
  };
  for (const cell of cells) {
    const candidates = saved.filter((entry) => entry.author === cell.author && !taken.has(entry));
    const own = candidates.find((entry) => entry.index === cell.index) ?? candidates[0];
    if (own) take(cell.index, own, false);
  }
  for (const cell of cells) {
    if (restored.some((entry) => entry.index === cell.index)) continue;
    const previous = saved.find((entry) => entry.index === cell.index && !taken.has(entry));
    if (previous) take(cell.index, previous, true);
  }
  return { restored, aside: saved.filter((entry) => !taken.has(entry)) };
}

export class CodeArchive {
  constructor(
    private readonly lessonId: string,
    private readonly storage: TextStorage,
  ) {}

  restore(cells: readonly AuthoredCell[]): readonly RestoredCell[] {
    const saved = this.read();
    const { restored, aside } = matchSaved(saved.cells, cells);
    if (aside.length > 0) {
      const kept = saved.cells.filter((entry) => !aside.includes(entry));
      this.write({ version: 1, cells: kept, aside: [...saved.aside, ...aside] });
    }
    return restored;
  }

  /** Reads again before it writes, so that two tabs with one lesson do not undo each other's other cells. */
  save(changed: readonly SavedCell[], reverted: readonly number[]): void {
    const saved = this.read();
    const gone = new Set([...reverted, ...changed.map((entry) => entry.index)]);
    const cells = [...saved.cells.filter((entry) => !gone.has(entry.index)), ...changed];
    this.write({ ...saved, cells });
  }

  private read(): SavedLesson {
    const text = attempt(() => this.storage.getItem(keyOf(this.lessonId)));
    if (text === null || text === undefined) return EMPTY;
    try {
      return parseSaved(JSON.parse(text));
    } catch (error) {
      if (!(error instanceof SyntaxError) && !(error instanceof ValidationError)) throw error;
      // Not ours, or damaged: put aside under another name rather than written over.
      attempt(() => this.storage.setItem(`${keyOf(this.lessonId)}:unreadable`, text));
      return EMPTY;
    }
  }

  private write(lesson: SavedLesson): void {
    const isEmpty = lesson.cells.length === 0 && lesson.aside.length === 0;
    attempt(() => {
      if (isEmpty) this.storage.removeItem(keyOf(this.lessonId));
      else this.storage.setItem(keyOf(this.lessonId), JSON.stringify(lesson));
    });
  }
}

/** A browser may refuse storage (private mode, a full disk); the page works on without it. */
function attempt<T>(access: () => T): T | undefined {
  try {
    return access();
  } catch {
    return undefined;
  }
}
