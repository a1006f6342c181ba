/**
 * `re.Pattern`, `re.Match`, the scanner and the replacement template (Modules/_sre/sre.c).
 *
 *     Pattern   groups groupindex indexgroup pattern flags weaklist isbytes code(leaf)
 *     Match     string regs pattern pos endpos lastindex groups marks…
 *     Scanner   pattern string state(leaf: a Matcher) exported
 *     Template  chunks literal items, each: index literal
 */
import { OB_FIELDS, type Handle } from '../../heap/layout';
import { CompareOp, TPFLAGS, type GetSetDef, type MethodDef, type TypeSpec, type Visit } from '../../heap/object';
import {
  asIndex,
  getAttrString,
  hash as objectHash,
  isInt,
  isStr,
  numberIndex,
  reprText,
  richCompareBool,
  typeName,
} from '../../objects/abstract';
import { getBuffer, bytesOf, releaseBuffer, type Buffer } from '../../objects/buffer';
import { newBytes, bytesValue } from '../../objects/bytes';
import { codePointArray } from '../../objects/codecs';
import {
  dictSize,
  dictGet,
  dictNext,
  dictSetKnownHash,
  entryHash,
  entryKey,
  newDict,
  hashFailed,
} from '../../objects/dict';
import { genericAlias } from '../../objects/dict-methods';
import { newMappingProxy } from '../../objects/descr';
import { hashBytes } from '../../objects/hash';
import { intFromNumber, intToIndex } from '../../objects/int';
import { newCallIter } from '../../objects/iter';
import { listAppendStolen, listItems, newList } from '../../objects/list';
import { freeObject, newObject } from '../../objects/object';
import type { Runtime } from '../../objects/runtime';
import { strFrom, strKind, strLength, strValue } from '../../objects/str';
import { joinItems } from '../../objects/str-methods';
import { substring } from '../../objects/str-ops';
import { newTupleTracked, tupleItem, tupleSize } from '../../objects/tuple';
import { clearWeakrefs } from '../../objects/weakref-list';
import { typeOfModule } from '../../modules/define';
import type { Interpreter } from '../../vm/interpreter';
import { ERROR_BUDGET, ERROR_INTERRUPTED, Matcher } from './matcher';
import { FLAG } from './opcodes';

// ---- layouts ----------------------------------------------------------------------------------------------------------

const P_GROUPS = OB_FIELDS;
const P_GROUPINDEX = OB_FIELDS + 1;
const P_INDEXGROUP = OB_FIELDS + 2;
const P_PATTERN = OB_FIELDS + 3;
const P_FLAGS = OB_FIELDS + 4;
const P_WEAKLIST = OB_FIELDS + 5;
/** 1 bytes, 0 str, -1 neither. */
const P_ISBYTES = OB_FIELDS + 6;
const P_CODE = OB_FIELDS + 7;

const M_STRING = OB_FIELDS;
const M_REGS = OB_FIELDS + 1;
const M_PATTERN = OB_FIELDS + 2;
const M_POS = OB_FIELDS + 3;
const M_ENDPOS = OB_FIELDS + 4;
const M_LASTINDEX = OB_FIELDS + 5;
/** With group 0. */
const M_GROUPS = OB_FIELDS + 6;
const M_MARKS = OB_FIELDS + 7;

const S_PATTERN = OB_FIELDS;
const S_STRING = OB_FIELDS + 1;
const S_STATE = OB_FIELDS + 2;

const T_SIZE = OB_FIELDS;
const T_LITERAL = OB_FIELDS + 1;
const T_ITEMS = OB_FIELDS + 2;

const type = (ip: Interpreter, name: string) => typeOfModule(ip, name);
const codeOf = (rt: Runtime, p: Handle): Uint32Array => rt.heap.leaf[rt.mem[p + P_CODE]!] as Uint32Array;

// ---- subjects (getstring, state_init) --------------------------------------------------------------------------------------

/** The text that is searched; `buffer` is lent until `endSearch`. */
interface Subject {
  readonly string: Handle;
  readonly points: Uint32Array;
  readonly isBytes: boolean;
  readonly buffer: Buffer | null;
}

/** Texts searched lately: a scanner goes over one text many times. */
const RECENT = 8;
const SHORT = 64;
function pointsOf(ip: Interpreter, h: Handle): Uint32Array {
  const text = strValue(ip, h);
  if (text.length < SHORT) return codePointArray(text, strKind(ip, h));
  let recent = ip.moduleState.get('_sre texts') as { text: string; points: Uint32Array }[] | undefined;
  if (recent === undefined) {
    recent = [];
    ip.moduleState.set('_sre texts', recent);
  }
  for (const entry of recent) if (entry.text === text) return entry.points;
  const points = codePointArray(text, strKind(ip, h));
  recent.unshift({ text, points });
  if (recent.length > RECENT) recent.pop();
  return points;
}

function getString(ip: Interpreter, h: Handle): Subject | null {
  if (isStr(ip, h)) return { string: h, points: pointsOf(ip, h), isBytes: false, buffer: null };
  const buffer = ip.tp(h).bf_getbuffer === null ? null : getBuffer(ip, h);
  if (buffer === null) {
    ip.clearError();
    ip.raise('TypeError', `expected string or bytes-like object, got '${typeName(ip, h)}'`);
    return null;
  }
  return { string: h, points: Uint32Array.from(bytesOf(buffer)), isBytes: true, buffer };
}

