/**
 * `_codecs` (Modules/_codecsmodule.c, Python/codecs.c): the registry of codecs and error handlers, and the codecs that
 * CPython has in C.
 */
import type { Handle } from '../../heap/layout';
import type { MethodDef } from '../../heap/object';
import { asIndex, getAttrString, isBytes, isStr, isTrue, isTuple, typeName } from '../../objects/abstract';
import { newBytes, bytesValue } from '../../objects/bytes';
import { type CodecRegistry, codePoints, decodeBytes, encodeText } from '../../objects/codecs';
import { dictGet, dictSet, newDict } from '../../objects/dict';
import { fieldWord } from '../../objects/exceptions';
import { intFromNumber, intToNumber } from '../../objects/int';
import { listItem, listItems, listSize, listAppend, listAssignSlice, newList } from '../../objects/list';
import { NativeMethod, newNativeMethod } from '../../objects/method-object';
import type { Runtime } from '../../objects/runtime';
import { strFrom, strKind, strLength, strValue } from '../../objects/str';
import { newTuple, tupleItem, tupleSize } from '../../objects/tuple';
import { isInstanceOf } from '../../objects/type-lookup';
import type { NativeModule } from '../../modules/define';
import type { Interpreter } from '../../vm/interpreter';
import { copyBytes } from '../io/support';
import { charmapBuild, charmapDecode, charmapEncode } from './charmap';
import { escapeDecode, escapeEncode, unicodeEscapeDecode, unicodeEscapeEncode } from './escapes';
import { decodePiece, type NativeCodec, nativeCodec } from './incremental';

const KEY = '_codecs';

interface Registry {
  /** A list of search functions, a dict of found codecs by normalized name, a dict of error handlers by name. */
  search: Handle;
  cache: Handle;
  handlers: Handle;
  encodingsLoaded: boolean;
}

function registryOf(ip: Interpreter): Registry {
  return ip.moduleState.get(KEY) as Registry;
}

const encodeName = (name: string): string => name.toLowerCase().replaceAll(' ', '-');

/** `_PyCodec_Lookup`: new, or 0 with LookupError. */
function lookup(ip: Interpreter, name: string): Handle {
  const reg = registryOf(ip);
  if (!reg.encodingsLoaded) {
    reg.encodingsLoaded = true;
    const module = ip.importModule(ip.id('encodings'), 0, 0, 0);
    if (module === 0) return 0;
    ip.decref(module);
  }
  const key = strFrom(ip, encodeName(name));
  const known = dictGet(ip, reg.cache, key);
  if (known !== 0) {
    ip.decref(key);
    return ip.newRef(known);
  }
  for (let i = 0; i < listSize(ip, reg.search); i++) {
    const f = ip.newRef(listItem(ip, reg.search, i));
    const r = ip.call(f, [key]);
    ip.decref(f);
    if (r === ip.None) continue;
    if (r !== 0 && (!isTuple(ip, r) || tupleSize(ip, r) !== 4)) {
      ip.raise('TypeError', 'codec search functions must return 4-tuples');
      ip.decref(r);
      ip.decref(key);
      return 0;
    }
    if (r !== 0) dictSet(ip, reg.cache, key, r);
    ip.decref(key);
    return r;
  }
  ip.decref(key);
  return ip.raise('LookupError', `unknown encoding: ${name}`);
}

