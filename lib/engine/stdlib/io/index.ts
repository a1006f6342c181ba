/** `_io` (Modules/_io/_iomodule.c): the classes of files, and `open`. */
import type { Handle } from '../../heap/layout';
import type { TypeSlots } from '../../heap/object';
import { asIndex, isStr, setAttr, typeName } from '../../objects/abstract';
import { dictGetKnown, dictSet, newDict } from '../../objects/dict';
import { intFromNumber } from '../../objects/int';
import { moduleDict } from '../../objects/module';
import { strFrom, strValue } from '../../objects/str';
import { newTuple } from '../../objects/tuple';
import { moduleType, typeOfModule, type NativeModule } from '../../modules/define';
import { warn } from '../../modules/warn';
import type { Interpreter } from '../../vm/interpreter';
import { bufferedRandomSpec, bufferedReaderSpec, bufferedRWPairSpec, bufferedWriterSpec, pairTypes } from './buffered';
import { bytesIOSpec } from './bytesio';
import { fileIOSpec } from './fileio';
import { bufferedIOBaseSpec, ioBaseSpec, rawIOBaseSpec, textIOBaseSpec } from './iobase';
import { newlineDecoderSpec } from './newline-decoder';
import { stringIOSpec } from './stringio';
import { callDone, DEFAULT_BUFFER_SIZE } from './support';
import { standardBuffer, textIOWrapperSpec } from './textio';

const type = (ip: Interpreter, name: string): Handle => typeOfModule(ip, `_io.${name}`).handle;

interface Mode {
  creating: boolean;
  reading: boolean;
  writing: boolean;
  appending: boolean;
  updating: boolean;
  text: boolean;
  binary: boolean;
}

function parseMode(ip: Interpreter, mode: string): Mode | null {
  const has = (c: string): boolean => mode.includes(c);
  const fail = (message: string): null => {
    ip.raise('ValueError', message);
    return null;
  };
  if (/[^xrwa+tb]/.test(mode) || new Set(mode).size < mode.length) return fail(`invalid mode: '${mode}'`);
  const m: Mode = {
    creating: has('x'),
    reading: has('r'),
    writing: has('w'),
    appending: has('a'),
    updating: has('+'),
    text: has('t'),
    binary: has('b'),
  };
  if (m.text && m.binary) return fail("can't have text and binary mode at once");
  if ([m.creating, m.reading, m.writing, m.appending].filter(Boolean).length !== 1)
    return fail('must have exactly one of create/read/write/append mode');
  return m;
}