function endSearch(ip: Interpreter, subject: Subject): void {
  if (subject.buffer !== null) releaseBuffer(ip, subject.buffer);
}

interface Search extends Subject {
  readonly matcher: Matcher;
  readonly pos: number;
  readonly endpos: number;
}

const clip = (n: number, max: number): number => (n < 0 ? 0 : n > max ? max : n);

function beginSearch(ip: Interpreter, pattern: Handle, string: Handle, start = 0, end = Infinity): Search | null {
  const subject = getString(ip, string);
  if (subject === null) return null;
  const bytesPattern = ip.mem[pattern + P_ISBYTES]!;
  const wrong =
    subject.isBytes && bytesPattern === 0
      ? 'cannot use a string pattern on a bytes-like object'
      : !subject.isBytes && bytesPattern > 0
        ? 'cannot use a bytes pattern on a string-like object'
        : null;
  if (wrong !== null) {
    endSearch(ip, subject);
    ip.raise('TypeError', wrong);
    return null;
  }
  const length = subject.points.length;
  const pos = clip(start, length);
  const endpos = clip(end, length);
  const groups = ip.mem[pattern + P_GROUPS]!;
  const matcher = new Matcher(codeOf(ip, pattern), subject.points, pos, endpos, groups, () => ip.interruptRequested);
  matcher.emptyHasNoBoundary = ip.facts.name === '3.13';
  return { ...subject, matcher, pos, endpos };
}

/** `pattern_error`, for an answer below 0. */
function patternError(ip: Interpreter, status: number): 0 {
  if (status === ERROR_INTERRUPTED) {
    ip.interruptRequested = false;
    return ip.raiseObject('KeyboardInterrupt', ip.emptyTuple);
  }
  if (status === ERROR_BUDGET)
    return ip.raise('RuntimeError', 'limit reached: the regular expression takes too many steps');
  return ip.raise('RuntimeError', 'internal error in regular expression engine');
}

/** Steps of the matcher count as work of the program. */
function charge(ip: Interpreter, matcher: Matcher): void {
  ip.fuel -= matcher.steps >> 4;
  matcher.steps &= 15;
}

function slice(ip: Interpreter, s: Subject, start: number, end: number): Handle {
  if (!s.isBytes) return substring(ip, s.string, start, end);
  if (ip.is(s.string, ip.types.bytes)) {
    const data = bytesValue(ip, s.string);
    return start === 0 && end === data.length ? ip.newRef(s.string) : newBytes(ip, data.slice(start, end));
  }
  return newBytes(ip, Uint8Array.from(s.points.subarray(start, end)));
}

/** `state_getslice`: group `index` (from 1) of the matcher's marks. */
function groupSlice(ip: Interpreter, s: Search, index: number, empty: boolean): Handle {
  const { matcher } = s;
  const mark = (index - 1) * 2;
  if (mark >= matcher.lastmark || matcher.marks[mark]! < 0 || matcher.marks[mark + 1]! < 0) {
    return empty ? slice(ip, s, 0, 0) : ip.None;
  }
  const from = matcher.marks[mark]!;
  const to = matcher.marks[mark + 1]!;
  if (from > to) return wrongSpan(ip);
  return slice(ip, s, from, to);
}

function wrongSpan(ip: Interpreter): 0 {
  return ip.raise('SystemError', 'The span of capturing group is wrong, please report a bug for the re module.');
}

// ---- Match -----------------------------------------------------------------------------------------------------------------

/** `pattern_new_match`: new; None if `status` is 0. */
function newMatch(ip: Interpreter, pattern: Handle, s: Search, status: number): Handle {
  if (status === 0) return ip.None;
  if (status < 0) return patternError(ip, status);
  const { heap } = ip;
  const { matcher } = s;
  const groups = ip.mem[pattern + P_GROUPS]! + 1;
  const h = newObject(ip, type(ip, 're.Match'), 2 * groups, 16 * groups);
  heap.set(h + M_PATTERN, ip.newRef(pattern));
  heap.set(h + M_STRING, ip.newRef(s.string));
  heap.set(h + M_GROUPS, groups);
  heap.set(h + M_POS, s.pos);
  heap.set(h + M_ENDPOS, s.endpos);
  heap.set(h + M_LASTINDEX, matcher.lastindex);
  heap.set(h + M_MARKS, matcher.start);
  heap.set(h + M_MARKS + 1, matcher.ptr);
  for (let i = 1; i < groups; i++) {
    const j = 2 * i - 2;
    const known = j + 1 <= matcher.lastmark && matcher.marks[j]! >= 0 && matcher.marks[j + 1]! >= 0;
    const from = known ? matcher.marks[j]! : -1;
    const to = known ? matcher.marks[j + 1]! : -1;
    heap.set(h + M_MARKS + 2 * i, from);
    heap.set(h + M_MARKS + 2 * i + 1, to);
    if (from > to) {
      wrongSpan(ip);
      ip.decref(h);
      return 0;
    }
  }
  heap.gcTrack(h);
  return h;
}

/** `match_getslice_by_index`. */
function matchSlice(ip: Interpreter, m: Handle, index: number, otherwise: Handle): Handle {
  const from = ip.mem[m + M_MARKS + 2 * index]!;
  const string = ip.mem[m + M_STRING]!;
  if (string === ip.None || from < 0) return ip.newRef(otherwise);
  const subject = getStringShort(ip, string);
  if (subject === null) return 0;
  const length = subject.points === null ? strLength(ip, string) : subject.points.length;
  const start = clip(from, length);
  const end = clip(ip.mem[m + M_MARKS + 2 * index + 1]!, length);
  const r =
    subject.points === null
      ? substring(ip, string, start, end)
      : slice(ip, { string, points: subject.points, isBytes: true, buffer: null }, start, end);
  if (subject.buffer !== null) releaseBuffer(ip, subject.buffer);
  return r;
}

