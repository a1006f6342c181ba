/**
 * Gathers what a cell writes, so that a print loop sends a message per slice of time and not one per line, and stops
 * passing text on when the cell has written more than a page can show.
 */

export interface OutputLimits {
  readonly characters: number;
  readonly lines: number;
}

export const OUTPUT_LIMITS: OutputLimits = { characters: 60_000, lines: 1_500 };

export type StreamName = 'stdout' | 'stderr';

export class OutputBuffer {
  private pending: { name: StreamName; text: string }[] = [];
  private characters = 0;
  private lines = 0;
  private droppedCharacters = 0;

  constructor(private readonly limits: OutputLimits = OUTPUT_LIMITS) {}

  write(name: StreamName, text: string): void {
    const kept = this.take(text);
    this.droppedCharacters += text.length - kept.length;
    if (kept === '') return;
    const last = this.pending.at(-1);
    if (last?.name === name) last.text += kept;
    else this.pending.push({ name, text: kept });
  }

  /** The texts gathered since the last call, in order. */
  flush(): readonly { readonly name: StreamName; readonly text: string }[] {
    const texts = this.pending;
    this.pending = [];
    return texts;
  }

  /** Characters passed on, and characters dropped because of the limits. */
  get shown(): number {
    return this.characters;
  }
  get dropped(): number {
    return this.droppedCharacters;
  }

  private take(text: string): string {
    if (this.droppedCharacters > 0 || this.lines >= this.limits.lines) return '';
    let end = Math.min(text.length, this.limits.characters - this.characters);
    for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) {
      this.lines += 1;
      if (this.lines >= this.limits.lines) end = at + 1;
    }
    this.characters += end;
    return text.slice(0, end);
  }
}

/** Cuts a single text, such as the repr of a cell's result, to a length that a page can show. */
export function clip(text: string, characters = 20_000): { readonly text: string; readonly dropped: number } {
  return { text: text.slice(0, characters), dropped: Math.max(0, text.length - characters) };
}