/** Calls a codec's function: its result's first item, new, or 0. `which` 0: encoder, 1: decoder. */
function run(
  ip: Interpreter,
  object: Handle,
  encoding: string,
  errors: string | null,
  which: 0 | 1,
  text: boolean,
): Handle {
  const codec = lookup(ip, encoding);
  if (codec === 0) return 0;
  const what = which === 0 ? 'encoder' : 'decoder';
  if (text && !ip.is(codec, ip.types.tuple)) {
    const flag = getAttrString(ip, codec, '_is_text_encoding');
    if (flag === 0) ip.clearError();
    const truth = flag === 0 ? 1 : isTrue(ip, flag);
    ip.xdecref(flag);
    if (truth !== 1) {
      ip.decref(codec);
      const how = which === 0 ? 'codecs.encode()' : 'codecs.decode()';
      return truth < 0
        ? 0
        : ip.raise('LookupError', `'${encoding}' is not a text encoding; use ${how} to handle arbitrary codecs`);
    }
  }
  const args = [object];
  const errorsText = errors === null ? 0 : strFrom(ip, errors);
  if (errorsText !== 0) args.push(errorsText);
  const r = ip.call(tupleItem(ip, codec, which), args);
  ip.decref(codec);
  ip.xdecref(errorsText);
  if (r === 0) {
    const verb = which === 0 ? 'encoding' : 'decoding';
    ip.addNote(`${verb} with '${encoding}' codec failed`);
    return 0;
  }
  if (!isTuple(ip, r) || tupleSize(ip, r) !== 2) {
    ip.decref(r);
    return ip.raise('TypeError', `${what} must return a tuple (object, integer)`);
  }
  const result = ip.newRef(tupleItem(ip, r, 0));
  ip.decref(r);
  return result;
}

const registry = (ip: Interpreter): CodecRegistry => ({
  errorHandler: (_rt, name) => lookupError(ip, name),
  encode(_rt, source, encoding, errors) {
    const r = run(ip, source, encoding, errors, 0, true);
    if (r === 0) return null;
    if (!isBytes(ip, r)) {
      ip.raise(
        'TypeError',
        `'${encoding}' encoder returned '${typeName(ip, r)}' instead of 'bytes'; use codecs.encode() to encode to arbitrary types`,
      );
      ip.decref(r);
      return null;
    }
    const data = bytesValue(ip, r);
    ip.decref(r);
    return data;
  },
  decode(_rt, data, encoding, errors) {
    const bytes = newBytes(ip, data.slice());
    const r = run(ip, bytes, encoding, errors, 1, true);
    ip.decref(bytes);
    if (r === 0 || isStr(ip, r)) return r;
    ip.raise(
      'TypeError',
      `'${encoding}' decoder returned '${typeName(ip, r)}' instead of 'str'; use codecs.decode() to decode to arbitrary types`,
    );
    ip.decref(r);
    return 0;
  },
});

// ---- error handlers -----------------------------------------------------------------------------------------------------

function lookupError(ip: Interpreter, name: string): Handle {
  const key = strFrom(ip, name);
  const handler = dictGet(ip, registryOf(ip).handlers, key);
  ip.decref(key);
  return handler === 0 ? ip.raise('LookupError', `unknown error handler name '${name}'`) : ip.newRef(handler);
}

/** The characters (or bytes) that an exception is about. null with an exception. */
function badPart(
  rt: Runtime,
  exc: Handle,
): { points: number[]; start: number; end: number; kind: 'e' | 'd' | 't' } | null {
  for (const [name, kind] of [
    ['UnicodeEncodeError', 'e'],
    ['UnicodeDecodeError', 'd'],
    ['UnicodeTranslateError', 't'],
  ] as const) {
    if (!isInstanceOf(rt, exc, rt.types[name])) continue;
    const field = (f: string): Handle => rt.mem[exc + fieldWord(name, f)]!;
    const object = field('object');
    const points =
      kind === 'd' ? [...(copyBytes(rt, object) ?? [])] : codePoints(strValue(rt, object), strKind(rt, object));
    const number = (f: string): number => {
      const h = getAttrString(rt, exc, f);
      const n = h === 0 ? 0 : intToNumber(rt, h);
      rt.xdecref(h);
      return n;
    };
    const start = Math.min(Math.max(number('start'), 0), Math.max(points.length - 1, 0));
    const end = Math.max(Math.min(Math.max(number('end'), 1), points.length), start);
    return { points: points.slice(start, end), start, end, kind };
  }
  rt.raise('TypeError', `don't know how to handle ${typeName(rt, exc)} in error callback`);
  return null;
}

function answer(rt: Runtime, text: string, at: number): Handle {
  return newTuple(rt, [strFrom(rt, text), intFromNumber(rt, at)]);
}