/** `_io.open`. */
function open(ip: Interpreter, args: Handle[]): Handle {
  const [file, modeArg, bufferingArg, encoding, errors, newline, closefd, opener] = args as [
    Handle,
    Handle,
    Handle,
    Handle,
    Handle,
    Handle,
    Handle,
    Handle,
  ];
  const given = (h: Handle): boolean => h !== 0 && h !== ip.None;
  for (const [name, h] of [
    ['encoding', encoding],
    ['errors', errors],
    ['newline', newline],
  ] as const)
    if (given(h) && !isStr(ip, h))
      return ip.raise('TypeError', `open() argument '${name}' must be str or None, not ${typeName(ip, h)}`);
  if (modeArg !== 0 && !isStr(ip, modeArg))
    return ip.raise('TypeError', `open() argument 'mode' must be str, not ${typeName(ip, modeArg)}`);
  const mode = modeArg === 0 ? 'r' : strValue(ip, modeArg);
  let buffering = bufferingArg === 0 ? -1 : asIndex(ip, bufferingArg, 'OverflowError');
  if (buffering === null) return 0;
  const m = parseMode(ip, mode);
  if (m === null) return 0;
  if (m.binary) {
    for (const [name, h] of [
      ['an encoding', encoding],
      ['an errors', errors],
      ['a newline', newline],
    ] as const)
      if (given(h)) return ip.raise('ValueError', `binary mode doesn't take ${name} argument`);
    if (buffering === 1)
      if (
        !warn(
          ip,
          'RuntimeWarning',
          "line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used",
        )
      )
        return 0;
  }
  const rawMode = `${m.creating ? 'x' : ''}${m.reading ? 'r' : ''}${m.writing ? 'w' : ''}${m.appending ? 'a' : ''}${m.updating ? '+' : ''}`;
  const rawModeText = strFrom(ip, rawMode);
  const raw = ip.call(type(ip, 'FileIO'), [
    file,
    rawModeText,
    closefd === 0 ? ip.True : closefd,
    opener === 0 ? ip.None : opener,
  ]);
  ip.decref(rawModeText);
  if (raw === 0) return 0;
  const lineBuffering = buffering === 1 && !m.binary;
  if (buffering < 0 || buffering === 1) buffering = DEFAULT_BUFFER_SIZE(ip);
  if (buffering === 0) {
    if (m.binary) return raw;
    ip.raise('ValueError', "can't have unbuffered text I/O");
    return closeAndFail(ip, raw);
  }
  const size = intFromNumber(ip, buffering);
  const kind = m.updating ? 'BufferedRandom' : m.reading ? 'BufferedReader' : 'BufferedWriter';
  const buffer = ip.call(type(ip, kind), [raw, size]);
  ip.decref(size);
  if (buffer === 0) return closeAndFail(ip, raw);
  ip.decref(raw);
  if (m.binary) return buffer;
  const wrapper = ip.call(type(ip, 'TextIOWrapper'), [
    buffer,
    encoding || ip.None,
    errors || ip.None,
    newline || ip.None,
    ip.bool(lineBuffering),
  ]);
  if (wrapper === 0) return closeAndFail(ip, buffer);
  ip.decref(buffer);
  const text = modeArg === 0 ? strFrom(ip, 'r') : ip.newRef(modeArg);
  const rc = setAttr(ip, wrapper, ip.id('mode'), text);
  ip.decref(text);
  return rc < 0 ? closeAndFail(ip, wrapper) : wrapper;
}

/** Consumes the file. */
function closeAndFail(ip: Interpreter, file: Handle): 0 {
  const error = ip.takeError();
  if (!callDone(ip, file, 'close')) ip.clearError();
  ip.decref(file);
  ip.restoreError(error);
  return 0;
}

/** The buffer of a standard stream: made when first asked for. */
function makeStandardBuffer(ip: Interpreter, fd: number): Handle {
  const number = intFromNumber(ip, fd);
  const mode = strFrom(ip, fd === 0 ? 'rb' : 'wb');
  const raw = ip.call(type(ip, 'FileIO'), [number, mode, ip.False]);
  ip.decref(number);
  ip.decref(mode);
  if (raw === 0) return 0;
  const name = strFrom(ip, ['<stdin>', '<stdout>', '<stderr>'][fd]!);
  const rc = setAttr(ip, raw, ip.id('name'), name);
  ip.decref(name);
  const buffer = rc < 0 ? 0 : ip.call(type(ip, fd === 0 ? 'BufferedReader' : 'BufferedWriter'), [raw]);
  ip.decref(raw);
  return buffer;
}

/** The three streams become instances of the whole type. */
function adoptStreams(ip: Interpreter, wrapper: TypeSlots): void {
  const first = ip.types['_io.TextIOWrapper'];
  for (const name of ['stdin', 'stdout', 'stderr', '__stdin__', '__stdout__', '__stderr__']) {
    const h = dictGetKnown(ip, ip.sysDict, ip.id(name));
    if (h === 0 || !ip.is(h, first)) continue;
    ip.heap.set(h + 1, wrapper.handle);
    ip.incref(wrapper.handle);
  }
  ip.textIOWrapper = wrapper.handle;
}

