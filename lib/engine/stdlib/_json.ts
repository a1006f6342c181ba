/** `_json` (Modules/_json.c): what Lib/json/ does not do itself. */
import { OB_FIELDS, type Handle } from '../heap/layout';
import type { MethodDef, TypeSpec, Visit } from '../heap/object';
import {
  countWork,
  asIndex,
  getAttrString,
  hasFlag,
  isDict,
  isInt,
  isList,
  isStr,
  isTrue,
  isTuple,
  reprText,
  typeName,
} from '../objects/abstract';
import { TPFLAGS } from '../heap/object';
import {
  dictContains,
  dictDel,
  dictNext,
  dictSet,
  dictSetDefault,
  dictSize,
  entryKey,
  entryValue,
  newDict,
} from '../objects/dict';
import { floatValue, newFloat } from '../objects/float';
import { parseDouble, reprDouble } from '../objects/float-repr';
import { params, parseArgs } from '../objects/getargs';
import { intFromNumber } from '../objects/int';
import { intFromText, intToDecimal } from '../objects/int-text';
import { listAppendStolen, listItem, listSize, newList } from '../objects/list';
import { nativeMethod } from '../objects/method-object';
import { isFloat } from '../objects/number-convert';
import { allocInstance, freeObject } from '../objects/object';
import type { Runtime } from '../objects/runtime';
import { strFrom, strKind, strLength, strValue, StrKind } from '../objects/str';
import { LONGEST_ESCAPED } from '../objects/str-repr';
import { MAX_TEXT, indexOfUnit, unitOf } from '../objects/str-ops';
import { inPieces } from '../objects/stringlib';
import { newTupleTracked, tupleItem, tupleItems, tupleSize } from '../objects/tuple';
import { moduleTypeRef, type NativeModule } from '../modules/define';
import type { Interpreter } from '../vm/interpreter';

// ---- errors ---------------------------------------------------------------------------------------------------------------------

/** `raise_errmsg`: json.decoder.JSONDecodeError(message, text, position). Positions here are UTF-16 units. */
function decodeError(ip: Interpreter, message: string, text: Handle, unit: number): void {
  const name = strFrom(ip, 'json.decoder');
  const list = newList(ip, [ip.newRef(ip.id('JSONDecodeError'))]);
  const module = ip.importModule(name, 0, list, 0);
  ip.decref(list);
  ip.decref(name);
  if (module === 0) return;
  const type = getAttrString(ip, module, 'JSONDecodeError');
  ip.decref(module);
  if (type === 0) return;
  const m = strFrom(ip, message);
  const position = intFromNumber(ip, indexOf(ip, text, unit));
  const exc = ip.call(type, [m, text, position]);
  for (const x of [m, position, type]) ip.decref(x);
  if (exc !== 0) ip.raiseException(exc);
}

/** `raise_stop_iteration`. */
function stop(ip: Interpreter, text: Handle, unit: number): 0 {
  const value = intFromNumber(ip, indexOf(ip, text, unit));
  ip.raiseObject('StopIteration', value);
  ip.decref(value);
  return 0;
}

function indexOf(ip: Interpreter, text: Handle, unit: number): number {
  if (strKind(ip, text) !== StrKind.Astral) return unit;
  const n = strValue(ip, text).length;
  return unit >= n ? strLength(ip, text) + unit - n : indexOfUnit(ip, text, unit);
}

// ---- reading ----------------------------------------------------------------------------------------------------------------------

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Four hexadecimal digits at `at`; -1 if they are none. */
function hex4(s: string, at: number): number {
  const digits = s.slice(at, at + 4);
  return /^[0-9a-fA-F]{4}$/.test(digits) ? parseInt(digits, 16) : -1;
}

/** One reading of a text. `next` is where the last value ended. */
class Reader {
  next = -1;
  constructor(
    readonly ip: Interpreter,
    readonly text: Handle,
    readonly s: string,
    readonly strict: boolean,
    readonly hooks: Hooks | null,
    readonly memo: Handle,
  ) {}

