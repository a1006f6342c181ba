/**
 * Which memory views the reader opened or closed under the cells of one lesson, kept in the browser. It is a comfort:
 * what cannot be read is forgotten, what cannot be written is not kept.
 */
import type { TextStorage } from './saved-code';

/** By name of the view: true was opened, false was closed. */
export type ViewChoices = Readonly<Record<string, boolean>>;

export class ViewArchive {
  constructor(
    private readonly lessonId: string,
    private readonly storage: TextStorage,
  ) {}

  restore(index: number): ViewChoices {
    return this.read()[index] ?? {};
  }

  save(index: number, choices: ViewChoices): void {
    const all = { ...this.read(), [index]: choices };
    try {
      this.storage.setItem(this.key, JSON.stringify(all));
    } catch {
      // Storage is full or forbidden.
    }
  }

  private get key(): string {
    return `heapbook:views:${this.lessonId}`;
  }

  private read(): Record<string, ViewChoices> {
    try {
      return checked(JSON.parse(this.storage.getItem(this.key) ?? '{}'));
    } catch {
      return {};
    }
  }
}

function checked(saved: unknown): Record<string, ViewChoices> {
  if (typeof saved !== 'object' || saved === null) return {};
  const isChoices = (value: unknown): value is ViewChoices =>
    typeof value === 'object' && value !== null && Object.values(value).every((each) => typeof each === 'boolean');
  return Object.fromEntries(Object.entries(saved).filter(([, value]) => isChoices(value)));
}