function unsupportedOperation(ip: Interpreter): Handle {
  const dict = newDict(ip);
  const module = strFrom(ip, 'io');
  dictSet(ip, dict, ip.id('__module__'), module);
  ip.decref(module);
  const bases = newTuple(ip, [ip.types.OSError.handle, ip.types.ValueError.handle]);
  const name = strFrom(ip, 'UnsupportedOperation');
  const cls = ip.call(ip.types.type.handle, [name, bases, dict]);
  for (const h of [dict, bases, name]) ip.decref(h);
  return cls;
}

export const ioModule: NativeModule = {
  name: '_io',
  methods: {
    open: {
      kind: 'clinic',
      params: 'file, mode=, buffering=, encoding=, errors=, newline=, closefd=, opener=',
      fn: (ip: Interpreter, _m, args) => open(ip, args),
    },
    open_code: {
      kind: 'clinic',
      params: 'path',
      fn: (ip: Interpreter, _m, [path]) => {
        if (!isStr(ip, path!))
          return ip.raise('TypeError', `open_code() argument 'path' must be str, not ${typeName(ip, path!)}`);
        const mode = strFrom(ip, 'rb');
        const r = open(ip, [path!, mode, 0, 0, 0, 0, 0, 0]);
        ip.decref(mode);
        return r;
      },
    },
    text_encoding: {
      kind: 'fast',
      min: 1,
      max: 2,
      fn: (ip: Interpreter, _m, [encoding]) => (encoding === ip.None ? strFrom(ip, 'locale') : ip.newRef(encoding!)),
    },
  },
  ready: (ip, module) => {
    const own = dictGetKnown(ip, moduleDict(ip, module), ip.id('open'));
    dictSet(ip, ip.builtins, ip.id('open'), own);
  },
  values: (ip) => {
    const base = moduleType(ip, ioBaseSpec);
    const raw = moduleType(ip, rawIOBaseSpec, 'heap', base);
    const buffered = moduleType(ip, bufferedIOBaseSpec, 'heap', base);
    const text = moduleType(ip, textIOBaseSpec, 'heap', base);
    const types = {
      _IOBase: base,
      _RawIOBase: raw,
      _BufferedIOBase: buffered,
      _TextIOBase: text,
      FileIO: moduleType(ip, fileIOSpec, 'heap', raw),
      BytesIO: moduleType(ip, bytesIOSpec, 'heap', buffered),
      StringIO: moduleType(ip, stringIOSpec(ip), 'heap', text),
      BufferedReader: moduleType(ip, bufferedReaderSpec, 'heap', buffered),
      BufferedWriter: moduleType(ip, bufferedWriterSpec, 'heap', buffered),
      BufferedRandom: moduleType(ip, bufferedRandomSpec, 'heap', buffered),
      BufferedRWPair: moduleType(ip, bufferedRWPairSpec, 'heap', buffered),
      TextIOWrapper: moduleType(ip, textIOWrapperSpec, 'heap', text),
      IncrementalNewlineDecoder: moduleType(ip, newlineDecoderSpec),
    };
    const operation = unsupportedOperation(ip);
    if (operation === 0) return null;
    ip.moduleRefs.push(operation);
    ip.moduleState.set('_io.UnsupportedOperation', operation);
    adoptStreams(ip, types.TextIOWrapper);
    standardBuffer.make = makeStandardBuffer;
    pairTypes.reader = (rt) => type(rt as Interpreter, 'BufferedReader');
    pairTypes.writer = (rt) => type(rt as Interpreter, 'BufferedWriter');
    return {
      ...Object.fromEntries(Object.entries(types).map(([name, t]) => [name, ip.newRef(t.handle)])),
      UnsupportedOperation: ip.newRef(operation),
      BlockingIOError: ip.types.BlockingIOError.handle,
      DEFAULT_BUFFER_SIZE: intFromNumber(ip, DEFAULT_BUFFER_SIZE(ip)),
    };
  },
};
