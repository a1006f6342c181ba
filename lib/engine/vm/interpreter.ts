/**
 * The interpreter and its one thread (Python/pystate.c, Python/errors.c): what everything in the engine is handed. It
 * has no module-level state, so that two can live side by side.
 */
import { Heap } from '../heap/heap';
import type { Handle } from '../heap/layout';
import { typeName } from '../objects/abstract';
import { cellValue } from '../objects/cell';
import { type CodeRuntime, codeRuntime } from '../objects/code';
import type { CodecRegistry } from '../objects/codecs';
import { dictGetKnown } from '../objects/dict';
import {
  EXC_CAUSE,
  EXC_CONTEXT,
  EXC_SUPPRESS,
  addNote,
  chainContext,
  fieldWord,
  newException,
} from '../objects/exceptions';
import { BORROWED, F_CODE, F_GLOBALS, F_LOCALSPLUS, F_PC } from '../objects/interpreter-frame';
import { Runtime } from '../objects/runtime';
import { internImmortal, internObject, strFrom, strValue } from '../objects/str';
import type { UnicodeTable } from '../objects/unicode-table';
import { isSubtype } from '../objects/type-lookup';
import { unionOf } from '../objects/union';
import type { ExceptionName } from '../objects/type-names';
import { CO_FAST_CELL } from '../compiler/code-unit';
import { Op, Resume } from '../compiler/opcodes';
import type { Profile } from '../version';
import type { TierState } from './tier/tier';
import { resumeGenerator } from './generators';
import { callFunction } from './call';
import { Vectorcalls, holdArguments } from './make-tp-call';
import type { AstSupport, Host, TracebackParser } from './host';
import { noModuleAttribute } from './module-errors';
import { unraisableHook, warnUnawaited } from './unraisable';

/** More back edges than a run without pauses makes between two looks; a small integer to V8. */
export const ENDLESS_FUEL = 1 << 30;

/**
 * JavaScript's stack in units of about 400 bytes, as measured in V8 before anything is compiled: a native call takes
 * one, a run of the loop ten. A browser gives a worker about 1 MB, which is 1,900.
 */
const STACK_BUDGET = 1400;
const LOOP_COST = 10;
/** `Py_C_RECURSION_LIMIT`: native calls nested at most this deep, whatever the stack. */
const C_RECURSION_LIMIT = 10_000;

/** Python frames nested at most this deep before RecursionError (`sys.setrecursionlimit`). */
const DEFAULT_RECURSION_LIMIT = 1000;

/** Registers of nested generated functions: a third of what browsers give to JavaScript's stack. */
const TIER_ROOM = 30_000;
const TIER_THRESHOLD = 60;

export interface InterpreterOptions {
  profile: Profile;
  /** Calls and back edges until code is generated (vm/tier/); Infinity: the plain loop alone. */
  tierThreshold?: number;
  /** Words of memory to reserve. */
  words?: number;
  /** What native code and the loop may use of JavaScript's stack: see STACK_BUDGET. */
  stackBudget?: number;
}

/** Where a RecursionError of a call says that it happened. */
export const CALLING = ' while calling a Python object';

/** Who is told of single instructions (trace/step-recorder.ts). */
export interface StepWatch {
  owns(code: CodeRuntime): boolean;
  instruction(f: number, code: CodeRuntime, pc: number, sp: number): void;
}