function getStringShort(ip: Interpreter, h: Handle): { points: Uint32Array | null; buffer: Buffer | null } | null {
  if (isStr(ip, h)) return { points: null, buffer: null };
  return getString(ip, h);
}

/** `match_getindex`: -1 with IndexError. `index` 0 (NULL): the whole match. */
function matchIndex(ip: Interpreter, m: Handle, index: Handle): number {
  if (index === 0) return 0;
  let i = -1;
  if (ip.tp(index).nb_index !== null) {
    const number = numberIndex(ip, index);
    if (number === 0) return -1;
    const n = intToIndex(ip, number);
    ip.decref(number);
    if (!Number.isFinite(n)) return ip.raiseInt('IndexError', 'no such group');
    i = n;
  } else {
    const groupindex = ip.mem[ip.mem[m + M_PATTERN]! + P_GROUPINDEX]!;
    if (groupindex !== 0) {
      const value = dictGet(ip, groupindex, index);
      if (value !== 0 && isInt(ip, value)) i = intToIndex(ip, value);
      else if (ip.currentException !== 0) ip.clearError();
    }
  }
  if (i < 0 || i >= ip.mem[m + M_GROUPS]!) return ip.raiseInt('IndexError', 'no such group');
  return i;
}

function getGroup(ip: Interpreter, m: Handle, index: Handle, otherwise: Handle): Handle {
  const i = matchIndex(ip, m, index);
  return i < 0 ? 0 : matchSlice(ip, m, i, otherwise);
}

function group(ip: Interpreter, m: Handle, args: Handle[]): Handle {
  if (args.length === 0) return matchSlice(ip, m, 0, ip.None);
  if (args.length === 1) return getGroup(ip, m, args[0]!, ip.None);
  const items: Handle[] = [];
  for (const arg of args) {
    const item = getGroup(ip, m, arg, ip.None);
    if (item === 0) {
      for (const x of items) ip.decref(x);
      return 0;
    }
    items.push(item);
  }
  return newTupleTracked(ip, items);
}

function groups(ip: Interpreter, m: Handle, [given]: Handle[]): Handle {
  const otherwise = given === 0 ? ip.None : given!;
  const items: Handle[] = [];
  for (let i = 1; i < ip.mem[m + M_GROUPS]!; i++) items.push(matchSlice(ip, m, i, otherwise));
  if (ip.currentException === 0) return newTupleTracked(ip, items);
  for (const x of items) ip.xdecref(x);
  return 0;
}

function groupdict(ip: Interpreter, m: Handle, [given]: Handle[]): Handle {
  const otherwise = given === 0 ? ip.None : given!;
  const result = newDict(ip);
  const groupindex = ip.mem[ip.mem[m + M_PATTERN]! + P_GROUPINDEX]!;
  if (groupindex === 0) return result;
  for (let pos = dictNext(ip, groupindex, 0); pos > 0; pos = dictNext(ip, groupindex, pos)) {
    const key = ip.newRef(entryKey(ip, groupindex, pos));
    const low = entryHash(ip, groupindex, pos);
    const high = ip.hashHigh;
    const value = getGroup(ip, m, key, otherwise);
    if (value === 0) {
      ip.decref(key);
      ip.decref(result);
      return 0;
    }
    dictSetKnownHash(ip, result, key, low, high, value);
    ip.decref(value);
    ip.decref(key);
  }
  return result;
}

const mark = (end: 0 | 1): MethodDef => ({
  kind: 'fast',
  min: 0,
  max: 1,
  fn: (ip: Interpreter, m: Handle, [index]) => {
    const i = matchIndex(ip, m, index ?? 0);
    return i < 0 ? 0 : intFromNumber(ip, ip.mem[m + M_MARKS + 2 * i + end]!);
  },
});

function pair(ip: Interpreter, m: Handle, i: number): Handle {
  return newTupleTracked(ip, [
    intFromNumber(ip, ip.mem[m + M_MARKS + 2 * i]!),
    intFromNumber(ip, ip.mem[m + M_MARKS + 2 * i + 1]!),
  ]);
}

function regs(ip: Interpreter, m: Handle): Handle {
  if (ip.mem[m + M_REGS] === 0) {
    const items: Handle[] = [];
    for (let i = 0; i < ip.mem[m + M_GROUPS]!; i++) items.push(pair(ip, m, i));
    ip.heap.set(m + M_REGS, newTupleTracked(ip, items));
  }
  return ip.newRef(ip.mem[m + M_REGS]!);
}

function matchRepr(ip: Interpreter, m: Handle): Handle {
  const whole = matchSlice(ip, m, 0, ip.None);
  if (whole === 0) return 0;
  const text = reprText(ip, whole);
  ip.decref(whole);
  if (text === null) return 0;
  const span = `(${ip.mem[m + M_MARKS]}, ${ip.mem[m + M_MARKS + 1]})`;
  return strFrom(ip, `<${typeName(ip, m)} object; span=${span}, match=${firstChars(text, 50)}>`);
}

/** `%.50R`: so many characters. */
function firstChars(text: string, n: number): string {
  return Array.from(text).slice(0, n).join('');
}

