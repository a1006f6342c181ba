/** `str.format` and `str.format_map` (Objects/stringlib/unicode_format.h): replacement fields and their names. */
import type { Handle } from '../heap/layout';
import { ascii, getAttr, getItem, isStr, repr, str, typeName } from './abstract';
import { formatObject, formatStr } from './format';
import { intFromNumber } from './int';
import type { Runtime } from './runtime';
import { strFrom, strValue } from './str';
import { unchanged } from './str-ops';

/** Where a field's first name comes from; both borrowed. `mapping`: `format_map`. */
interface Arguments {
  positional: readonly Handle[];
  keywords: ReadonlyMap<string, Handle>;
  mapping: Handle;
}

/** Numbering of `{}` fields, which may not mix with `{0}`. */
interface Numbering {
  mode: 'unknown' | 'automatic' | 'manual';
  next: number;
}

class FormatFailed extends Error {}

/** Fields nest two deep: one in the spec of another. */
const TOP = 1;

class Formatter {
  private readonly numbering: Numbering = { mode: 'unknown', next: 0 };
  /** The one str that is the whole result, owned, or 0: it is returned itself (_PyUnicodeWriter's read-only buffer). */
  whole: Handle = 0;

  constructor(
    private readonly rt: Runtime,
    private readonly args: Arguments,
  ) {}

  private fail(message: string): never {
    this.rt.raise('ValueError', message);
    throw new FormatFailed();
  }

  /** The text with its fields replaced. Throws FormatFailed with an exception set. */
  build(text: string, depth: number): string {
    if (depth < 0) this.fail('Max string recursion exceeded');
    let out = '';
    let i = 0;
    while (i < text.length) {
      const c = text[i]!;
      if (c !== '{' && c !== '}') {
        const next = nextBrace(text, i);
        out += text.slice(i, next);
        i = next;
        continue;
      }
      if (text[i + 1] === c) {
        out += c;
        i += 2;
        continue;
      }
      if (c === '}') this.fail("Single '}' encountered in format string");
      if (i + 1 >= text.length) this.fail("Single '{' encountered in format string");
      const end = this.fieldEnd(text, i + 1);
      const part = this.field(text.slice(i + 1, end), depth);
      i = end + 1;
      const value = strValue(this.rt, part);
      if (out === '' && i === text.length && depth === TOP) this.whole = part;
      else this.rt.decref(part);
      out += value;
    }
    return out;
  }

  /** The closing brace of the field that starts at `i`. */
  private fieldEnd(text: string, i: number): number {
    let nesting = 1;
    let inBracket = false;
    let inName = true;
    for (; i < text.length; i++) {
      const c = text[i]!;
      if (inName) {
        if (c === '[') inBracket = true;
        else if (c === ']') inBracket = false;
        else if (!inBracket && (c === ':' || c === '!')) inName = false;
        if (inBracket) continue;
        if (c === '{') this.fail("unexpected '{' in field name");
        if (c === '}') return i;
        continue;
      }
      if (c === '{') nesting++;
      else if (c === '}' && --nesting === 0) return i;
    }
    if (!inName) {
      this.fail(
        text.endsWith('!') ? 'end of string while looking for conversion specifier' : "unmatched '{' in format spec",
      );
    }
    return this.fail("expected '}' before end of string");
  }

  /** Formats one field, `name[!conversion][:spec]`: a new str. */
  private field(field: string, depth: number): Handle {
    const rt = this.rt;
    let n = 0;
    for (let inBracket = false; n < field.length; n++) {
      const c = field[n]!;
      if (c === '[') inBracket = true;
      else if (c === ']') inBracket = false;
      else if (!inBracket && (c === ':' || c === '!')) break;
    }
    const name = field.slice(0, n);
    let rest = field.slice(n);
    let conversion = '';
    if (rest.startsWith('!')) {
      const chars = Array.from(rest);
      if (chars.length < 2) this.fail("unmatched '{' in format spec");
      conversion = chars[1]!;
      rest = chars.slice(2).join('');
      if (rest !== '' && !rest.startsWith(':')) this.fail("expected ':' after conversion specifier");
    }
    const specText = rest.slice(1);
    let value = this.lookUp(name);
    if (conversion !== '') {
      const converted = this.convert(value, conversion);
      rt.decref(value);
      value = converted;
      if (value === 0) throw new FormatFailed();
    }
    let spec = 0;
    try {
      const expanded = /[{}]/.test(specText) ? this.build(specText, depth - 1) : specText;
      spec = strFrom(rt, expanded);
      const r = formatObject(rt, value, spec);
      if (r === 0) throw new FormatFailed();
      return r;
    } finally {
      rt.xdecref(spec);
      rt.decref(value);
    }
  }

  private convert(value: Handle, conversion: string): Handle {
    const rt = this.rt;
    switch (conversion) {
      case 'r':
        return repr(rt, value);
      case 's':
        return str(rt, value);
      case 'a':
        return ascii(rt, value);
    }
    const code = conversion.codePointAt(0)!;
    rt.raise(
      'ValueError',
      code > 32 && code < 127
        ? `Unknown conversion specifier ${conversion}`
        : `Unknown conversion specifier \\x${code.toString(16)}`,
    );
    return 0;
  }