export class Interpreter extends Runtime {
  /** First free word of the data stack. */
  dataTop: number;
  recursionDepth = 0;
  recursionLimit = DEFAULT_RECURSION_LIMIT;
  /** Nested runs of the loop. */
  loopDepth = 0;
  /** What is left of JavaScript's stack for calls between generated functions, in registers. */
  tierRoom = TIER_ROOM;
  /** Calls and back edges of a code object until JavaScript is generated for it; Infinity: never. */
  readonly tierThreshold: number;
  readonly tier: TierState = { plain: null, watched: null, forbidden: false };
  private nativeDepth = 0;
  private readonly stackBudget: number;
  /** Exceptions being handled, one item for the thread and one for each running generator; owned, 0 for none. */
  readonly excItems: Handle[] = [0];
  /** Second result of getMethod and loadSpecial: what they found is to be called with the object first. */
  methodFound = false;
  /** The frame that left the loop did so by a yield. */
  yielded = false;
  /** Back edges and calls until the loop looks up. */
  fuel = ENDLESS_FUEL;
  /** `sys.settrace`, `sys.setprofile`, owned, or 0; how many of their calls are running. See legacy-tracing.ts. */
  traceFunction: Handle = 0;
  profileFunction: Handle = 0;
  tracing = 0;
  /** The built-in function that a profiled frame is calling; its reference is owned. */
  profiledCall: { frame: number; callable: Handle } | null = null;
  /** The outermost loop may hand control back when the fuel is gone. */
  canPause = false;
  /** Called where the fuel is gone and no pause is possible; it may throw a LimitReached. */
  outOfFuel: (() => void) | null = null;
  interruptRequested = false;
  onLine: ((frame: number, line: number) => void) | null = null;
  /** A frame goes on in the middle of a line, after code that it called had lines of its own. */
  onResume: ((frame: number, line: number) => void) | null = null;
  /** Stands before each instruction of the notebook's own code, which the loop alone runs then; asked while recording. */
  steps: StepWatch | null = null;
  /** The frame that was announced last. */
  announcedFrame = 0;
  /** Serves a request of the collector at an eval-breaker check; set at boot. */
  collectRequested: () => void = () => {};
  /** The `gc` module and its `callbacks` list, owned. */
  gcModule: Handle = 0;
  gcCallbacks: Handle = 0;
  /** `builtins.__build_class__`, borrowed from the builtins dict. */
  buildClass: Handle = 0;
  /** Indexed by CommonConstant, borrowed. */
  readonly commonConstants: Handle[] = [];
  /** `sys.modules`. */
  modules: Handle = 0;
  /** Other references that native modules' state owns. */
  readonly moduleRefs: Handle[] = [];
  /** Other state of imported native modules: JavaScript values, no references. */
  readonly moduleState = new Map<string, unknown>();
  /** null until `_ast` is imported. */
  ast: AstSupport | null = null;
  sys: Handle = 0;
  stdout: (text: string) => void = () => {};
  stderr: (text: string) => void = () => {};
  /** One line of input with its newline; null at the end. */
  stdin: () => string | null = () => null;
  /** Takes a cell's value in place of `sys.displayhook`; false with an exception. */
  onDisplay: ((value: Handle) => boolean) | null = null;
  /** The files that can be imported. */
  host: Host = { readFile: () => null };
  /** The table of characters, or null where no library has it; set at boot. */
  unicodeTable: () => UnicodeTable | null = () => null;
  /** Source texts by filename, for tracebacks (Lib/linecache.py). */
  readonly sources = new Map<string, string>();
  /** The text of a file, for what shows lines of it: null for what is no file. Set at boot. */
  readFile: (path: string) => string | null = (path) => this.host.readFile(path);

  /** The text that a code's filename stands for, or null. */
  sourceText(filename: string): string | null {
    return this.sources.get(filename) ?? (filename.startsWith('<') ? null : this.readFile(filename));
  }

