/**
 * What the Unicode database says of each character beside what JavaScript knows: names, directions, widths,
 * decompositions, numbers. The text comes from scripts/record-unicode.mjs and is read when it is first asked for.
 */

export interface CharacterGroup {
  readonly category: string;
  readonly bidirectional: string;
  readonly combining: number;
  readonly width: string;
  readonly mirrored: number;
}
export interface CharacterNumber {
  /** -1: none. */
  readonly decimal: number;
  readonly digit: number;
  readonly numeric: number;
}

const UNASSIGNED: CharacterGroup = { category: 'Cn', bidirectional: '', combining: 0, width: 'N', mirrored: 0 };

const HANGUL_BASE = 0xac00;
const HANGUL_END = 0xd7a4;
const LEADS = 'G GG N D DD R M B BB S SS  J JJ C K T P H'.split(' ');
const VOWELS = 'A AE YA YAE EO E YEO YE O WA WAE OE YO U WEO WE WI YU EU YI I'.split(' ');
const TAILS = ' G GG GS N NJ NH D L LG LM LB LS LT LP LH M B BS S SS NG J C K T P H'.split(' ');
const HANGUL = 'HANGUL SYLLABLE ';
const CJK = 'CJK UNIFIED IDEOGRAPH-';

export class UnicodeTable {
  private readonly sections: readonly string[];
  private namesByCode: Map<number, string> | null = null;
  private codesByName: Map<string, number> | null = null;
  private groupStarts: number[] | null = null;
  private groups: CharacterGroup[] = [];
  private parts: Map<number, string> | null = null;
  private numbers: Map<number, CharacterNumber> | null = null;
  private readonly missing: readonly (readonly [number, number])[];

  /** @param older characters that this version does not have yet are left out */
  constructor(
    text: string,
    private readonly older: boolean,
  ) {
    this.sections = text.trimEnd().split('\n\n');
    this.missing = (this.sections[5] ?? '').split('\n').map((line) => {
      const [from, to] = line.split(';');
      return [parseInt(from!, 16), parseInt(to!, 16)] as const;
    });
  }

  /** Lines whose code points are differences. */
  private read(section: number, visit: (code: number, fields: string) => void, relative = true): void {
    let code = 0;
    for (const line of this.sections[section]!.split('\n')) {
      const at = line.indexOf(';');
      const n = parseInt(line.slice(0, at), 16);
      code = relative ? code + n : n;
      visit(code, line.slice(at + 1));
    }
  }

  private isMissing(code: number): boolean {
    if (!this.older || code < 0x80) return false;
    let low = 0;
    let high = this.missing.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const [from, to] = this.missing[middle]!;
      if (code < from) high = middle - 1;
      else if (code >= to) low = middle + 1;
      else return true;
    }
    return false;
  }

  private loadNames(): Map<number, string> {
    if (this.namesByCode === null) {
      const names = new Map<number, string>();
      this.read(0, (code, name) => {
        if (!this.isMissing(code)) names.set(code, name);
      });
      this.namesByCode = names;
    }
    return this.namesByCode;
  }

  /** null: it has none. */
  name(code: number): string | null {
    if (code >= HANGUL_BASE && code < HANGUL_END) {
      const i = code - HANGUL_BASE;
      return HANGUL + LEADS[Math.floor(i / 588)]! + VOWELS[Math.floor((i % 588) / 28)]! + TAILS[i % 28]!;
    }
    const known = this.loadNames().get(code);
    if (known !== undefined) return known;
    const { category, width } = this.group(code);
    return category === 'Lo' && width === 'W' && code >= 0x3400 ? CJK + code.toString(16).toUpperCase() : null;
  }

  /** -1: no character has that name. */
  lookup(text: string): number {
    const name = text.toUpperCase();
    if (this.codesByName === null) {
      const codes = new Map<string, number>();
      for (const [code, n] of this.loadNames()) codes.set(n, code);
      this.read(
        4,
        (code, alias) => {
          if (!codes.has(alias)) codes.set(alias, code);
        },
        false,
      );
      this.codesByName = codes;
    }
    const known = this.codesByName.get(name);
    if (known !== undefined) return known;
    if (text.startsWith(CJK)) {
      const digits = text.slice(CJK.length);
      const code = /^[0-9A-F]{4,5}$/.test(digits) ? parseInt(digits, 16) : -1;
      return code >= 0 && this.name(code) === text ? code : -1;
    }
    if (!text.startsWith(HANGUL)) return -1;
    const m = /^(GG?|N|DD?|R|M|BB?|SS?|JJ?|C|K|T|P|H|)([AEIOUWY]+)([A-Z]*)$/.exec(text.slice(HANGUL.length));
    if (m === null) return -1;
    const [lead, vowel, tail] = [LEADS.indexOf(m[1]!), VOWELS.indexOf(m[2]!), TAILS.indexOf(m[3]!)];
    return lead < 0 || vowel < 0 || tail < 0 ? -1 : HANGUL_BASE + lead * 588 + vowel * 28 + tail;
  }

  group(code: number): CharacterGroup {
    if (this.isMissing(code)) return UNASSIGNED;
    if (this.groupStarts === null) {
      const starts: number[] = [];
      this.read(1, (start, fields) => {
        const [category, bidirectional, combining, width, mirrored] = fields.split(';');
        starts.push(start);
        this.groups.push({
          category: category!,
          bidirectional: bidirectional!,
          combining: Number(combining),
          width: width!,
          mirrored: Number(mirrored),
        });
      });
      this.groupStarts = starts;
    }
    let low = 0;
    let high = this.groupStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.groupStarts[middle]! <= code) low = middle;
      else high = middle - 1;
    }
    return this.groups[low]!;
  }

  decomposition(code: number): string {
    if (this.parts === null) {
      const parts = new Map<number, string>();
      this.read(2, (c, text) => parts.set(c, text));
      this.parts = parts;
    }
    return this.isMissing(code) ? '' : (this.parts.get(code) ?? '');
  }

  number(code: number): CharacterNumber | null {
    if (this.numbers === null) {
      const numbers = new Map<number, CharacterNumber>();
      this.read(3, (c, fields) => {
        const [decimal, digit, numeric] = fields.split(';');
        const [above, below] = numeric!.split('/');
        numbers.set(c, {
          decimal: decimal === '' ? -1 : Number(decimal),
          digit: digit === '' ? -1 : Number(digit),
          numeric: Number(above) / Number(below ?? 1),
        });
      });
      this.numbers = numbers;
    }
    return this.isMissing(code) ? null : (this.numbers.get(code) ?? null);
  }
}
