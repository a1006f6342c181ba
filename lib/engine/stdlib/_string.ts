/** `_string` (Objects/unicodeobject.c, Objects/stringlib/unicode_format.h): how `string.Formatter` reads formats. */
import { OB_FIELDS, type Handle } from '../heap/layout';
import { TPFLAGS, type TypeSlots, type TypeSpec } from '../heap/object';
import { isStr, typeName } from '../objects/abstract';
import { intFromNumber } from '../objects/int';
import { freeObject, newObject } from '../objects/object';
import type { Runtime } from '../objects/runtime';
import { strFrom, strValue } from '../objects/str';
import { newTupleTracked } from '../objects/tuple';
import { moduleType, typeOfModule, type NativeModule } from '../modules/define';
import type { Interpreter } from '../vm/interpreter';

/** Both iterators: the text, and how far it is read (UTF-16 units). */
const STRING = OB_FIELDS;
const INDEX = OB_FIELDS + 1;

class Wrong extends Error {}
function fail(message: string): never {
  throw new Wrong(message);
}

interface Markup {
  readonly literal: string;
  /** null: no field follows. */
  readonly field: { readonly name: string; readonly spec: string; readonly conversion: string } | null;
  readonly end: number;
}

/** `MarkupIterator_next`: literal text and the field behind it. */
function nextMarkup(text: string, start: number): Markup {
  let i = start;
  while (i < text.length && text[i] !== '{' && text[i] !== '}') i++;
  if (i >= text.length) return { literal: text.slice(start), field: null, end: i };
  const c = text[i++]!;
  const isEnd = i >= text.length;
  if (c === '}' && (isEnd || text[i] !== c)) fail("Single '}' encountered in format string");
  if (isEnd) fail("Single '{' encountered in format string");
  // A doubled brace ends the piece with one of the two.
  if (text[i] === c) return { literal: text.slice(start, i), field: null, end: i + 1 };
  return { literal: text.slice(start, i - 1), ...parseField(text, i) };
}

/** `parse_field`, from behind the opening brace. */
function parseField(text: string, start: number): { field: NonNullable<Markup['field']>; end: number } {
  let i = start;
  let c = '';
  for (; i < text.length; ) {
    c = text[i++]!;
    if (c === '{') fail("unexpected '{' in field name");
    if (c === '[') {
      while (i < text.length && text[i] !== ']') i++;
      continue;
    }
    if (c === '}' || c === ':' || c === '!') break;
  }
  const name = text.slice(start, c === '}' || c === ':' || c === '!' ? i - 1 : i);
  let conversion = '';
  if (c !== '!' && c !== ':') {
    if (c !== '}') fail("expected '}' before end of string");
    return { field: { name, spec: '', conversion }, end: i };
  }
  if (c === '!') {
    if (i >= text.length) fail('end of string while looking for conversion specifier');
    conversion = String.fromCodePoint(text.codePointAt(i)!);
    i += conversion.length;
    if (i < text.length) {
      const next = text[i++]!;
      if (next === '}') return { field: { name, spec: '', conversion }, end: i };
      if (next !== ':') fail("expected ':' after conversion specifier");
    }
  }
  const from = i;
  for (let depth = 1; i < text.length; ) {
    const d = text[i++]!;
    if (d === '{') depth++;
    else if (d === '}' && --depth === 0) return { field: { name, spec: text.slice(from, i - 1), conversion }, end: i };
  }
  return fail("unmatched '{' in format spec");
}

/** `get_integer`: -1 if it is no number. */
function integerOf(text: string): number {
  if (!/^\p{Nd}+$/u.test(text)) return -1;
  if (!/^[0-9]+$/.test(text)) return -1;
  const n = Number(text);
  if (n > 2 ** 63 - 1) fail('Too many decimal digits in format string');
  return n;
}

/** Runs `f`; what is wrong with a format becomes a ValueError and 0. */
function guarded(ip: Interpreter, f: () => Handle): Handle {
  try {
    return f();
  } catch (error) {
    if (error instanceof Wrong) return ip.raise('ValueError', error.message);
    throw error;
  }
}