const hex = (n: number, width: number): string => n.toString(16).padStart(width, '0');
const escaped = (c: number, bytes: boolean): string =>
  bytes || c < 0x100 ? `\\x${hex(c, 2)}` : c < 0x10000 ? `\\u${hex(c, 4)}` : `\\U${hex(c, 8)}`;

function reraise(rt: Runtime, exc: Handle): 0 {
  return rt.raiseException(rt.newRef(exc));
}

const HANDLERS: Record<string, (rt: Runtime, exc: Handle) => Handle> = {
  strict: (rt, exc) =>
    isInstanceOf(rt, exc, rt.types.BaseException)
      ? reraise(rt, exc)
      : rt.raise('TypeError', 'codec must pass exception instance'),
  ignore(rt, exc) {
    const bad = badPart(rt, exc);
    return bad === null ? 0 : answer(rt, '', bad.end);
  },
  replace(rt, exc) {
    const bad = badPart(rt, exc);
    if (bad === null) return 0;
    const text =
      bad.kind === 'e' ? '?'.repeat(bad.points.length) : '\ufffd'.repeat(bad.kind === 'd' ? 1 : bad.points.length);
    return answer(rt, text, bad.end);
  },
  xmlcharrefreplace(rt, exc) {
    const bad = badPart(rt, exc);
    if (bad === null) return 0;
    if (bad.kind !== 'e')
      return rt.raise('TypeError', `don't know how to handle ${typeName(rt, exc)} in error callback`);
    return answer(rt, bad.points.map((c) => `&#${c};`).join(''), bad.end);
  },
  backslashreplace(rt, exc) {
    const bad = badPart(rt, exc);
    return bad === null ? 0 : answer(rt, bad.points.map((c) => escaped(c, bad.kind === 'd')).join(''), bad.end);
  },
  namereplace(rt, exc) {
    const bad = badPart(rt, exc);
    if (bad === null) return 0;
    if (bad.kind !== 'e')
      return rt.raise('TypeError', `don't know how to handle ${typeName(rt, exc)} in error callback`);
    const ip = rt as Interpreter;
    const module = ip.importModule(ip.id('unicodedata'), 0, 0, 0);
    if (module === 0) return 0;
    let text = '';
    for (const c of bad.points) {
      const f = getAttrString(ip, module, 'name');
      const char = strFrom(ip, String.fromCodePoint(c));
      const name = f === 0 ? 0 : ip.call(f, [char, ip.None]);
      ip.xdecref(f);
      ip.decref(char);
      if (name === 0) break;
      text += name === ip.None ? escaped(c, false) : `\\N{${strValue(ip, name)}}`;
      ip.decref(name);
    }
    ip.decref(module);
    return ip.currentException !== 0 ? 0 : answer(rt, text, bad.end);
  },
  surrogateescape(rt, exc) {
    const bad = badPart(rt, exc);
    if (bad === null) return 0;
    if (bad.kind === 'e') {
      if (!bad.points.every((c) => c >= 0xdc80 && c <= 0xdcff)) return reraise(rt, exc);
      const data = newBytes(
        rt,
        Uint8Array.from(bad.points, (c) => c - 0xdc00),
      );
      return newTuple(rt, [data, intFromNumber(rt, bad.end)]);
    }
    if (bad.kind === 't') return reraise(rt, exc);
    let n = 0;
    while (n < 4 && n < bad.points.length && bad.points[n]! >= 0x80) n++;
    if (n === 0) return reraise(rt, exc);
    return answer(rt, String.fromCharCode(...bad.points.slice(0, n).map((b) => 0xdc00 + b)), bad.start + n);
  },
  surrogatepass: (rt, exc) => surrogatepass(rt, exc),
};