// ---- templates ---------------------------------------------------------------------------------------------------------------

/** `_sre.template(pattern, [literal, group, literal, …])`. */
export function newTemplate(ip: Interpreter, list: Handle): Handle {
  const parts = listItems(ip, list);
  if (parts.length % 2 === 0) return ip.raise('TypeError', 'invalid template');
  const n = parts.length >> 1;
  const { heap } = ip;
  const h = newObject(ip, type(ip, '_sre.SRE_Template'), 2 * n, 16 * n);
  heap.set(h + T_LITERAL, ip.newRef(parts[0]!));
  for (let i = 0; i < n; i++) {
    const number = parts[2 * i + 1]!;
    if (!isInt(ip, number)) ip.raise('TypeError', 'an integer is required');
    const index = ip.currentException !== 0 ? null : asIndex(ip, number, 'OverflowError');
    if (index === null || index < 0) {
      if (index !== null) ip.raise('TypeError', 'invalid template');
      ip.decref(h);
      return 0;
    }
    heap.set(h + T_SIZE, i + 1);
    heap.set(h + T_ITEMS + 2 * i, Math.min(index, 0x7fffffff));
    const literal = parts[2 * i + 2]!;
    const isEmpty = literal === ip.emptyStr || literal === ip.emptyBytes;
    if (!isEmpty) heap.set(h + T_ITEMS + 2 * i + 1, ip.newRef(literal));
  }
  heap.gcTrack(h);
  return h;
}

/** `compile_template`: `re._compile_template` does it. */
function compileTemplate(ip: Interpreter, pattern: Handle, template: Handle): Handle {
  const name = strFrom(ip, 're');
  const re = ip.importModule(name, 0, 0, 0);
  ip.decref(name);
  if (re === 0) return 0;
  const func = getAttrString(ip, re, '_compile_template');
  ip.decref(re);
  if (func === 0) return 0;
  let r = ip.call(func, [pattern, template]);
  if (r === 0 && ip.errorMatches('TypeError')) {
    // Not hashable: again with the plain type.
    let plain = 0;
    if (isStr(ip, template) && !ip.is(template, ip.types.str)) {
      ip.clearError();
      plain = substring(ip, template, 0, strLength(ip, template));
    } else if (ip.tp(template).bf_getbuffer !== null && !ip.is(template, ip.types.bytes)) {
      ip.clearError();
      const buffer = getBuffer(ip, template);
      if (buffer !== null) {
        plain = newBytes(ip, bytesOf(buffer).slice());
        releaseBuffer(ip, buffer);
      }
    }
    if (plain !== 0) {
      r = ip.call(func, [pattern, plain]);
      ip.decref(plain);
    }
  }
  ip.decref(func);
  if (r !== 0 && ip.tp(r) !== type(ip, '_sre.SRE_Template')) {
    ip.raise('RuntimeError', `the result of compiling a replacement string is ${typeName(ip, r)}`);
    ip.decref(r);
    return 0;
  }
  return r;
}

/** `expand_template`. */
function expandTemplate(ip: Interpreter, t: Handle, m: Handle): Handle {
  const { mem } = ip;
  const literal = mem[t + T_LITERAL]!;
  const n = mem[t + T_SIZE]!;
  if (n === 0) return ip.newRef(literal);
  const out: Handle[] = [ip.newRef(literal)];
  let failed = false;
  for (let i = 0; i < n && !failed; i++) {
    const index = mem[t + T_ITEMS + 2 * i]!;
    if (index >= mem[m + M_GROUPS]!) {
      ip.raise('IndexError', 'no such group');
      failed = true;
      break;
    }
    const item = matchSlice(ip, m, index, ip.None);
    if (item === 0) failed = true;
    else if (item !== ip.None) out.push(item);
    const text = mem[t + T_ITEMS + 2 * i + 1]!;
    if (!failed && text !== 0) out.push(ip.newRef(text));
  }
  const r = failed ? 0 : isStr(ip, literal) ? joinItems(ip, ip.emptyStr, out) : joinBytes(ip, out);
  for (const x of out) ip.decref(x);
  return r;
}

function joinBytes(ip: Interpreter, items: Handle[]): Handle {
  if (items.length === 1 && ip.is(items[0]!, ip.types.bytes)) return ip.newRef(items[0]!);
  const parts: Uint8Array[] = [];
  let size = 0;
  for (const [i, item] of items.entries()) {
    const buffer = ip.tp(item).bf_getbuffer === null ? null : getBuffer(ip, item);
    if (buffer === null) {
      ip.clearError();
      return ip.raise('TypeError', `sequence item ${i}: expected a bytes-like object, ${typeName(ip, item)} found`);
    }
    const data = bytesOf(buffer).slice();
    releaseBuffer(ip, buffer);
    size += data.length;
    parts.push(data);
  }
  const out = new Uint8Array(size);
  let at = 0;
  for (const p of parts) {
    out.set(p, at);
    at += p.length;
  }
  return newBytes(ip, out);
}

// ---- Pattern ------------------------------------------------------------------------------------------------------------------

