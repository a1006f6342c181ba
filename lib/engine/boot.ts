/**
 * Starting an interpreter (Python/pylifecycle.c, `init_interp_create` … `init_interp_main`): the types' memory, the
 * singletons, the types made ready, then `builtins`, `sys`, the collector and `__main__`. At the end the collector is
 * in its documented start state: counters 0, all that boot made in the oldest generation.
 */
import type { Collector } from './gc/collector';
import type { Handle } from './heap/layout';
import type { EventLog } from './trace/events';
import type { TypeSpec } from './heap/object';
import { bytearraySpecs } from './objects/bytearray';
import { initBytes } from './objects/bytes';
import { bytesSpecs } from './objects/bytes-type';
import { cellSpecs } from './objects/cell';
import { memoryviewSpecs } from './objects/memoryview';
import { methodSpecs } from './objects/classobject';
import { codeSpecs } from './objects/code';
import { descrSpecs } from './objects/descr';
import { dictCopy, dictDel, dictSet, dictSpecs, newDict } from './objects/dict';
import { enumerateSpecs } from './objects/enumerate';
import { makeExceptionGroupClass } from './objects/exception-group';
import { exceptionSpecs } from './objects/exceptions';
import { fileSpecs } from './objects/fileobject';
import { frameSpecs } from './objects/frame';
import { functionSpecs } from './objects/funcobject';
import { generatorSpecs } from './objects/generator';
import { genericAliasSpecs } from './objects/generic-alias';
import { initFloats } from './objects/float';
import { initInts } from './objects/int';
import { iterSpecs } from './objects/iter';
import { picklingFor } from './objects/iter-pickling';
import { listSpecs } from './objects/list';
import { methodObjectSpecs } from './objects/method-object';
import { moduleDict, moduleSpecs, newModule } from './objects/module';
import { capsuleSpecs } from './objects/capsule';
import { namespaceSpecs } from './objects/namespace';
import { numberSpecs } from './objects/number-specs';
import { objectSpecs } from './objects/object-type';
import { propertySpecs } from './objects/property';
import { rangeSpecs } from './objects/range';
import { setSpecs } from './objects/set';
import { initSingletons, singletonSpecs } from './objects/singletons';
import { sliceSpecs } from './objects/slice';
import { initStrings } from './objects/str';
import { strSpecs } from './objects/str-type';
import { initStructSequences, structSequenceSpecs } from './objects/structseq';
import { superSpecs } from './objects/super';
import { INTERPOLATION_MATCH_ARGS, templateSpecs } from './objects/template';
import { tracebackSpecs } from './objects/traceback';
import { initTuples, newTuple, tupleSpecs } from './objects/tuple';
import { typeSpecs } from './objects/type';
import { HT_NAME, HT_QUALNAME, TP_DICT } from './objects/type-lookup';
import type { TypeName } from './objects/type-names';
import { allocStaticType, readyStaticTypes, setBlockFlags } from './objects/type-ready';
import { unionSpecs } from './objects/union';
import { weakrefSpecs } from './objects/weakref';
import { zipMapFilterSpecs } from './objects/zip-map-filter';
import { makeBuiltins } from './modules/builtins';
import { makeNativeModule, type NativeModule } from './modules/define';
import { makeCollector, makeGcModule } from './modules/gc';
import { ImportSystem } from './modules/import';
import { siteBuiltin } from './modules/site';
import { makeSys } from './modules/sys';
import { timeModule } from './modules/time';
import { tracebackParser } from './modules/traceback-anchors';
import { warn } from './modules/warn';
import { weakrefModules } from './modules/weakref-module';
import { UnicodeTable } from './objects/unicode-table';
import { UNICODE_DATA, type Library } from './vm/host';
import { Interpreter, type InterpreterOptions } from './vm/interpreter';

/** What the collector's total of long-lived objects starts from: a CPython that has just started has about as many. */
const LONG_LIVED_AT_START = 6000;

export interface BootedInterpreter {
  readonly ip: Interpreter;
  readonly collector: Collector;
  /** The module `__main__`, borrowed from `sys.modules`. */
  readonly main: Handle;
  readonly imports: ImportSystem;
}