/** How an encoding writes a surrogate: bytes a unit, and their order. */
function unitsOf(name: string): { size: number; big: boolean; utf8: boolean } | null {
  const codec = nativeCodec(name);
  if (codec === 'utf-8') return { size: 3, big: false, utf8: true };
  const m = /^utf-(16|32)(?:-(le|be))?$/.exec(codec ?? '');
  return m === null ? null : { size: Number(m[1]) / 8, big: m[2] === 'be', utf8: false };
}

function surrogatepass(rt: Runtime, exc: Handle): Handle {
  const bad = badPart(rt, exc);
  if (bad === null) return 0;
  const kind = bad.kind === 'e' ? 'UnicodeEncodeError' : 'UnicodeDecodeError';
  const units = bad.kind === 't' ? null : unitsOf(strValue(rt, rt.mem[exc + fieldWord(kind, 'encoding')]!));
  if (units === null) return reraise(rt, exc);
  if (bad.kind === 'e') {
    if (!bad.points.every((c) => (c & 0xf800) === 0xd800)) return reraise(rt, exc);
    const out: number[] = [];
    for (const c of bad.points) {
      if (units.utf8) out.push(0xe0 | (c >> 12), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63));
      else {
        const unit = [c & 255, c >> 8, 0, 0].slice(0, units.size);
        out.push(...(units.big ? unit.reverse() : unit));
      }
    }
    return newTuple(rt, [newBytes(rt, Uint8Array.from(out)), intFromNumber(rt, bad.end)]);
  }
  const object = copyBytes(rt, rt.mem[exc + fieldWord(kind, 'object')]!);
  if (object === null) return 0;
  const piece = [...object.subarray(bad.start, bad.start + units.size)];
  if (piece.length < units.size) return reraise(rt, exc);
  let c = 0;
  if (units.utf8) {
    const [a, b, d] = piece as [number, number, number];
    if ((a & 0xf0) === 0xe0 && (b & 0xc0) === 0x80 && (d & 0xc0) === 0x80)
      c = ((a & 15) << 12) | ((b & 63) << 6) | (d & 63);
  } else c = (units.big ? piece : piece.reverse()).reduce((n, b) => n * 256 + b, 0);
  if (c < 0xd800 || c > 0xdfff) return reraise(rt, exc);
  return answer(rt, String.fromCharCode(c), bad.start + units.size);
}

// ---- functions ----------------------------------------------------------------------------------------------------------

function text(ip: Interpreter, h: Handle | undefined, what: string, otherwise: string): string | null {
  if (h === undefined || h === 0 || h === ip.None) return otherwise;
  if (isStr(ip, h)) return strValue(ip, h);
  ip.raise('TypeError', `${what} must be str, not ${typeName(ip, h)}`);
  return null;
}

export const pair = (ip: Runtime, value: Handle, n: number): Handle =>
  value === 0 ? 0 : newTuple(ip, [value, intFromNumber(ip, n)]);

const encoder = (codec: NativeCodec): MethodDef => ({
  kind: 'fast',
  min: 1,
  max: codec === 'utf-16' || codec === 'utf-32' ? 3 : 2,
  fn: (ip: Interpreter, _m, [source, errorsArg, orderArg]) => {
    if (!isStr(ip, source!))
      return ip.raise(
        'TypeError',
        `${codec.replaceAll('-', '_')}_encode() argument 1 must be str, not ${typeName(ip, source!)}`,
      );
    const errors = text(ip, errorsArg, 'errors', 'strict');
    const order = orderArg === undefined ? 0 : asIndex(ip, orderArg);
    if (errors === null || order === null) return 0;
    const actual = order === 0 ? codec : `${codec}-${order < 0 ? 'le' : 'be'}`;
    const data = encodeText(ip, source!, strValue(ip, source!), strKind(ip, source!), actual, errors);
    return data === null ? 0 : pair(ip, newBytes(ip, data), strLength(ip, source!));
  },
});

