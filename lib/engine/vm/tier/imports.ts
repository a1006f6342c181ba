/**
 * What the helpers of generated code use of the rest of the engine. They get it as an argument and name nothing outside
 * of themselves, so that each interpreter can have a copy of them: see `specialized` in tier.ts.
 */
export { CO_HAS_DOCSTRING } from '../../compiler/code-unit';
export { KIND_RAW, LARGEST_SLAB_BLOCK, PAGE_SHIFT, blockKey } from '../../heap/blocks';
export { TRASHCAN_DEPTH } from '../../heap/heap';
export {
  BLOCK,
  BLOCK_FINALIZED,
  BLOCK_GC,
  BLOCK_LIVE,
  BLOCK_RAW,
  GC_HEADS,
  GC_NEXT,
  GC_PREV,
  ID16,
  headerOf,
} from '../../heap/layout';
export { TPFLAGS } from '../../heap/object';
export { contains, getIter, isTrue, richCompare, setItem } from '../../objects/abstract';
export { CELL_REF } from '../../objects/cell';
export {
  CO_FRAME_WORDS,
  CO_LEAF,
  CO_NAME,
  CO_NLOCALSPLUS,
  CO_QUALNAME,
  CO_POSITIONAL,
  codeRuntime,
} from '../../objects/code';
export {
  DICT_EMBEDDED,
  DICT_KEYS,
  DICT_USED,
  dictGetKnown,
  dictInsertMissing,
  dictSet,
  newDict,
} from '../../objects/dict';
export { DI_DICT, DI_LEN, DI_POS, DI_RESULT, DI_USED } from '../../objects/dict-views';
export { EN_INDEX, EN_LONG, EN_RESULT, EN_SIT } from '../../objects/enumerate';
export {
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
  freeKeys,
  strEqual,
} from '../../objects/dict-keys';
export { VALUES_ORDER, inlineAdded } from '../../objects/dict-values';
export {
  EXC_ARGS,
  EXC_CAUSE,
  EXC_CONTEXT,
  EXC_DICT,
  EXC_EXTRA,
  EXC_SUPPRESS,
  EXC_TRACEBACK,
  exceptionWords,
  hasVectorcall,
  isBaseInit,
} from '../../objects/exceptions';
export {
  FO_BACK,
  FO_EXTRA_LOCALS,
  FO_FRAME,
  FO_OVERWRITTEN,
  FO_OWNS,
  FO_OWN_FRAME,
  FO_TRACE,
} from '../../objects/frame';
export { newFloat } from '../../objects/float';
export {
  FUNC_BUILTINS,
  FUNC_CLOSURE,
  FUNC_CODE,
  FUNC_DEFAULTS,
  FUNC_DOC,
  FUNC_GLOBALS,
  FUNC_MODULE,
  FUNC_NAME,
  FUNC_QUALNAME,
  FUNC_RELEASED,
  FUNC_WEAKLIST,
} from '../../objects/funcobject';
export {
  GEN_CLEARED,
  GEN_CODE,
  GEN_EXC,
  GEN_NAME,
  GEN_ORIGIN,
  GEN_QUALNAME,
  GEN_WEAKLIST,
  GEN_EXECUTING,
  GEN_SUSPENDED,
  GEN_CREATED,
  GEN_FRAME,
  GEN_STATE,
} from '../../objects/generator';
export { genericSetAttr } from '../../objects/generic-attr';
export { INT_LEAF, INT_VALUE, intAdd, intFromNumber, intMultiply, intSubtract } from '../../objects/int';
export { intAnd } from '../../objects/int-ops';
export {
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
  OWNED_BY_FRAME_OBJECT,
  OWNED_BY_GENERATOR,
  OWNED_BY_THREAD,
  closeRef,
  steal,
} from '../../objects/interpreter-frame';
export { IT_INDEX, IT_SEQ } from '../../objects/iter';
export { LIST_ALLOCATED, LIST_ITEMS, LIST_SIZE, listAppendStolen } from '../../objects/list';
export {
  CALL_CLINIC,
  CALL_FAST,
  CALL_KEYWORDS,
  CALL_NOARGS,
  CALL_O,
  D_TYPE,
  M_LEAF,
  M_SELF,
  nativeMethod,
} from '../../objects/method-object';
export { MD_DICT } from '../../objects/module';
export { allocInstance } from '../../objects/object';
export { RI_LEAF, RI_LEFT, RI_NEXT, RI_STEP } from '../../objects/range';
export { parseArgs } from '../../objects/getargs';
export {
  STR_FLAGS,
  strHash,
  STR_HASH_HI,
  STR_HASH_KNOWN,
  STR_HASH_LO,
  STR_INTERNED,
  STR_KIND_MASK,
  STR_LEAF,
  STR_LENGTH,
  strOfKind,
} from '../../objects/str';
export { STR_IT_SEQ, STR_IT_UNIT } from '../../objects/str-type';
export { MAX_TEXT, compareText, strAppend } from '../../objects/str-ops';
export { HASHED, TUPLE_ITEMS, TUPLE_SIZE, newTuple } from '../../objects/tuple';
export { SLICE_START, SLICE_STEP, SLICE_STOP } from '../../objects/slice';
export { TB_FRAME, TB_LASTI, TB_LINENO, TB_NEXT } from '../../objects/traceback';
export { TP_MRO, TP_VERSION, typeLookup } from '../../objects/type-lookup';
export {
  EventKind,
  KIND_SHIFT,
  TRACE_CODE,
  TRACE_LINES,
  TRACE_LINE_END,
  TRACE_ROOM,
  TRACE_USED,
} from '../../trace/events';
export { speakLine } from '../announce-line';
export {
  AS_APPEND,
  AS_FLOAT,
  AS_INT,
  HAS_FORMS,
  appendForm,
  binaryForm,
  comparesLeftFirst,
  formNow,
  setFloatValue,
} from '../bytecodes/adaptive';
export { binaryOperator } from '../bytecodes/operators';
export { binarySlice, plainSlice, formatBound, formatValue, joinPieces } from '../bytecodes/sequences';
export { FUNCTION_ATTRIBUTE_WORDS, pythonGetItem } from '../bytecodes/specialize';
export { loadSuperAttr } from '../bytecodes/attributes';
export { doRaise, findHandler, matchException } from '../bytecodes/unwinding';
export { callExceptionClass, callSlotWrapper } from '../bytecodes/calls';
export { slotWrapperOf } from '../../objects/descr';
export { pushFrame, runFrame } from '../call';
export { deliver, evalBreaker, evalLoop, leave, runCallee, step as stepLoop, unwind } from '../ceval';
export { endedForNative, enterGenerator } from '../generators';
export { CALLING } from '../interpreter';
export { ATTRIBUTE_BITS, ATTRIBUTE_MASK, Attribute, AttributeTable } from './caches';
export { ENTERED, FAILED, FAILED_AGAIN, HANDED_BACK, HANDLER, PAUSED, RAISED, STEPPED, SWITCH } from './results';
export * as caches from './caches';

/** What a nested run of the plain loop takes of JavaScript's stack, in registers. */
export const PLAIN_REGISTERS = 400;
/** Ints below this have one digit, and wait in the free list. */
export const ONE_DIGIT = 1 << 30;
/** What a call between generated functions takes beside the function's own. */
export const CALL_REGISTERS = 60;
/** In a cache for attributes, instead of a value's position: a word of the instance. Larger than any word that it is compared with. */
export const IN_SLOT = 0x7fffffff;