  private fail(message: string, unit: number): 0 {
    decodeError(this.ip, message, this.text, unit);
    return 0;
  }

  /** `scanstring_unicode`, from behind the opening quote: new. */
  string(start: number): Handle {
    const { s, ip } = this;
    let out: string | null = null;
    let at = start;
    for (;;) {
      let i = at;
      let c = 0;
      for (; i < s.length; i++) {
        c = s.charCodeAt(i);
        if (c === 34 || c === 92) break;
        if (c <= 0x1f && this.strict) return this.fail('Invalid control character at', i);
      }
      if (i >= s.length) return this.fail('Unterminated string starting at', start - 1);
      const chunk = s.slice(at, i);
      if (c === 34) {
        this.next = i + 1;
        return strFrom(ip, out === null ? chunk : out + chunk);
      }
      out = (out ?? '') + chunk;
      i++;
      if (i >= s.length) return this.fail('Unterminated string starting at', start - 1);
      const letter = s[i]!;
      if (letter !== 'u') {
        const plain = ESCAPES[letter];
        if (plain === undefined) return this.fail('Invalid \\escape', i - 1);
        out += plain;
        at = i + 1;
        continue;
      }
      i++;
      at = i + 4;
      if (at >= s.length) return this.fail('Invalid \\uXXXX escape', i - 1);
      const code = hex4(s, i);
      if (code < 0) return this.fail('Invalid \\uXXXX escape', at - 5);
      out += String.fromCharCode(code);
      if (code >= 0xd800 && code < 0xdc00 && at + 6 < s.length && s[at] === '\\' && s[at + 1] === 'u') {
        const low = hex4(s, at + 2);
        if (low < 0) return this.fail('Invalid \\uXXXX escape', at + 1);
        if (low >= 0xdc00 && low < 0xe000) {
          out += String.fromCharCode(low);
          at += 6;
        }
      }
    }
  }

  private skip(at: number): number {
    const { s } = this;
    for (; at < s.length; at++) {
      const c = s.charCodeAt(at);
      if (c !== 32 && c !== 9 && c !== 10 && c !== 13) break;
    }
    return at;
  }

  /** `scan_once_unicode`: new, or 0 with an exception. */
  value(at: number): Handle {
    const { s, ip } = this;
    if (at >= s.length) return stop(ip, this.text, at);
    switch (s[at]) {
      case '"':
        return this.string(at + 1);
      case '{': {
        if (!ip.enterRecursive(' while decoding a JSON object from a unicode string')) return 0;
        const r = this.object(at + 1);
        ip.leaveRecursive();
        return r;
      }
      case '[': {
        if (!ip.enterRecursive(' while decoding a JSON array from a unicode string')) return 0;
        const r = this.array(at + 1);
        ip.leaveRecursive();
        return r;
      }
      case 'n':
        if (s.startsWith('null', at)) return this.constant(4, at, ip.None);
        break;
      case 't':
        if (s.startsWith('true', at)) return this.constant(4, at, ip.True);
        break;
      case 'f':
        if (s.startsWith('false', at)) return this.constant(5, at, ip.False);
        break;
      case 'N':
        if (s.startsWith('NaN', at)) return this.special('NaN', at);
        break;
      case 'I':
        if (s.startsWith('Infinity', at)) return this.special('Infinity', at);
        break;
      case '-':
        if (s.startsWith('-Infinity', at)) return this.special('-Infinity', at);
        break;
    }
    return this.number(at);
  }

  private constant(length: number, at: number, value: Handle): Handle {
    this.next = at + length;
    return value;
  }

  private special(name: string, at: number): Handle {
    this.next = at + name.length;
    return this.ip.call(this.hooks!.parseConstant, [this.ip.id(name)]);
  }

