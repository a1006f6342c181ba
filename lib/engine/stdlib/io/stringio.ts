/** `io.StringIO` (Modules/_io/stringio.c): positions are characters. */
import type { Handle } from '../../heap/layout';
import type { MethodDef, TypeSpec } from '../../heap/object';
import { asIndex, isStr, isTuple, typeName } from '../../objects/abstract';
import { params, parseArgs } from '../../objects/getargs';
import { intFromNumber } from '../../objects/int';
import { allocInstance } from '../../objects/object';
import type { Runtime } from '../../objects/runtime';
import { kindOf, StrKind, strFrom, strKind, strLength, strValue } from '../../objects/str';
import { newTuple, tupleItem, tupleSize } from '../../objects/tuple';
import { addAttributes } from './bytesio';
import { IO_DICT, ioType, peekState, setState, sizeArgument, stateOf } from './support';

interface State {
  /** The text, while every character of it is one UTF-16 unit; otherwise `points` has the characters. */
  text: string;
  points: string[] | null;
  position: number;
  closed: boolean;
  newline: string | null;
  translates: boolean;
  /** Line ends seen: 1 `\r`, 2 `\n`, 4 `\r\n`. */
  seen: number;
}

const INIT = params('StringIO', 'initial_value=, newline=');

function state(rt: Runtime, h: Handle): State | null {
  const st = stateOf<State>(rt, h);
  if (st === null) return null;
  if (!st.closed) return st;
  rt.raise('ValueError', 'I/O operation on closed file');
  return null;
}

const size = (st: State): number => (st.points === null ? st.text.length : st.points.length);
const whole = (st: State): string => (st.points === null ? st.text : st.points.join(''));
const slice = (st: State, from: number, to: number): string =>
  st.points === null ? st.text.slice(from, to) : st.points.slice(from, to).join('');

/** `IncrementalNewlineDecoder` for a whole piece. */
function translate(st: State, text: string): string {
  if (!text.includes('\r')) {
    if (text.includes('\n')) st.seen |= 2;
    return text;
  }
  if (/\r\n/.test(text)) st.seen |= 4;
  if (/\r(?!\n)/.test(text)) st.seen |= 1;
  if (/(?<!\r)\n/.test(text)) st.seen |= 2;
  return st.translates ? text.replace(/\r\n?/g, '\n') : text;
}

function put(st: State, given: string, isAstral: boolean): void {
  let text = given;
  if (st.newline === null || st.newline === '') text = translate(st, text);
  else if (st.newline !== '\n') text = text.replaceAll('\n', st.newline);
  if (isAstral && st.points === null) {
    st.points = [...st.text];
    st.text = '';
  }
  if (st.points !== null) {
    const points = [...text];
    while (st.points.length < st.position) st.points.push('\0');
    if (st.position === st.points.length) for (const p of points) st.points.push(p);
    else st.points.splice(st.position, points.length, ...points);
    st.position += points.length;
    return;
  }
  const { text: old, position } = st;
  if (position === old.length) st.text = old + text;
  else if (position > old.length) st.text = old + '\0'.repeat(position - old.length) + text;
  else st.text = old.slice(0, position) + text + old.slice(position + text.length);
  st.position += text.length;
}

/** The end of the line that begins at the position. */
function lineEnd(st: State): number {
  const n = size(st);
  const find = (what: string): number => {
    if (st.points === null) return st.text.indexOf(what, st.position);
    for (let i = st.position; i + what.length <= n; i++) if (slice(st, i, i + what.length) === what) return i;
    return -1;
  };
  const { newline } = st;
  if (newline === '') {
    const lf = find('\n');
    const cr = find('\r');
    if (cr >= 0 && (lf < 0 || cr < lf)) return slice(st, cr + 1, cr + 2) === '\n' ? cr + 2 : cr + 1;
    return lf < 0 ? n : lf + 1;
  }
  const end = newline ?? '\n';
  const at = find(end);
  return at < 0 ? n : at + end.length;
}

function line(st: State, limit: number): string {
  if (st.position >= size(st)) return '';
  let end = lineEnd(st);
  if (limit >= 0) end = Math.min(end, st.position + limit);
  const out = slice(st, st.position, end);
  st.position = end;
  return out;
}