  /** Parses a piece of source text for the marks under a traceback's line; set at boot. */
  tracebackParser: TracebackParser = { anchors: () => null, hidesCarets: () => false, keywordTypo: () => null };
  /** References that native code below the outermost loop owns: the module's function, its code. */
  readonly held: Handle[] = [];
  /** `sys.path[0]` at the start: where the script lies. */
  path0 = '';
  /** Names of modules whose code is still running for the first time. */
  readonly initializing = new Set<string>();
  /** Makes a module of ours anew. Set at boot. */
  createNativeModule: (name: string) => Handle = () => 0;
  /** Milliseconds that the program has slept: the clocks are ahead by so much. */
  skippedTime = 0;
  /** `sys.getswitchinterval()`: kept, and without effect. */
  switchInterval = 0.005;
  /** See `attributeGetter`. */
  getterWantsName = false;
  /** A builtin that is made when it is first asked for, borrowed, or 0. Set at boot. */
  lateBuiltin: (name: string) => Handle = () => 0;
  /** `atexit`'s functions, once that module is there. */
  atExit: () => void = () => {};
  /** `sys.is_finalizing()`. */
  finalizing = false;
  /** The dict of `builtins` and of `sys` as boot left them, owned: what finalization restores them from. */
  builtinsCopy: Handle = 0;
  /** The built-in `sys.unraisablehook`, borrowed. */
  unraisableHookFunction: Handle = 0;
  /** `sys`'s dict, borrowed: where `print` looks for `stdout`. */
  sysDict: Handle = 0;
  private readonly reprs = new Set<Handle>();
  private readonly vectorcalls: Vectorcalls;

  constructor(options: InterpreterOptions) {
    const heap = new Heap(options.profile, options.words);
    super(heap);
    heap.thread = this;
    this.vectorcalls = new Vectorcalls(this);
    this.dataTop = heap.dataStackBase;
    this.tierThreshold = options.tierThreshold ?? TIER_THRESHOLD;
    this.stackBudget = options.stackBudget ?? STACK_BUDGET;
  }

  // ---- names ------------------------------------------------------------------------------------------------------

  private readonly ids = new Map<string, Handle>();
  id(name: string): Handle {
    let h = this.ids.get(name);
    if (h === undefined) {
      h = internImmortal(this, name);
      this.ids.set(name, h);
    }
    return h;
  }

  internName(name: Handle): Handle {
    if (this.mem[name]! < 0) return name;
    const text = strValue(this, name);
    const known = this.interned.get(text);
    if (known !== undefined) return known;
    // PyUnicode_InternInPlace makes this very object the interned one.
    const interned = internObject(this, name);
    this.decref(interned);
    return interned;
  }

  // ---- errors -----------------------------------------------------------------------------------------------------

  raise(type: ExceptionName, message: string): 0 {
    // The program has been told: what made memory short may be gone with the failure.
    if (type === 'MemoryError') this.heap.memoryShort = false;
    return this.raiseException(newException(this, type, [strFrom(this, message)]));
  }

  raiseAttributeError(message: string, obj: Handle, name: Handle): 0 {
    const e = newException(this, 'AttributeError', [strFrom(this, message)]);
    this.heap.set(e + fieldWord('AttributeError', 'obj'), this.newRef(obj));
    this.heap.set(e + fieldWord('AttributeError', 'name'), this.newRef(name));
    return this.raiseException(e);
  }

  raiseNameError(type: 'NameError' | 'UnboundLocalError', message: string, name: string): 0 {
    const e = newException(this, type, [strFrom(this, message)]);
    this.heap.set(e + fieldWord('NameError', 'name'), this.id(name));
    return this.raiseException(e);
  }

  raiseObject(type: ExceptionName, value: Handle): 0 {
    const args = this.is(value, this.types.tuple)
      ? Array.from({ length: this.mem[value + 2]! }, (_, i) => this.newRef(this.mem[value + 3 + i]!))
      : [this.newRef(value)];
    return this.raiseException(newException(this, type, args));
  }

  raiseException(exception: Handle): 0 {
    chainContext(this, exception, this.handledException());
    this.restoreError(exception);
    return 0;
  }

  /** `_PyErr_GetTopmostException`: the exception being handled, borrowed, or 0. */
  handledException(): Handle {
    for (let i = this.excItems.length - 1; i >= 0; i--) {
      const e = this.excItems[i]!;
      if (e !== 0 && e !== this.None) return e;
    }
    return 0;
  }

