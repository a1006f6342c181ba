import { describe, expect, it } from 'vitest';
import type { Handle } from '../heap/layout';
import { intFromNumber } from './int';
import { listItems } from './list';
import { formatStr } from './format';
import { newTestRuntime, type TestRuntime } from './test-runtime';
import { internImmortal, internMortal, strFrom, strHash, strLength, strSizeof, strValue } from './str';
import { strMethods } from './str-methods';
import { strConcat, strRepeat, strRichCompare, substring } from './str-ops';
import { percentStr } from './str-percent';
import { reprOfText } from './str-repr';
import { newTuple, tupleItems } from './tuple';
import { caseFold, decimalValue, isPrintable, toTitle } from './unicode';
import { hashToBigInt } from './hash';

const rt = newTestRuntime();
type Value = string | number | null | Value[];

function make(v: Value): Handle {
  if (v === null) return rt.None;
  if (typeof v === 'string') return strFrom(rt, v);
  if (typeof v === 'number') return intFromNumber(rt, v);
  return newTuple(rt, v.map(make));
}

function read(h: Handle): unknown {
  if (h === 0) {
    rt.clearError();
    return (rt as TestRuntime).error;
  }
  if (rt.is(h, rt.types.str)) return strValue(rt, h);
  if (rt.is(h, rt.types.list)) return listItems(rt, h).map(read);
  if (rt.is(h, rt.types.tuple)) return tupleItems(rt, h).map(read);
  if (h === rt.True || h === rt.False) return h === rt.True;
  if (rt.is(h, rt.types.int)) return rt.mem[h + 2];
  return h;
}

function method(self: string, name: string, ...args: Value[]): unknown {
  return read(call(strFrom(rt, self), name, args.map(make)));
}
function call(self: Handle, name: string, args: Handle[] = []): Handle {
  const def = strMethods[name]!;
  switch (def.kind) {
    case 'noargs':
      return def.fn(rt, self);
    case 'o':
      return def.fn(rt, self, args[0]!);
    case 'fast':
      return def.fn(rt, self, args);
    case 'clinic':
      return def.fn(rt, self, [...args, 0, 0, 0]);
    case 'keywords':
      return def.fn(rt, self, args, null);
  }
}

