/**
 * Writing to file-like objects (Objects/fileobject.c), and the standard streams themselves: `_io.TextIOWrapper` cut
 * down to text in and text out.
 * DIFFERS: no `buffer`, no encodings; nothing is held back, so `flush` has nothing to do.
 */
import type { Handle } from '../heap/layout';
import type { TypeSpec } from '../heap/object';
import { getAttrString, getIter, isStr, iterNext, repr, str, strText, typeName } from './abstract';
import { genericGetAttr, genericSetAttr } from './generic-attr';
import { intFromNumber } from './int';
import { newList } from './list';
import { allocInstance, freeObject } from './object';
import type { Runtime } from './runtime';
import { strFrom, strLength, strValue } from './str';
import { clearWeakrefs } from './weakref-list';

/**
 * The words of `_io.TextIOWrapper`, whose first form is here; the module `_io` brings the whole of it
 * (stdlib/io/textio.ts), and the standard streams become instances of that type when it is imported.
 */
export const FILE_DICT = 2;
export const FILE_WEAKLIST = 3;
export const FILE_STATE = 4;
export const FILE_BUFFER = 5;
/** 1 stdin, 2 stdout, 3 stderr; 0 for an ordinary file. */
export const FILE_STREAM = 8;
const CLOSED = 9;
export const FILE_WORDS = 8;

const NAMES = ['<stdin>', '<stdout>', '<stderr>'];

export function newTextStream(rt: Runtime, fd: 0 | 1 | 2): Handle {
  const h = allocInstance(rt, rt.types['_io.TextIOWrapper']);
  rt.heap.set(h + FILE_STREAM, fd + 1);
  return h;
}

/** The descriptor of a standard stream, or -1. */
const descriptor = (rt: Runtime, h: Handle): number => rt.mem[h + FILE_STREAM]! - 1;

/** One of the three, with no attributes of its own that could change how it writes. */
export function isStandardStream(rt: Runtime, h: Handle): boolean {
  const type = rt.mem[h + 1]!;
  return (
    (type === rt.types['_io.TextIOWrapper'].handle || type === rt.textIOWrapper) &&
    rt.mem[h + FILE_STREAM] !== 0 &&
    rt.mem[h + FILE_DICT] === 0
  );
}

function send(rt: Runtime, h: Handle, text: string): boolean {
  if (rt.mem[h + CLOSED] !== 0) {
    rt.raise('ValueError', 'I/O operation on closed file.');
    return false;
  }
  if (descriptor(rt, h) === 2) rt.writeStderr(text);
  else rt.writeStdout(text);
  return true;
}

/** `PyFile_WriteObject`: `str()` or `repr()` of a value to a file. 0 or -1. */
export function fileWriteObject(rt: Runtime, value: Handle, file: Handle, raw: boolean): number {
  if (isStandardStream(rt, file)) {
    // The file's own `write`, without making the method object.
    if (rt.is(value, rt.types.str) && raw) return send(rt, file, strValue(rt, value)) ? 0 : -1;
    const own = raw ? str(rt, value) : repr(rt, value);
    if (own === 0) return -1;
    const ok = send(rt, file, strValue(rt, own));
    rt.decref(own);
    return ok ? 0 : -1;
  }
  const write = getAttrString(rt, file, 'write');
  if (write === 0) return -1;
  const text = raw ? str(rt, value) : repr(rt, value);
  if (text === 0) {
    rt.decref(write);
    return -1;
  }
  const r = rt.call(write, [text]);
  rt.decref(text);
  rt.decref(write);
  if (r === 0) return -1;
  rt.decref(r);
  return 0;
}

/** `PyFile_WriteString`. 0 or -1. */
export function fileWriteString(rt: Runtime, text: string, file: Handle): number {
  if (isStandardStream(rt, file)) return send(rt, file, text) ? 0 : -1;
  const h = strFrom(rt, text);
  const r = fileWriteObject(rt, h, file, true);
  rt.decref(h);
  return r;
}

/** Calls `flush()`; true for the streams that need none. */
export function fileFlush(rt: Runtime, file: Handle): boolean {
  if (isStandardStream(rt, file)) return true;
  const flush = getAttrString(rt, file, 'flush');
  if (flush === 0) return false;
  const r = rt.call(flush, []);
  rt.decref(flush);
  rt.xdecref(r);
  return r !== 0;
}

function readable(rt: Runtime, h: Handle): boolean {
  if (descriptor(rt, h) === 0) return true;
  rt.raise('OSError', 'not readable');
  return false;
}

function readLine(rt: Runtime): string {
  return rt.readStdin() ?? '';
}

function readAll(rt: Runtime): string {
  let text = '';
  for (let line = rt.readStdin(); line !== null; line = rt.readStdin()) text += line;
  return text;
}