const decoder = (codec: NativeCodec): MethodDef => ({
  kind: 'fast',
  min: 1,
  max: 3,
  fn: (ip: Interpreter, _m, [source, errorsArg, finalArg]) => {
    const data = copyBytes(ip, source!);
    const errors = data === null ? null : text(ip, errorsArg, 'errors', 'strict');
    if (data === null || errors === null) return 0;
    // ascii and latin-1 take no third argument and use all.
    const isFinal = codec === 'ascii' || codec === 'latin-1' ? 1 : finalArg === undefined ? 0 : isTrue(ip, finalArg);
    if (isFinal < 0) return 0;
    if (isFinal === 1) return pair(ip, decodeBytes(ip, data, codec, errors), data.length);
    const r = decodePiece(ip, data, codec, errors, false);
    return r === null ? 0 : pair(ip, strFrom(ip, r.text), r.used);
  },
});

/** `utf_16_ex_decode(data, errors, byteorder, final)`: also the order of bytes that was found. */
const exDecoder = (codec: 'utf-16' | 'utf-32'): MethodDef => ({
  kind: 'fast',
  min: 1,
  max: 4,
  fn: (ip: Interpreter, _m, [source, errorsArg, orderArg, finalArg]) => {
    const data = copyBytes(ip, source!);
    const errors = data === null ? null : text(ip, errorsArg, 'errors', 'strict');
    const order = orderArg === undefined ? 0 : asIndex(ip, orderArg);
    const isFinal = finalArg === undefined ? 0 : isTrue(ip, finalArg);
    if (data === null || errors === null || order === null || isFinal < 0) return 0;
    const actual: NativeCodec = order === 0 ? codec : order < 0 ? `${codec}-le` : `${codec}-be`;
    const r = decodePiece(ip, data, actual, errors, isFinal === 1);
    if (r === null) return 0;
    const size = codec === 'utf-16' ? 2 : 4;
    const marked =
      order === 0 && data.length >= size && (data[0] === 0xff || data[0] === 0xfe || (size === 4 && data[3] === 0xff));
    const found = order !== 0 ? order : !marked ? 0 : r.wide?.endsWith('be') === true ? 1 : -1;
    return newTuple(ip, [strFrom(ip, r.text), intFromNumber(ip, r.used), intFromNumber(ip, found)]);
  },
});