  private number(start: number): Handle {
    const { s, ip } = this;
    const m = NUMBER;
    m.lastIndex = start;
    const found = m.exec(s);
    if (found === null) return stop(ip, this.text, start);
    const text = found[0];
    const isReal = found[1] !== undefined || found[2] !== undefined;
    this.next = start + text.length;
    const hook = isReal ? this.hooks!.parseFloat : this.hooks!.parseInt;
    if (isReal && hook === ip.types.float.handle) return newFloat(ip, parseDouble(text)!);
    if (!isReal && hook === ip.types.int.handle) return intFromText(ip, text, 10);
    const h = strFrom(ip, text);
    const r = ip.call(hook, [h]);
    ip.decref(h);
    return r;
  }

  private object(start: number): Handle {
    const { s, ip } = this;
    const { objectHook, pairsHook } = this.hooks!;
    const pairs = pairsHook !== ip.None;
    const result = pairs ? newList(ip, []) : newDict(ip);
    const fail = (): 0 => {
      ip.decref(result);
      return 0;
    };
    let at = this.skip(start);
    if (s[at] !== '}') {
      for (;;) {
        if (s[at] !== '"') {
          this.fail('Expecting property name enclosed in double quotes', at);
          return fail();
        }
        const own = this.string(at + 1);
        if (own === 0) return fail();
        const key = dictSetDefault(ip, this.memo, own, own);
        ip.decref(own);
        at = this.skip(this.next);
        if (s[at] !== ':') {
          this.fail("Expecting ':' delimiter", at);
          ip.decref(key);
          return fail();
        }
        const value = this.value(this.skip(at + 1));
        if (value === 0) {
          ip.decref(key);
          return fail();
        }
        const behind = this.next;
        if (pairs) listAppendStolen(ip, result, newTupleTracked(ip, [key, value]));
        else {
          dictSet(ip, result, key, value);
          ip.decref(key);
          ip.decref(value);
        }
        at = this.skip(behind);
        if (s[at] === '}') break;
        if (s[at] !== ',') {
          this.fail("Expecting ',' delimiter", at);
          return fail();
        }
        const comma = at;
        at = this.skip(at + 1);
        if (s[at] === '}') {
          this.fail('Illegal trailing comma before end of object', comma);
          return fail();
        }
      }
    }
    const end = at + 1;
    const hook = pairs ? pairsHook : objectHook;
    if (hook === ip.None) {
      this.next = end;
      return result;
    }
    const r = ip.call(hook, [result]);
    ip.decref(result);
    this.next = end;
    return r;
  }

  private array(start: number): Handle {
    const { s, ip } = this;
    const list = newList(ip, []);
    let at = this.skip(start);
    if (s[at] !== ']') {
      for (;;) {
        const value = this.value(at);
        if (value === 0) {
          ip.decref(list);
          return 0;
        }
        listAppendStolen(ip, list, value);
        at = this.skip(this.next);
        if (s[at] === ']') break;
        if (s[at] !== ',') {
          this.fail("Expecting ',' delimiter", at);
          ip.decref(list);
          return 0;
        }
        const comma = at;
        at = this.skip(at + 1);
        if (s[at] === ']') {
          this.fail('Illegal trailing comma before end of array', comma);
          ip.decref(list);
          return 0;
        }
      }
    }
    this.next = at + 1;
    return list;
  }
}

const NUMBER = /-?(?:[1-9][0-9]*|0)(\.[0-9]+)?([eE][-+]?[0-9]+)?/y;

// ---- the scanner's type -----------------------------------------------------------------------------------------------------------

const SC_STRICT = OB_FIELDS;
const SCANNER_HOOKS = ['object_hook', 'object_pairs_hook', 'parse_float', 'parse_int', 'parse_constant'] as const;
const SC_HOOKS = OB_FIELDS + 1;

/** Borrowed from the scanner. */
interface Hooks {
  readonly objectHook: Handle;
  readonly pairsHook: Handle;
  readonly parseFloat: Handle;
  readonly parseInt: Handle;
  readonly parseConstant: Handle;
}