  /** The value that a field's name stands for: new. */
  private lookUp(name: string): Handle {
    const rt = this.rt;
    const m = /^[^.[]*/.exec(name)!;
    const first = m[0];
    let value = this.first(first);
    let i = first.length;
    const give = (next: Handle): void => {
      rt.decref(value);
      value = next;
      if (next === 0) throw new FormatFailed();
    };
    const refuse = (message: string): never => {
      rt.decref(value);
      return this.fail(message);
    };
    while (i < name.length) {
      if (name[i] === '.') {
        const end = nextOf(name, i + 1, '.[');
        const attribute = name.slice(i + 1, end);
        if (attribute === '') refuse('Empty attribute in format string');
        const key = strFrom(rt, attribute);
        const next = getAttr(rt, value, key);
        rt.decref(key);
        give(next);
        i = end;
      } else if (name[i] === '[') {
        const end = name.indexOf(']', i);
        if (end < 0) refuse("Missing ']' in format string");
        const text = name.slice(i + 1, end);
        if (text === '') refuse('Empty attribute in format string');
        if (/^[0-9]+$/.test(text) && Number(text) > Number.MAX_SAFE_INTEGER)
          refuse('Too many decimal digits in format string');
        const key = /^[0-9]+$/.test(text) ? intFromNumber(rt, Number(text)) : strFrom(rt, text);
        const next = getItem(rt, value, key);
        rt.decref(key);
        give(next);
        i = end + 1;
      } else {
        refuse("Only '.' or '[' may follow ']' in format field specifier");
      }
    }
    return value;
  }

  /** A positional argument by number, a keyword argument, or an item of the mapping. New. */
  private first(name: string): Handle {
    const rt = this.rt;
    const { args } = this;
    if (name === '' || /^[0-9]+$/.test(name)) {
      const index = this.number(name);
      if (args.mapping !== 0) this.fail('Format string contains positional fields');
      const value = args.positional[index];
      if (value === undefined) {
        rt.raise('IndexError', `Replacement index ${index} out of range for positional args tuple`);
        throw new FormatFailed();
      }
      return rt.newRef(value);
    }
    if (args.mapping !== 0) {
      const key = strFrom(rt, name);
      const value = getItem(rt, args.mapping, key);
      rt.decref(key);
      if (value === 0) throw new FormatFailed();
      return value;
    }
    const value = args.keywords.get(name);
    if (value === undefined) {
      const key = strFrom(rt, name);
      rt.raiseObject('KeyError', key);
      rt.decref(key);
      throw new FormatFailed();
    }
    return rt.newRef(value);
  }

  private number(name: string): number {
    const n = this.numbering;
    const mode = name === '' ? 'automatic' : 'manual';
    if (name !== '' && Number(name) > Number.MAX_SAFE_INTEGER) this.fail('Too many decimal digits in format string');
    if (n.mode === 'unknown') n.mode = mode;
    if (n.mode !== mode) {
      this.fail(
        mode === 'manual'
          ? 'cannot switch from automatic field numbering to manual field specification'
          : 'cannot switch from manual field specification to automatic field numbering',
      );
    }
    return name === '' ? n.next++ : Number(name);
  }
}

function nextBrace(text: string, i: number): number {
  while (i < text.length && text[i] !== '{' && text[i] !== '}') i++;
  return i;
}
function nextOf(text: string, i: number, stops: string): number {
  while (i < text.length && !stops.includes(text[i]!)) i++;
  return i;
}

function run(rt: Runtime, self: Handle, args: Arguments): Handle {
  try {
    const format = strValue(rt, self);
    if (!/[{}]/.test(format)) return unchanged(rt, self);
    const formatter = new Formatter(rt, args);
    const text = formatter.build(format, TOP);
    if (formatter.whole !== 0 && rt.is(formatter.whole, rt.types.str)) return formatter.whole;
    rt.xdecref(formatter.whole);
    return strFrom(rt, text);
  } catch (error) {
    if (error instanceof FormatFailed) return 0;
    throw error;
  }
}

export function formatMethod(rt: Runtime, self: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const names = kwnames ?? [];
  const n = args.length - names.length;
  const keywords = new Map(names.map((name, i) => [strValue(rt, name), args[n + i]!]));
  return run(rt, self, { positional: args.slice(0, n), keywords, mapping: 0 });
}

export function formatMapMethod(rt: Runtime, self: Handle, mapping: Handle): Handle {
  return run(rt, self, { positional: [], keywords: new Map(), mapping });
}

/** `str.__format__`. */
export function strFormatDunder(rt: Runtime, self: Handle, spec: Handle): Handle {
  if (!isStr(rt, spec)) return rt.raise('TypeError', `__format__() argument must be str, not ${typeName(rt, spec)}`);
  return formatStr(rt, self, strValue(rt, spec));
}