const constant = (value: (rt: Runtime, h: Handle) => Handle) => ({ get: value });
const truth = (value: (rt: Runtime, h: Handle) => boolean) => ({
  kind: 'noargs' as const,
  fn: (rt: Runtime, h: Handle) => rt.bool(value(rt, h)),
});

/** What the standard streams do, also as instances of the whole type. */
export const standardStreamSpec: TypeSpec = {
  name: '_io.TextIOWrapper',
  module: '_io',
  gc: true,
  words: FILE_WORDS,
  basicsize: 176,
  dictoffset: FILE_DICT,
  weaklistoffset: FILE_WEAKLIST,
  slots: {
    tp_dealloc(rt: Runtime, h) {
      rt.heap.gcUntrack(h);
      if (rt.mem[h + FILE_WEAKLIST] !== 0) clearWeakrefs(rt, h);
      rt.heap.clearRef(h + FILE_DICT);
      freeObject(rt, h);
    },
    tp_traverse(rt: Runtime, h, visit) {
      if (rt.mem[h + FILE_DICT] !== 0) visit(rt.mem[h + FILE_DICT]!, h + FILE_DICT);
    },
    tp_clear: (rt: Runtime, h) => rt.heap.clearRef(h + FILE_DICT),
    tp_repr: (rt: Runtime, h) =>
      strFrom(
        rt,
        `<_io.TextIOWrapper name='${NAMES[descriptor(rt, h)]}' mode='${descriptor(rt, h) === 0 ? 'r' : 'w'}' encoding='utf-8'>`,
      ),
    tp_getattro: genericGetAttr,
    tp_setattro: genericSetAttr,
    tp_iter: (rt: Runtime, h) => rt.newRef(h),
    tp_iternext(rt: Runtime, h) {
      if (!readable(rt, h)) return 0;
      const line = readLine(rt);
      return line === '' ? 0 : strFrom(rt, line);
    },
  },
  methods: {
    write: {
      kind: 'o',
      fn: (rt: Runtime, h, text) => {
        if (!isStr(rt, text)) return rt.raise('TypeError', `write() argument must be str, not ${typeName(rt, text)}`);
        if (descriptor(rt, h) === 0) return rt.raise('OSError', 'not writable');
        return send(rt, h, strValue(rt, text)) ? intFromNumber(rt, strLength(rt, text)) : 0;
      },
    },
    writelines: {
      kind: 'o',
      fn: (rt: Runtime, h, lines) => {
        const it = getIter(rt, lines);
        if (it === 0) return 0;
        for (let x = iterNext(rt, it); x !== 0; x = iterNext(rt, it)) {
          const text = isStr(rt, x) ? strText(rt, x) : null;
          if (text === null) rt.raise('TypeError', `write() argument must be str, not ${typeName(rt, x)}`);
          else send(rt, h, text);
          rt.decref(x);
          if (rt.currentException !== 0) break;
        }
        rt.decref(it);
        return rt.currentException !== 0 ? 0 : rt.None;
      },
    },
    flush: { kind: 'noargs', fn: (rt: Runtime) => rt.None },
    isatty: truth(() => false),
    readable: truth((rt, h) => descriptor(rt, h) === 0),
    writable: truth((rt, h) => descriptor(rt, h) !== 0),
    seekable: truth(() => false),
    fileno: { kind: 'noargs', fn: (rt: Runtime, h) => intFromNumber(rt, descriptor(rt, h)) },
    close: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        rt.heap.set(h + CLOSED, 1);
        return rt.None;
      },
    },
    read: { kind: 'fast', min: 0, max: 1, fn: (rt: Runtime, h) => (readable(rt, h) ? strFrom(rt, readAll(rt)) : 0) },
    readline: {
      kind: 'fast',
      min: 0,
      max: 1,
      fn: (rt: Runtime, h) => (readable(rt, h) ? strFrom(rt, readLine(rt)) : 0),
    },
    readlines: {
      kind: 'fast',
      min: 0,
      max: 1,
      fn: (rt: Runtime, h) => {
        if (!readable(rt, h)) return 0;
        const lines: Handle[] = [];
        for (let line = readLine(rt); line !== ''; line = readLine(rt)) lines.push(strFrom(rt, line));
        return newList(rt, lines);
      },
    },
  },
  getset: {
    name: constant((rt, h) => strFrom(rt, NAMES[descriptor(rt, h)]!)),
    mode: constant((rt, h) => strFrom(rt, descriptor(rt, h) === 0 ? 'r' : 'w')),
    encoding: constant((rt) => strFrom(rt, 'utf-8')),
    errors: constant((rt, h) => strFrom(rt, descriptor(rt, h) === 2 ? 'backslashreplace' : 'strict')),
    newlines: constant((rt) => rt.None),
    closed: constant((rt, h) => rt.bool(rt.mem[h + CLOSED] !== 0)),
    line_buffering: constant((rt) => rt.False),
  },
};

export const fileSpecs: TypeSpec[] = [standardStreamSpec];