function holding(first: number, count: number): TypeSpec['slots'] {
  const clear = (rt: Runtime, h: Handle): void => {
    for (let w = first; w < first + count; w++) rt.heap.clearRef(h + w);
  };
  return {
    tp_dealloc(rt: Runtime, h: Handle) {
      rt.heap.gcUntrack(h);
      clear(rt, h);
      freeObject(rt, h);
    },
    tp_traverse(rt: Runtime, h: Handle, visit: Visit) {
      for (let w = first; w < first + count; w++) if (rt.mem[h + w] !== 0) visit(rt.mem[h + w]!, h + w);
    },
    tp_clear: clear,
  };
}

const SCANNER_NEW = params('make_scanner', 'context');
const SCANNER_CALL = params('scan_once', 'string, idx');

function member(word: number): { get: (rt: Runtime, h: Handle) => Handle } {
  return { get: (rt, h) => rt.newRef(rt.mem[h + word]! || rt.None) };
}

const scannerSpec: TypeSpec = {
  name: 'Scanner',
  module: '_json',
  gc: true,
  words: 1 + SCANNER_HOOKS.length,
  basicsize: 64,
  doc: 'JSON scanner object',
  slots: {
    ...holding(SC_HOOKS, SCANNER_HOOKS.length),
    tp_new(rt: Runtime, type: Handle, args: Handle[], kwnames: Handle[] | null) {
      const a = parseArgs(rt, SCANNER_NEW, args, kwnames);
      if (a === null) return 0;
      const h = allocInstance(rt, rt.slotsOfType(type));
      const fail = (): 0 => {
        rt.decref(h);
        return 0;
      };
      const strict = getAttrString(rt, a[0]!, 'strict');
      if (strict === 0) return fail();
      const truth = isTrue(rt, strict);
      rt.decref(strict);
      if (truth < 0) return fail();
      rt.heap.set(h + SC_STRICT, truth);
      for (const [i, name] of SCANNER_HOOKS.entries()) {
        const hook = getAttrString(rt, a[0]!, name);
        if (hook === 0) return fail();
        rt.heap.set(h + SC_HOOKS + i, hook);
      }
      return h;
    },
    tp_call(rt: Runtime, self: Handle, args: Handle[], kwnames: Handle[] | null) {
      const ip = rt as Interpreter;
      const a = parseArgs(ip, SCANNER_CALL, args, kwnames);
      if (a === null) return 0;
      const [text, idx] = a as [Handle, Handle];
      const index = asIndex(ip, idx, 'OverflowError');
      if (index === null) return 0;
      if (!isStr(ip, text)) return ip.raise('TypeError', `first argument must be a string, not ${typeName(ip, text)}`);
      if (index < 0) return ip.raise('ValueError', 'idx cannot be negative');
      if (index >= strLength(ip, text)) {
        const at = intFromNumber(ip, index);
        ip.raiseObject('StopIteration', at);
        ip.decref(at);
        return 0;
      }
      const hook = (i: number): Handle => ip.mem[self + SC_HOOKS + i]!;
      const memo = newDict(ip);
      const reader = new Reader(
        ip,
        text,
        strValue(ip, text),
        ip.mem[self + SC_STRICT] !== 0,
        { objectHook: hook(0), pairsHook: hook(1), parseFloat: hook(2), parseInt: hook(3), parseConstant: hook(4) },
        memo,
      );
      const value = reader.value(strKind(ip, text) === StrKind.Astral ? unitOf(ip, text, index) : index);
      ip.decref(memo);
      if (value === 0) return 0;
      return newTupleTracked(ip, [value, intFromNumber(ip, indexOf(ip, text, reader.next))]);
    },
  },
  getset: {
    strict: { get: (rt: Runtime, h) => rt.bool(rt.mem[h + SC_STRICT] !== 0) },
    ...Object.fromEntries(SCANNER_HOOKS.map((name, i) => [name, member(SC_HOOKS + i)])),
  },
};

