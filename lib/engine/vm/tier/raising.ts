/**
 * Exceptions in generated code: tracebacks and frame objects are born, exceptions pass through frames, and all of them
 * die. What objects/{traceback,frame,exceptions,tuple}.ts and `unwind` of ceval.ts do, with the types and the heap's words
 * as constants, as in helpers.ts.
 */
import type { Handle } from '../../heap/layout';
import type { TypeSlots } from '../../heap/object';
import type { CodeRuntime } from '../../objects/code';
import type { Interpreter } from '../interpreter';
import type * as Imports from './imports';

interface Base {
  inc(h: number): void;
  drop(h: number): void;
  note(head: number): void;
  noteSpan(start: number, count: number): void;
  set(word: number, value: number): void;
}

/** Made from its text (make.ts): it may name nothing of this module or another but types. */
export function makeRaising(imports: typeof Imports, ip: Interpreter, watched: boolean, base: Base) {
  const {
    BLOCK,
    BLOCK_FINALIZED,
    BLOCK_GC,
    GC_HEADS,
    GEN_CODE,
    GEN_EXC,
    GEN_FRAME,
    GEN_NAME,
    GEN_ORIGIN,
    GEN_QUALNAME,
    GEN_WEAKLIST,
    GC_NEXT,
    GC_PREV,
    ID16,
    LARGEST_SLAB_BLOCK,
    PAGE_SHIFT,
    TRASHCAN_DEPTH,
    blockKey,
    headerOf,
    CALLING,
    CALL_REGISTERS,
    CO_FRAME_WORDS,
    CO_LEAF,
    D_TYPE,
    DICT_EMBEDDED,
    DICT_KEYS,
    DK_INDICES,
    DK_LOG2_SIZE,
    DK_NENTRIES,
    ENTRY_KEY,
    ENTRY_SHIFT,
    ENTRY_VALUE,
    freeKeys,
    FUNC_CODE,
    evalLoop,
    HANDED_BACK,
    RAISED,
    SWITCH,
    FLAG_ENTRY,
    callExceptionClass,
    callSlotWrapper,
    isBaseInit,
    pushFrame,
    runCallee,
    runFrame,
    slotWrapperOf,
    EXC_ARGS,
    EXC_CAUSE,
    EXC_CONTEXT,
    EXC_DICT,
    EXC_EXTRA,
    EXC_SUPPRESS,
    EXC_TRACEBACK,
    exceptionWords,
    FO_BACK,
    FO_EXTRA_LOCALS,
    FO_FRAME,
    FO_OVERWRITTEN,
    FO_OWNS,
    FO_OWN_FRAME,
    FO_TRACE,
    CELL_REF,
    FUNC_RELEASED,
    FUNC_WEAKLIST,
    TB_FRAME,
    TB_LASTI,
    TB_LINENO,
    TB_NEXT,
    F_CODE,
    F_FLAGS,
    F_FRAMEOBJ,
    F_FUNC,
    F_LOCALS,
    F_LOCALSPLUS,
    F_OWNER,
    F_PC,
    F_PREVIOUS,
    F_SP,
    FLAG_INIT,
    OWNED_BY_FRAME_OBJECT,
    OWNED_BY_THREAD,
    TPFLAGS,
    TP_MRO,
    TUPLE_ITEMS,
    TUPLE_SIZE,
    EventKind,
    KIND_SHIFT,
    doRaise,
    findHandler,
    intFromNumber,
    LIST_ALLOCATED,
    LIST_ITEMS,
    LIST_SIZE,
    matchException,
    unwind,
  } = imports;
  const { mem, heap, types, None } = ip;
  const { heads, obmalloc } = heap;
  const { inc, drop, note, noteSpan, set } = base;
  const reversed = ip.facts.reverseTeardown;
  const { atomTuplesUntracked } = ip.facts;
  const DEATH = EventKind.Death as number;
  const FREED = EventKind.Freed as number;
  const MARK = EventKind.Mark as number;
  const young = GC_HEADS[0]!;
  const { pageTable } = heap;
  const tupleFreelists = heap.freelists.tuples;
  const tuple = types.tuple;
  const tupleType = tuple.handle;
  const tupleFlags = tuple.blockFlags;
  const tupleBytes = tuple.preheader * 16 + tuple.basicsize;
  const tupleKeys = Int32Array.from(tupleFreelists, (_, n) => blockKey(tupleFlags, tuple.words + n));
  const dict = types.dict;
  const dictType = dict.handle;
  const dictKey = blockKey(dict.blockFlags, dict.words);
  const dictFreelist = heap.freelists.dict;
  const list = types.list;
  const listType = list.handle;
  const listKey = blockKey(list.blockFlags, list.words);
  const listBytes = list.preheader * 16 + list.basicsize;
  const listFreelist = heap.freelists.list;
  const cell = types.cell;
  const cellType = cell.handle;
  const cellKey = blockKey(cell.blockFlags, cell.words);
  const func = types.function;
  const functionType = func.handle;
  const functionKey = blockKey(func.blockFlags, func.words);
  const functionWords = Int32Array.from(FUNC_RELEASED);
  const generator = types.generator;
  const generatorType = generator.handle;
  const traceback = types.traceback;
  const tracebackType = traceback.handle;
  const tracebackKey = blockKey(traceback.blockFlags, traceback.words);
  const tracebackBytes = traceback.preheader * 16 + traceback.basicsize;
  const frame = types.frame;
  const frameType = frame.handle;
  const frameBytes = frame.preheader * 16 + frame.basicsize;
  const typeType = types.type.handle;
  const EXCEPTIONS = TPFLAGS.BASE_EXC_SUBCLASS;
  const indexError = types.IndexError;
  let pastEnd = 0;

  // ---- birth ----------------------------------------------------------------------------------------------------------

  /** A collectable object in a block that was free: one reference, fields zero, not tracked; 0: no block waits. */
  function newborn(type: TypeSlots, key: number, address: number): Handle {
    const f = heads[key]!;
    const flags = type.blockFlags;
    const header = headerOf(flags);
    const size = (key >> 3) << 1;
    const b = f - BLOCK - header;
    heads[key] = mem[f]!;
    if (watched && heap.log !== null) heap.log.bornAgain(mem, b, size, header, false);
    else for (let i = b; i < b + size; i++) mem[i] = 0;
    mem[f] = flags;
    mem[f + 1] = address;
    mem[f + 2] = 1;
    mem[f + 3] = type.handle;
    return f + 2;
  }
  /** The same with an address of its own, which counts towards the next collection. */
  function born(type: TypeSlots, key: number, nbytes: number): Handle {
    if (heads[key] === 0) return heap.alloc(type, ((key >> 3) << 1) - headerOf(type.blockFlags) - 2, nbytes);
    const h = newborn(type, key, obmalloc.malloc(nbytes) + type.preheader);
    heap.countAllocation();
    return h;
  }
  function track(h: Handle): void {
    const last = mem[young + GC_PREV]!;
    mem[last + GC_NEXT] = h;
    mem[h + GC_PREV] = last;
    mem[h + GC_NEXT] = young;
    mem[young + GC_PREV] = h;
    if (watched && heap.log !== null) heap.log.tracked(h);
  }
  function untrack(h: Handle): void {
    const next = mem[h + GC_NEXT]!;
    if (next === 0) return;
    const prev = mem[h + GC_PREV]!;
    mem[prev + GC_NEXT] = next;
    mem[next + GC_PREV] = prev;
    mem[h + GC_NEXT] = 0;
    mem[h + GC_PREV] = 0;
    if (watched && heap.log !== null && mem[h] !== 0) heap.log.untracked(h);
  }
  /** `newTuple` of n stack words, n > 0: `steals` says whether their references move. */
  function newTuple(first: number, n: number, steals: boolean): Handle {
    const freelist = n < tupleFreelists.length ? tupleFreelists[n]! : null;
    let h: Handle;
    if (freelist !== null && freelist.size !== 0 && heads[tupleKeys[n]!] !== 0)
      h = newborn(tuple, tupleKeys[n]!, freelist.addresses[--freelist.size]!);
    else h = heap.alloc(tuple, tuple.words + n, tupleBytes + n * 8, freelist);
    mem[h + TUPLE_SIZE] = n;
    let tracked = !atomTuplesUntracked;
    for (let i = 0; i < n; i++) {
      const word = mem[first + i]!;
      const item = word & -2;
      if (!steals || (word & 1) !== 0) inc(item);
      mem[h + TUPLE_ITEMS + i] = item;
      if (!tracked && (mem[item + BLOCK]! & BLOCK_GC) !== 0) tracked = true;
    }
    if (tracked) track(h);
    return h;
  }
  /** `PyList_New(n)`: tracked, with a table that the caller fills at once. */
  function newList(n: number): Handle {
    const h =
      listFreelist.size !== 0 && heads[listKey] !== 0
        ? newborn(list, listKey, listFreelist.addresses[--listFreelist.size]!)
        : heap.alloc(list, list.words, listBytes, listFreelist);
    if (n > 0) {
      const table = heap.allocRaw(n, n * 8);
      mem[h + LIST_SIZE] = n;
      mem[h + LIST_ITEMS] = table;
      mem[h + LIST_ALLOCATED] = n;
    }
    track(h);
    return h;
  }
  /** `BaseException_vectorcall`: the arguments are n words of a frame's stack. */
  function newException(slots: TypeSlots, first: number, n: number): Handle {
    if (slots.blockKey === 0) slots.blockKey = blockKey(slots.blockFlags, slots.words);
    const h = born(slots, slots.blockKey, slots.preheader * 16 + slots.basicsize);
    if (slots.isHeapType) inc(slots.handle);
    track(h);
    mem[h + EXC_ARGS] = n === 0 ? ip.emptyTuple : newTuple(first, n, false);
    return h;
  }
  /**
   * `callExceptionClass`: a class with `BaseException_new` and the Python function `init`, which has n + 1 parameters.
   * @param first the n stack words of the arguments, borrowed
   */
  function makeException(slots: TypeSlots, init: Handle, first: number, n: number): Handle {
    if (n === 0 || slots.valuesoffset !== 0) return callExceptionClass(ip, slots, init, first, n);
    const held = newTuple(first, n, false);
    if (!ip.enterRecursive(CALLING)) {
      drop(held);
      return 0;
    }
    if (slots.blockKey === 0) slots.blockKey = blockKey(slots.blockFlags, slots.words);
    const self = born(slots, slots.blockKey, slots.preheader * 16 + slots.basicsize);
    inc(slots.handle);
    track(self);
    inc(held);
    mem[self + EXC_ARGS] = held;
    const outer = ip.argsTuple;
    ip.argsTuple = 0;
    inc(init);
    const done = runInit(init, self, first, n);
    drop(init);
    ip.argsTuple = outer;
    ip.leaveRecursive();
    if (!done) drop(self);
    drop(held);
    return done ? self : 0;
  }
  function runInit(init: Handle, self: Handle, first: number, n: number): boolean {
    inc(init);
    inc(self);
    for (let i = 0; i < n; i++) inc(mem[first + i]! & -2);
    const code = heap.leaf[mem[mem[init + FUNC_CODE]! + CO_LEAF]!] as CodeRuntime;
    const f = pushFrame(ip, init, code, ip.frame);
    if (f === 0) {
      drop(self);
      for (let i = 0; i < n; i++) drop(mem[first + i]! & -2);
      drop(init);
      return false;
    }
    mem[f + F_LOCALSPLUS] = self;
    for (let i = 0; i < n; i++) mem[f + F_LOCALSPLUS + 1 + i] = mem[first + i]! & -2;
    const r = runEntered(f, code);
    if (r === None) return true;
    if (r === 0) return false;
    ip.raise('TypeError', `__init__() should return None, not '${ip.tp(r).name}'`);
    drop(r);
    return false;
  }
  /** `runFrame`: a pushed frame runs to its end for native code. */
  function runEntered(f: number, code: CodeRuntime): number {
    const tier = watched ? code.watchedTier : code.tier;
    if (tier === null || ip.traceFunction !== 0 || ip.profileFunction !== 0) return runFrame(ip, f);
    const need = tier.registers + CALL_REGISTERS;
    if (ip.tierRoom < need) return runFrame(ip, f);
    const saved = ip.frame;
    mem[f + F_FLAGS] = mem[f + F_FLAGS]! | FLAG_ENTRY;
    ip.frame = f;
    ip.loopDepth++;
    ip.tierRoom -= need;
    let r = tier.run(f, 1);
    if (r === HANDED_BACK) r = runCallee(ip, f, true);
    ip.tierRoom += need;
    ip.loopDepth--;
    if (r === SWITCH) r = evalLoop(ip);
    ip.frame = saved;
    return r === RAISED ? 0 : r;
  }
  /** `callSlotWrapper`; of `BaseException.__init__` all that it comes to. */
  function callWrapper(descr: Handle, first: number, n: number): Handle {
    const self = mem[first]! & -2;
    const type = mem[self + 1]!;
    if (n < 2 || !isBaseInit(slotWrapperOf(ip, descr).fn) || isA(type, mem[descr + D_TYPE]!) === 0)
      return callSlotWrapper(ip, descr, first, n);
    const held = newTuple(first, n, false);
    if (!ip.enterRecursive(CALLING)) {
      drop(held);
      return 0;
    }
    const args = newTuple(first + 1, n - 1, false);
    inc(args);
    const old = mem[self + EXC_ARGS]!;
    set(self + EXC_ARGS, args);
    if (old !== 0) drop(old);
    drop(args);
    ip.leaveRecursive();
    drop(held);
    return None;
  }
  /** `frameObject`: borrowed. */
  function frameObject(f: number): Handle {
    const known = mem[f + F_FRAMEOBJ]!;
    if (known !== 0) return known;
    const words = mem[mem[f + F_CODE]! + CO_FRAME_WORDS]!;
    const key = blockKey(frame.blockFlags, frame.words + words);
    const nbytes = frameBytes + 8 * words;
    const h =
      key >> 2 <= LARGEST_SLAB_BLOCK ? born(frame, key, nbytes) : heap.alloc(frame, frame.words + words, nbytes);
    mem[h + FO_FRAME] = f;
    set(f + F_FRAMEOBJ, h);
    return h;
  }
  /** `addTraceback`. */
  function addTraceback(exc: Handle, f: number, code: CodeRuntime): void {
    const h = born(traceback, tracebackKey, tracebackBytes);
    const pc = Math.max(0, mem[f + F_PC]! - 1);
    const of = frameObject(f);
    inc(of);
    mem[h + TB_NEXT] = mem[exc + EXC_TRACEBACK]!;
    mem[h + TB_FRAME] = of;
    mem[h + TB_LASTI] = pc;
    mem[h + TB_LINENO] = code.unit.positions[pc * 4] ?? -1;
    track(h);
    set(exc + EXC_TRACEBACK, h);
  }

  // ---- death ----------------------------------------------------------------------------------------------------------

  /**
   * The last reference to an object goes that is no number, text or other leaf. What a dead object holds is given up
   * where it lies: nobody looks there any more.
   */
  function dieAlone(h: Handle): void {
    if (heap.isCollecting || mem[h] !== 1 || heap.deallocDepth >= TRASHCAN_DEPTH) {
      heap.decref(h);
      return;
    }
    const type = mem[h + 1]!;
    if (type === tupleType) {
      dying(h);
      freeTuple(h);
    } else if (type === listType) {
      dying(h);
      freeList(h);
    } else if (type === cellType) {
      dying(h);
      release(h + CELL_REF);
      give(h, cellKey, cell.preheader);
    } else if (type === functionType && mem[h + FUNC_WEAKLIST] === 0) {
      dying(h);
      freeFunction(h);
    } else if (type === tracebackType) {
      dying(h);
      release(h + TB_NEXT);
      release(h + TB_FRAME);
      give(h, tracebackKey, traceback.preheader);
    } else if (type === dictType && mem[h + DICT_EMBEDDED] === 0) {
      dying(h);
      freeDict(h);
    } else if (type === frameType) {
      dying(h);
      freeFrame(h);
    } else if (type === generatorType && mem[h + GEN_FRAME] === 0 && mem[h + GEN_WEAKLIST] === 0) {
      dying(h);
      freeGenerator(h);
    } else {
      const slots = heap.types[mem[type + 2]!]!;
      if ((slots.flags & EXCEPTIONS) === 0 || !isQuiet(slots, h)) {
        heap.decref(h);
        return;
      }
      dying(h);
      freeException(h, slots);
    }
    if (--heap.deallocDepth === 0) heap.emptyTrash();
  }
  /** What comes first in each death. */
  function dying(h: Handle): void {
    mem[h] = 0;
    if (watched) note((h << KIND_SHIFT) | DEATH);
    untrack(h);
    heap.deallocDepth++;
  }
  /** The memory of an object goes, which was not in the collector's hands. */
  function give(h: Handle, key: number, preheader: number): void {
    if (watched) note(((h | ((mem[h + BLOCK]! & BLOCK_FINALIZED) === 0 ? 0 : 1)) << KIND_SHIFT) | FREED);
    obmalloc.free(mem[h + ID16]! - preheader);
    if (heap.gcCount0 > 0) heap.gcCount0--;
    mem[h + BLOCK] = heads[key]!;
    heads[key] = h + BLOCK;
  }
  /** Where the object's block waits when it is free. */
  function keyAt(h: Handle): number {
    const page = mem[pageTable + (h >> PAGE_SHIFT)]!;
    return ((page >> 3) << 2) | (page & 7);
  }
  function release(word: number): void {
    const h = mem[word]!;
    if (h !== 0) drop(h);
  }
  function freeTuple(h: Handle): void {
    const n = mem[h + TUPLE_SIZE]!;
    for (let i = h + TUPLE_ITEMS + n - 1; i >= h + TUPLE_ITEMS; i--) release(i);
    const freelist = n > 0 && n < tupleFreelists.length ? tupleFreelists[n]! : null;
    if (freelist === null || freelist.size >= freelist.max) {
      heap.free(h, tuple, freelist);
      return;
    }
    if (watched) note((h << KIND_SHIFT) | FREED);
    freelist.addresses[freelist.size++] = mem[h + ID16]!;
    freelist.preheader = tuple.preheader;
    const key = tupleKeys[n]!;
    mem[h + BLOCK] = heads[key]!;
    heads[key] = h + BLOCK;
  }
  function freeList(h: Handle): void {
    const table = mem[h + LIST_ITEMS]!;
    if (table !== 0) {
      heap.releaseDown(table, mem[h + LIST_SIZE]!);
      heap.freeRaw(table);
    }
    if (listFreelist.size >= listFreelist.max) {
      heap.free(h, list, listFreelist);
      return;
    }
    if (watched) note((h << KIND_SHIFT) | FREED);
    listFreelist.addresses[listFreelist.size++] = mem[h + ID16]!;
    listFreelist.preheader = list.preheader;
    mem[h + BLOCK] = heads[listKey]!;
    heads[listKey] = h + BLOCK;
  }
  function freeDict(h: Handle): void {
    const keys = mem[h + DICT_KEYS]!;
    if (keys !== 0) {
      const first = keys + DK_INDICES + (1 << mem[keys + DK_LOG2_SIZE]!);
      const end = first + (mem[keys + DK_NENTRIES]! << ENTRY_SHIFT);
      for (let e = first; e < end; e += 1 << ENTRY_SHIFT) {
        release(e + ENTRY_KEY);
        release(e + ENTRY_VALUE);
      }
      freeKeys(ip, keys);
    }
    if (dictFreelist.size >= dictFreelist.max) {
      heap.free(h, dict, dictFreelist);
      return;
    }
    if (watched) note((h << KIND_SHIFT) | FREED);
    dictFreelist.addresses[dictFreelist.size++] = mem[h + ID16]!;
    dictFreelist.preheader = dict.preheader;
    mem[h + BLOCK] = heads[dictKey]!;
    heads[dictKey] = h + BLOCK;
  }
  function freeFunction(h: Handle): void {
    for (let i = 0; i < functionWords.length; i++) release(h + functionWords[i]!);
    give(h, functionKey, func.preheader);
  }
  /** One that has ended. */
  function freeGenerator(h: Handle): void {
    release(h + GEN_ORIGIN);
    release(h + GEN_CODE);
    release(h + GEN_NAME);
    release(h + GEN_QUALNAME);
    release(h + GEN_EXC);
    give(h, keyAt(h), generator.preheader);
  }
  /** The frame of an object that has outlived its run, or the object of one that has not. */
  function freeFrame(h: Handle): void {
    if (mem[h + FO_OWNS] !== 0) {
      const f = mem[h + FO_FRAME]!;
      const first = f + F_LOCALSPLUS;
      const end = mem[f + F_SP]!;
      if (reversed) for (let i = end - 1; i >= first; i--) releaseStack(i);
      else for (let i = first; i < end; i++) releaseStack(i);
      release(f + F_LOCALS);
      release(f + F_FUNC);
      release(f + F_CODE);
    }
    release(h + FO_BACK);
    release(h + FO_TRACE);
    release(h + FO_EXTRA_LOCALS);
    release(h + FO_OVERWRITTEN);
    const key = keyAt(h);
    if (key >> 2 > LARGEST_SLAB_BLOCK) heap.free(h, frame);
    else give(h, key, frame.preheader);
  }
  function releaseStack(word: number): void {
    const ref = mem[word]!;
    if ((ref & 1) === 0 && ref !== 0) drop(ref);
  }
  /** The death of the exception runs no code of its class: its references go, and no more. */
  function isQuiet(slots: TypeSlots, h: Handle): boolean {
    if (slots.exceptionWords === 0) slots.exceptionWords = exceptionWords(ip, slots);
    return (
      slots.exceptionWords > 0 &&
      slots.tp_finalize === null &&
      slots.blockKey !== 0 &&
      (slots.weaklistoffset === 0 || mem[h + slots.weaklistoffset] === 0)
    );
  }
  function freeException(h: Handle, slots: TypeSlots): void {
    const end = h + slots.exceptionWords;
    for (let i = h + EXC_EXTRA; i < end; i++) release(i);
    release(h + EXC_DICT);
    release(h + EXC_ARGS);
    release(h + EXC_TRACEBACK);
    release(h + EXC_CAUSE);
    release(h + EXC_CONTEXT);
    give(h, slots.blockKey, slots.preheader);
    if (slots.isHeapType) drop(slots.handle);
  }

  // ---- passing through frames -------------------------------------------------------------------------------------------

  /** `unwind`: the handler's first instruction, or a negative number. */
  function unwindFrame(f: number, code: CodeRuntime, at: number, reraise: boolean): number {
    if (ip.onLine !== null) return unwind(ip, f, code, at, reraise);
    if (!reraise) addTraceback(ip.currentException, f, code);
    const row = findHandler(code, at);
    let sp = mem[f + F_SP]!;
    const stack = f + F_LOCALSPLUS + code.nlocalsplus;
    if (row >= 0) {
      const table = code.unit.exceptiontable;
      const floor = stack + table[row + 3]!;
      while (sp > floor) {
        mem[f + F_SP] = --sp;
        releaseStack(sp);
      }
      if (table[row + 4] !== 0) mem[sp++] = intFromNumber(ip, mem[f + F_PC]! - 1);
      mem[sp++] = ip.currentException;
      ip.currentException = 0;
      mem[f + F_SP] = sp;
      mem[f + F_PC] = table[row + 2]!;
      return table[row + 2]!;
    }
    if (mem[f + F_OWNER] !== OWNED_BY_THREAD || mem[f + F_LOCALS] !== 0) return unwind(ip, f, code, at, true);
    const error = ip.currentException;
    ip.currentException = 0;
    while (sp > stack) {
      mem[f + F_SP] = --sp;
      releaseStack(sp);
    }
    const isInit = (mem[f + F_FLAGS]! & FLAG_INIT) !== 0;
    if (isInit) ip.recursionDepth--;
    if (watched) note(((mem[f + F_CODE]! | 1) << KIND_SHIFT) | MARK);
    const caller = mem[f + F_PREVIOUS]!;
    ip.frame = caller;
    popFrame(f);
    if (isInit) {
      const top = mem[caller + F_SP]! - 1;
      mem[caller + F_SP] = top;
      drop(mem[top]!);
    }
    if (ip.currentException === 0) ip.currentException = error;
    else ip.restoreError(error);
    return -1;
  }
  /** `popFrame`. */
  function popFrame(f: number): void {
    const object = mem[f + F_FRAMEOBJ]!;
    if (object !== 0 && mem[object]! > 1) {
      takeOver(f, object);
      mem[f + F_FRAMEOBJ] = 0;
      drop(object);
    } else {
      const first = f + F_LOCALSPLUS;
      const end = mem[f + F_SP]!;
      set(f + F_SP, first);
      if (reversed) for (let i = end - 1; i >= first; i--) clearStack(i);
      else for (let i = first; i < end; i++) clearStack(i);
      if (object !== 0) {
        mem[f + F_FRAMEOBJ] = 0;
        drop(object);
      }
      const func = mem[f + F_FUNC]!;
      mem[f + F_FUNC] = 0;
      if (func !== 0) drop(func);
      const code = mem[f + F_CODE]!;
      mem[f + F_CODE] = 0;
      drop(code);
    }
    ip.dataTop = f;
    ip.recursionDepth--;
  }
  function clearStack(word: number): void {
    const ref = mem[word]!;
    if (ref === 0) return;
    set(word, 0);
    if ((ref & 1) === 0) drop(ref);
  }
  /** `takeOwnership` of a frame on the data stack. */
  function takeOver(f: number, h: Handle): void {
    const own = h + FO_OWN_FRAME;
    const used = mem[f + F_SP]! - f;
    if (watched) noteSpan(h + FO_BACK, FO_OWN_FRAME - FO_BACK + used);
    for (let i = 0; i < F_LOCALSPLUS; i++) mem[own + i] = mem[f + i]!;
    mem[own + F_FRAMEOBJ] = 0;
    mem[own + F_PREVIOUS] = 0;
    mem[own + F_SP] = own + used;
    mem[own + F_OWNER] = OWNED_BY_FRAME_OBJECT;
    for (let i = F_LOCALSPLUS; i < used; i++) {
      const word = mem[f + i]!;
      mem[f + i] = 0;
      mem[own + i] = word & -2;
      if ((word & 1) !== 0) inc(word - 1);
    }
    mem[h + FO_FRAME] = own;
    mem[h + FO_OWNS] = 1;
    const previous = mem[f + F_PREVIOUS]!;
    if (previous !== 0) {
      const back = frameObject(previous);
      inc(back);
      mem[h + FO_BACK] = back;
    }
    mem[f + F_SP] = f + F_LOCALSPLUS;
    track(h);
  }

  // ---- raising and matching ---------------------------------------------------------------------------------------------

  const slotsAt = (type: Handle): TypeSlots => heap.types[mem[type + 2]!]!;
  const isException = (h: Handle): boolean => (slotsAt(mem[h + 1]!).flags & EXCEPTIONS) !== 0;
  /** `doRaise`. */
  function raiseIt(exc: Handle, cause: Handle): boolean {
    if (exc === 0 || !isException(exc) || (cause !== 0 && !isException(cause))) return doRaise(ip, exc, cause);
    if (cause !== 0) {
      const old = mem[exc + EXC_CAUSE]!;
      set(exc + EXC_CAUSE, cause);
      if (old !== 0) drop(old);
      set(exc + EXC_SUPPRESS, 1);
    }
    raiseNew(exc);
    return false;
  }
  /** `raiseException`: stolen; most of them are raised where none is being handled. */
  function raiseNew(exc: Handle): void {
    const { excItems } = ip;
    let i = excItems.length - 1;
    while (i >= 0 && (excItems[i] === 0 || excItems[i] === None)) i--;
    if (i < 0 && ip.currentException === 0) ip.currentException = exc;
    else ip.raiseException(exc);
  }
  /** What a list's item beyond its end raises (`listGetItem`), in 3.14. */
  function raisePastEnd(): void {
    // The one message of them all that is kept.
    if (pastEnd === 0) pastEnd = ip.id('list index out of range');
    inc(pastEnd);
    if (indexError.blockKey === 0) indexError.blockKey = blockKey(indexError.blockFlags, indexError.words);
    const h = born(indexError, indexError.blockKey, indexError.preheader * 16 + indexError.basicsize);
    track(h);
    mem[h + EXC_ARGS] = tupleOfOne(pastEnd);
    raiseNew(h);
  }
  /** `newTuple` of an item, stolen. */
  function tupleOfOne(item: Handle): Handle {
    const freelist = tupleFreelists[1]!;
    const key = tupleKeys[1]!;
    const h =
      freelist.size !== 0 && heads[key] !== 0
        ? newborn(tuple, key, freelist.addresses[--freelist.size]!)
        : heap.alloc(tuple, tuple.words + 1, tupleBytes + 8, freelist);
    mem[h + TUPLE_SIZE] = 1;
    mem[h + TUPLE_ITEMS] = item;
    if (!atomTuplesUntracked || (mem[item + BLOCK]! & BLOCK_GC) !== 0) track(h);
    return h;
  }
  /** `matchException`. */
  function matches(exc: Handle, type: Handle): number {
    if (mem[type + 1] === typeType) {
      if ((slotsAt(type).flags & EXCEPTIONS) === 0) return matchException(ip, exc, type);
      return isA(mem[exc + 1]!, type);
    }
    if (mem[type + 1] !== tupleType) return matchException(ip, exc, type);
    const n = mem[type + TUPLE_SIZE]!;
    for (let i = type + TUPLE_ITEMS; i < type + TUPLE_ITEMS + n; i++) {
      const item = mem[i]!;
      if (mem[item + 1] !== typeType || (slotsAt(item).flags & EXCEPTIONS) === 0) return matchException(ip, exc, type);
    }
    for (let i = type + TUPLE_ITEMS; i < type + TUPLE_ITEMS + n; i++) {
      if (isA(mem[exc + 1]!, mem[i]!) === 1) return 1;
    }
    return 0;
  }
  /** `isSubtype`: 1, 0. */
  function isA(type: Handle, other: Handle): number {
    if (type === other) return 1;
    const mro = mem[type + TP_MRO]!;
    const end = mro + TUPLE_ITEMS + mem[mro + TUPLE_SIZE]!;
    for (let i = mro + TUPLE_ITEMS; i < end; i++) if (mem[i] === other) return 1;
    return 0;
  }

  return {
    born,
    track,
    newTuple,
    newList,
    newException,
    makeException,
    callWrapper,
    runEntered,
    dieAlone,
    unwindFrame,
    raiseIt,
    raisePastEnd,
    matches,
  };
}