const METHODS: Record<string, MethodDef> = {
  register: {
    kind: 'o',
    fn: (ip: Interpreter, _m, f) => {
      if (ip.tp(f).tp_call === null) return ip.raise('TypeError', 'argument must be callable');
      listAppend(ip, registryOf(ip).search, f);
      return ip.None;
    },
  },
  unregister: {
    kind: 'o',
    fn: (ip: Interpreter, _m, f) => {
      const { search, cache } = registryOf(ip);
      const at = listItems(ip, search).indexOf(f);
      if (at >= 0) {
        listAssignSlice(ip, search, at, at + 1, 0);
        const fresh = newDict(ip);
        ip.moduleRefs[ip.moduleRefs.indexOf(cache)] = fresh;
        registryOf(ip).cache = fresh;
        ip.decref(cache);
      }
      return ip.None;
    },
  },
  lookup: {
    kind: 'o',
    fn: (ip: Interpreter, _m, name) =>
      isStr(ip, name)
        ? lookup(ip, strValue(ip, name))
        : ip.raise('TypeError', `lookup() argument must be str, not ${typeName(ip, name)}`),
  },
  encode: {
    kind: 'clinic',
    params: 'obj, encoding=, errors=',
    fn: (ip: Interpreter, _m, [object, encodingArg, errorsArg]) => {
      const encoding = text(ip, encodingArg, "encode() argument 'encoding'", 'utf-8');
      const errors = encoding === null ? null : text(ip, errorsArg, "encode() argument 'errors'", '');
      if (encoding === null || errors === null) return 0;
      return run(ip, object!, encoding, errors === '' ? null : errors, 0, false);
    },
  },
  decode: {
    kind: 'clinic',
    params: 'obj, encoding=, errors=',
    fn: (ip: Interpreter, _m, [object, encodingArg, errorsArg]) => {
      const encoding = text(ip, encodingArg, "decode() argument 'encoding'", 'utf-8');
      const errors = encoding === null ? null : text(ip, errorsArg, "decode() argument 'errors'", '');
      if (encoding === null || errors === null) return 0;
      return run(ip, object!, encoding, errors === '' ? null : errors, 1, false);
    },
  },
  _forget_codec: { kind: 'o', fn: (ip: Interpreter) => ip.None },
  register_error: {
    kind: 'fast',
    min: 2,
    max: 2,
    fn: (ip: Interpreter, _m, [name, handler]) => {
      if (!isStr(ip, name!))
        return ip.raise('TypeError', `register_error() argument 1 must be str, not ${typeName(ip, name!)}`);
      if (ip.tp(handler!).tp_call === null) return ip.raise('TypeError', 'handler must be callable');
      return dictSet(ip, registryOf(ip).handlers, name!, handler!) < 0 ? 0 : ip.None;
    },
  },
  lookup_error: {
    kind: 'o',
    fn: (ip: Interpreter, _m, name) =>
      isStr(ip, name)
        ? lookupError(ip, strValue(ip, name))
        : ip.raise('TypeError', `lookup_error() argument must be str, not ${typeName(ip, name)}`),
  },
  ...Object.fromEntries(
    (
      ['utf-8', 'ascii', 'latin-1', 'utf-16', 'utf-16-le', 'utf-16-be', 'utf-32', 'utf-32-le', 'utf-32-be'] as const
    ).flatMap((codec): [string, MethodDef][] => {
      const name = codec.replaceAll('-', '_');
      return [
        [`${name}_encode`, encoder(codec)],
        [`${name}_decode`, decoder(codec)],
      ];
    }),
  ),
  utf_16_ex_decode: exDecoder('utf-16'),
  utf_32_ex_decode: exDecoder('utf-32'),
  charmap_build: { kind: 'o', fn: charmapBuild },
  charmap_encode: { kind: 'fast', min: 1, max: 3, fn: charmapEncode },
  charmap_decode: { kind: 'fast', min: 1, max: 3, fn: charmapDecode },
  escape_encode: { kind: 'fast', min: 1, max: 2, fn: escapeEncode },
  escape_decode: { kind: 'fast', min: 1, max: 2, fn: escapeDecode },
  unicode_escape_encode: { kind: 'fast', min: 1, max: 2, fn: unicodeEscapeEncode(false) },
  unicode_escape_decode: { kind: 'fast', min: 1, max: 3, fn: unicodeEscapeDecode(false) },
  raw_unicode_escape_encode: { kind: 'fast', min: 1, max: 2, fn: unicodeEscapeEncode(true) },
  raw_unicode_escape_decode: { kind: 'fast', min: 1, max: 3, fn: unicodeEscapeDecode(true) },
  readbuffer_encode: {
    kind: 'fast',
    min: 1,
    max: 2,
    fn: (ip: Interpreter, _m, [source]) => {
      const data = isStr(ip, source!)
        ? encodeText(ip, source!, strValue(ip, source!), strKind(ip, source!), 'utf-8', 'strict')
        : copyBytes(ip, source!);
      return data === null ? 0 : pair(ip, newBytes(ip, data.slice()), data.length);
    },
  },
};

export const codecsModule: NativeModule = {
  name: '_codecs',
  methods: METHODS,
  values: (ip) => {
    const reg: Registry = {
      search: newList(ip, []),
      cache: newDict(ip),
      handlers: newDict(ip),
      encodingsLoaded: false,
    };
    for (const h of [reg.search, reg.cache, reg.handlers]) {
      ip.heap.gcUntrack(h);
      ip.moduleRefs.push(h);
    }
    ip.moduleState.set(KEY, reg);
    for (const [name, fn] of Object.entries(HANDLERS)) {
      const f = newNativeMethod(
        ip,
        new NativeMethod(`${name}_errors`, { kind: 'o', fn: (rt: Runtime, _m, e) => fn(rt, e) }),
        0,
        0,
      );
      dictSet(ip, reg.handlers, ip.id(name), f);
      ip.decref(f);
    }
    ip.codecs = registry(ip);
    return {};
  },
};