function scanstring(ip: Interpreter, _m: Handle, [text, endArg, strictArg]: Handle[]): Handle {
  const end = asIndex(ip, endArg!, 'OverflowError');
  if (end === null) return 0;
  const strict = strictArg === undefined ? 1 : isTrue(ip, strictArg);
  if (strict < 0) return 0;
  if (!isStr(ip, text!)) return ip.raise('TypeError', `first argument must be a string, not ${typeName(ip, text!)}`);
  if (end < 0 || end > strLength(ip, text!)) return ip.raise('ValueError', 'end is out of bounds');
  const reader = new Reader(ip, text!, strValue(ip, text!), strict === 1, null, 0);
  const value = reader.string(strKind(ip, text!) === StrKind.Astral ? unitOf(ip, text!, end) : end);
  if (value === 0) return 0;
  return newTupleTracked(ip, [value, intFromNumber(ip, indexOf(ip, text!, reader.next))]);
}

// ---- writing ---------------------------------------------------------------------------------------------------------------------------

const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\f': '\\f',
  '\b': '\\b',
};
const unitEscape = (c: string): string => SHORT[c] ?? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;

function quoteAscii(text: string): string {
  return `"${inPieces(text, (piece) => piece.replace(/["\\]|[^ -~]/g, unitEscape))}"`;
}
function quote(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what JSON escapes
  return `"${inPieces(text, (piece) => piece.replace(/["\\\x00-\x1f]/g, unitEscape))}"`;
}

const EN_FIELDS = ['markers', 'default', 'encoder', 'indent', 'key_separator', 'item_separator'] as const;
const EN = OB_FIELDS;
const EN_SORT = OB_FIELDS + 6;
const EN_SKIP = OB_FIELDS + 7;
const EN_NAN = OB_FIELDS + 8;
const SHORT_PIECES = 4096;
/** 1 encode_basestring_ascii, 2 encode_basestring: done without a call. */
const EN_FAST = OB_FIELDS + 9;

/** Items that a value of few characters lasts as long as. */
const WRITE_WORK = 16;

class Writer {
  /** What was written, in long pieces and then in short ones. */
  private readonly pieces: string[] = [];
  private out: string[] = [];
  private length = 0;
  readonly markers: Handle;
  readonly itemSeparator: string;
  readonly keySeparator: string;
  /** The text of one level, or null: all on one line. */
  private readonly indent: string | null;
  constructor(
    readonly ip: Interpreter,
    readonly self: Handle,
    private level: number,
  ) {
    const indent = ip.mem[self + EN + 3]!;
    this.indent = isStr(ip, indent) ? strValue(ip, indent) : null;
    this.markers = ip.mem[self + EN]!;
    this.keySeparator = strValue(ip, ip.mem[self + EN + 4]!);
    this.itemSeparator = strValue(ip, ip.mem[self + EN + 5]!);
  }

  private put(text: string): void {
    this.out.push(text);
    this.length += text.length;
    if (this.out.length === SHORT_PIECES) {
      this.pieces.push(this.out.join(''));
      this.out = [];
    }
  }

  /** New, or 0 with MemoryError. */
  finish(): Handle {
    if (this.length > MAX_TEXT) return this.ip.raise('MemoryError', '');
    return strFrom(this.ip, this.pieces.join('') + this.out.join(''));
  }

  private isTooLong(): false {
    this.ip.raise('MemoryError', '');
    return false;
  }

  /** A new line, with its indentation, where there are lines. */
  private line(change: number): void {
    this.level += change;
    if (this.indent !== null) this.put(`\n${this.indent.repeat(this.level)}`);
  }

  /** `encoder_encode_float`: null with ValueError. */
  private float(h: Handle): string | null {
    const { ip } = this;
    const x = floatValue(ip, h);
    if (Number.isFinite(x)) return reprDouble(x);
    if (ip.mem[this.self + EN_NAN] === 0) {
      const shown = reprText(ip, h);
      if (shown !== null) ip.raise('ValueError', `Out of range float values are not JSON compliant: ${shown}`);
      return null;
    }
    return x > 0 ? 'Infinity' : x < 0 ? '-Infinity' : 'NaN';
  }

