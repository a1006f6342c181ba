/**
 * What an object's code may ask of the running interpreter (Include/internal/pycore_interp.h, pystate): the heap, the
 * types, the singletons, interned names, the raised exception, and calls. The VM's Interpreter is the one
 * implementation; objects/ never imports vm/.
 */
import type { Heap } from '../heap/heap';
import { TypeSlots, type Thread } from '../heap/object';
import type { Handle } from '../heap/layout';
import type { ProfileFacts } from '../version';
import type { CodecRegistry } from './codecs';
import { EXCEPTION_BASES, STATIC_TYPES, type ExceptionName, type TypeName } from './type-names';

export abstract class Runtime implements Thread {
  readonly heap: Heap;
  /** The heap's words, for reading. Writing goes through the heap's doors. */
  readonly mem: Int32Array;
  readonly facts: ProfileFacts;
  readonly types: Record<TypeName, TypeSlots>;

  // Singletons, all immortal: returning them needs no incref, and an incref does no harm.
  None: Handle = 0;
  True: Handle = 0;
  False: Handle = 0;
  Ellipsis: Handle = 0;
  NotImplemented: Handle = 0;
  emptyTuple: Handle = 0;
  emptyStr: Handle = 0;
  emptyBytes: Handle = 0;
  /** -5 … smallIntMax. */
  readonly smallInts: Handle[] = [];
  /** The strings of one Latin-1 character and the bytes of one byte, by code. */
  readonly latin1Chars: Handle[] = [];
  readonly byteChars: Handle[] = [];
  /** The class ExceptionGroup, owned: a class of two bases, so not one of the static types. */
  exceptionGroup: Handle = 0;
  /** `typing.NoDefault`, once somebody has asked for it. */
  noDefault: Handle = 0;
  /** The dict of `builtins`. */
  builtins: Handle = 0;
  /** The dict is that of a module whose code is still running for the first time. */
  isInitializing(_dict: Handle): boolean {
    return false;
  }
  /** The running frame, or 0. */
  frame = 0;
  /** Types of imported native modules, by full name, each an owned reference: CPython's module state. */
  readonly moduleTypes = new Map<string, TypeSlots>();
  /** `PyImport_ImportModuleLevelObject`: what `import` does when nobody replaced `__import__`; set at boot. */
  importModule: (name: Handle, globals: Handle, fromlist: Handle, level: number) => Handle = () =>
    this.raise('ImportError', '__import__ not found');
  /** `_io.TextIOWrapper` once that module is imported, or 0. */
  textIOWrapper: Handle = 0;
  /** `sys.set_int_max_str_digits`; 0: no limit. */
  intMaxStrDigits = 4300;

  /** `tstate->current_exception`: the raised exception, owned, or 0. */
  currentException: Handle = 0;
  private versions = 0;
  /** A number for a type or a table of keys that inline caches go by; never the same twice. */
  nextVersion(): number {
    return ++this.versions;
  }

  /** Second result of `hash`: the high 32 bits. */
  hashHigh = 0;
  /** The interned strings that compiled code names: immortal. Mortal interned ones are here too until they die. */
  readonly interned = new Map<string, Handle>();

  protected constructor(heap: Heap) {
    this.heap = heap;
    this.mem = heap.mem;
    this.facts = heap.facts;
    const types = {} as Record<TypeName, TypeSlots>;
    for (const name of [...STATIC_TYPES, ...(Object.keys(EXCEPTION_BASES) as ExceptionName[])]) {
      types[name] = new TypeSlots(name);
    }
    // Copied: an object that grew by so many keys is a hash table to V8, and each `rt.types.x` a look-up.
    this.types = { ...types };
  }

  // ---- short names for what every line needs ------------------------------------------------------------------------

  incref(h: Handle): void {
    this.heap.incref(h);
  }
  decref(h: Handle): void {
    this.heap.decref(h);
  }
  xdecref(h: Handle): void {
    if (h !== 0) this.heap.decref(h);
  }
  newRef(h: Handle): Handle {
    this.heap.incref(h);
    return h;
  }
  /** The slots of h's type. */
  tp(h: Handle): TypeSlots {
    const mem = this.mem;
    return this.heap.types[mem[mem[h + 1]! + 2]!]!;
  }
  /** The slots of a type object. */
  slotsOfType(type: Handle): TypeSlots {
    return this.heap.types[this.mem[type + 2]!]!;
  }
  /** `type(h) is t` (exact). */
  is(h: Handle, t: TypeSlots): boolean {
    return this.mem[h + 1] === t.handle;
  }
  bool(value: boolean): Handle {
    return value ? this.True : this.False;
  }

  // ---- names --------------------------------------------------------------------------------------------------------

  /** The immortal interned str of an identifier in compiled code or in the engine (borrowed, or keep it: immortal). */
  abstract id(name: string): Handle;

  /** `PyUnicode_InternInPlace` on an attribute's name: the canonical str of that text, borrowed (at least as long as `name`). */
  abstract internName(name: Handle): Handle;

  // ---- errors (Python/errors.c) ---------------------------------------------------------------------------------------