/** `_sre.compile`: the arguments are of the right types. New. */
export function newPattern(
  ip: Interpreter,
  pattern: Handle,
  flags: number,
  code: Uint32Array,
  groupCount: number,
  groupindex: Handle,
  indexgroup: Handle,
): Handle {
  const { heap } = ip;
  const h = newObject(ip, type(ip, 're.Pattern'), 0, 4 * code.length);
  heap.set(h + P_CODE, heap.newLeaf(code));
  heap.gcTrack(h);
  let isBytes = -1;
  if (pattern !== ip.None) {
    const subject = getString(ip, pattern);
    if (subject === null) {
      ip.decref(h);
      return 0;
    }
    endSearch(ip, subject);
    isBytes = subject.isBytes ? 1 : 0;
  }
  heap.set(h + P_ISBYTES, isBytes);
  heap.set(h + P_PATTERN, ip.newRef(pattern));
  heap.set(h + P_FLAGS, flags);
  heap.set(h + P_GROUPS, groupCount);
  if (dictSize(ip, groupindex) > 0) {
    heap.set(h + P_GROUPINDEX, ip.newRef(groupindex));
    if (tupleSize(ip, indexgroup) > 0) heap.set(h + P_INDEXGROUP, ip.newRef(indexgroup));
  }
  return h;
}

function position(ip: Interpreter, arg: Handle | undefined, otherwise: number): number | null {
  return arg === undefined || arg === 0 ? otherwise : asIndex(ip, arg, 'OverflowError');
}

/** The search of a method with `string, pos, endpos`. */
function searchArguments(ip: Interpreter, pattern: Handle, args: Handle[]): Search | null {
  const pos = position(ip, args[1], 0);
  const endpos = pos === null ? null : position(ip, args[2], Infinity);
  return pos === null || endpos === null ? null : beginSearch(ip, pattern, args[0]!, pos, endpos);
}

function once(run: (m: Matcher) => number): MethodDef {
  return {
    kind: 'clinic',
    params: 'string, pos=, endpos=',
    fn: (ip: Interpreter, self: Handle, args: Handle[]) => {
      const s = searchArguments(ip, self, args);
      if (s === null) return 0;
      const status = run(s.matcher);
      charge(ip, s.matcher);
      const m = newMatch(ip, self, s, status);
      endSearch(ip, s);
      return m;
    },
  };
}

/**
 * The matches one after the other, as findall, split and sub go over them.
 * @param visit false: stop, with or without an exception
 * @returns false with an exception
 */
function forEachMatch(ip: Interpreter, s: Search, visit: () => boolean): boolean {
  const { matcher } = s;
  while (matcher.start <= s.endpos) {
    matcher.reset();
    const status = matcher.search();
    charge(ip, matcher);
    if (status < 0) {
      patternError(ip, status);
      return false;
    }
    if (status === 0) return true;
    const { start, ptr } = matcher;
    if (!visit()) return ip.currentException === 0;
    matcher.mustAdvance = ptr === start;
    matcher.start = ptr;
  }
  return true;
}

function findall(ip: Interpreter, self: Handle, args: Handle[]): Handle {
  const s = searchArguments(ip, self, args);
  if (s === null) return 0;
  const list = newList(ip, []);
  const n = ip.mem[self + P_GROUPS]!;
  const { matcher } = s;
  const ok = forEachMatch(ip, s, () => {
    let item: Handle;
    if (n === 0) item = slice(ip, s, matcher.start, matcher.ptr);
    else if (n === 1) item = groupSlice(ip, s, 1, true);
    else {
      const items: Handle[] = [];
      for (let i = 1; i <= n; i++) items.push(groupSlice(ip, s, i, true));
      item = newTupleTracked(ip, items);
    }
    if (item === 0) return false;
    listAppendStolen(ip, list, item);
    return true;
  });
  endSearch(ip, s);
  if (ok) return list;
  ip.decref(list);
  return 0;
}

function split(ip: Interpreter, self: Handle, [string, maxArg]: Handle[]): Handle {
  const max = position(ip, maxArg, 0);
  if (max === null) return 0;
  const s = beginSearch(ip, self, string!);
  if (s === null) return 0;
  const list = newList(ip, []);
  const { matcher } = s;
  let last = matcher.start;
  let n = 0;
  const add = (item: Handle): boolean => {
    if (item === 0) return false;
    listAppendStolen(ip, list, item);
    return true;
  };
  const ok =
    max < 0 ||
    forEachMatch(ip, s, () => {
      if (!add(slice(ip, s, last, matcher.start))) return false;
      for (let i = 1; i <= ip.mem[self + P_GROUPS]!; i++) if (!add(groupSlice(ip, s, i, false))) return false;
      last = matcher.ptr;
      n++;
      return max === 0 || n < max;
    });
  if (ok) add(slice(ip, s, last, s.endpos));
  endSearch(ip, s);
  if (ok && ip.currentException === 0) return list;
  ip.decref(list);
  return 0;
}

/** What replaces a match: the text itself, a template, or a function that is asked. */
function replacement(
  ip: Interpreter,
  self: Handle,
  repl: Handle,
): { filter: Handle; isLiteral: boolean; isCall: boolean } | null {
  if (ip.tp(repl).tp_call !== null) return { filter: ip.newRef(repl), isLiteral: false, isCall: true };
  let literal = false;
  if (isStr(ip, repl)) literal = !strValue(ip, repl).includes('\\');
  else if (ip.tp(repl).bf_getbuffer !== null) {
    const buffer = getBuffer(ip, repl);
    if (buffer === null) ip.clearError();
    else {
      literal = !bytesOf(buffer).includes(92);
      releaseBuffer(ip, buffer);
    }
  }
  if (literal) return { filter: ip.newRef(repl), isLiteral: true, isCall: false };
  const template = compileTemplate(ip, self, repl);
  if (template === 0) return null;
  if (ip.mem[template + T_SIZE] !== 0) return { filter: template, isLiteral: false, isCall: false };
  const text = ip.newRef(ip.mem[template + T_LITERAL]!);
  ip.decref(template);
  return { filter: text, isLiteral: true, isCall: false };
}