  raiseFromCause(type: ExceptionName, message: string): 0 {
    const cause = this.takeError();
    const e = newException(this, type, [strFrom(this, message)]);
    this.heap.set(e + EXC_CAUSE, this.newRef(cause));
    this.heap.set(e + EXC_SUPPRESS, 1);
    this.heap.set(e + EXC_CONTEXT, cause);
    this.restoreError(e);
    return 0;
  }

  /** `PyErr_SetHandledException`: stolen; 0: none is being handled here. */
  setHandledException(exception: Handle): void {
    const top = this.excItems.length - 1;
    const old = this.excItems[top]!;
    this.excItems[top] = exception;
    if (old !== 0) this.decref(old);
  }

  errorMatches(type: ExceptionName): boolean {
    const e = this.currentException;
    return e !== 0 && isSubtype(this, this.tp(e), this.types[type]);
  }

  addNote(text: string): void {
    const note = strFrom(this, text);
    const error = this.takeError();
    if (!addNote(this, error, note)) this.clearError();
    this.restoreError(error);
    this.decref(note);
  }

  writeUnraisable(message: string, object: Handle): void {
    unraisableHook(this, message, object);
  }

  override isInitializing(dict: Handle): boolean {
    const name = dictGetKnown(this, dict, this.id('__name__'));
    return name !== 0 && this.is(name, this.types.str) && this.initializing.has(strValue(this, name));
  }

  /** Set by the module `_codecs`. */
  codecs: CodecRegistry | null = null;

  codecRegistry(): CodecRegistry | null {
    if (this.codecs === null) {
      const module = this.importModule(this.id('_codecs'), 0, 0, 0);
      if (module === 0) this.clearError();
      else this.decref(module);
    }
    return this.codecs;
  }

  // ---- frames -----------------------------------------------------------------------------------------------------

  override nativeRound(rounds: number): void {
    this.fuel -= rounds * 2 ** 14;
    if (this.fuel < 0) this.outOfFuel?.();
  }

  currentGlobals(): Handle {
    return this.frame === 0 ? 0 : this.mem[this.frame + F_GLOBALS]!;
  }

  superArguments(): [Handle, Handle] | null {
    const f = this.frame;
    const fail = (message: string): null => {
      this.raise('RuntimeError', message);
      return null;
    };
    if (f === 0) return fail('super(): no current frame');
    const code = codeRuntime(this, this.mem[f + F_CODE]!);
    if (code.unit.argcount === 0) return fail('super(): no arguments');
    let obj = this.mem[f + F_LOCALSPLUS]! & ~BORROWED;
    if (obj !== 0 && (code.unit.localspluskinds[0]! & CO_FAST_CELL) !== 0 && this.is(obj, this.types.cell))
      obj = cellValue(this, obj);
    if (obj === 0) return fail('super(): arg[0] deleted');
    const i = code.unit.localsplusnames.indexOf('__class__');
    if (i < 0) return fail('super(): __class__ cell not found');
    const type = cellValue(this, this.mem[f + F_LOCALSPLUS + i]!);
    if (type === 0) return fail('super(): empty __class__ cell');
    return [type, obj];
  }

  isDelegating(frame: number): boolean {
    const code = codeRuntime(this, this.mem[frame + F_CODE]!);
    const pc = this.mem[frame + F_PC]!;
    return code.ops[pc] === Op.RESUME && (code.args[pc]! & 3) >= 2;
  }

  isOutsideTry(frame: number): boolean {
    const code = codeRuntime(this, this.mem[frame + F_CODE]!);
    const pc = this.mem[frame + F_PC]!;
    return code.ops[pc] === Op.RESUME && (code.args[pc]! & Resume.DEPTH1_MASK) !== 0;
  }

  resumeGenerator(gen: Handle, value: Handle): Handle {
    if (value !== 0 && this.steps === null) {
      const side = this.heap.log !== null || this.onLine !== null ? this.tier.watched : this.tier.plain;
      if (side !== null) return side.helpers.resumeForNative(gen, value);
    }
    return resumeGenerator(this, gen, value);
  }

