/**
 * The functions that generated code calls, made once for an interpreter and once more for runs that are watched. They
 * are small, so that the JavaScript compiler can put the hottest into their callers; the text of the callers stays short,
 * so that it gets compiled soon.
 *
 * A result of 0 says that the short way does not serve; a negative one (`failed`) ends or redirects the caller.
 */
import type { CodeRuntime } from '../../objects/code';
import type { FreeList } from '../../heap/freelists';
import type { Interpreter } from '../interpreter';
import type { NativeMethod } from '../../objects/method-object';
import type { TypeSlots } from '../../heap/object';
import type * as Imports from './imports';
import type { makeGenerating } from './generating';
import type { makeRaising } from './raising';

/** Made from its text (tier.ts): it may name nothing of this module or another but types. */
export function makeHelpers(
  imports: typeof Imports,
  ip: Interpreter,
  watched: boolean,
  raisingOf: typeof makeRaising,
  generatingOf: typeof makeGenerating,
) {
  const {
    CO_FRAME_WORDS,
    CO_LEAF,
    CO_NLOCALSPLUS,
    CO_POSITIONAL,
    codeRuntime,
    DICT_EMBEDDED,
    DICT_KEYS,
    DI_DICT,
    DI_LEN,
    DI_POS,
    DI_RESULT,
    DI_USED,
    EN_INDEX,
    EN_LONG,
    EN_RESULT,
    EN_SIT,
    HASHED,
    SLICE_START,
    SLICE_STEP,
    SLICE_STOP,
    plainSlice,
    DICT_USED,
    dictGetKnown,
    dictSet,
    newDict,
    dictInsertMissing,
    DK_INDICES,
    DK_KIND,
    DK_LOG2_SIZE,
    DK_NENTRIES,
    DK_USABLE,
    DK_VERSION,
    ENTRY_HASH_HIGH,
    ENTRY_KEY,
    ENTRY_SHIFT,
    ENTRY_VALUE,
    KIND_UNICODE,
    strEqual,
    GC_NEXT,
    MAX_TEXT,
    STR_INTERNED,
    STR_IT_SEQ,
    STR_IT_UNIT,
    STR_KIND_MASK,
    STR_LEAF,
    STR_LENGTH,
    parseArgs,
    strOfKind,
    strHash,
    STR_HASH_HI,
    STR_HASH_LO,
    STR_HASH_KNOWN,
    STR_FLAGS,
    ID16,
    BLOCK,
    BLOCK_LIVE,
    blockKey,
    CELL_REF,
    VALUES_ORDER,
    inlineAdded,
    newFloat,
    FUNC_BUILTINS,
    FUNC_CODE,
    FUNC_DEFAULTS,
    FUNC_GLOBALS,
    GEN_FRAME,
    GEN_STATE,
    GEN_EXC,
    GEN_EXECUTING,
    GEN_SUSPENDED,
    INT_LEAF,
    INT_VALUE,
    intFromNumber,
    intAdd,
    intAnd,
    intMultiply,
    intSubtract,
    FLAG_BITS,
    FLAG_ENTRY,
    FLAG_INIT,
    F_BUILTINS,
    F_CODE,
    F_FLAGS,
    F_FRAMEOBJ,
    F_FUNC,
    F_GENERATOR,
    F_GLOBALS,
    F_LOCALS,
    F_LOCALSPLUS,
    F_OWNER,
    F_PC,
    F_PREVIOUS,
    F_SP,
    OWNED_BY_GENERATOR,
    OWNED_BY_THREAD,
    IT_INDEX,
    IT_SEQ,
    LIST_ALLOCATED,
    LIST_ITEMS,
    LIST_SIZE,
    listAppendStolen,
    CALL_CLINIC,
    CALL_FAST,
    CALL_KEYWORDS,
    CALL_NOARGS,
    CALL_O,
    D_TYPE,
    M_LEAF,
    M_SELF,
    allocInstance,
    compareText,
    RI_LEAF,
    RI_LEFT,
    RI_NEXT,
    RI_STEP,
    TUPLE_ITEMS,
    TUPLE_SIZE,
    MD_DICT,
    genericSetAttr,
    TP_VERSION,
    typeLookup,
    speakLine,
    deliver,
    evalBreaker,
    leave,
    runCallee,
    stepLoop,
    enterGenerator,
    CALLING,
    hasVectorcall,
    ATTRIBUTE_BITS,
    ATTRIBUTE_MASK,
    Attribute,
    AttributeTable,
    EventKind,
    KIND_SHIFT,
    TRACE_CODE,
    TRACE_LINES,
    TRACE_LINE_END,
    TRACE_ROOM,
    TRACE_USED,
    caches,
    ENTERED,
    FAILED,
    FAILED_AGAIN,
    HANDED_BACK,
    HANDLER,
    PAUSED,
    RAISED,
    STEPPED,
    SWITCH,
    AS_APPEND,
    AS_FLOAT,
    AS_INT,
    binaryForm,
    comparesLeftFirst,
    setFloatValue,
    strAppend,
    PLAIN_REGISTERS,
    IN_SLOT,
    ONE_DIGIT,
    CALL_REGISTERS,
  } = imports;
  const { mem, heap, types } = ip;
  const { f64, dataStackEnd } = heap;
  const { words: trace, state: traced } = heap.trace;
  const INCREASED = EventKind.Increased as number;
  const DECREASED = EventKind.Decreased as number;
  const WORD = EventKind.Word as number;
  const APPENDED = EventKind.Appended as number;
  const CLEARED = EventKind.Cleared as number;
  const LINE = EventKind.Line as number;
  const LINE_OF = EventKind.LineOf as number;
  const MARK = EventKind.Mark as number;
  const reversed = ip.facts.reverseTeardown;
  const attributes = new AttributeTable();
  const table = attributes.words;
  const intList = heap.freelists.int;
  const floatList = heap.freelists.float;
  const setGeneric = genericSetAttr as TypeSlots['tp_setattro'];
  const moduleType = types.module.handle;
  const generatorType = types.generator.handle;
  const getGetset = types.getset_descriptor.tp_descr_get!;
  const builtinType = types.builtin_function_or_method.handle;
  const descriptorType = types.method_descriptor.handle;
  const functionType = types.function.handle;
  const wrapperType = types.wrapper_descriptor.handle;
  const typeType = types.type.handle;
  const strType = types.str.handle;
  const intType = types.int.handle;
  const floatType = types.float.handle;
  const listType = types.list.handle;
  const tupleType = types.tuple.handle;
  const dictType = types.dict.handle;
  const rangeIterator = types.range_iterator.handle;
  const listIterator = types.list_iterator.handle;
  const tupleIterator = types.tuple_iterator.handle;
  const asciiIterator = types.str_ascii_iterator.handle;
  const listAppend = typeLookup(ip, types.list, ip.id('append'));
  const listPop = typeLookup(ip, types.list, ip.id('pop'));
  const dictGet = typeLookup(ip, types.dict, ip.id('get'));
  const dictSetdefault = typeLookup(ip, types.dict, ip.id('setdefault'));
  const strBlocks = blockKey(types.str.blockFlags, types.str.words);
  const latin1 = Int32Array.from(ip.latin1Chars);
  const sliceType = types.slice.handle;
  const itemIterator = types.dict_itemiterator.handle;
  const enumerateType = types.enumerate.handle;
  const { True, False, None, smallInts } = ip;
  const smallMax = ip.facts.smallIntMax;
  const { lazyDictTracking } = ip.facts;
  const small = Int32Array.from(smallInts);
  const { heads } = heap;
  const intAddresses = intList.addresses;
  const floatAddresses = floatList.addresses;
  const intKey = blockKey(types.int.blockFlags, types.int.words);
  const floatKey = blockKey(types.float.blockFlags, types.float.words);

  // ---- counting -------------------------------------------------------------------------------------------------------

  /** One word into the log; without one it is lost. */
  function note(head: number): void {
    let n = traced[TRACE_USED]!;
    if (n >= TRACE_ROOM) n = heap.nextTrace(1);
    trace[n] = head;
    traced[TRACE_USED] = n + 1;
  }
  function note2(word: number, head: number): void {
    let n = traced[TRACE_USED]!;
    if (n >= TRACE_ROOM - 1) n = heap.nextTrace(2);
    trace[n] = word;
    trace[n + 1] = head;
    traced[TRACE_USED] = n + 2;
  }
  /** A block that was an int's or a float's becomes one again. */
  function noteNumber(f: number): void {
    if (mem[f + 2] !== 0) {
      heap.log?.bornNumber(mem, f);
      return;
    }
    let n = traced[TRACE_USED]!;
    if (n >= TRACE_ROOM - 4) n = heap.nextTrace(5);
    trace[n] = mem[f + 1]!;
    trace[n + 1] = mem[f + 3]!;
    trace[n + 2] = mem[f + 4]!;
    trace[n + 3] = mem[f + 5]!;
    trace[n + 4] = ((f + 3) << KIND_SHIFT) | INCREASED;
    traced[TRACE_USED] = n + 5;
  }

  /** Some words are about to change. */
  function noteSpan(start: number, count: number): void {
    let n = traced[TRACE_USED]!;
    if (n + count + 2 > TRACE_ROOM) n = heap.nextTrace(count + 2);
    for (let i = 0; i < count; i++) trace[n + i] = mem[start + i]!;
    trace[n + count] = count;
    trace[n + count + 1] = (start << KIND_SHIFT) | CLEARED;
    traced[TRACE_USED] = n + count + 2;
  }
  function noteWord(i: number): void {
    note2(mem[i]!, (i << KIND_SHIFT) | WORD);
  }
  /** Writes a field. */
  function set(word: number, value: number): void {
    if (watched) note2(mem[word]!, (word << KIND_SHIFT) | WORD);
    mem[word] = value;
  }
  /** Counts a field at an even word up or down by one: in the log that is one word, as for a count of references. */
  function countUp(word: number): void {
    if (watched) note((word << KIND_SHIFT) | INCREASED);
    mem[word] = mem[word]! + 1;
  }
  function countDown(word: number): void {
    if (watched) note((word << KIND_SHIFT) | DECREASED);
    mem[word] = mem[word]! - 1;
  }
  function inc(h: number): void {
    const count = mem[h]!;
    if (count < 0) return;
    mem[h] = count + 1;
    if (watched) note((h << KIND_SHIFT) | INCREASED);
  }
  /** Gives up a reference to what can run no code as it dies. */
  function drop(h: number): void {
    const count = mem[h]!;
    if (count > 1) {
      mem[h] = count - 1;
      if (watched) note((h << KIND_SHIFT) | DECREASED);
    } else if (count >= 0) die(h);
  }
  /** The last reference to a mortal object goes: an int or float at once, any other by its deallocator. */
  function die(h: number): void {
    const type = mem[h + 1];
    if (type === floatType) freeNumber(h, floatList, 24);
    else if (type === intType && mem[h + INT_LEAF] === 0 && isOneDigit(mem[h + INT_VALUE]!)) freeNumber(h, intList, 32);
    else if (type === strType && (mem[h + STR_FLAGS]! & STR_INTERNED) === 0) freeText(h);
    else if (type === intType && mem[h + INT_LEAF]! <= 0) freeWide(h);
    else raising.dieAlone(h);
  }
  /** The death of an int of more than one digit that has its value in its own words. */
  function freeWide(h: number): void {
    if (heap.isCollecting || mem[h] !== 1) {
      heap.decref(h);
      return;
    }
    mem[h] = 0;
    if (watched) note(((h | 1) << KIND_SHIFT) | DECREASED);
    heap.obmalloc.free(mem[h + ID16]!);
    mem[h + BLOCK] = heads[intKey]!;
    heads[intKey] = h + BLOCK;
  }
  /** The death of a str that is not interned: what `Heap.dealloc` does, with the type known. */
  function freeText(h: number): void {
    if (heap.isCollecting || mem[h] !== 1) {
      heap.decref(h);
      return;
    }
    mem[h] = 0;
    if (watched) note(((h | 1) << KIND_SHIFT) | DECREASED);
    heap.dropLeaf(mem[h + STR_LEAF]!);
    heap.obmalloc.free(mem[h + ID16]!);
    mem[h + BLOCK] = heads[strBlocks]!;
    heads[strBlocks] = h + BLOCK;
  }
  /** The same for any object: the frame stands behind instruction `pc`, with its operands up to `sp`. */
  function dropAt(f: number, pc: number, sp: number, h: number): void {
    const count = mem[h]!;
    if (count > 1) {
      mem[h] = count - 1;
      if (watched) note((h << KIND_SHIFT) | DECREASED);
    } else if (count >= 0) {
      mem[f + F_PC] = pc + 1;
      mem[f + F_SP] = f + sp;
      die(h);
    }
  }
  /**
   * The object is about to die, and that may run code, which would see where the operands of the instruction are: the
   * long way then, which has them on the stack.
   */
  function diesLoudly(h: number): boolean {
    if (mem[h] !== 1) return false;
    const type = mem[h + 1];
    return type !== intType && type !== floatType && type !== strType;
  }
  function dropWord(f: number, pc: number, sp: number, word: number): void {
    if ((word & 1) === 0 && word !== 0) dropAt(f, pc, sp, word);
  }
  /** Moves a stack word into a local. */
  function store(f: number, slot: number, word: number, pc: number, sp: number): void {
    const old = mem[f + slot]!;
    if (watched) note2(old, ((f + slot) << KIND_SHIFT) | WORD);
    mem[f + slot] = word;
    if ((old & 1) === 0 && old !== 0) dropAt(f, pc, sp, old);
  }
  /** DELETE_FAST. */
  function deleteFast(f: number, pc: number, sp: number, slot: number): number {
    const old = mem[f + slot]!;
    if (old === 0) return step(f, pc, sp);
    set(f + slot, 0);
    dropWord(f, pc, sp, old);
    return 0;
  }
  /** A cell's new value, owned. */
  function setCell(f: number, pc: number, sp: number, cell: number, value: number): void {
    const old = mem[cell + CELL_REF]!;
    set(cell + CELL_REF, value);
    if (old !== 0) dropAt(f, pc, sp, old);
  }
  /** A counted stack word of a local. */
  function load(word: number): number {
    if ((word & 1) === 0) inc(word);
    return word;
  }
  /** An owned reference out of a stack word. */
  function own(word: number): number {
    if ((word & 1) === 0) return word;
    inc(word - 1);
    return word - 1;
  }

  // ---- ways out -------------------------------------------------------------------------------------------------------

  /** A negative result: what the generated function does with it. */
  function failed(f: number, pc: number, result: number): number {
    if (result !== FAILED && result !== FAILED_AGAIN) return result;
    const code = codeRuntime(ip, mem[f]!);
    const handler = raising.unwindFrame(f, code, pc, result === FAILED_AGAIN);
    if (handler < 0) return RAISED;
    const tier = watched ? code.watchedTier : code.tier;
    const block = tier === null ? 0 : tier.entries[handler]!;
    return block === 0 ? HANDED_BACK : HANDLER - block;
  }
  /** One instruction by the plain loop: 0, or negative. */
  function step(f: number, pc: number, sp: number): number {
    mem[f + F_PC] = pc;
    mem[f + F_SP] = f + sp;
    const r = stepLoop(ip);
    return r === STEPPED ? 0 : stepped(f, pc, r);
  }
  function stepped(f: number, pc: number, r: number): number {
    if (r !== ENTERED) return failed(f, pc, r);
    const g = ip.frame;
    const isInit = (mem[g + F_FLAGS]! & FLAG_INIT) !== 0;
    const v = callFrame(g);
    if (v < 0) return failed(f, pc, v);
    return deliver(ip, v, isInit) ? 0 : failed(f, pc, FAILED);
  }
  /** The same for an instruction that leaves a value: the word on top of the stack, or negative. */
  function slow(f: number, pc: number, sp: number): number {
    const r = step(f, pc, sp);
    return r < 0 ? r : mem[mem[f + F_SP]! - 1]!;
  }
  /** A back edge, call or start of a function: looks up if the fuel is gone or somebody wants something. */
  function look(f: number, pc: number, sp: number): number {
    mem[f + F_PC] = pc + 1;
    mem[f + F_SP] = f + sp;
    const r = evalBreaker(ip);
    return r === 0 ? 0 : r > 0 ? PAUSED : failed(f, pc, FAILED);
  }
  /** The same at a back edge, where the frame stands at the target already. */
  function lookBack(f: number, target: number, sp: number): number {
    mem[f + F_PC] = target;
    mem[f + F_SP] = f + sp;
    const r = evalBreaker(ip);
    if (r >= 0) return r === 0 ? 0 : PAUSED;
    mem[f + F_PC] = target + 1;
    return failed(f, target, FAILED);
  }
  /** A line starts, or goes on. */
  function line(f: number, pc: number, sp: number, number: number): void {
    mem[f + F_PC] = pc;
    const flags = mem[f + F_FLAGS]!;
    if (flags >> FLAG_BITS === number) {
      if (ip.announcedFrame !== f) speakLine(ip, f, number, f + sp);
      return;
    }
    ip.announcedFrame = f;
    mem[f + F_FLAGS] = (flags & ((1 << FLAG_BITS) - 1)) | (number << FLAG_BITS);
    mem[f + F_SP] = f + sp;
    const code = mem[f + F_CODE]!;
    const n = traced[TRACE_USED]!;
    if (n >= traced[TRACE_LINE_END]!) heap.log?.line(code, number);
    else {
      traced[TRACE_LINES] = traced[TRACE_LINES]! + 1;
      if (traced[TRACE_CODE] === code) {
        trace[n] = (number << KIND_SHIFT) | LINE;
        traced[TRACE_USED] = n + 1;
      } else {
        traced[TRACE_CODE] = code;
        trace[n] = code;
        trace[n + 1] = (number << KIND_SHIFT) | LINE_OF;
        traced[TRACE_USED] = n + 2;
      }
    }
    if (ip.onLine !== null) ip.onLine(f, number);
  }

  // ---- numbers --------------------------------------------------------------------------------------------------------

  function int(n: number): number {
    if (n <= smallMax && n >= -5) return small[n + 5]!;
    return isOneDigit(n) ? newInt(n) : intFromNumber(ip, n);
  }
  function isOneDigit(n: number): boolean {
    return n < ONE_DIGIT && n > -ONE_DIGIT;
  }
  /** An int of one digit, which is no small one. */
  function newInt(n: number): number {
    const f = heads[intKey]!;
    if (f === 0 || intList.size === 0) return intFromNumber(ip, n);
    heads[intKey] = mem[f]!;
    if (watched) noteNumber(f);
    mem[f] = BLOCK_LIVE;
    mem[f + 1] = intAddresses[--intList.size]!;
    mem[f + 2] = 1;
    mem[f + 3] = intType;
    mem[f + 4] = n;
    mem[f + 5] = 0;
    return f + 2;
  }
  function float(x: number): number {
    const f = heads[floatKey]!;
    if (f === 0 || floatList.size === 0) return newFloat(ip, x);
    heads[floatKey] = mem[f]!;
    if (watched) noteNumber(f);
    mem[f] = BLOCK_LIVE;
    mem[f + 1] = floatAddresses[--floatList.size]!;
    mem[f + 2] = 1;
    mem[f + 3] = floatType;
    f64[(f >> 1) + 2] = x;
    return f + 2;
  }
  /** The death of an int of one digit or a float: what `Heap.free` does, with the type known. */
  function freeNumber(h: number, list: FreeList, nbytes: number): void {
    const n = list.size;
    if (n === list.max || heap.isCollecting || mem[h] !== 1) {
      heap.decref(h);
      return;
    }
    mem[h] = 0;
    if (watched) note(((h | 1) << KIND_SHIFT) | DECREASED);
    list.addresses[n] = mem[h + ID16]!;
    list.size = n + 1;
    const key = nbytes === 32 ? intKey : floatKey;
    mem[h + BLOCK] = heads[key]!;
    heads[key] = h + BLOCK;
  }
  /** Two exact ints of one word each. */
  function areInts(a: number, b: number): boolean {
    return mem[a + 1] === intType && mem[b + 1] === intType && mem[a + INT_LEAF] === 0 && mem[b + INT_LEAF] === 0;
  }
  function areFloats(a: number, b: number): boolean {
    return mem[a + 1] === floatType && mem[b + 1] === floatType;
  }
  function areTexts(a: number, b: number): boolean {
    return mem[a + 1] === strType && mem[b + 1] === strType;
  }
  /** The double of a float: handles are even, and the value lies in the two words behind the type. */
  function double(h: number): number {
    return f64[(h >> 1) + 1]!;
  }
  /** A float, and a float or an int of one word. */
  function areMixed(a: number, b: number): boolean {
    const ta = mem[a + 1];
    const tb = mem[b + 1];
    return (
      (ta === floatType && tb === intType && mem[b + INT_LEAF] === 0) ||
      (tb === floatType && ta === intType && mem[a + INT_LEAF] === 0)
    );
  }
  function number(h: number): number {
    return mem[h + 1] === floatType ? double(h) : mem[h + INT_VALUE]!;
  }
  /**
   * A result takes the place of an operand that dies with it: the object stays, with the address that a new one would
   * have, and the old address goes where it would go.
   */
  function recycle(h: number, list: FreeList, nbytes: number): void {
    const old = mem[h + ID16]!;
    mem[h + ID16] = list.size > 0 ? list.addresses[--list.size]! : heap.obmalloc.malloc(nbytes);
    if (list.size < list.max) list.addresses[list.size++] = old;
    else heap.obmalloc.free(old);
  }
  /** An int of one word and one digit whose only reference is about to go. */
  function isDyingInt(h: number): boolean {
    return mem[h] === 1 && mem[h + INT_LEAF] === 0 && isOneDigit(mem[h + INT_VALUE]!);
  }
  /** The int n out of `a op b`. Bits of `owned`: 1 the reference to a ends here, 2 that to b. */
  function intOf(n: number, a: number, b: number, owned: number): number {
    let r: number;
    if (n <= smallMax && n >= -5) r = small[n + 5]!;
    else {
      if (owned !== 0 && !watched && isOneDigit(n)) {
        if ((owned & 1) !== 0 && isDyingInt(a)) {
          recycle(a, intList, 32);
          mem[a + INT_VALUE] = n;
          if ((owned & 2) !== 0) drop(b);
          return a;
        }
        // Of a, something else holds a reference then: it goes without a sound.
        if ((owned === 2 || (owned === 3 && mem[a]! > 1)) && isDyingInt(b)) {
          recycle(b, intList, 32);
          mem[b + INT_VALUE] = n;
          if (owned === 3) mem[a] = mem[a]! - 1;
          return b;
        }
      }
      r = int(n);
    }
    if ((owned & 1) !== 0) drop(a);
    if ((owned & 2) !== 0) drop(b);
    return r;
  }
  /** The same in the form for ints, which releases b first. */
  function warmInt(n: number, a: number, b: number, owned: number): number {
    if (owned !== 3 || mem[a]! > 1) return intOf(n, a, b, owned);
    if (!watched && isOneDigit(n) && (n > smallMax || n < -5) && isDyingInt(a)) return intOfTwo(n, a, b);
    const r = int(n);
    drop(b);
    drop(a);
    return r;
  }
  /** The int n takes the place of a, which dies after b has been released. */
  function intOfTwo(n: number, a: number, b: number): number {
    const address = intList.size > 0 ? intList.addresses[--intList.size]! : heap.obmalloc.malloc(32);
    drop(b);
    const old = mem[a + ID16]!;
    mem[a + ID16] = address;
    if (intList.size < intList.max) intList.addresses[intList.size++] = old;
    else heap.obmalloc.free(old);
    mem[a + INT_VALUE] = n;
    return a;
  }
  /** The same for floats; an operand may be an int. */
  function floatOf(x: number, a: number, b: number, owned: number): number {
    if (owned !== 0 && !watched) {
      if ((owned & 1) !== 0 && mem[a] === 1 && mem[a + 1] === floatType) {
        recycle(a, floatList, 24);
        f64[(a >> 1) + 1] = x;
        if ((owned & 2) !== 0) drop(b);
        return a;
      }
      if (owned === 2 && mem[b] === 1 && mem[b + 1] === floatType) {
        recycle(b, floatList, 24);
        f64[(b >> 1) + 1] = x;
        return b;
      }
    }
    const r = float(x);
    if ((owned & 1) !== 0) drop(a);
    if ((owned & 2) !== 0) drop(b);
    return r;
  }
  /** What a sum, difference or product of two floats is once its instruction is warm: see floatForm. */
  function floatInto(x: number, a: number, b: number, owned: number): number {
    const endsA = (owned & 1) !== 0;
    const endsB = (owned & 2) !== 0;
    if (!reversed) {
      if (endsA && mem[a] === 1) {
        setFloatValue(ip, a, x);
        if (endsB) drop(b);
        return a;
      }
      if (endsB && mem[b] === 1) {
        setFloatValue(ip, b, x);
        if (endsA) drop(a);
        return b;
      }
      return spent(float(x), a, b, owned);
    }
    if (endsB && mem[b] === 1 && isFreeListed()) {
      if (endsA) drop(a);
      if (isFreeListed()) {
        f64[(b >> 1) + 1] = x;
        return b;
      }
      drop(b);
      return float(x);
    }
    if (endsA && mem[a] === 1 && isFreeListed()) {
      if (endsB) drop(b);
      f64[(a >> 1) + 1] = x;
      return a;
    }
    if (endsA) drop(a);
    if (endsB) drop(b);
    return float(x);
  }
  /** A float that dies now is the next one that is born, and nobody watches. */
  function isFreeListed(): boolean {
    return !watched && floatList.size < floatList.max && !heap.isCollecting;
  }
  /** Two exact ints that own their words: of at most 63 bits each. */
  function areWide(a: number, b: number): boolean {
    return mem[a + 1] === intType && mem[b + 1] === intType && mem[a + INT_LEAF]! <= 0 && mem[b + INT_LEAF]! <= 0;
  }
  /** The operands of an operation that has made `r` go. */
  function spent(r: number, a: number, b: number, owned: number): number {
    if ((owned & 1) !== 0) drop(a);
    if ((owned & 2) !== 0) drop(b);
    return r;
  }
  /** The form of an addition and its like; where `last` is given, it is the one that the instruction had before. */
  function formOf(f: number, pc: number, a: number, b: number): number {
    return binaryForm(ip, f, heap.leaf[mem[mem[f + F_CODE]! + CO_LEAF]!] as CodeRuntime, pc, a, b);
  }
  /** Two big ints, or ints with a big result; `r` has been made of them. */
  function wideOf(r: number, a: number, b: number, owned: number, form: number): number {
    return form === AS_INT && owned === 3 ? spent(r, b, a, 3) : spent(r, a, b, owned);
  }
  function add(f: number, pc: number, a: number, b: number, owned: number, last: number): number {
    if (last !== AS_INT || !areInts(a, b)) return addOther(f, pc, a, b, owned, last);
    return warmInt(mem[a + INT_VALUE]! + mem[b + INT_VALUE]!, a, b, owned);
  }
  function addOther(f: number, pc: number, a: number, b: number, owned: number, last: number): number {
    if (last === AS_FLOAT && areFloats(a, b)) return floatInto(double(a) + double(b), a, b, owned);
    const form = formOf(f, pc, a, b);
    if (areInts(a, b))
      return (form === AS_INT ? warmInt : intOf)(mem[a + INT_VALUE]! + mem[b + INT_VALUE]!, a, b, owned);
    if (areFloats(a, b)) {
      const x = double(a) + double(b);
      return form === AS_FLOAT ? floatInto(x, a, b, owned) : floatOf(x, a, b, owned);
    }
    if (areTexts(a, b)) return form === AS_APPEND ? appended(f, pc, a, b, owned) : textOf(a, b, owned);
    if (areMixed(a, b)) return floatOf(number(a) + number(b), a, b, owned);
    return areWide(a, b) ? wideOf(intAdd(ip, a, b), a, b, owned, form) : 0;
  }
  /** The local that the next instruction stores into gives its str up: see appendForm. */
  function appended(f: number, pc: number, a: number, b: number, owned: number): number {
    if (2 * (mem[a + STR_LENGTH]! + mem[b + STR_LENGTH]!) > MAX_TEXT) return 0;
    const slot = f + F_LOCALSPLUS + (heap.leaf[mem[mem[f + F_CODE]! + CO_LEAF]!] as CodeRuntime).args[pc + 1]!;
    if ((owned & 1) !== 0) drop(a);
    const held = mem[slot]!;
    if ((held & 1) !== 0) inc(a);
    set(slot, 0);
    const r = strAppend(ip, a, b);
    if ((owned & 2) !== 0) drop(b);
    return r;
  }
  /** Two str, one after the other. */
  function textOf(a: number, b: number, owned: number): number {
    const m = mem[a + STR_LENGTH]!;
    const n = mem[b + STR_LENGTH]!;
    // A character may be two units.
    if (2 * (m + n) > MAX_TEXT) return 0;
    let r: number;
    if (m === 0 || n === 0) {
      r = m === 0 ? b : a;
      inc(r);
    } else {
      const text = (heap.leaf[mem[a + STR_LEAF]!] as string) + (heap.leaf[mem[b + STR_LEAF]!] as string);
      r = strOfKind(ip, text, Math.max(mem[a + STR_FLAGS]! & STR_KIND_MASK, mem[b + STR_FLAGS]! & STR_KIND_MASK));
    }
    if ((owned & 1) !== 0) drop(a);
    if ((owned & 2) !== 0) drop(b);
    return r;
  }
  function sub(f: number, pc: number, a: number, b: number, owned: number, last: number): number {
    if (last !== AS_INT || !areInts(a, b)) return subOther(f, pc, a, b, owned, last);
    return warmInt(mem[a + INT_VALUE]! - mem[b + INT_VALUE]!, a, b, owned);
  }
  function subOther(f: number, pc: number, a: number, b: number, owned: number, last: number): number {
    if (last === AS_FLOAT && areFloats(a, b)) return floatInto(double(a) - double(b), a, b, owned);
    const form = formOf(f, pc, a, b);
    if (areInts(a, b))
      return (form === AS_INT ? warmInt : intOf)(mem[a + INT_VALUE]! - mem[b + INT_VALUE]!, a, b, owned);
    if (areFloats(a, b)) {
      const x = double(a) - double(b);
      return form === AS_FLOAT ? floatInto(x, a, b, owned) : floatOf(x, a, b, owned);
    }
    if (areMixed(a, b)) return floatOf(number(a) - number(b), a, b, owned);
    return areWide(a, b) ? wideOf(intSubtract(ip, a, b), a, b, owned, form) : 0;
  }
  function mul(f: number, pc: number, a: number, b: number, owned: number, last: number): number {
    if (last === AS_FLOAT && areFloats(a, b)) return floatInto(double(a) * double(b), a, b, owned);
    const form = formOf(f, pc, a, b);
    if (areInts(a, b)) {
      const product = mem[a + INT_VALUE]! * mem[b + INT_VALUE]!;
      return product <= Number.MAX_SAFE_INTEGER && product >= -Number.MAX_SAFE_INTEGER
        ? (form === AS_INT ? warmInt : intOf)(product + 0, a, b, owned)
        : wideOf(intMultiply(ip, a, b), a, b, owned, form);
    }
    if (areFloats(a, b)) {
      const x = double(a) * double(b);
      return form === AS_FLOAT ? floatInto(x, a, b, owned) : floatOf(x, a, b, owned);
    }
    if (areMixed(a, b)) return floatOf(number(a) * number(b), a, b, owned);
    return areWide(a, b) ? wideOf(intMultiply(ip, a, b), a, b, owned, form) : 0;
  }
  function div(a: number, b: number, owned: number): number {
    if (areFloats(a, b) || areMixed(a, b)) {
      const y = number(b);
      return y === 0 ? 0 : floatOf(number(a) / y, a, b, owned);
    }
    if (!areInts(a, b) || mem[b + INT_VALUE] === 0) return 0;
    return floatOf(mem[a + INT_VALUE]! / mem[b + INT_VALUE]!, a, b, owned);
  }
  function mod(a: number, b: number, owned: number): number {
    if (!areInts(a, b)) return 0;
    const y = mem[b + INT_VALUE]!;
    if (y <= 0) return 0;
    const r = mem[a + INT_VALUE]! % y;
    return intOf(r < 0 ? r + y : r + 0, a, b, owned);
  }
  function floordiv(a: number, b: number, owned: number): number {
    if (!areInts(a, b)) return 0;
    const y = mem[b + INT_VALUE]!;
    return y > 0 ? intOf(Math.floor(mem[a + INT_VALUE]! / y) + 0, a, b, owned) : 0;
  }
  function and(a: number, b: number, owned: number): number {
    if (areInts(a, b)) return intOf(mem[a + INT_VALUE]! & mem[b + INT_VALUE]!, a, b, owned);
    return areWide(a, b) ? spent(intAnd(ip, a, b), a, b, owned) : 0;
  }
  const or = (a: number, b: number, owned: number): number =>
    areInts(a, b) ? intOf(mem[a + INT_VALUE]! | mem[b + INT_VALUE]!, a, b, owned) : 0;
  const xor = (a: number, b: number, owned: number): number =>
    areInts(a, b) ? intOf(mem[a + INT_VALUE]! ^ mem[b + INT_VALUE]!, a, b, owned) : 0;
  function lshift(a: number, b: number, owned: number): number {
    if (!areInts(a, b)) return 0;
    const y = mem[b + INT_VALUE]!;
    return y >= 0 && y <= 20 ? intOf(mem[a + INT_VALUE]! * (1 << y), a, b, owned) : 0;
  }
  function rshift(a: number, b: number, owned: number): number {
    if (!areInts(a, b)) return 0;
    const y = mem[b + INT_VALUE]!;
    return y >= 0 && y < 32 ? intOf(mem[a + INT_VALUE]! >> y, a, b, owned) : 0;
  }
  /** `x = x + b` of a local whose value nobody else holds, as the three instructions do it in that form: 1, or 0. */
  function addTo(f: number, slot: number, b: number, sign: number, form: number): number {
    const a = mem[f + slot]!;
    if ((a & 1) !== 0 || mem[a] !== 1) return 0;
    if (form === AS_INT) {
      if (!areInts(a, b) || !isDyingInt(a)) return 0;
      const n = mem[a + INT_VALUE]! + sign * mem[b + INT_VALUE]!;
      if (n >= ONE_DIGIT || n <= -ONE_DIGIT || (n <= smallMax && n >= -5)) return 0;
      recycle(a, intList, 32);
      mem[a + INT_VALUE] = n;
      return 1;
    }
    return addToOther(f, slot, a, b, sign, form);
  }
  function addToOther(f: number, slot: number, a: number, b: number, sign: number, form: number): number {
    if (form === AS_FLOAT) {
      if (!areFloats(a, b)) return 0;
      recycle(a, floatList, 24);
      f64[(a >> 1) + 1] = double(a) + sign * double(b);
      return 1;
    }
    if (form !== AS_APPEND || !areTexts(a, b)) return 0;
    if (2 * (mem[a + STR_LENGTH]! + mem[b + STR_LENGTH]!) > MAX_TEXT) return 0;
    mem[f + slot] = strAppend(ip, a, b);
    return 1;
  }
  /** The operands of a comparison of numbers or str are released: from the right, unless it is warm and both die. */
  function compared(f: number, pc: number, a: number, b: number): void {
    const bothDie = ((a | b) & 1) === 0 && mem[a] === 1 && mem[b] === 1;
    if (bothDie && comparesLeftFirst(ip, heap.leaf[mem[mem[f + F_CODE]! + CO_LEAF]!] as CodeRuntime, pc, a, b)) {
      drop(a);
      drop(b);
      return;
    }
    if ((b & 1) === 0) drop(b);
    if ((a & 1) === 0) drop(a);
  }

  // Comparisons: 1, 0, or -1: the long way.
  const lt = (a: number, b: number): number =>
    areInts(a, b)
      ? +(mem[a + INT_VALUE]! < mem[b + INT_VALUE]!)
      : areFloats(a, b)
        ? +(double(a) < double(b))
        : areTexts(a, b)
          ? +(compareText(ip, a, b) < 0)
          : -1;
  const le = (a: number, b: number): number =>
    areInts(a, b)
      ? +(mem[a + INT_VALUE]! <= mem[b + INT_VALUE]!)
      : areFloats(a, b)
        ? +(double(a) <= double(b))
        : areTexts(a, b)
          ? +(compareText(ip, a, b) <= 0)
          : -1;
  function eq(a: number, b: number): number {
    if (areInts(a, b)) return +(mem[a + INT_VALUE] === mem[b + INT_VALUE]);
    if (areFloats(a, b)) return +(double(a) === double(b));
    if (areTexts(a, b)) return a === b ? 1 : +strEqual(ip, a, b);
    return -1;
  }
  function ne(a: number, b: number): number {
    const r = eq(a, b);
    return r < 0 ? r : 1 - r;
  }
  const gt = (a: number, b: number): number => lt(b, a);
  const ge = (a: number, b: number): number => le(b, a);
  /** Truth of an object that needs no code for it: 1, 0, -1. */
  function truth(h: number): number {
    if (h === True) return 1;
    if (h === False || h === None) return 0;
    const type = mem[h + 1];
    if (type === intType) return mem[h + INT_LEAF] === 0 ? +(mem[h + INT_VALUE] !== 0) : 1;
    if (type === listType) return +(mem[h + LIST_SIZE] !== 0);
    if (type === tupleType) return +(mem[h + TUPLE_SIZE] !== 0);
    if (type === dictType) return +(mem[h + DICT_USED] !== 0);
    if (type === floatType) return +(double(h) !== 0);
    return -1;
  }

  // ---- names and attributes ---------------------------------------------------------------------------------------------

  function keysVersion(dict: number): number {
    return mem[mem[dict + DICT_KEYS]! + DK_VERSION]!;
  }
  /** A global or builtin that the cache knows: new, or 0. */
  function global(f: number, ic: Int32Array, at: number): number {
    if (keysVersion(mem[f + F_GLOBALS]!) !== ic[at]) return 0;
    if (ic[at + 2] !== 0 && keysVersion(mem[f + F_BUILTINS]!) !== ic[at + 2]) return 0;
    const v = mem[ic[at + 1]!]!;
    inc(v);
    return v;
  }
  function slowGlobal(f: number, pc: number, sp: number, ic: Int32Array, at: number, name: number): number {
    const r = step(f, pc, sp);
    if (r < 0) return r;
    caches.cacheGlobal(ip, ic, at, f, name);
    return mem[f + sp]!;
  }
  /** A name of a module's own code. */
  function name(f: number, ic: Int32Array, at: number): number {
    return mem[f + F_LOCALS] === mem[f + F_GLOBALS] ? global(f, ic, at) : 0;
  }
  function slowName(f: number, pc: number, sp: number, ic: Int32Array, at: number, id: number): number {
    const r = step(f, pc, sp);
    if (r < 0) return r;
    if (caches.runsModule(ip, f)) caches.cacheGlobal(ip, ic, at, f, id);
    return mem[f + sp]!;
  }
  /** Binds a global; the operand lies in the frame: 0, or negative. */
  function storeGlobal(f: number, pc: number, sp: number, ic: Int32Array, at: number, id: number): number {
    if (keysVersion(mem[f + F_GLOBALS]!) !== ic[at]) {
      const r = step(f, pc, sp);
      if (r === 0) caches.cacheStoreGlobal(ip, ic, at, f, id);
      return r;
    }
    const word = ic[at + 1]!;
    const old = mem[word]!;
    if (diesLoudly(old)) return step(f, pc, sp);
    const value = own(mem[f + sp - 1]!);
    set(word, value);
    dropAt(f, pc, sp - 1, old);
    return 0;
  }
  function storeName(f: number, pc: number, sp: number, ic: Int32Array, at: number, id: number): number {
    return mem[f + F_LOCALS] === mem[f + F_GLOBALS] ? storeGlobal(f, pc, sp, ic, at, id) : step(f, pc, sp);
  }
  function versionOf(h: number): number {
    return mem[mem[h + 1]! + TP_VERSION]!;
  }
  /** The place of an own value of an instance, or 0. */
  function valueWord(base: number, i: number): number {
    const capacity = mem[base]!;
    return i < capacity ? base + VALUES_ORDER + ((capacity + 3) >> 2) + i : 0;
  }
  /** The place of an attribute that the cache knows for the object's type, or 0. */
  function cachedWord(h: number, ic: Int32Array, at: number): number {
    const i = ic[at + 2]!;
    return i === IN_SLOT ? h + ic[at + 1]! : valueWord(h + ic[at + 1]!, i);
  }
  /** What the table says of an object and a name: the entry, or -1. */
  function entry(h: number, name: number): number {
    const type = mem[h + 1]!;
    const version = mem[type + TP_VERSION]!;
    if (version === 0) return -1;
    const at = AttributeTable.at(version, name);
    return table[at] === version && table[at + 1] === name ? at : -1;
  }
  function classEntry(h: number, name: number): number {
    const version = mem[h + TP_VERSION]!;
    if (version === 0) return -1;
    const at = AttributeTable.at(~version, name);
    return table[at] === ~version && table[at + 1] === name ? at : -1;
  }
  /** An attribute, with a cache for one type: new, or 0. */
  function attr(h: number, name: number, ic: Int32Array, at: number): number {
    if (versionOf(h) !== ic[at]) return anyAttr(h, name, ic, at);
    const word = cachedWord(h, ic, at);
    if (word === 0) return 0;
    const v = mem[word]!;
    if (v !== 0) inc(v);
    return v;
  }
  function anyAttr(h: number, name: number, ic: Int32Array, at: number): number {
    const type = mem[h + 1]!;
    if (type === moduleType) return moduleAttr(h, name);
    const e = type === typeType ? classEntry(h, name) : entry(h, name);
    if (e < 0) return 0;
    const kind = table[e + 2]!;
    const values = kind >> ATTRIBUTE_BITS;
    let v = 0;
    switch (kind & ATTRIBUTE_MASK) {
      case Attribute.Value: {
        ic[at + 1] = values;
        ic[at + 2] = table[e + 3]!;
        ic[at] = mem[type + TP_VERSION]!;
        const word = valueWord(h + values, table[e + 3]!);
        if (word !== 0) v = mem[word]!;
        break;
      }
      case Attribute.Slot:
        ic[at + 1] = table[e + 3]!;
        ic[at + 2] = IN_SLOT;
        ic[at] = mem[type + TP_VERSION]!;
        v = mem[h + table[e + 3]!]!;
        break;
      case Attribute.Class:
        if (values === 0 || mem[h + values] !== 0) v = table[e + 3]!;
        break;
    }
    if (v !== 0) inc(v);
    return v;
  }
  /** A name that a module has, and its type has not. */
  function moduleAttr(h: number, name: number): number {
    if (typeLookup(ip, types.module, name) !== 0) return 0;
    const v = dictGetKnown(ip, mem[h + MD_DICT]!, name);
    if (v !== 0) inc(v);
    return v;
  }
  function slowAttr(f: number, pc: number, sp: number, h: number, id: number): number {
    const e = entry(h, id);
    const kind = e < 0 ? Attribute.Unknown : table[e + 2]! & ATTRIBUTE_MASK;
    let v = 0;
    if (kind === Attribute.Dict) {
      const dict = mem[h + table[e + 3]!]!;
      if (dict !== 0) v = dictGetKnown(ip, dict, id);
      if (v !== 0) inc(v);
    } else if (kind === Attribute.Getset) {
      mem[f + F_PC] = pc + 1;
      mem[f + F_SP] = f + sp;
      v = getGetset(ip, table[e + 3]!, h, mem[h + 1]!);
      if (v === 0) return failed(f, pc, FAILED);
    }
    if (v !== 0) {
      const owner = mem[f + sp - 1]!;
      mem[f + sp - 1] = v;
      dropWord(f, pc, sp, owner);
      return v;
    }
    attributes.note(ip, h, id);
    return slow(f, pc, sp);
  }
  /** The word's reference becomes an attribute: 1, or 0. `uncounted`: the stack holds no reference to the owner. */
  function setAttr(
    f: number,
    pc: number,
    sp: number,
    h: number,
    name: number,
    word: number,
    ic: Int32Array,
    cache: number,
    uncounted: number,
  ): number {
    if (versionOf(h) === ic[cache]) {
      const known = cachedWord(h, ic, cache);
      const old = known === 0 ? 0 : mem[known]!;
      if (old === 0) {
        if (known !== 0) {
          if (ic[cache + 2] !== IN_SLOT) inlineAdded(ip, h + ic[cache + 1]!, ic[cache + 2]!);
          set(known, own(word));
          return 1;
        }
      } else if (uncounted === 1 || !diesLoudly(old)) {
        const value = own(word);
        set(known, value);
        dropAt(f, pc, sp, old);
        return 1;
      }
    }
    const e = entry(h, name);
    if (e < 0) return 0;
    const kind = table[e + 2]!;
    let at = 0;
    if ((kind & ATTRIBUTE_MASK) === Attribute.Value) {
      const base = h + (kind >> ATTRIBUTE_BITS);
      at = valueWord(base, table[e + 3]!);
      if (at === 0 || ip.tp(h).tp_setattro !== setGeneric) return 0;
      ic[cache + 1] = kind >> ATTRIBUTE_BITS;
      ic[cache + 2] = table[e + 3]!;
      ic[cache] = mem[mem[h + 1]! + TP_VERSION]!;
      if (mem[at] === 0) inlineAdded(ip, base, table[e + 3]!);
    } else if ((kind & ATTRIBUTE_MASK) === Attribute.Slot) {
      if (ip.tp(h).tp_setattro !== setGeneric) return 0;
      at = h + table[e + 3]!;
      ic[cache + 1] = table[e + 3]!;
      ic[cache + 2] = IN_SLOT;
      ic[cache] = mem[mem[h + 1]! + TP_VERSION]!;
    } else return 0;
    const old = mem[at]!;
    if (old !== 0 && diesLoudly(old)) return 0;
    const value = own(word);
    set(at, value);
    if (old !== 0) dropAt(f, pc, sp, old);
    return 1;
  }
  function slowSetAttr(f: number, pc: number, sp: number, h: number, id: number): number {
    if (ip.tp(h).tp_setattro === setGeneric) {
      const e = entry(h, id);
      if (e >= 0 && table[e + 2] === Attribute.Dict && setInDict(f, pc, sp, h + table[e + 3]!, id) === 1) return 0;
      attributes.note(ip, h, id);
    }
    return step(f, pc, sp);
  }
  /** STORE_ATTR of an instance that has a dict and no values: 1, or 0. */
  function setInDict(f: number, pc: number, sp: number, word: number, id: number): number {
    let d = mem[word]!;
    if (d === 0) {
      d = newDict(ip);
      set(word, d);
    }
    if (mem[d + 1] !== dictType || mem[d + DICT_EMBEDDED] !== 0) return 0;
    if (mem[d + DICT_KEYS] === 0) {
      strHash(ip, id);
      dictInsertMissing(ip, d, id, mem[id + STR_HASH_LO]!, mem[id + STR_HASH_HI]!, mem[f + sp - 2]! & -2);
    } else {
      const place = dictWord(d, id);
      if (place >= 0) return 0;
      insertMissing(d, id, mem[f + sp - 2]! & -2, 0);
    }
    const value = mem[f + sp - 2]!;
    const owner = mem[f + sp - 1]!;
    mem[f + F_PC] = pc + 1;
    mem[f + F_SP] = f + sp - 2;
    dropWord(f, pc, sp - 2, reversed ? owner : value);
    dropWord(f, pc, sp - 2, reversed ? value : owner);
    return 1;
  }
  /** A method of the type that the instance has no attribute in front of: new, or 0. */
  function method(h: number, name: number): number {
    const e = entry(h, name);
    if (e < 0) return 0;
    const kind = table[e + 2]!;
    if ((kind & ATTRIBUTE_MASK) !== Attribute.Method) return 0;
    const values = kind >> ATTRIBUTE_BITS;
    if (values !== 0 && mem[h + values] === 0) return 0;
    const descr = table[e + 3]!;
    inc(descr);
    return descr;
  }
  /** LOAD_ATTR for a call of what is no plain method; the owner lies in the frame. */
  function slowMethod(f: number, pc: number, sp: number, h: number, id: number, ic: Int32Array, at: number): number {
    const v = anyAttr(h, id, ic, at);
    if (v === 0) {
      attributes.note(ip, h, id);
      return step(f, pc, sp);
    }
    const owner = mem[f + sp - 1]!;
    mem[f + sp - 1] = v;
    mem[f + sp] = 0;
    dropWord(f, pc, sp + 1, owner);
    return 0;
  }

  // ---- items ------------------------------------------------------------------------------------------------------------

  /**
   * The word of a key's value in a dict's own table, for a str or an int of one word: -1 if the key is missing, 0 if it
   * takes more to find out.
   */
  function dictWord(d: number, key: number): number {
    const keys = mem[d + DICT_KEYS]!;
    if (keys === 0) return 0;
    const isText = mem[key + 1] === strType;
    let low: number;
    let high: number;
    if (isText) {
      if (mem[keys + DK_KIND] !== KIND_UNICODE) return 0;
      if ((mem[key + STR_FLAGS]! & STR_HASH_KNOWN) === 0) strHash(ip, key);
      low = mem[key + STR_HASH_LO]!;
      high = mem[key + STR_HASH_HI]!;
    } else {
      // The hash of an int of one word is its value, but -1's.
      low = mem[key + INT_VALUE]!;
      if (mem[key + 1] !== intType || mem[key + INT_LEAF] !== 0 || low === -1) return 0;
      high = low < 0 ? -1 : 0;
    }
    const mask = (1 << mem[keys + DK_LOG2_SIZE]!) - 1;
    const indices = keys + DK_INDICES;
    const entries = indices + mask + 1;
    let i = low & mask;
    let perturbLow = low;
    let perturbHigh = high;
    for (;;) {
      const ix = mem[indices + i]!;
      if (ix === 0) return -1;
      if (ix > 0) {
        const e = entries + ((ix - 1) << ENTRY_SHIFT);
        const k = mem[e + ENTRY_KEY]!;
        if (k === key) return e + ENTRY_VALUE;
        if (mem[e] === low && mem[e + ENTRY_HASH_HIGH] === high) {
          if (!isText) return mem[k + 1] === intType && mem[k + INT_LEAF] === 0 ? e + ENTRY_VALUE : 0;
          if (strEqual(ip, k, key)) return e + ENTRY_VALUE;
        }
      }
      perturbLow = (perturbLow >>> 5) | (perturbHigh << 27);
      perturbHigh >>>= 5;
      i = (i * 5 + perturbLow + 1) & mask;
    }
  }
  /** Inserts a key of which `dictWord` says that it is missing. Bits of `owned`: 1 the key is stolen, 2 the value. */
  function insertMissing(d: number, key: number, value: number, owned: number): void {
    const keys = mem[d + DICT_KEYS]!;
    const isText = mem[key + 1] === strType;
    const low = isText ? mem[key + STR_HASH_LO]! : mem[key + INT_VALUE]!;
    const high = isText ? mem[key + STR_HASH_HI]! : low < 0 ? -1 : 0;
    if (
      mem[keys + DK_USABLE]! <= 0 ||
      (!isText && (mem[keys + DK_KIND] === KIND_UNICODE || mem[d + DICT_EMBEDDED] !== 0)) ||
      (lazyDictTracking && mem[d + GC_NEXT] === 0)
    ) {
      dictInsertMissing(ip, d, key, low, high, value);
      if ((owned & 1) !== 0) drop(key);
      if ((owned & 2) !== 0) drop(value);
      return;
    }
    if ((owned & 1) === 0) inc(key);
    if ((owned & 2) === 0) inc(value);
    const n = mem[keys + DK_NENTRIES]!;
    const mask = (1 << mem[keys + DK_LOG2_SIZE]!) - 1;
    const indices = keys + DK_INDICES;
    let i = low & mask;
    if (mem[indices + i]! > 0) {
      let perturbLow = low;
      let perturbHigh = high;
      do {
        perturbLow = (perturbLow >>> 5) | (perturbHigh << 27);
        perturbHigh >>>= 5;
        i = (i * 5 + perturbLow + 1) & mask;
      } while (mem[indices + i]! > 0);
    }
    i += indices;
    if (watched) note2((i << 1) | +(mem[i] !== 0), (d << KIND_SHIFT) | APPENDED);
    mem[i] = n + 1;
    const e = indices + mask + 1 + (n << ENTRY_SHIFT);
    mem[e] = low;
    mem[e + ENTRY_HASH_HIGH] = high;
    mem[e + ENTRY_KEY] = key;
    mem[e + ENTRY_VALUE] = value;
    mem[keys + DK_USABLE] = mem[keys + DK_USABLE]! - 1;
    mem[keys + DK_NENTRIES] = n + 1;
    mem[keys + DK_VERSION] = 0;
    mem[d + DICT_USED] = mem[d + DICT_USED]! + 1;
  }
  /** MAP_ADD: 1, or 0: the long way. */
  function mapAdd(d: number, key: number, value: number, owned: number): number {
    const place = dictWord(d, key);
    if (place < 0) insertMissing(d, key, value, owned);
    return +(place < 0);
  }
  /** `item in container` where no code runs to find it: 1, 0, or -1. */
  function holds(container: number, item: number): number {
    const type = mem[container + 1];
    if (type === dictType) {
      const word = dictWord(container, item);
      return word === 0 ? -1 : +(word > 0);
    }
    let at: number;
    let n: number;
    if (type === listType) {
      at = mem[container + LIST_ITEMS]!;
      n = mem[container + LIST_SIZE]!;
    } else if (type === tupleType) {
      at = container + TUPLE_ITEMS;
      n = mem[container + TUPLE_SIZE]!;
    } else return -1;
    const known = mem[item + 1];
    if (known !== strType && (known !== intType || mem[item + INT_LEAF] !== 0)) return -1;
    for (let i = at; i < at + n; i++) {
      const x = mem[i]!;
      if (x === item) return 1;
      // An int differs from an int of another value, a str from a str; what else there is may be asked.
      if (mem[x + 1] !== known) return -1;
      if (known === strType) {
        if (strEqual(ip, x, item)) return 1;
      } else if (mem[x + INT_VALUE] === mem[item + INT_VALUE] && mem[x + INT_LEAF] === 0) return 1;
    }
    return 0;
  }
  /** `d[key]` where no code runs to find it: borrowed, or 0. */
  function dictItem(d: number, key: number): number {
    const word = dictWord(d, key);
    if (word !== 0) return word > 0 ? mem[word]! : 0;
    const isText = mem[key + 1] === strType && mem[d + DICT_KEYS] !== 0;
    return isText && mem[mem[d + DICT_KEYS]! + DK_KIND] === KIND_UNICODE ? dictGetKnown(ip, d, key) : 0;
  }
  /** `container[key]` of a list, tuple or dict: new, or 0. */
  function item(h: number, key: number): number {
    const type = mem[h + 1];
    let v = 0;
    if (type === dictType) v = dictItem(h, key);
    else if (mem[key + 1] === intType && mem[key + INT_LEAF] === 0) {
      let i = mem[key + INT_VALUE]!;
      if (type === listType) {
        const n = mem[h + LIST_SIZE]!;
        if (i < 0) i += n;
        if (i >= 0 && i < n) v = mem[mem[h + LIST_ITEMS]! + i]!;
      } else if (type === tupleType) {
        const n = mem[h + TUPLE_SIZE]!;
        if (i < 0) i += n;
        if (i >= 0 && i < n) v = mem[h + TUPLE_ITEMS + i]!;
      }
    } else if (mem[key + 1] === sliceType && mem[key + SLICE_STEP] === None) {
      return plainSlice(ip, h, mem[key + SLICE_START]!, mem[key + SLICE_STOP]!);
    }
    if (v !== 0) inc(v);
    return v;
  }
  /** `container[key] = value` of a list, or of a dict that needs no code for the key: 1, or 0. The word's reference is taken. */
  function setItem(f: number, pc: number, sp: number, h: number, key: number, word: number, uncounted: number): number {
    const type = mem[h + 1];
    const small = mem[key + 1] === intType && mem[key + INT_LEAF] === 0;
    if (type === listType) {
      if (!small) return 0;
      let i = mem[key + INT_VALUE]!;
      const n = mem[h + LIST_SIZE]!;
      if (i < 0) i += n;
      if (i < 0 || i >= n) return 0;
      const at = mem[h + LIST_ITEMS]! + i;
      const old = mem[at]!;
      if (uncounted === 0 && diesLoudly(old)) return 0;
      const value = own(word);
      set(at, value);
      dropAt(f, pc, sp, old);
      return 1;
    }
    if (type !== dictType) return 0;
    const place = dictWord(h, key);
    // In 3.13 a dict is tracked once it needs to be.
    if (place > 0 && mem[h + GC_NEXT] !== 0) {
      const old = mem[place]!;
      if (diesLoudly(old)) return 0;
      const value = own(word);
      if (old !== value) set(place, value);
      dropAt(f, pc, sp, old);
      return 1;
    }
    if (place < 0) {
      mem[f + F_PC] = pc + 1;
      mem[f + F_SP] = f + sp;
      insertMissing(h, key, own(word), 2);
      return 1;
    }
    const keys = mem[h + DICT_KEYS]!;
    if (keys === 0 || mem[keys + DK_KIND] !== KIND_UNICODE || mem[key + 1] !== strType) return 0;
    const known = dictGetKnown(ip, h, key);
    if (known !== 0 && diesLoudly(known)) return 0;
    mem[f + F_PC] = pc + 1;
    mem[f + F_SP] = f + sp;
    const value = own(word);
    dictSet(ip, h, key, value);
    heap.decref(value);
    return 1;
  }
  /** Appends an owned reference. */
  function append(list: number, value: number): void {
    const n = mem[list + LIST_SIZE]!;
    if (n >= mem[list + LIST_ALLOCATED]!) listAppendStolen(ip, list, value);
    else {
      if (watched) note(((list | 1) << KIND_SHIFT) | APPENDED);
      mem[mem[list + LIST_ITEMS]! + n] = value;
      mem[list + LIST_SIZE] = n + 1;
    }
  }
  /** Spreads a tuple or list of exactly n items over the frame's words from `sp - 1` on, the first on top: 1, or 0. */
  function unpack(f: number, pc: number, sp: number, n: number): number {
    const word = mem[f + sp - 1]!;
    const h = word & -2;
    let from: number;
    if (mem[h + 1] === tupleType && mem[h + TUPLE_SIZE] === n) from = h + TUPLE_ITEMS;
    else if (mem[h + 1] === listType && mem[h + LIST_SIZE] === n) from = mem[h + LIST_ITEMS]!;
    else return step(f, pc, sp);
    const to = f + sp - 2 + n;
    for (let i = 0; i < n; i++) {
      const v = mem[from + i]!;
      inc(v);
      mem[to - i] = v;
    }
    dropWord(f, pc, sp - 1 + n, word);
    return 0;
  }
  function tuple(f: number, sp: number, n: number): number {
    return n === 0 ? ip.emptyTuple : raising.newTuple(f + sp - n, n, true);
  }
  function list(f: number, sp: number, n: number): number {
    const made = raising.newList(n);
    const to = mem[made + LIST_ITEMS]!;
    for (let i = 0; i < n; i++) mem[to + i] = own(mem[f + sp - n + i]!);
    return made;
  }

  /** FOR_ITER; the iterator lies in the frame: the item, 0 at the end, or negative. */
  function next(f: number, pc: number, sp: number): number {
    const it = mem[f + sp - 1]! & -2;
    const type = mem[it + 1];
    if (type === rangeIterator) {
      const left = mem[it + RI_LEFT]!;
      if (mem[it + RI_LEAF] === 0) {
        if (left <= 0) return 0;
        const value = mem[it + RI_NEXT]!;
        if (mem[it + RI_STEP] === 1) countUp(it + RI_NEXT);
        else if (mem[it + RI_STEP] === -1) countDown(it + RI_NEXT);
        else set(it + RI_NEXT, value + mem[it + RI_STEP]!);
        countDown(it + RI_LEFT);
        return int(value);
      }
    } else if (type === listIterator || type === tupleIterator) {
      const seq = mem[it + IT_SEQ]!;
      if (seq !== 0) {
        const i = mem[it + IT_INDEX]!;
        const isList = type === listIterator;
        if (i < mem[seq + (isList ? LIST_SIZE : TUPLE_SIZE)]!) {
          countUp(it + IT_INDEX);
          const v = mem[isList ? mem[seq + LIST_ITEMS]! + i : seq + TUPLE_ITEMS + i]!;
          inc(v);
          return v;
        }
      }
    } else if (type === asciiIterator) {
      const seq = mem[it + STR_IT_SEQ]!;
      if (seq !== 0) {
        const unit = mem[it + STR_IT_UNIT]!;
        if (unit < mem[seq + STR_LENGTH]!) {
          set(it + STR_IT_UNIT, unit + 1);
          return latin1[(heap.leaf[mem[seq + STR_LEAF]!] as string).charCodeAt(unit)]!;
        }
      }
    }
    mem[f + F_PC] = pc + 1;
    mem[f + F_SP] = f + sp;
    if (type === generatorType && mem[it + GEN_STATE]! < 0) return nextOfGenerator(f, pc, it);
    const v = ip.tp(it).tp_iternext!(ip, it);
    if (v !== 0 || ip.currentException === 0) return v;
    if (!ip.errorMatches('StopIteration')) return failed(f, pc, FAILED);
    ip.clearError();
    return 0;
  }
  /** FOR_ITER and the STORE_FAST behind it: 1, 0 at the end, or negative. */
  function nextInto(f: number, pc: number, sp: number, slot: number): number {
    const it = mem[f + sp - 1]! & -2;
    if (mem[it + 1] === rangeIterator && mem[it + RI_LEAF] === 0) {
      const left = mem[it + RI_LEFT]!;
      if (left <= 0) return 0;
      const n = mem[it + RI_NEXT]!;
      mem[it + RI_NEXT] = n + mem[it + RI_STEP]!;
      mem[it + RI_LEFT] = left - 1;
      const old = mem[f + slot]!;
      if (n > smallMax && n < ONE_DIGIT && (old & 1) === 0 && mem[old + 1] === intType && isDyingInt(old)) {
        recycle(old, intList, 32);
        mem[old + INT_VALUE] = n;
      } else store(f, slot, int(n), pc + 1, sp);
      return 1;
    }
    const v = next(f, pc, sp);
    if (v <= 0) return v;
    store(f, slot, v, pc + 1, sp);
    return 1;
  }
  /**
   * FOR_ITER and the UNPACK_SEQUENCE behind it, of an iterator that gives pairs: 1 with the pair on the stack, 2 with an
   * item there that is to be unpacked, 0 at the end, or negative. Nobody sees that the tuple of the pair is not handed out.
   */
  function nextPair(f: number, pc: number, sp: number): number {
    const it = mem[f + sp - 1]! & -2;
    const type = mem[it + 1];
    if (type === itemIterator) {
      const d = mem[it + DI_DICT]!;
      const pair = mem[it + DI_RESULT]!;
      const left = mem[it + DI_LEN]!;
      if (d !== 0 && left > 0 && mem[it + DI_USED] === mem[d + DICT_USED] && isQuietPair(pair)) {
        const keys = mem[d + DICT_KEYS]!;
        const n = mem[keys + DK_NENTRIES]!;
        let i = mem[it + DI_POS]!;
        let e = keys + DK_INDICES + (1 << mem[keys + DK_LOG2_SIZE]!) + (i << ENTRY_SHIFT);
        while (i < n && mem[e + ENTRY_VALUE] === 0) {
          i++;
          e += 1 << ENTRY_SHIFT;
        }
        if (i < n) {
          if (i === mem[it + DI_POS]) countUp(it + DI_POS);
          else set(it + DI_POS, i + 1);
          countDown(it + DI_LEN);
          const key = mem[e + ENTRY_KEY]!;
          inc(key);
          const value = mem[e + ENTRY_VALUE]!;
          inc(value);
          return givePair(f + sp, pair, key, value);
        }
      }
    } else if (type === enumerateType) {
      const inner = mem[it + EN_SIT]!;
      const pair = mem[it + EN_RESULT]!;
      const number = mem[it + EN_INDEX]!;
      const seq = mem[inner + 1] === listIterator ? mem[inner + IT_SEQ]! : 0;
      if (seq !== 0 && mem[it + EN_LONG] === 0 && number < ONE_DIGIT && isQuietPair(pair)) {
        const i = mem[inner + IT_INDEX]!;
        if (i < mem[seq + LIST_SIZE]!) {
          countUp(inner + IT_INDEX);
          const item = mem[mem[seq + LIST_ITEMS]! + i]!;
          inc(item);
          const index = int(number);
          countUp(it + EN_INDEX);
          return givePair(f + sp, pair, index, item);
        }
      }
    }
    const v = next(f, pc, sp);
    if (v <= 0) return v;
    mem[f + sp] = v;
    return 2;
  }
  /** The result tuple of an iterator can take new items, and giving up the old ones runs no code. */
  function isQuietPair(pair: number): boolean {
    return (
      mem[pair] === 1 &&
      mem[pair + GC_NEXT] !== 0 &&
      mem[pair + TUPLE_ITEMS + 2 + HASHED] === 0 &&
      !diesLoudly(mem[pair + TUPLE_ITEMS]!) &&
      !diesLoudly(mem[pair + TUPLE_ITEMS + 1]!)
    );
  }
  /** The two (stolen) go into the tuple, and are unpacked from there to the stack. */
  function givePair(at: number, pair: number, first: number, second: number): number {
    const old0 = mem[pair + TUPLE_ITEMS]!;
    const old1 = mem[pair + TUPLE_ITEMS + 1]!;
    set(pair + TUPLE_ITEMS, first);
    set(pair + TUPLE_ITEMS + 1, second);
    drop(old0);
    drop(old1);
    inc(first);
    inc(second);
    mem[at + 1] = first;
    mem[at] = second;
    return 1;
  }
  /** `enterGenerator` for generated code: the frame, or 0 with RecursionError. */
  function enter(gen: number, value: number): number {
    if (ip.recursionDepth >= ip.recursionLimit) return enterGenerator(ip, gen, value, 0);
    const g = mem[gen + GEN_FRAME]!;
    const sp = mem[g + F_SP]!;
    if (watched) {
      if (heap.log !== null && heap.log.onFrame !== null) heap.log.onFrame(g, false);
      noteSpan(g + F_PREVIOUS, F_FLAGS - F_PREVIOUS + 1);
      const stack = g + F_LOCALSPLUS + mem[mem[g + F_CODE]! + CO_NLOCALSPLUS]!;
      for (let i = stack; i < sp; i++) noteWord(i);
      noteWord(gen + GEN_STATE);
      if (mem[gen + GEN_EXC] !== 0) noteWord(gen + GEN_EXC);
    }
    mem[sp] = value;
    mem[g + F_SP] = sp + 1;
    mem[gen + GEN_STATE] = GEN_EXECUTING;
    mem[g + F_PREVIOUS] = ip.frame;
    mem[g + F_FLAGS] = 0;
    ip.excItems.push(mem[gen + GEN_EXC]!);
    mem[gen + GEN_EXC] = 0;
    ip.recursionDepth++;
    ip.frame = g;
    return g;
  }
  function nextOfGenerator(f: number, pc: number, gen: number): number {
    const g = enter(gen, None);
    if (g === 0) return failed(f, pc, FAILED);
    const v = generating.resume(g);
    if (v < 0) return failed(f, pc, v);
    if (mem[gen + GEN_FRAME] !== 0 && mem[gen + GEN_STATE]! < 0) return v;
    ip.decref(v);
    return 0;
  }

  // ---- calls --------------------------------------------------------------------------------------------------------------

  /** Runs a frame that has been pushed, to its end: its value, or FAILED, PAUSED, SWITCH. */
  function callFrame(g: number): number {
    const code = codeRuntime(ip, mem[g + F_CODE]!);
    const tier = watched ? code.watchedTier : code.tier;
    if (tier !== null && ip.traceFunction === 0 && ip.profileFunction === 0) {
      const entry = tier.entries[mem[g + F_PC]!]!;
      if (entry !== 0) {
        const need = tier.registers + CALL_REGISTERS;
        if (ip.tierRoom < need) return SWITCH;
        ip.tierRoom -= need;
        const r = tier.run(g, entry);
        ip.tierRoom += need;
        return r > 0 ? r : ended(r, g);
      }
    }
    return callPlain(g, false);
  }
  function ended(r: number, g: number): number {
    return r === RAISED ? FAILED : r === HANDED_BACK ? callPlain(g, true) : r;
  }
  function callPlain(g: number, handedBack: boolean): number {
    if (ip.tierRoom < PLAIN_REGISTERS) return SWITCH;
    ip.tierRoom -= PLAIN_REGISTERS;
    const r = runCallee(ip, g, handedBack);
    ip.tierRoom += PLAIN_REGISTERS;
    return r === RAISED ? FAILED : r;
  }
  /** A frame for a function of `n` positional parameters, which are to be moved in, with F_FUNC; 0: the long way says why. */
  function push(f: number, func: number, k: number, n: number): number {
    const g = ip.dataTop;
    const top = g + mem[k + CO_FRAME_WORDS]!;
    if (ip.recursionDepth >= ip.recursionLimit || top > dataStackEnd) return 0;
    ip.recursionDepth++;
    ip.dataTop = top;
    mem[g + F_CODE] = k;
    inc(k);
    mem[g + F_GLOBALS] = mem[func + FUNC_GLOBALS]!;
    mem[g + F_BUILTINS] = mem[func + FUNC_BUILTINS]!;
    mem[g + F_LOCALS] = 0;
    mem[g + F_FRAMEOBJ] = 0;
    mem[g + F_PREVIOUS] = f;
    mem[g + F_PC] = 0;
    mem[g + F_OWNER] = OWNED_BY_THREAD;
    mem[g + F_FLAGS] = 0;
    mem[g + F_GENERATOR] = 0;
    const locals = g + F_LOCALSPLUS;
    const end = locals + mem[k + CO_NLOCALSPLUS]!;
    for (let i = locals + n; i < end; i++) mem[i] = 0;
    mem[g + F_SP] = end;
    return g;
  }
  /** Runs the frame just pushed for a function's code, from its start. */
  function run(f: number, pc: number, g: number, k: number): number {
    ip.frame = g;
    const code = heap.leaf[mem[k + CO_LEAF]!] as CodeRuntime;
    const tier = watched ? code.watchedTier : code.tier;
    if (tier === null || ip.traceFunction !== 0 || ip.profileFunction !== 0) {
      const r = callPlain(g, false);
      return r > 0 ? r : failed(f, pc, r);
    }
    const need = tier.registers + CALL_REGISTERS;
    if (ip.tierRoom < need) return SWITCH;
    ip.tierRoom -= need;
    const r = tier.run(g, 1);
    ip.tierRoom += need;
    return r > 0 ? r : runEnded(f, pc, r, g);
  }
  function runEnded(f: number, pc: number, r: number, g: number): number {
    const v = ended(r, g);
    return v > 0 ? v : failed(f, pc, v);
  }
  /** CALL; the operands lie in the frame up to `sp`. The result, or negative. */
  function call(f: number, pc: number, sp: number, n: number): number {
    const base = f + sp - n - 2;
    const word = mem[base]!;
    const h = word & -2;
    const type = mem[h + 1];
    if (type === functionType) {
      const k = mem[h + FUNC_CODE]!;
      const count = mem[base + 1] === 0 ? n : n + 1;
      const missing = mem[k + CO_POSITIONAL]! - count;
      const defaults = missing > 0 ? mem[h + FUNC_DEFAULTS]! : 0;
      if (missing === 0 || (defaults !== 0 && missing <= mem[defaults + TUPLE_SIZE]!)) {
        const g = push(f, h, k, count);
        if (g !== 0) {
          mem[g + F_FUNC] = own(word);
          const first = base + 2 + n - count;
          const locals = g + F_LOCALSPLUS;
          for (let i = 0; i < count; i++) mem[locals + i] = mem[first + i]!;
          for (let i = 0; i < missing; i++) {
            const value = mem[defaults + TUPLE_ITEMS + mem[defaults + TUPLE_SIZE]! - missing + i]!;
            inc(value);
            mem[locals + count + i] = value;
          }
          mem[f + F_PC] = pc + 1;
          mem[f + F_SP] = base;
          return run(f, pc, g, k);
        }
      }
      return slow(f, pc, sp);
    }
    if (type === typeType) return mem[base + 1] === 0 ? callType(f, pc, sp, n, base, h) : slow(f, pc, sp);
    if (type === builtinType || type === descriptorType) return native(f, pc, sp, n, base, h);
    if (type === wrapperType && mem[base + 1] !== 0) {
      mem[f + F_PC] = pc + 1;
      mem[f + F_SP] = f + sp;
      return endCall(f, pc, n, base, raising.callWrapper(h, base + 1, n + 1));
    }
    return slow(f, pc, sp);
  }
  /** CALL_ALLOC_AND_ENTER_INIT: the instance waits on the stack while `__init__` runs. */
  function callType(f: number, pc: number, sp: number, n: number, base: number, type: number): number {
    const slots = heap.types[mem[type + 2]!]!;
    const warm = (heap.leaf[mem[mem[f + F_CODE]! + CO_LEAF]!] as CodeRuntime).warm;
    if (warm[pc] === 0) return slow(f, pc, sp);
    if (mem[type + TP_VERSION] === 0 || slots.initVersion !== mem[type + TP_VERSION]) caches.cacheInit(ip, slots);
    const init = slots.pythonInit;
    if (init === 0) {
      if (hasVectorcall(ip, slots)) {
        mem[f + F_PC] = pc + 1;
        mem[f + F_SP] = f + sp;
        return endCall(f, pc, n, base, raising.newException(slots, base + 2, n));
      }
      const ownInit = slots.exceptionInit;
      if (ownInit === 0 || mem[mem[ownInit + FUNC_CODE]! + CO_POSITIONAL] !== n + 1)
        return callOther(f, pc, sp, n, base, type);
      mem[f + F_PC] = pc + 1;
      mem[f + F_SP] = f + sp;
      return endCall(f, pc, n, base, raising.makeException(slots, ownInit, base + 2, n));
    }
    const k = mem[init + FUNC_CODE]!;
    if (
      mem[k + CO_POSITIONAL] !== n + 1 ||
      ip.recursionDepth >= ip.recursionLimit ||
      ip.dataTop + mem[k + CO_FRAME_WORDS]! > dataStackEnd
    )
      return slow(f, pc, sp);
    const self = allocInstance(ip, slots);
    inc(self);
    inc(init);
    const g = push(f, init, k, n + 1);
    mem[g + F_FUNC] = init;
    mem[g + F_FLAGS] = FLAG_INIT;
    mem[g + F_LOCALSPLUS] = self;
    for (let i = 0; i < n; i++) mem[g + F_LOCALSPLUS + 1 + i] = mem[base + 2 + i]!;
    ip.recursionDepth++;
    const word = mem[base]!;
    if ((word & 1) === 0) drop(word);
    mem[base] = self;
    mem[f + F_PC] = pc + 1;
    mem[f + F_SP] = base + 1;
    const r = run(f, pc, g, k);
    if (r === None) return self;
    if (r < 0) return r;
    deliver(ip, r, true);
    return failed(f, pc, FAILED);
  }
  function native(f: number, pc: number, sp: number, n: number, base: number, h: number): number {
    let first = base + 2;
    let count = n;
    let self: number;
    if (mem[h + 1] === builtinType) {
      self = mem[h + M_SELF]!;
      if (mem[base + 1] !== 0) {
        first--;
        count++;
      }
    } else {
      self = mem[base + 1]! & -2;
      if (self === 0 || mem[self + 1] !== mem[h + D_TYPE]) return slow(f, pc, sp);
      if (h === listAppend && n === 1) return callAppend(f, pc, base, self);
      const short =
        h === dictGet || h === dictSetdefault
          ? dictMethod(base, self, n, h === dictSetdefault)
          : h === listPop && n === 0
            ? lastItem(self)
            : 0;
      if (short !== 0) {
        mem[f + F_PC] = pc + 1;
        return endCall(f, pc, n, base, short);
      }
    }
    const method = heap.leaf[mem[h + M_LEAF]!] as NativeMethod;
    const { convention } = method;
    mem[f + F_PC] = pc + 1;
    mem[f + F_SP] = f + sp;
    if (convention === CALL_FAST ? count < method.min || count > method.max : convention > CALL_KEYWORDS)
      return slow(f, pc, sp);
    if (convention <= CALL_O && count !== convention) return slow(f, pc, sp);
    if (!ip.enterRecursive(CALLING)) return failed(f, pc, FAILED);
    let r: number;
    if (convention === CALL_O) r = method.call(ip, self, mem[first]! & -2);
    else if (convention === CALL_NOARGS) r = method.call(ip, self);
    else if (convention === CALL_FAST) r = method.call(ip, self, operands(first, count));
    else if (convention === CALL_CLINIC) {
      const values = parseArgs(ip, method.params, operands(first, count), null);
      r = values === null ? 0 : method.call(ip, self, values);
    } else r = method.call(ip, self, operands(first, count), null);
    ip.leaveRecursive();
    return endCall(f, pc, n, base, r);
  }
  /** The handles in `n` words of the stack. */
  function operands(first: number, n: number): number[] {
    if (n === 1) return [mem[first]! & -2];
    if (n === 2) return [mem[first]! & -2, mem[first + 1]! & -2];
    const args = new Array<number>(n);
    for (let i = 0; i < n; i++) args[i] = mem[first + i]! & -2;
    return args;
  }
  /** `d.get(key, …)` and `d.setdefault(key, …)` where no code runs to find the key: new, or 0. */
  function dictMethod(base: number, d: number, n: number, isSetdefault: boolean): number {
    if (n !== 1 && n !== 2) return 0;
    const key = mem[base + 2]! & -2;
    const place = dictWord(d, key);
    if (place === 0) return 0;
    let v: number;
    if (place > 0) v = mem[place]!;
    else {
      v = n === 2 ? mem[base + 3]! & -2 : None;
      if (isSetdefault) insertMissing(d, key, v, 0);
    }
    inc(v);
    return v;
  }
  /** `list.pop()` that leaves items, in a table that stays: the item, or 0. */
  function lastItem(list: number): number {
    const n = mem[list + LIST_SIZE]! - 1;
    if (n <= 0 || n < mem[list + LIST_ALLOCATED]! >> 1) return 0;
    const at = mem[list + LIST_ITEMS]! + n;
    const v = mem[at]!;
    set(at, 0);
    countDown(list + LIST_SIZE);
    return v;
  }
  /** CALL_LIST_APPEND: the item's reference moves. */
  function callAppend(f: number, pc: number, base: number, list: number): number {
    append(list, own(mem[base + 2]!));
    mem[base + 2] = 0;
    mem[f + F_PC] = pc + 1;
    return endCall(f, pc, 1, base, None);
  }
  /** CALL of anything that is no Python function: a class, an object with `__call__`. */
  function callOther(f: number, pc: number, sp: number, n: number, base: number, h: number): number {
    mem[f + F_PC] = pc + 1;
    mem[f + F_SP] = f + sp;
    return endCall(f, pc, n, base, ip.call(h, operands(base + 2, n)));
  }
  function closeWord(word: number): void {
    if ((word & 1) === 0 && word !== 0) drop(word);
  }
  /** The operands of a call have done their service; `r` is its result or 0. */
  function endCall(f: number, pc: number, n: number, base: number, r: number): number {
    mem[f + F_SP] = base;
    if (reversed) {
      for (let i = base + n + 1; i >= base; i--) closeWord(mem[i]!);
    } else {
      for (let i = base; i < base + 2 + n; i++) closeWord(mem[i]!);
    }
    if (r === 0) return failed(f, pc, FAILED);
    if (--ip.fuel < 0 || heap.gcRequested || ip.interruptRequested) {
      mem[base] = r;
      const b = look(f, pc, base + 1 - f);
      if (b < 0) return b;
    }
    if (ip.onLine !== null && (ip.traceFunction !== 0 || ip.profileFunction !== 0)) {
      // A function of the program hears of every step from here on.
      mem[base] = r;
      mem[f + F_PC] = pc + 1;
      mem[f + F_SP] = base + 1;
      return HANDED_BACK;
    }
    return r;
  }

  // ---- leaving ------------------------------------------------------------------------------------------------------------

  /** Ends the frame, whose stack is empty from `sp` on; answers the value. */
  function ret(f: number, sp: number, value: number): number {
    if (mem[f + F_OWNER] !== OWNED_BY_THREAD || mem[f + F_FRAMEOBJ] !== 0 || mem[f + F_LOCALS] !== 0) {
      if (!watched && mem[f + F_OWNER] === OWNED_BY_GENERATOR && mem[f + F_FRAMEOBJ] === 0 && mem[f + F_LOCALS] === 0)
        return generating.endGenerator(f, sp, value);
      mem[f + F_SP] = f + sp;
      leave(ip, f, true);
      return value;
    }
    if (watched) note(((mem[f + F_CODE]! | 1) << KIND_SHIFT) | MARK);
    if ((mem[f + F_FLAGS]! & FLAG_INIT) !== 0) ip.recursionDepth--;
    ip.frame = mem[f + F_PREVIOUS]!;
    const first = f + F_LOCALSPLUS;
    if (watched) noteWord(f + F_SP);
    mem[f + F_SP] = first;
    if (reversed) {
      for (let i = f + sp - 1; i >= first; i--) {
        const ref = mem[i]!;
        if (ref === 0) continue;
        if (watched) note2(ref, (i << KIND_SHIFT) | WORD);
        mem[i] = 0;
        if ((ref & 1) === 0) drop(ref);
      }
    } else {
      const end = f + sp;
      for (let i = first; i < end; i++) {
        const ref = mem[i]!;
        if (ref === 0) continue;
        if (watched) note2(ref, (i << KIND_SHIFT) | WORD);
        mem[i] = 0;
        if ((ref & 1) === 0) drop(ref);
      }
    }
    if (mem[f + F_FUNC] !== 0) drop(mem[f + F_FUNC]!);
    drop(mem[f + F_CODE]!);
    ip.dataTop = f;
    ip.recursionDepth--;
    return value;
  }
  /** YIELD_VALUE. */
  function suspend(f: number, pc: number, sp: number, value: number): number {
    mem[f + F_PC] = pc + 1;
    mem[f + F_SP] = f + sp;
    if ((mem[f + F_FLAGS]! & FLAG_ENTRY) !== 0) ip.yielded = true;
    const gen = mem[f + F_GENERATOR]!;
    const exc = ip.excItems.pop()!;
    if (exc !== 0) set(gen + GEN_EXC, exc);
    ip.recursionDepth--;
    ip.frame = mem[f + F_PREVIOUS]!;
    mem[f + F_PREVIOUS] = 0;
    set(gen + GEN_STATE, GEN_SUSPENDED);
    return value;
  }

  const raising = raisingOf(imports, ip, watched, { inc, drop, note, noteSpan, set });
  const { raiseIt, raisePastEnd, matches, born, track } = raising;
  const generating = generatingOf(imports, ip, watched, {
    ...{ inc, drop, own, born, track, failed, step, enter, suspend, callFrame, callPlain, ended },
  });
  const { makeGenerator, send, resumeForNative } = generating;

  return {
    ...{ raiseIt, raisePastEnd, matches, born, track, set, makeGenerator, send, resumeForNative },
    ...{ inc, drop, dropAt, dropWord, store, setCell, load, own, failed, step, slow, look, lookBack, line, deleteFast },
    ...{
      int,
      intOf,
      warmInt,
      float,
      floatOf,
      floatInto,
      compared,
      add,
      sub,
      mul,
      div,
      mod,
      floordiv,
      and,
      or,
      xor,
      lshift,
      rshift,
      lt,
      le,
      eq,
      ne,
      gt,
      ge,
      truth,
    },
    ...{
      global,
      slowGlobal,
      name,
      slowName,
      storeGlobal,
      storeName,
      attr,
      slowAttr,
      setAttr,
      slowSetAttr,
      method,
      slowMethod,
    },
    ...{
      item,
      setItem,
      append,
      unpack,
      tuple,
      list,
      next,
      nextInto,
      nextPair,
      addTo,
      callFrame,
      enter,
      dictWord,
      mapAdd,
      holds,
      call,
      ret,
      suspend,
    },
  };
}