/** `pattern_subx`. */
function substitute(ip: Interpreter, self: Handle, [repl, string, countArg]: Handle[], withCount: boolean): Handle {
  const max = position(ip, countArg, 0);
  if (max === null) return 0;
  const r = replacement(ip, self, repl!);
  if (r === null) return 0;
  const s = beginSearch(ip, self, string!);
  if (s === null) {
    ip.decref(r.filter);
    return 0;
  }
  const list = newList(ip, []);
  const { matcher } = s;
  let behind = 0;
  let n = 0;
  let ok =
    max < 0 ||
    forEachMatch(ip, s, () => {
      const { start, ptr } = matcher;
      if (behind < start) {
        const before = slice(ip, s, behind, start);
        if (before === 0) return false;
        listAppendStolen(ip, list, before);
      }
      let item = r.filter;
      if (r.isLiteral) ip.incref(item);
      else {
        const m = newMatch(ip, self, s, 1);
        if (m === 0) return false;
        item = r.isCall ? ip.call(r.filter, [m]) : expandTemplate(ip, r.filter, m);
        ip.decref(m);
        if (item === 0) return false;
      }
      if (item !== ip.None) listAppendStolen(ip, list, item);
      behind = ptr;
      n++;
      return max === 0 || n < max;
    });
  if (ok && behind < s.endpos) {
    const rest = slice(ip, s, behind, s.endpos);
    if (rest === 0) ok = false;
    else listAppendStolen(ip, list, rest);
  }
  const empty = ok ? slice(ip, s, 0, 0) : 0;
  endSearch(ip, s);
  ip.decref(r.filter);
  if (!ok) {
    ip.decref(list);
    return 0;
  }
  const items = listItems(ip, list);
  let result = empty;
  if (items.length > 0) {
    result = s.isBytes ? joinBytes(ip, items) : joinItems(ip, empty, items);
    ip.decref(empty);
  }
  ip.decref(list);
  if (result === 0 || !withCount) return result;
  return newTupleTracked(ip, [result, intFromNumber(ip, n)]);
}

// ---- Scanner --------------------------------------------------------------------------------------------------------------------

/** What a scanner keeps between its matches: null start means that it is done. */
class ScannerState {
  done = false;
  executing = false;
  constructor(readonly search: Search) {}
}
const stateOf = (rt: Runtime, h: Handle): ScannerState => rt.heap.leaf[rt.mem[h + S_STATE]!] as ScannerState;

function newScanner(ip: Interpreter, self: Handle, args: Handle[]): Handle {
  const s = searchArguments(ip, self, args);
  if (s === null) return 0;
  const h = newObject(ip, type(ip, '_sre.SRE_Scanner'));
  ip.heap.set(h + S_STATE, ip.heap.newLeaf(new ScannerState(s)));
  ip.heap.set(h + S_STRING, ip.newRef(s.string));
  ip.heap.set(h + S_PATTERN, ip.newRef(self));
  ip.heap.gcTrack(h);
  return h;
}

function scan(run: (m: Matcher) => number): MethodDef {
  return {
    kind: 'noargs',
    fn: (ip: Interpreter, self: Handle) => {
      const state = stateOf(ip, self);
      if (state.executing) return ip.raise('ValueError', 'regular expression scanner already executing');
      if (state.done) return ip.None;
      const { search } = state;
      const { matcher } = search;
      state.executing = true;
      matcher.reset();
      const status = run(matcher);
      charge(ip, matcher);
      const m = newMatch(ip, ip.mem[self + S_PATTERN]!, search, status);
      if (status === 0) state.done = true;
      else {
        matcher.mustAdvance = matcher.ptr === matcher.start;
        matcher.start = matcher.ptr;
      }
      state.executing = false;
      return m;
    },
  };
}

// ---- repr, equality ---------------------------------------------------------------------------------------------------------

function patternRepr(ip: Interpreter, h: Handle): Handle {
  let flags = ip.mem[h + P_FLAGS]!;
  if (ip.mem[h + P_ISBYTES] === 0 && (flags & (FLAG.LOCALE | FLAG.UNICODE | FLAG.ASCII)) === FLAG.UNICODE) {
    flags &= ~FLAG.UNICODE;
  }
  const names: string[] = [];
  for (const [name, bit] of Object.entries(FLAG)) {
    if ((flags & bit) === 0) continue;
    names.push(`re.${name}`);
    flags &= ~bit;
  }
  if (flags !== 0) names.push(`0x${(flags >>> 0).toString(16)}`);
  const text = reprText(ip, ip.mem[h + P_PATTERN]!);
  if (text === null) return 0;
  const shown = firstChars(text, 200);
  return strFrom(ip, names.length === 0 ? `re.compile(${shown})` : `re.compile(${shown}, ${names.join('|')})`);
}

function codeBytes(code: Uint32Array): Uint8Array {
  return new Uint8Array(code.buffer, code.byteOffset, code.byteLength);
}