const yes: MethodDef = { kind: 'noargs', fn: (rt: Runtime, h) => (state(rt, h) === null ? 0 : rt.True) };

/** `newline=`: undefined with an exception. */
export function newlineArgument(rt: Runtime, h: Handle, what: string): string | null | undefined {
  if (h === 0 || h === rt.None) return null;
  if (!isStr(rt, h)) {
    rt.raise('TypeError', `${what} must be str or None, not ${typeName(rt, h)}`);
    return undefined;
  }
  const text = strValue(rt, h);
  if (['', '\n', '\r', '\r\n'].includes(text)) return text;
  const shown = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  rt.raise('ValueError', `illegal newline value: '${shown}'`);
  return undefined;
}

function init(rt: Runtime, h: Handle, args: Handle[], kwnames: Handle[] | null): number {
  const a = parseArgs(rt, INIT, args, kwnames);
  if (a === null) return -1;
  const [value, newlineArg] = a as [Handle, Handle];
  const newline = newlineArg === 0 ? '\n' : newlineArgument(rt, newlineArg, 'newline');
  if (newline === undefined) return -1;
  if (value !== 0 && value !== rt.None && !isStr(rt, value))
    return rt.raiseInt('TypeError', `initial_value must be str or None, not ${typeName(rt, value)}`);
  const st: State = {
    text: '',
    points: null,
    position: 0,
    closed: false,
    newline,
    translates: newline === null,
    seen: 0,
  };
  setState(rt, h, st);
  if (value !== 0 && value !== rt.None) put(st, strValue(rt, value), strKind(rt, value) === StrKind.Astral);
  st.position = 0;
  return 0;
}

function seek(rt: Runtime, h: Handle, [posArg, whenceArg]: Handle[]): Handle {
  const st = state(rt, h);
  const pos = st === null ? null : asIndex(rt, posArg!, 'OverflowError');
  const whence = pos === null ? null : whenceArg === undefined ? 0 : asIndex(rt, whenceArg, 'OverflowError');
  if (st === null || pos === null || whence === null) return 0;
  if (whence !== 0 && whence !== 1 && whence !== 2)
    return rt.raise('ValueError', `Invalid whence (${whence}, should be 0, 1 or 2)`);
  if (pos < 0 && whence === 0) return rt.raise('ValueError', `Negative seek position ${pos}`);
  if (whence !== 0 && pos !== 0) return rt.raise('OSError', "Can't do nonzero cur-relative seeks");
  st.position = whence === 0 ? pos : whence === 1 ? st.position : size(st);
  return intFromNumber(rt, st.position);
}

function truncate(rt: Runtime, h: Handle, [sizeArg]: Handle[]): Handle {
  const st = state(rt, h);
  if (st === null) return 0;
  let n: number | null = st.position;
  if (sizeArg !== undefined && sizeArg !== rt.None) n = asIndex(rt, sizeArg, 'OverflowError');
  if (n === null) return 0;
  if (n < 0) return rt.raise('ValueError', `Negative size value ${n}`);
  if (n < size(st)) {
    if (st.points === null) st.text = st.text.slice(0, n);
    else st.points.length = n;
  }
  return intFromNumber(rt, n);
}

export function seenNewlines(rt: Runtime, seen: number): Handle {
  const all = ['\r', '\n', '\r\n'].filter((_, i) => (seen & (1 << i)) !== 0);
  if (all.length === 0) return rt.None;
  const texts = all.map((t) => strFrom(rt, t));
  return texts.length === 1 ? texts[0]! : newTuple(rt, texts);
}

/** 3.13 has the writer within. */
export const stringIOSpec = (rt: Runtime): TypeSpec => ({ ...spec, basicsize: rt.facts.name === '3.13' ? 168 : 120 });