describe('str', () => {
  it('counts code points, and sizes by the widest one', () => {
    for (const [text, length, size] of [
      ['', 0, 41],
      ['a', 1, 42],
      ['ab', 2, 43],
      ['é', 1, 61],
      ['éa', 2, 59],
      ['日', 1, 60],
      ['😀', 1, 64],
      ['a😀b', 3, 72],
    ] as const) {
      const h = strFrom(rt, text);
      expect(strLength(rt, h)).toBe(length);
      expect(strSizeof(rt, h)).toBe(size);
    }
  });

  it('hashes what CPython stores: one, two or four bytes a character', () => {
    const h = (s: string) => hashToBigInt(strHash(rt, strFrom(rt, s)), rt.hashHigh);
    expect(h('é')).toBe(6047309291227476195n);
    expect(h('日本語')).toBe(7116994712188270n);
    expect(h('😀x')).toBe(-8926728262118538918n);
  });

  it('interns: mortal until its death, or for ever', () => {
    const a = internMortal(rt, 'some_name');
    expect(internMortal(rt, 'some_name')).toBe(a);
    rt.decref(a);
    rt.decref(a);
    expect(rt.interned.has('some_name')).toBe(false);
    expect(rt.heap.isImmortal(internImmortal(rt, 'other_name'))).toBe(true);
  });

  it('gives back the same object where CPython does', () => {
    const s = strFrom(rt, 'hello world');
    for (const [name, ...args] of [
      ['strip'],
      ['strip', 'z'],
      ['replace', 'z', 'y'],
      ['ljust', 2],
      ['zfill', 2],
      ['removeprefix', 'z'],
      ['expandtabs'],
      ['format'],
    ] as [string, ...Value[]][]) {
      expect(call(s, name, args.map(make)), name).toBe(s);
    }
    expect(substring(rt, s, 0, 11)).toBe(s);
    expect(strConcat(rt, s, rt.emptyStr)).toBe(s);
    expect(strRepeat(rt, s, 1)).toBe(s);
    expect(formatStr(rt, s, '5')).toBe(s);
    expect(percentStr(rt, strFrom(rt, '%s'), s)).toBe(s);
    expect(call(s, 'lower')).not.toBe(s);
  });

  it('searches in code points', () => {
    expect(method('a😀b😀', 'find', 'b')).toBe(2);
    expect(method('a😀b😀', 'rfind', '😀')).toBe(3);
    expect(method('a😀b😀', 'find', '😀', 2)).toBe(3);
    expect(method('aaa', 'count', '')).toBe(4);
    expect(method('abc', 'find', '', 4)).toBe(-1);
    expect(method('abc', 'startswith', ['x', 'ab'])).toBe(true);
    expect(method('a', 'index', 'b')).toBe('ValueError: substring not found');
  });

  it('splits', () => {
    expect(method(' a  b c ', 'split')).toEqual(['a', 'b', 'c']);
    expect(method(' a  b c ', 'split', null, 1)).toEqual(['a', 'b c ']);
    expect(method(' a  b c ', 'rsplit', null, 1)).toEqual([' a  b', 'c']);
    expect(method('a,b,,c', 'split', ',')).toEqual(['a', 'b', '', 'c']);
    expect(method('a,b,,c', 'rsplit', ',', 2)).toEqual(['a,b', '', 'c']);
    expect(method('a\r\nb\u2028c\n', 'splitlines')).toEqual(['a', 'b', 'c']);
    expect(method('a=b=c', 'rpartition', '=')).toEqual(['a=b', '=', 'c']);
    expect(method('a', 'split', '')).toBe('ValueError: empty separator');
  });

  it('changes case by the full mappings', () => {
    expect(method('ΑΣ ΑΣΑ', 'lower')).toBe('ας ασα');
    expect(method("they're ǆ ßa", 'title')).toBe("They'Re ǅ Ssa");
    expect(method('ﬁNAL', 'capitalize')).toBe('Final');
    expect(caseFold('Straße ϐ')).toBe('strasse β');
    expect(toTitle('ა')).toBe('ა');
    expect(decimalValue('٣'.codePointAt(0)!)).toBe(3);
  });

  it('orders by code points', () => {
    const less = (a: string, b: string) => strRichCompare(rt, strFrom(rt, a), strFrom(rt, b), 0) === rt.True;
    expect(less('\uffff', '😀')).toBe(true);
    expect(less('a', 'ab')).toBe(true);
  });

  it('shows itself', () => {
    expect(reprOfText("it's")).toBe('"it\'s"');
    expect(reprOfText('\'"\\\n\x7f\xa0é\u200b😀\ud800')).toBe("'\\'\"\\\\\\n\\x7f\\xa0é\\u200b😀\\ud800'");
    expect(isPrintable('\xad')).toBe(false);
  });

  it('formats with %', () => {
    const f = (format: string, values: Value) => read(percentStr(rt, strFrom(rt, format), make(values)));
    expect(f('%05d|%-5s|%+.2f|%x', [42, 'a', 1, 255])).toBe('00042|a    |+1.00|ff');
    expect(f('%*d%%', [5, 3])).toBe('    3%');
    expect(f('%d', 'a')).toBe('TypeError: %d format: a real number is required, not str');
    expect(f('%s', ['a', 'b'])).toBe('TypeError: not all arguments converted during string formatting');
    expect(f('%z', 1)).toBe("ValueError: unsupported format character 'z' (0x7a) at index 1");
  });

  it('formats with fields', () => {
    expect(method('{:>{}}|{!r}', 'format', 'a', 3, 'b')).toBe("  a|'b'");
    expect(method('{1}{0}{{}}', 'format', 'a', 'b')).toBe('ba{}');
    expect(method('{} {0}', 'format', 1)).toBe(
      'ValueError: cannot switch from automatic field numbering to manual field specification',
    );
    expect(method('{', 'format')).toBe("ValueError: Single '{' encountered in format string");
  });
});