function patternHash(ip: Interpreter, h: Handle): number {
  const low = objectHash(ip, ip.mem[h + P_PATTERN]!);
  if (hashFailed(ip, low)) return -1;
  const high = ip.hashHigh;
  const code = codeOf(ip, h);
  const low2 = hashBytes(ip, codeBytes(code));
  const extended = (n: number) => (n < 0 ? -1 : 0);
  const flags = ip.mem[h + P_FLAGS]!;
  const isBytes = ip.mem[h + P_ISBYTES]!;
  let lo = low ^ low2 ^ flags ^ isBytes ^ code.length;
  const hi = high ^ ip.hashHigh ^ extended(flags) ^ extended(isBytes);
  if (lo === -1 && hi === -1) lo = -2;
  ip.hashHigh = hi;
  return lo;
}

function patternCompare(ip: Interpreter, a: Handle, b: Handle, op: CompareOp): Handle {
  if ((op !== CompareOp.EQ && op !== CompareOp.NE) || ip.tp(b) !== ip.tp(a)) return ip.NotImplemented;
  const { mem } = ip;
  let equal = a === b ? 1 : 0;
  if (equal === 0) {
    const x = codeOf(ip, a);
    const y = codeOf(ip, b);
    const same =
      mem[a + P_FLAGS] === mem[b + P_FLAGS] &&
      mem[a + P_ISBYTES] === mem[b + P_ISBYTES] &&
      x.length === y.length &&
      x.every((c, i) => c === y[i]);
    if (same) equal = richCompareBool(ip, mem[a + P_PATTERN]!, mem[b + P_PATTERN]!, CompareOp.EQ);
    if (equal < 0) return 0;
  }
  return ip.bool((equal === 1) === (op === CompareOp.EQ));
}

// ---- specs ---------------------------------------------------------------------------------------------------------------------

const itself: MethodDef = { kind: 'noargs', fn: (ip: Interpreter, self: Handle) => ip.newRef(self) };
const itselfDeep: MethodDef = { kind: 'o', fn: (ip: Interpreter, self: Handle) => ip.newRef(self) };
const number = (word: number): GetSetDef => ({
  get: (ip: Interpreter, h: Handle) => intFromNumber(ip, ip.mem[h + word]!),
});
const object = (word: number): GetSetDef => ({
  get: (ip: Interpreter, h: Handle) => ip.newRef(ip.mem[h + word]! || ip.None),
});

/** dealloc, traverse and clear of a type whose references lie in these words. */
function holding(words: readonly number[], before?: (rt: Runtime, h: Handle) => void): TypeSpec['slots'] {
  const clear = (rt: Runtime, h: Handle): void => {
    for (const w of words) rt.heap.clearRef(h + w);
  };
  return {
    tp_dealloc(rt: Runtime, h: Handle) {
      rt.heap.gcUntrack(h);
      before?.(rt, h);
      clear(rt, h);
      freeObject(rt, h);
    },
    tp_traverse(rt: Runtime, h: Handle, visit: Visit) {
      for (const w of words) if (rt.mem[h + w] !== 0) visit(rt.mem[h + w]!, h + w);
    },
    tp_clear: clear,
  };
}

export const patternSpec: TypeSpec = {
  name: 'Pattern',
  module: 're',
  gc: true,
  flags: TPFLAGS.DISALLOW_INSTANTIATION,
  words: 8,
  basicsize: 96,
  itemsize: 4,
  weaklistoffset: P_WEAKLIST,
  doc: 'Compiled regular expression object.',
  slots: {
    ...holding([P_GROUPINDEX, P_INDEXGROUP, P_PATTERN], (rt, h) => {
      if (rt.mem[h + P_WEAKLIST] !== 0) clearWeakrefs(rt, h);
      rt.heap.dropLeaf(rt.mem[h + P_CODE]!);
    }),
    ob_size: (rt: Runtime, h: Handle) => codeOf(rt, h).length,
    tp_repr: patternRepr,
    tp_hash: patternHash,
    tp_richcompare: patternCompare,
  },
  methods: {
    match: once((m) => m.match(0, true)),
    fullmatch: once((m) => {
      m.matchAll = true;
      return m.match(0, true);
    }),
    search: once((m) => m.search()),
    sub: {
      kind: 'clinic',
      params: 'repl, string, count=',
      fn: (ip: Interpreter, self, args) => substitute(ip, self, args, false),
    },
    subn: {
      kind: 'clinic',
      params: 'repl, string, count=',
      fn: (ip: Interpreter, self, args) => substitute(ip, self, args, true),
    },
    findall: { kind: 'clinic', params: 'string, pos=, endpos=', fn: findall },
    split: { kind: 'clinic', params: 'string, maxsplit=', fn: split },
    finditer: {
      kind: 'clinic',
      params: 'string, pos=, endpos=',
      fn: (ip: Interpreter, self, args) => {
        const scanner = newScanner(ip, self, args);
        if (scanner === 0) return 0;
        const search = getAttrString(ip, scanner, 'search');
        ip.decref(scanner);
        if (search === 0) return 0;
        const it = newCallIter(ip, search, ip.None);
        ip.decref(search);
        return it;
      },
    },
    scanner: { kind: 'clinic', params: 'string, pos=, endpos=', fn: newScanner },
    __copy__: itself,
    __deepcopy__: itselfDeep,
  },
  classmethods: { __class_getitem__: { kind: 'o', fn: genericAlias } },
  getset: {
    pattern: object(P_PATTERN),
    flags: number(P_FLAGS),
    groups: number(P_GROUPS),
    groupindex: {
      get: (ip: Interpreter, h: Handle) => {
        const d = ip.mem[h + P_GROUPINDEX]!;
        return d === 0 ? newDict(ip) : newMappingProxy(ip, d);
      },
    },
  },
};