  /** `PyErr_SetString`: raises; returns 0, so that `return rt.raise(…)` reads well. */
  abstract raise(type: ExceptionName, message: string): 0;
  /** The same for functions that answer with -1. */
  raiseInt(type: ExceptionName, message: string): -1 {
    this.raise(type, message);
    return -1;
  }
  /** AttributeError with its `obj` and `name` (both borrowed). */
  abstract raiseAttributeError(message: string, obj: Handle, name: Handle): 0;
  /** `PyErr_SetObject`: raises `type(value)`; both borrowed. A tuple value is the arguments. Returns 0. */
  abstract raiseObject(type: ExceptionName, value: Handle): 0;
  /** Raises an exception instance (stolen); chains the handled one as its `__context__`. Returns 0. */
  abstract raiseException(exception: Handle): 0;
  /** `_PyErr_FormatFromCause`: raises, with the raised exception as cause and context. Returns 0. */
  abstract raiseFromCause(type: ExceptionName, message: string): 0;
  /** `PyErr_ExceptionMatches` for a built-in exception class. */
  abstract errorMatches(type: ExceptionName): boolean;
  /** `PyErr_GetRaisedException`: takes the raised exception over (new, or 0). */
  takeError(): Handle {
    const e = this.currentException;
    this.currentException = 0;
    return e;
  }
  /** `PyErr_SetRaisedException`: puts it back (stolen), in place of any other. */
  restoreError(exception: Handle): void {
    const old = this.currentException;
    this.currentException = exception;
    if (old !== 0) this.decref(old);
  }
  clearError(): void {
    this.restoreError(0);
  }
  /** `_PyException_AddNote` on the raised exception. */
  abstract addNote(text: string): void;
  /** `PyErr_WriteUnraisable`: the raised exception could not be passed on (a `__del__`, a callback). Clears it. */
  abstract writeUnraisable(message: string, object: Handle): void;

  /** The tuple that holds the arguments of the call being made, borrowed, or 0: an exception keeps it as its `args`. */
  argsTuple: Handle = 0;

  /** A module of ours by this name exists. Set at boot. */
  isNativeModule: (name: string) => boolean = () => false;

  /** The codecs and error handlers of Python code; null where the module `_codecs` is not at hand. */
  abstract codecRegistry(): CodecRegistry | null;

  /** Told just before an object's finalizer runs, for those who watch. */
  onFinalize: ((h: Handle) => void) | null = null;
  /** Globals of the Python frame that runs now, borrowed; 0 if there is none (`PyEval_GetGlobals`). */
  abstract currentGlobals(): Handle;
  /** Native code has taken many items: this counts as work of the program, to which its host may have set a limit. */
  nativeRound(_rounds: number): void {}

  // ---- calls (Objects/call.c) -----------------------------------------------------------------------------------------

  /** Calls; `args` (borrowed) are positional values, then those of `kwnames`. New reference or 0. */
  abstract call(callable: Handle, args: Handle[], kwnames?: Handle[] | null): Handle;
  /** Calls a Python function: a nested run of the loop (`_PyFunction_Vectorcall`). */
  abstract callFunction(func: Handle, args: Handle[], kwnames: Handle[] | null): Handle;
  /** The class and the first argument that a bare `super()` means, borrowed; null with RuntimeError. */
  abstract superArguments(): [type: Handle, obj: Handle] | null;
  /** Runs a generator's frame on: `value` borrowed, or 0 to raise the current exception inside. See objects/generator.ts. */
  abstract resumeGenerator(gen: Handle, value: Handle): Handle;
  /** A suspended frame waits inside `yield from` or `await`. */
  abstract isDelegating(frame: number): boolean;
  /** A suspended frame waits at a yield that no `try` of its code is around. */
  abstract isOutsideTry(frame: number): boolean;
  /** A coroutine dies that nobody has awaited. */
  abstract warnNeverAwaited(coroutine: Handle): void;
  /** `PyErr_WarnEx`: false with an exception, if a filter makes one of it; set at boot. */
  warn: (category: ExceptionName, text: string, source?: Handle) => boolean = () => true;
  /** `sys.set_coroutine_origin_tracking_depth`. */
  originDepth = 0;
  /** `sys.set_asyncgen_hooks`, owned, or 0. */
  asyncgenFirstiter: Handle = 0;
  asyncgenFinalizer: Handle = 0;
  /** The message for an attribute that a module does not have; `file` is its `__file__`. */
  abstract noModuleAttribute(module: string, file: string | null, name: string): string;
  /** `a | b` of types. */
  abstract unionOf(a: Handle, b: Handle): Handle;
  /** Text for stdout, as `print` and `sys.stdout.write` send it. */
  abstract writeStdout(text: string): void;
  abstract writeStderr(text: string): void;
  /** One line of input with its newline; null at the end. */
  abstract readStdin(): string | null;
  /** `Py_EnterRecursiveCall`: false with RecursionError raised when native code nests too deep. Pair with leave. */
  abstract enterRecursive(where: string): boolean;
  abstract leaveRecursive(): void;
  /** `Py_ReprEnter`: 1 if h's repr is being made already, else 0; pair with reprLeave. */
  abstract reprEnter(h: Handle): boolean;
  abstract reprLeave(h: Handle): void;
}