/** `type` and `object` first; otherwise any order. */
function allSpecs(is314: boolean): TypeSpec[] {
  return [
    ...typeSpecs,
    ...objectSpecs,
    ...singletonSpecs,
    ...numberSpecs,
    ...strSpecs,
    ...bytesSpecs,
    ...bytearraySpecs,
    ...memoryviewSpecs(is314),
    ...tupleSpecs,
    ...listSpecs,
    ...dictSpecs,
    ...setSpecs,
    ...rangeSpecs,
    ...sliceSpecs,
    ...iterSpecs,
    ...enumerateSpecs,
    ...zipMapFilterSpecs,
    ...functionSpecs,
    ...methodSpecs,
    ...methodObjectSpecs,
    ...descrSpecs,
    ...propertySpecs,
    ...superSpecs,
    ...cellSpecs,
    ...codeSpecs,
    ...frameSpecs(),
    ...generatorSpecs,
    ...exceptionSpecs,
    ...tracebackSpecs,
    ...moduleSpecs,
    ...weakrefSpecs,
    ...namespaceSpecs,
    ...capsuleSpecs,
    ...structSequenceSpecs,
    ...fileSpecs,
    ...genericAliasSpecs,
    ...unionSpecs,
    ...templateSpecs,
  ];
}

/** Bases before the types that have them. */
function baseFirst(specs: TypeSpec[]): TypeSpec[] {
  const byName = new Map(specs.map((spec) => [spec.name, spec]));
  const depth = (spec: TypeSpec): number =>
    spec.name === 'object' ? 0 : 1 + depth(byName.get(spec.base ?? 'object')!);
  return specs
    .map((spec) => [depth(spec), spec] as const)
    .sort(([a], [b]) => a - b)
    .map(([, spec]) => spec);
}

/** `tp_basicsize` where 3.13's is another. */
const SIZES_313: Partial<Record<TypeName, number>> = {
  type: 928,
  function: 144,
  generator: 144,
  coroutine: 144,
  async_generator: 144,
  SyntaxError: 136,
  IndentationError: 136,
  TabError: 136,
  _IncompleteInputError: 136,
  'typing.Union': 32,
  code: 200,
  frame: 136,
  ...Object.fromEntries(structSequenceSpecs.map((spec) => [spec.name, 24])),
};

function withMethods(spec: TypeSpec, methods: TypeSpec['methods']): TypeSpec {
  return methods === undefined ? spec : { ...spec, methods: { ...spec.methods, ...methods } };
}

function initTypes(ip: Interpreter): void {
  const specs = allSpecs(ip.facts.name !== '3.13').map((spec) =>
    withMethods(spec, picklingFor(ip, spec.name as TypeName)),
  );
  for (const spec of specs) allocStaticType(ip, spec);
  if (ip.facts.name === '3.13')
    for (const [name, size] of Object.entries(SIZES_313)) ip.types[name as TypeName].basicsize = size;
  // So that the singletons get their types' headers.
  for (const spec of specs) setBlockFlags(ip.types[spec.name as TypeName]);
  initTuples(ip);
  initStrings(ip);
  initSingletons(ip);
  initFloats(ip);
  initInts(ip);
  initBytes(ip);
  readyStaticTypes(ip, baseFirst(specs));
  const matchArgs = newTuple(
    ip,
    INTERPOLATION_MATCH_ARGS.map((name) => ip.id(name)),
  );
  const interpolation = ip.types['string.templatelib.Interpolation'].handle;
  dictSet(ip, ip.mem[interpolation + TP_DICT]!, ip.id('__match_args__'), matchArgs);
  ip.decref(matchArgs);
  initStructSequences(ip);
  if (ip.facts.name !== '3.13') return;
  rename(ip, 'typing.Union', 'types.UnionType');
  for (const [type, names] of Object.entries(ONLY_314))
    for (const name of names) dictDel(ip, ip.mem[ip.types[type as TypeName].handle + TP_DICT]!, ip.id(name));
}

/** New in 3.14. */
const ONLY_314: Partial<Record<TypeName, readonly string[]>> = {
  function: ['__annotate__'],
  type: ['__annotate__'],
  module: ['__annotate__'],
};

