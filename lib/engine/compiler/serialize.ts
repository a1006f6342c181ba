/**
 * A CodeUnit as bytes, and back: compiled code that is kept between runs, or made when the site is built. The form
 * knows plain values only, not the fields of a unit, so a new field needs nothing here.
 */
import type { CodeUnit } from './code-unit';

/** Changes when the form does. */
const VERSION = 1;

enum Tag {
  Undefined,
  Null,
  False,
  True,
  Int,
  Double,
  BigInt,
  Text,
  Array,
  Object,
  Bytes,
  Words,
}

class Writer {
  private out = new Uint8Array(1 << 16);
  private size = 0;
  private readonly texts = new Map<string, number>();
  private readonly shapes = new Map<string, number>();

  private byte(b: number): void {
    if (this.size === this.out.length) {
      const more = new Uint8Array(2 * this.size);
      more.set(this.out);
      this.out = more;
    }
    this.out[this.size++] = b;
  }

  private count(n: number): void {
    let rest = n;
    while (rest >= 0x80) {
      this.byte((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.byte(rest);
  }

  private signed(n: number): void {
    this.count(n < 0 ? -2 * n - 1 : 2 * n);
  }

  /** A text is written once, and named by its number afterwards. */
  private text(s: string): void {
    const known = this.texts.get(s);
    if (known !== undefined) {
      this.count(known + 1);
      return;
    }
    this.texts.set(s, this.texts.size);
    this.count(0);
    this.count(s.length);
    for (let i = 0; i < s.length; i++) this.count(s.charCodeAt(i));
  }

  write(value: unknown): void {
    if (value === undefined) this.byte(Tag.Undefined);
    else if (value === null) this.byte(Tag.Null);
    else if (typeof value === 'boolean') this.byte(value ? Tag.True : Tag.False);
    else if (typeof value === 'number') this.number(value);
    else if (typeof value === 'bigint') {
      this.byte(Tag.BigInt);
      this.text(value.toString(16));
    } else if (typeof value === 'string') {
      this.byte(Tag.Text);
      this.text(value);
    } else if (Array.isArray(value)) {
      this.byte(Tag.Array);
      this.count(value.length);
      for (const item of value) this.write(item);
    } else if (value instanceof Uint8Array) {
      this.byte(Tag.Bytes);
      this.count(value.length);
      for (const b of value) this.byte(b);
    } else if (value instanceof Int32Array) {
      this.byte(Tag.Words);
      this.count(value.length);
      // Positions come in fours, and lie close to the ones before.
      for (let i = 0; i < value.length; i++) this.signed(value[i]! - (i >= 4 ? value[i - 4]! : 0));
    } else this.object(value as Record<string, unknown>);
  }

  private number(n: number): void {
    if (Number.isSafeInteger(n) && !Object.is(n, -0)) {
      this.byte(Tag.Int);
      this.signed(n);
      return;
    }
    this.byte(Tag.Double);
    for (const b of new Uint8Array(new Float64Array([n]).buffer)) this.byte(b);
  }

  private object(value: Record<string, unknown>): void {
    const keys = Object.keys(value);
    const shape = keys.join(' ');
    this.byte(Tag.Object);
    const known = this.shapes.get(shape);
    if (known === undefined) {
      this.shapes.set(shape, this.shapes.size);
      this.count(0);
      this.text(shape);
    } else this.count(known + 1);
    for (const key of keys) this.write(value[key]);
  }

  finish(): Uint8Array {
    return this.out.slice(0, this.size);
  }
}

class Reader {
  private at = 0;
  private readonly texts: string[] = [];
  private readonly shapes: string[][] = [];
  constructor(private readonly data: Uint8Array) {}

  private count(): number {
    let n = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const b = this.data[this.at++]!;
      n += (b & 0x7f) * scale;
      if (b < 0x80) return n;
    }
  }

  private signed(): number {
    const n = this.count();
    return n % 2 === 0 ? n / 2 : -(n + 1) / 2;
  }

  private text(): string {
    const known = this.count();
    if (known > 0) return this.texts[known - 1]!;
    const length = this.count();
    const units: number[] = [];
    let s = '';
    for (let i = 0; i < length; i++) {
      units.push(this.count());
      if (units.length === 4096) {
        s += String.fromCharCode(...units);
        units.length = 0;
      }
    }
    s += String.fromCharCode(...units);
    this.texts.push(s);
    return s;
  }

  read(): unknown {
    switch (this.data[this.at++] as Tag) {
      case Tag.Undefined:
        return undefined;
      case Tag.Null:
        return null;
      case Tag.False:
        return false;
      case Tag.True:
        return true;
      case Tag.Int:
        return this.signed();
      case Tag.Double: {
        const x = new Float64Array(this.data.slice(this.at, this.at + 8).buffer)[0];
        this.at += 8;
        return x;
      }
      case Tag.BigInt: {
        const hex = this.text();
        return hex.startsWith('-') ? -BigInt(`0x${hex.slice(1)}`) : BigInt(`0x${hex}`);
      }
      case Tag.Text:
        return this.text();
      case Tag.Array: {
        const items = new Array<unknown>(this.count());
        for (let i = 0; i < items.length; i++) items[i] = this.read();
        return items;
      }
      case Tag.Bytes: {
        const n = this.count();
        this.at += n;
        return this.data.slice(this.at - n, this.at);
      }
      case Tag.Words: {
        const words = new Int32Array(this.count());
        for (let i = 0; i < words.length; i++) words[i] = this.signed() + (i >= 4 ? words[i - 4]! : 0);
        return words;
      }
      case Tag.Object:
        return this.object();
      default:
        throw new RangeError('not compiled code');
    }
  }

  private object(): Record<string, unknown> {
    const known = this.count();
    let keys: string[];
    if (known === 0) {
      const shape = this.text();
      keys = shape === '' ? [] : shape.split(' ');
      this.shapes.push(keys);
    } else keys = this.shapes[known - 1]!;
    const value: Record<string, unknown> = {};
    for (const key of keys) value[key] = this.read();
    return value;
  }
}

export function serializeUnit(unit: CodeUnit): Uint8Array {
  const writer = new Writer();
  writer.write(VERSION);
  writer.write(unit);
  return writer.finish();
}

/** null if the bytes are of another version. */
export function deserializeUnit(data: Uint8Array): CodeUnit | null {
  const reader = new Reader(data);
  return reader.read() === VERSION ? (reader.read() as CodeUnit) : null;
}