  private string(h: Handle): boolean {
    const { ip, self } = this;
    const fast = ip.mem[self + EN_FAST]!;
    if (fast !== 0) {
      if (strLength(ip, h) > LONGEST_ESCAPED) return this.isTooLong();
      this.put(fast === 1 ? quoteAscii(strValue(ip, h)) : quote(strValue(ip, h)));
      return true;
    }
    const r = ip.call(ip.mem[self + EN + 2]!, [h]);
    if (r === 0) return false;
    if (!isStr(ip, r)) {
      ip.raise('TypeError', `encoder() must return a string, not ${typeName(ip, r)}`);
      ip.decref(r);
      return false;
    }
    this.put(strValue(ip, r));
    ip.decref(r);
    return true;
  }

  /** Marks that `h` is being written: its key (owned) or 0: no marks; -1 with ValueError. */
  private mark(h: Handle): Handle {
    const { ip, markers } = this;
    if (markers === ip.None) return 0;
    const ident = intFromNumber(ip, ip.heap.id(h));
    const known = dictContains(ip, markers, ident);
    if (known !== 0 || dictSet(ip, markers, ident, h) < 0) {
      if (known === 1) ip.raise('ValueError', 'Circular reference detected');
      ip.decref(ident);
      return -1;
    }
    return ident;
  }
  private unmark(ident: Handle): boolean {
    if (ident === 0) return true;
    const ok = dictDel(this.ip, this.markers, ident) === 0;
    this.ip.decref(ident);
    return ok;
  }

  /** `encoder_listencode_obj`: false with an exception. */
  write(h: Handle): boolean {
    const { ip } = this;
    countWork(ip, WRITE_WORK);
    if (this.length > MAX_TEXT) return this.isTooLong();
    if (h === ip.None) this.put('null');
    else if (h === ip.True) this.put('true');
    else if (h === ip.False) this.put('false');
    else if (isStr(ip, h)) return this.string(h);
    else if (isInt(ip, h)) {
      const text = intToDecimal(ip, h);
      if (text === null) return false;
      this.put(text);
    } else if (isFloat(ip, h)) {
      const text = this.float(h);
      if (text === null) return false;
      this.put(text);
    } else if (isList(ip, h) || isTuple(ip, h) || isDict(ip, h)) {
      if (!ip.enterRecursive(' while encoding a JSON object')) return false;
      const ok = isDict(ip, h) ? this.dict(h) : this.list(h);
      ip.leaveRecursive();
      return ok;
    } else return this.other(h);
    return true;
  }

  private note(text: string): void {
    if (this.ip.facts.name !== '3.13') this.ip.addNote(text);
  }

  private other(h: Handle): boolean {
    const { ip, self } = this;
    const ident = this.mark(h);
    if (ident < 0) return false;
    const made = ip.call(ip.mem[self + EN + 1]!, [h]);
    let ok = made !== 0;
    if (ok && !ip.enterRecursive(' while encoding a JSON object')) {
      ip.decref(made);
      ip.xdecref(ident);
      return false;
    }
    if (ok) {
      ok = this.write(made);
      ip.leaveRecursive();
      ip.decref(made);
      if (!ok) this.note(`when serializing ${typeName(ip, h)} object`);
    }
    if (ok) return this.unmark(ident);
    ip.xdecref(ident);
    return false;
  }

  private list(h: Handle): boolean {
    const { ip } = this;
    const size = () => (isList(ip, h) ? listSize(ip, h) : tupleSize(ip, h));
    if (size() === 0) {
      this.put('[]');
      return true;
    }
    const ident = this.mark(h);
    if (ident < 0) return false;
    this.put('[');
    this.line(1);
    for (let i = 0; i < size(); i++) {
      const x = ip.newRef(isList(ip, h) ? listItem(ip, h, i) : tupleItem(ip, h, i));
      if (i > 0) {
        this.put(this.itemSeparator);
        this.line(0);
      }
      const ok = this.write(x);
      ip.decref(x);
      if (!ok) {
        this.note(`when serializing ${typeName(ip, h)} item ${i}`);
        ip.xdecref(ident);
        return false;
      }
    }
    if (!this.unmark(ident)) return false;
    this.line(-1);
    this.put(']');
    return true;
  }