/** What `typing.Union` brought along when it became the type of `int | str`. */
const UNION_ONLY_314 = ['__class_getitem__', '__mro_entries__', '__origin__', '__name__', '__qualname__'];

/** 3.13 has another name for a type. */
function rename(ip: Interpreter, name: TypeName, to: string): void {
  const type = ip.types[name];
  const short = ip.id(to.slice(to.lastIndexOf('.') + 1));
  type.name = to;
  for (const word of [HT_NAME, HT_QUALNAME]) ip.heap.set(type.handle + word, short);
  for (const own of UNION_ONLY_314) dictDel(ip, ip.mem[type.handle + TP_DICT]!, ip.id(own));
}

/** The table of characters, read when it is first asked for. */
function unicodeTable(library: Library, older: boolean): () => UnicodeTable | null {
  let table: UnicodeTable | null | undefined;
  return () => {
    if (table === undefined) {
      const text = library.read(UNICODE_DATA);
      table = text === null ? null : new UnicodeTable(text, older);
    }
    return table;
  };
}

export interface BootOptions extends InterpreterOptions {
  /** Native modules beside the core's own: `standardModules` of stdlib/index.ts. More can be registered later. */
  readonly modules?: readonly NativeModule[];
  /** Where modules written in Python are read from. */
  readonly library?: Library;
  /** Attached to the heap while that is still empty: everything is in it then, boot included. */
  readonly log?: EventLog;
}

/** Where modules written in Python are read from, and the names of characters. */
export function attachLibrary(ip: Interpreter, imports: ImportSystem, library: Library): void {
  imports.library = library;
  ip.unicodeTable = unicodeTable(library, ip.facts.name === '3.13');
}

export function bootInterpreter(options: BootOptions): BootedInterpreter {
  const ip = new Interpreter(options);
  if (options.log !== undefined) ip.heap.startLog(options.log);
  initTypes(ip);
  ip.exceptionGroup = makeExceptionGroupClass(ip);
  ip.tracebackParser = tracebackParser;
  ip.warn = (category, text, source) => warn(ip, category, text, 1, source);
  const builtins = makeBuiltins(ip);
  const sys = makeSys(ip);
  const enter = (name: string, module: Handle): void => {
    dictSet(ip, ip.modules, ip.id(name), module);
    ip.decref(module);
  };
  enter('sys', sys);
  enter('builtins', builtins);
  ip.builtinsCopy = dictCopy(ip, ip.builtins);
  // CPython makes its copy before there are files.
  dictDel(ip, ip.builtinsCopy, ip.id('open'));
  const imports = new ImportSystem(ip, null);
  if (options.library !== undefined) attachLibrary(ip, imports, options.library);
  imports.register([...weakrefModules, timeModule, ...(options.modules ?? [])]);
  ip.lateBuiltin = (name) => siteBuiltin(ip, name);
  ip.readFile = (path) => imports.readFile(path);
  ip.isNativeModule = (name) => imports.isNative(name);
  ip.createNativeModule = (name) => imports.createNative(name);
  ip.importModule = (name, globals, fromlist, level) => imports.importModule(name, globals, fromlist, level);
  const collector = makeCollector(ip);
  enter('gc', makeGcModule(ip, collector));
  // CPython's start has imported these too.
  for (const def of weakrefModules) enter(def.name, makeNativeModule(ip, def));
  const main = makeMain(ip, builtins);
  collector.resetForStart(LONG_LIVED_AT_START);
  return { ip, collector, main, imports };
}

/** `add_main_module`. Borrowed. */
function makeMain(ip: Interpreter, builtins: Handle): Handle {
  const main = newModule(ip, '__main__');
  const dict = moduleDict(ip, main);
  if (ip.facts.name === '3.13') {
    const annotations = newDict(ip);
    dictSet(ip, dict, ip.id('__annotations__'), annotations);
    ip.decref(annotations);
  }
  dictSet(ip, dict, ip.id('__builtins__'), builtins);
  dictSet(ip, ip.modules, ip.id('__main__'), main);
  ip.decref(main);
  // Behind its module in the collector's list, where the collections during CPython's start leave it: at the end the
  // module is then found first, and what it holds dies in the order of birth, not of binding.
  ip.heap.gcUntrack(dict);
  ip.heap.gcTrack(dict);
  return main;
}