  warnNeverAwaited(coroutine: Handle): void {
    warnUnawaited(this, coroutine);
  }

  // ---- calls ------------------------------------------------------------------------------------------------------

  /** `PyObject_Vectorcall`. */
  call(callable: Handle, args: Handle[], kwnames: Handle[] | null = null): Handle {
    const tp = this.tp(callable);
    if (
      args.length === 0 ||
      tp === this.types.function ||
      tp.tp_call === null ||
      !this.vectorcalls.lacks(callable, tp, args.length)
    ) {
      return this.callWithTuple(callable, args, kwnames, this.tp(callable).flags < 0 ? 0 : this.argsTuple);
    }
    const [tuple, kwargs] = holdArguments(this, args, kwnames);
    const r = this.callWithTuple(callable, args, kwnames, tuple);
    this.xdecref(tuple);
    this.xdecref(kwargs);
    return r;
  }

  /** `PyObject_Call`: the arguments are in a tuple (and a dict) already. */
  callWithTuple(callable: Handle, args: Handle[], kwnames: Handle[] | null, tuple: Handle): Handle {
    const f = this.tp(callable).tp_call;
    if (f === null) return this.raise('TypeError', `'${typeName(this, callable)}' object is not callable`);
    if (!this.enterRecursive(CALLING)) return 0;
    const outer = this.argsTuple;
    this.argsTuple = tuple;
    const r = f(this, callable, args, kwnames);
    this.argsTuple = outer;
    this.leaveRecursive();
    return r;
  }

  callFunction(func: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
    return callFunction(this, func, args, kwnames);
  }

  noModuleAttribute(module: string, file: string | null, name: string): string {
    return noModuleAttribute(this, module, file, name);
  }

  unionOf(a: Handle, b: Handle): Handle {
    return unionOf(this, a, b);
  }

  enterRecursive(where: string): boolean {
    if (this.nativeDepth >= C_RECURSION_LIMIT || this.nativeDepth + LOOP_COST * this.loopDepth >= this.stackBudget) {
      this.raise('RecursionError', `maximum recursion depth exceeded${where}`);
      return false;
    }
    this.nativeDepth++;
    return true;
  }
  leaveRecursive(): void {
    this.nativeDepth--;
  }

  reprEnter(h: Handle): boolean {
    if (this.reprs.has(h)) return true;
    this.reprs.add(h);
    return false;
  }
  reprLeave(h: Handle): void {
    this.reprs.delete(h);
  }

  writeStdout(text: string): void {
    this.stdout(text);
  }
  writeStderr(text: string): void {
    this.stderr(text);
  }
  readStdin(): string | null {
    return this.stdin();
  }

  /** References that the interpreter itself owns, for the ledger. */
  forEachRoot(visit: (h: Handle, what: string) => void): void {
    if (this.currentException !== 0) visit(this.currentException, 'raised exception');
    for (const e of this.excItems) if (e !== 0) visit(e, 'handled exception');
    const own = [
      [this.builtins, 'interpreter builtins'],
      [this.modules, 'sys.modules'],
      [this.sys, 'sys'],
      [this.builtinsCopy, 'copy of builtins'],
      [this.exceptionGroup, 'ExceptionGroup'],
      [this.gcModule, 'gc'],
      [this.gcCallbacks, 'gc.callbacks'],
      [this.traceFunction, 'sys.settrace'],
      [this.profileFunction, 'sys.setprofile'],
      [this.profiledCall?.callable ?? 0, 'sys.setprofile'],
      [this.asyncgenFirstiter, 'sys.set_asyncgen_hooks'],
      [this.asyncgenFinalizer, 'sys.set_asyncgen_hooks'],
    ] as const;
    for (const [h, what] of own) {
      if (h !== 0) visit(h, what);
    }
    for (const h of this.held) visit(h, 'the running program');
    for (const type of this.moduleTypes.values()) visit(type.handle, 'module state');
    for (const h of this.moduleRefs) visit(h, 'module state');
  }
}