  private dict(h: Handle): boolean {
    const { ip, self } = this;
    if (dictSize(ip, h) === 0) {
      this.put('{}');
      return true;
    }
    const ident = this.mark(h);
    if (ident < 0) return false;
    this.put('{');
    this.line(1);
    const first = { is: true };
    let ok = true;
    if (ip.mem[self + EN_SORT] !== 0 || !ip.is(h, ip.types.dict)) {
      const items = this.items(h);
      ok = items !== 0;
      for (let i = 0; ok && i < listSize(ip, items); i++) {
        const pair = listItem(ip, items, i);
        if (!isTuple(ip, pair) || tupleSize(ip, pair) !== 2) {
          ip.raise('ValueError', 'items must return 2-tuples');
          ok = false;
          break;
        }
        const [key, value] = tupleItems(ip, pair) as [Handle, Handle];
        ok = this.pair(h, key, value, first);
      }
      ip.xdecref(items);
    } else {
      for (let pos = dictNext(ip, h, 0); ok && pos > 0; pos = dictNext(ip, h, pos)) {
        const key = ip.newRef(entryKey(ip, h, pos));
        const value = ip.newRef(entryValue(ip, h, pos));
        ok = this.pair(h, key, value, first);
        ip.decref(key);
        ip.decref(value);
      }
    }
    if (!ok) {
      ip.xdecref(ident);
      return false;
    }
    if (!this.unmark(ident)) return false;
    this.line(-1);
    this.put('}');
    return true;
  }

  /** `PyMapping_Items`, sorted if asked for: a new list. */
  private items(h: Handle): Handle {
    const { ip, self } = this;
    const method = getAttrString(ip, h, 'items');
    if (method === 0) return 0;
    const view = ip.call(method, []);
    ip.decref(method);
    if (view === 0) return 0;
    const list = ip.call(ip.types.list.handle, [view]);
    ip.decref(view);
    if (list === 0 || ip.mem[self + EN_SORT] === 0) return list;
    const sort = getAttrString(ip, list, 'sort');
    const r = sort === 0 ? 0 : ip.call(sort, []);
    ip.xdecref(sort);
    if (r === 0) {
      ip.decref(list);
      return 0;
    }
    ip.decref(r);
    return list;
  }

  /** `encoder_encode_key_value`. */
  private pair(dict: Handle, key: Handle, value: Handle, first: { is: boolean }): boolean {
    const { ip, self } = this;
    let name: Handle;
    if (isStr(ip, key)) name = ip.newRef(key);
    else {
      let text: string | null;
      if (isFloat(ip, key)) text = this.float(key);
      else if (key === ip.True) text = 'true';
      else if (key === ip.False) text = 'false';
      else if (key === ip.None) text = 'null';
      else if (isInt(ip, key)) text = intToDecimal(ip, key);
      else if (ip.mem[self + EN_SKIP] !== 0) return true;
      else {
        ip.raise('TypeError', `keys must be str, int, float, bool or None, not ${typeName(ip, key)}`);
        return false;
      }
      if (text === null) return false;
      name = strFrom(ip, text);
    }
    if (first.is) first.is = false;
    else {
      this.put(this.itemSeparator);
      this.line(0);
    }
    const ok = this.string(name);
    ip.decref(name);
    if (!ok) return false;
    this.put(this.keySeparator);
    if (this.write(value)) return true;
    if (ip.facts.name !== '3.13') {
      const error = ip.takeError();
      const shown = reprText(ip, key);
      if (shown === null) ip.clearError();
      ip.restoreError(error);
      if (shown !== null) this.note(`when serializing ${typeName(ip, dict)} item ${shown}`);
    }
    return false;
  }
}