export const matchSpec: TypeSpec = {
  name: 'Match',
  module: 're',
  gc: true,
  flags: TPFLAGS.DISALLOW_INSTANTIATION,
  words: 7,
  basicsize: 88,
  itemsize: 8,
  doc: 'The result of re.match() and re.search().\nMatch objects always have a boolean value of True.',
  slots: {
    ...holding([M_REGS, M_STRING, M_PATTERN]),
    ob_size: (rt: Runtime, h: Handle) => 2 * rt.mem[h + M_GROUPS]!,
    tp_repr: matchRepr,
    mp_subscript: (ip: Interpreter, m: Handle, key: Handle) => getGroup(ip, m, key, ip.None),
  },
  methods: {
    group: { kind: 'fast', min: 0, max: -1, varargs: 'always', fn: group },
    start: mark(0),
    end: mark(1),
    span: {
      kind: 'fast',
      min: 0,
      max: 1,
      fn: (ip: Interpreter, m, [index]) => {
        const i = matchIndex(ip, m, index ?? 0);
        return i < 0 ? 0 : pair(ip, m, i);
      },
    },
    groups: { kind: 'clinic', params: 'default=', fn: groups },
    groupdict: { kind: 'clinic', params: 'default=', fn: groupdict },
    expand: {
      kind: 'clinic',
      params: 'template',
      fn: (ip: Interpreter, m, [template]) => {
        const t = compileTemplate(ip, ip.mem[m + M_PATTERN]!, template!);
        if (t === 0) return 0;
        const r = expandTemplate(ip, t, m);
        ip.decref(t);
        return r;
      },
    },
    __copy__: itself,
    __deepcopy__: itselfDeep,
  },
  classmethods: { __class_getitem__: { kind: 'o', fn: genericAlias } },
  getset: {
    string: object(M_STRING),
    re: object(M_PATTERN),
    pos: number(M_POS),
    endpos: number(M_ENDPOS),
    regs: { get: regs },
    lastindex: {
      get: (ip: Interpreter, m: Handle) => {
        const i = ip.mem[m + M_LASTINDEX]!;
        return i < 0 ? ip.None : intFromNumber(ip, i);
      },
    },
    lastgroup: {
      get: (ip: Interpreter, m: Handle) => {
        const names = ip.mem[ip.mem[m + M_PATTERN]! + P_INDEXGROUP]!;
        const i = ip.mem[m + M_LASTINDEX]!;
        return names !== 0 && i >= 0 && i < tupleSize(ip, names) ? ip.newRef(tupleItem(ip, names, i)) : ip.None;
      },
    },
  },
};

export const scannerSpec: TypeSpec = {
  name: 'SRE_Scanner',
  module: '_sre',
  gc: true,
  flags: TPFLAGS.DISALLOW_INSTANTIATION,
  words: 3,
  basicsize: 248,
  slots: {
    tp_dealloc(rt: Runtime, h: Handle) {
      rt.heap.gcUntrack(h);
      const { search } = stateOf(rt, h);
      if (search.buffer !== null) releaseBuffer(rt, search.buffer);
      rt.heap.clearRef(h + S_STRING);
      rt.heap.dropLeaf(rt.mem[h + S_STATE]!);
      rt.heap.clearRef(h + S_PATTERN);
      freeObject(rt, h);
    },
    tp_traverse(rt: Runtime, h: Handle, visit: Visit) {
      if (rt.mem[h + S_PATTERN] !== 0) visit(rt.mem[h + S_PATTERN]!, h + S_PATTERN);
    },
    tp_ledger(rt: Runtime, h: Handle, visit: Visit) {
      for (const w of [S_PATTERN, S_STRING]) if (rt.mem[h + w] !== 0) visit(rt.mem[h + w]!, h + w);
      const { buffer } = stateOf(rt, h).search;
      if (buffer !== null) visit(buffer.obj, 0);
    },
    tp_clear: (rt: Runtime, h: Handle) => rt.heap.clearRef(h + S_PATTERN),
  },
  methods: { match: scan((m) => m.match(0, true)), search: scan((m) => m.search()) },
  getset: { pattern: object(S_PATTERN) },
};

export const templateSpec: TypeSpec = {
  name: 'SRE_Template',
  module: '_sre',
  gc: true,
  flags: TPFLAGS.DISALLOW_INSTANTIATION,
  words: 2,
  basicsize: 40,
  itemsize: 16,
  slots: {
    tp_dealloc(rt: Runtime, h: Handle) {
      rt.heap.gcUntrack(h);
      clearTemplate(rt, h);
      freeObject(rt, h);
    },
    tp_traverse(rt: Runtime, h: Handle, visit: Visit) {
      const { mem } = rt;
      if (mem[h + T_LITERAL] !== 0) visit(mem[h + T_LITERAL]!, h + T_LITERAL);
      for (let i = 0; i < mem[h + T_SIZE]!; i++) {
        const w = h + T_ITEMS + 2 * i + 1;
        if (mem[w] !== 0) visit(mem[w]!, w);
      }
    },
    tp_clear: clearTemplate,
    ob_size: (rt: Runtime, h: Handle) => rt.mem[h + T_SIZE]!,
  },
};

function clearTemplate(rt: Runtime, h: Handle): void {
  rt.heap.clearRef(h + T_LITERAL);
  for (let i = 0; i < rt.mem[h + T_SIZE]!; i++) rt.heap.clearRef(h + T_ITEMS + 2 * i + 1);
}