const spec: TypeSpec = ioType({
  name: 'StringIO',
  basicsize: 120,
  slots: {
    tp_finalize: null,
    tp_init: init,
    tp_new: (rt: Runtime, type) => allocInstance(rt, rt.slotsOfType(type)),
    tp_iter: (rt: Runtime, h) => (state(rt, h) === null ? 0 : rt.newRef(h)),
    tp_iternext(rt: Runtime, h) {
      const st = state(rt, h);
      const text = st === null ? '' : line(st, -1);
      return text === '' ? 0 : strFrom(rt, text);
    },
  },
  methods: {
    getvalue: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        const st = state(rt, h);
        return st === null ? 0 : strFrom(rt, whole(st));
      },
    },
    read: {
      kind: 'fast',
      min: 0,
      max: 1,
      fn: (rt: Runtime, h, [sizeArg]) => {
        const st = state(rt, h);
        const wanted = st === null ? null : sizeArgument(rt, sizeArg);
        if (st === null || wanted === null) return 0;
        const end = wanted < 0 ? size(st) : Math.min(size(st), st.position + wanted);
        if (st.position >= end) return rt.emptyStr;
        const text = slice(st, st.position, end);
        st.position = end;
        return strFrom(rt, text);
      },
    },
    readline: {
      kind: 'fast',
      min: 0,
      max: 1,
      fn: (rt: Runtime, h, [sizeArg]) => {
        const st = state(rt, h);
        const limit = st === null ? null : sizeArgument(rt, sizeArg);
        return st === null || limit === null ? 0 : strFrom(rt, line(st, limit));
      },
    },
    tell: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        const st = state(rt, h);
        return st === null ? 0 : intFromNumber(rt, st.position);
      },
    },
    write: {
      kind: 'o',
      fn: (rt: Runtime, h, text) => {
        if (stateOf(rt, h) === null) return 0;
        if (!isStr(rt, text)) return rt.raise('TypeError', `string argument expected, got '${typeName(rt, text)}'`);
        const st = state(rt, h);
        if (st === null) return 0;
        if (strLength(rt, text) > 0) put(st, strValue(rt, text), strKind(rt, text) === StrKind.Astral);
        return intFromNumber(rt, strLength(rt, text));
      },
    },
    seek: { kind: 'fast', min: 1, max: 2, fn: seek },
    truncate: { kind: 'fast', min: 0, max: 1, fn: truncate },
    close: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        const st = peekState<State>(rt, h);
        if (st !== null) Object.assign(st, { closed: true, text: '', points: null });
        return rt.None;
      },
    },
    readable: yes,
    writable: yes,
    seekable: yes,
    __getstate__: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        const st = state(rt, h);
        if (st === null) return 0;
        const dict = rt.mem[h + IO_DICT]!;
        return newTuple(rt, [
          strFrom(rt, whole(st)),
          st.newline === null ? rt.None : strFrom(rt, st.newline),
          intFromNumber(rt, st.position),
          dict === 0 ? rt.None : rt.newRef(dict),
        ]);
      },
    },
    __setstate__: {
      kind: 'o',
      fn: (rt: Runtime, h, value) => {
        if (peekState<State>(rt, h)?.closed === true) return rt.raise('ValueError', 'I/O operation on closed file');
        if (!isTuple(rt, value) || tupleSize(rt, value) < 4)
          return rt.raise(
            'TypeError',
            `${typeName(rt, h)}.__setstate__ argument should be 4-tuple, got ${typeName(rt, value)}`,
          );
        const [text, newline, position, dict] = [0, 1, 2, 3].map((i) => tupleItem(rt, value, i)) as [
          Handle,
          Handle,
          Handle,
          Handle,
        ];
        if (init(rt, h, [rt.emptyStr, newline], null) < 0) return 0;
        const st = stateOf<State>(rt, h);
        const at = asIndex(rt, position, 'OverflowError');
        if (st === null || at === null) return 0;
        if (!isStr(rt, text)) return rt.raise('TypeError', 'initial_value must be str or None');
        st.text = strValue(rt, text);
        if (kindOf(st.text) === StrKind.Astral) {
          st.points = [...st.text];
          st.text = '';
        }
        if (at < 0) return rt.raise('ValueError', 'position value cannot be negative');
        st.position = at;
        return addAttributes(rt, h, dict) ? rt.None : 0;
      },
    },
  },
  getset: {
    closed: {
      get: (rt: Runtime, h) => {
        const st = stateOf<State>(rt, h);
        return st === null ? 0 : rt.bool(st.closed);
      },
    },
    newlines: {
      get: (rt: Runtime, h) => {
        const st = state(rt, h);
        return st === null ? 0 : st.newline === null || st.newline === '' ? seenNewlines(rt, st.seen) : rt.None;
      },
    },
    line_buffering: { get: (rt: Runtime, h) => (state(rt, h) === null ? 0 : rt.False) },
  },
});