const ENCODER_NEW = params(
  'make_encoder',
  'markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan',
);
const ENCODER_CALL = params('_iterencode', 'obj, _current_indent_level');

const encoderSpec: TypeSpec = {
  name: 'Encoder',
  module: '_json',
  gc: true,
  words: 10,
  basicsize: 80,
  doc: 'Encoder(markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan)',
  slots: {
    ...holding(EN, EN_FIELDS.length),
    tp_new(rt: Runtime, type: Handle, args: Handle[], kwnames: Handle[] | null) {
      const a = parseArgs(rt, ENCODER_NEW, args, kwnames);
      if (a === null) return 0;
      for (const i of [4, 5]) {
        if (!isStr(rt, a[i]!)) {
          return rt.raise('TypeError', `make_encoder() argument ${i + 1} must be str, not ${typeName(rt, a[i]!)}`);
        }
      }
      const flags = [6, 7, 8].map((i) => isTrue(rt, a[i]!));
      if (rt.currentException !== 0) return 0;
      if (a[0] !== rt.None && !isDict(rt, a[0]!)) {
        return rt.raise('TypeError', `make_encoder() argument 1 must be dict or None, not ${typeName(rt, a[0]!)}`);
      }
      const h = allocInstance(rt, rt.slotsOfType(type));
      for (let i = 0; i < EN_FIELDS.length; i++) rt.heap.set(h + EN + i, rt.newRef(a[i]!));
      for (const [i, f] of flags.entries()) rt.heap.set(h + EN_SORT + i, f);
      const encoder = a[2]!;
      if (rt.is(encoder, rt.types.builtin_function_or_method)) {
        const { def } = nativeMethod(rt, encoder);
        rt.heap.set(h + EN_FAST, def === encodeAscii ? 1 : def === encodeAny ? 2 : 0);
      }
      return h;
    },
    tp_call(rt: Runtime, self: Handle, args: Handle[], kwnames: Handle[] | null) {
      const ip = rt as Interpreter;
      const a = parseArgs(ip, ENCODER_CALL, args, kwnames);
      const level = a === null ? null : asIndex(ip, a[1]!, 'OverflowError');
      if (a === null || level === null) return 0;
      const writer = new Writer(ip, self, level);
      const text = writer.write(a[0]!) ? writer.finish() : 0;
      return text === 0 ? 0 : newTupleTracked(ip, [text]);
    },
  },
  getset: {
    ...Object.fromEntries(EN_FIELDS.map((name, i) => [name, member(EN + i)])),
    sort_keys: { get: (rt: Runtime, h) => rt.bool(rt.mem[h + EN_SORT] !== 0) },
    skipkeys: { get: (rt: Runtime, h) => rt.bool(rt.mem[h + EN_SKIP] !== 0) },
  },
};

function encodeWith(f: (text: string) => string): MethodDef {
  return {
    kind: 'o',
    fn: (ip: Interpreter, _m, x) => {
      if (!hasFlag(ip, x, TPFLAGS.UNICODE_SUBCLASS))
        return ip.raise('TypeError', `first argument must be a string, not ${typeName(ip, x)}`);
      return strLength(ip, x) > LONGEST_ESCAPED ? ip.raise('MemoryError', '') : strFrom(ip, f(strValue(ip, x)));
    },
  };
}
const encodeAscii = encodeWith(quoteAscii);
const encodeAny = encodeWith(quote);

export const jsonModule: NativeModule = {
  name: '_json',
  methods: {
    encode_basestring_ascii: encodeAscii,
    encode_basestring: encodeAny,
    scanstring: { kind: 'fast', min: 2, max: 3, varargs: 'always', fn: scanstring },
  },
  values: (ip) => ({ make_scanner: moduleTypeRef(ip, scannerSpec), make_encoder: moduleTypeRef(ip, encoderSpec) }),
};