function formatterNext(ip: Interpreter, it: Handle): Handle {
  const text = strValue(ip, ip.mem[it + STRING]!);
  const at = ip.mem[it + INDEX]!;
  if (at >= text.length) return 0;
  return guarded(ip, () => {
    const m = nextMarkup(text, at);
    ip.heap.set(it + INDEX, m.end);
    const literal = strFrom(ip, m.literal);
    if (m.field === null) return newTupleTracked(ip, [literal, ip.None, ip.None, ip.None]);
    const { name, spec, conversion } = m.field;
    return newTupleTracked(ip, [
      literal,
      strFrom(ip, name),
      strFrom(ip, spec),
      conversion === '' ? ip.None : strFrom(ip, conversion),
    ]);
  });
}

function keyOf(ip: Interpreter, text: string): Handle {
  const n = integerOf(text);
  return n < 0 ? strFrom(ip, text) : intFromNumber(ip, n);
}

/** `fieldnameiter_next`: (is an attribute, its name), or an index. */
function fieldNameNext(ip: Interpreter, it: Handle): Handle {
  const text = strValue(ip, ip.mem[it + STRING]!);
  const at = ip.mem[it + INDEX]!;
  if (at >= text.length) return 0;
  return guarded(ip, () => {
    const isAttribute = text[at] === '.';
    if (!isAttribute && text[at] !== '[') fail("Only '.' or '[' may follow ']' in format field specifier");
    let end = at + 1;
    if (isAttribute) while (end < text.length && text[end] !== '.' && text[end] !== '[') end++;
    else {
      end = text.indexOf(']', end);
      if (end < 0) fail("Missing ']' in format string");
    }
    const name = text.slice(at + 1, end);
    ip.heap.set(it + INDEX, isAttribute ? end : end + 1);
    const key = isAttribute ? strFrom(ip, name) : keyOf(ip, name);
    if (name === '') fail('Empty attribute in format string');
    return newTupleTracked(ip, [ip.bool(isAttribute), key]);
  });
}

function iteratorSpec(name: string, basicsize: number, next: (ip: Interpreter, it: Handle) => Handle): TypeSpec {
  return {
    name,
    flags: TPFLAGS.DISALLOW_INSTANTIATION,
    words: 2,
    basicsize,
    slots: {
      tp_dealloc(rt: Runtime, it: Handle) {
        rt.heap.clearRef(it + STRING);
        freeObject(rt, it);
      },
      tp_ledger: (rt: Runtime, it: Handle, visit) => visit(rt.mem[it + STRING]!, it + STRING),
      tp_iter: (rt: Runtime, it: Handle) => rt.newRef(it),
      tp_iternext: next as TypeSlots['tp_iternext'],
    },
  };
}

function newIterator(ip: Interpreter, name: string, string: Handle, index: number): Handle {
  const it = newObject(ip, typeOfModule(ip, `builtins.${name}`));
  ip.heap.set(it + STRING, ip.newRef(string));
  ip.heap.set(it + INDEX, index);
  return it;
}

function notStr(ip: Interpreter, x: Handle): 0 {
  return ip.raise('TypeError', `expected str, got ${typeName(ip, x)}`);
}

export const stringModule: NativeModule = {
  name: '_string',
  methods: {
    formatter_parser: {
      kind: 'o',
      fn: (ip: Interpreter, _m, x) => (isStr(ip, x) ? newIterator(ip, 'formatteriterator', x, 0) : notStr(ip, x)),
    },
    formatter_field_name_split: {
      kind: 'o',
      fn: (ip: Interpreter, _m, x) => {
        if (!isStr(ip, x)) return notStr(ip, x);
        return guarded(ip, () => {
          const first = /^[^.[]*/.exec(strValue(ip, x))![0];
          const key = keyOf(ip, first);
          return newTupleTracked(ip, [key, newIterator(ip, 'fieldnameiterator', x, first.length)]);
        });
      },
    },
  },
  values: (ip) => {
    moduleType(ip, iteratorSpec('formatteriterator', 48, formatterNext), 'static');
    moduleType(ip, iteratorSpec('fieldnameiterator', 56, fieldNameNext), 'static');
    return {};
  },
};
