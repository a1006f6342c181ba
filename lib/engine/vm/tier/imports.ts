/**
 * What the helpers of generated code use of the rest of the engine. They get it as an argument and name nothing outside
 * of themselves, so that each interpreter can have a copy of them: see `specialized` in tier.ts.
 */
import { blockKey } from '../../heap/blocks';
import { BLOCK, BLOCK_LIVE, GC_NEXT, ID16 } from '../../heap/layout';
import { contains, getIter, isTrue, richCompare, setItem } from '../../objects/abstract';
import { CELL_REF, newCell } from '../../objects/cell';
import { CO_FRAME_WORDS, CO_LEAF, CO_NLOCALSPLUS, CO_POSITIONAL, codeRuntime } from '../../objects/code';
import { DICT_KEYS, DICT_USED, dictGetKnown, dictInsertMissing, dictSet } from '../../objects/dict';
import {
  DK_INDICES,
  DK_KIND,
  DK_LOG2_SIZE,
  DK_VERSION,
  ENTRY_HASH_HIGH,
  ENTRY_KEY,
  ENTRY_SHIFT,
  ENTRY_VALUE,
  KIND_UNICODE,
  strEqual,
} from '../../objects/dict-keys';
import { VALUES_ORDER, inlineAdded } from '../../objects/dict-values';
import { newFloat } from '../../objects/float';
import {
  FUNC_DEFAULTS,
  FUNC_BUILTINS,
  FUNC_CLOSURE,
  FUNC_CODE,
  FUNC_GLOBALS,
  newFunction,
} from '../../objects/funcobject';
import { GEN_EXC, GEN_EXECUTING, GEN_SUSPENDED, GEN_CREATED, GEN_FRAME, GEN_STATE } from '../../objects/generator';
import { genericSetAttr } from '../../objects/generic-attr';
import { INT_LEAF, INT_VALUE, intFromNumber } from '../../objects/int';
import {
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
  OWNED_BY_THREAD,
  closeRef,
  steal,
} from '../../objects/interpreter-frame';
import { IT_INDEX, IT_SEQ } from '../../objects/iter';
import { LIST_ALLOCATED, LIST_ITEMS, LIST_SIZE, listAppendStolen, newList } from '../../objects/list';
import { D_TYPE, M_LEAF, M_SELF } from '../../objects/method-object';
import { MD_DICT } from '../../objects/module';
import { allocInstance } from '../../objects/object';
import { RI_LEAF, RI_LEFT, RI_NEXT, RI_STEP } from '../../objects/range';
import { STR_FLAGS, STR_HASH_HI, STR_HASH_KNOWN, STR_HASH_LO } from '../../objects/str';
import { compareText } from '../../objects/str-ops';
import { TUPLE_ITEMS, TUPLE_SIZE, newTuple, tupleItem } from '../../objects/tuple';
import { TP_VERSION, typeLookup } from '../../objects/type-lookup';
import { MarkCode } from '../../trace/events';
import { speakLine } from '../announce-line';
import { binaryOperator } from '../bytecodes/operators';
import { binarySlice, formatValue, joinPieces } from '../bytecodes/sequences';
import { FUNCTION_ATTRIBUTE_WORDS, pythonGetItem } from '../bytecodes/specialize';
import { loadSuperAttr } from '../bytecodes/attributes';
import { doRaise, matchException } from '../bytecodes/unwinding';
import { closeCall, deliver, evalBreaker, leave, runCallee, step as stepLoop, unwind } from '../ceval';
import { enterGenerator } from '../generators';
import { CALLING } from '../interpreter';
import { ATTRIBUTE_BITS, ATTRIBUTE_MASK, Attribute, AttributeTable } from './caches';
import { ENTERED, FAILED, FAILED_AGAIN, HANDED_BACK, HANDLER, PAUSED, RAISED, STEPPED, SWITCH } from './results';
import * as caches from './caches';

/** What a nested run of the plain loop takes of JavaScript's stack, in registers. */
const PLAIN_REGISTERS = 400;
/** Ints below this have one digit, and wait in the free list. */
const ONE_DIGIT = 1 << 30;
/** What a call between generated functions takes beside the function's own. */
const CALL_REGISTERS = 60;

export const imports = {
  ID16,
  BLOCK,
  BLOCK_LIVE,
  blockKey,
  contains,
  getIter,
  isTrue,
  richCompare,
  setItem,
  CELL_REF,
  newCell,
  CO_FRAME_WORDS,
  CO_LEAF,
  CO_NLOCALSPLUS,
  CO_POSITIONAL,
  codeRuntime,
  DICT_KEYS,
  DICT_USED,
  dictGetKnown,
  dictSet,
  dictInsertMissing,
  DK_INDICES,
  DK_KIND,
  DK_LOG2_SIZE,
  DK_VERSION,
  ENTRY_HASH_HIGH,
  ENTRY_KEY,
  ENTRY_SHIFT,
  ENTRY_VALUE,
  KIND_UNICODE,
  strEqual,
  GC_NEXT,
  STR_HASH_HI,
  STR_HASH_LO,
  STR_HASH_KNOWN,
  STR_FLAGS,
  VALUES_ORDER,
  inlineAdded,
  newFloat,
  FUNC_BUILTINS,
  FUNC_CLOSURE,
  FUNC_CODE,
  FUNC_GLOBALS,
  newFunction,
  GEN_CREATED,
  GEN_FRAME,
  GEN_STATE,
  GEN_EXC,
  GEN_EXECUTING,
  GEN_SUSPENDED,
  genericSetAttr,
  INT_LEAF,
  INT_VALUE,
  intFromNumber,
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
  OWNED_BY_THREAD,
  closeRef,
  steal,
  IT_INDEX,
  IT_SEQ,
  LIST_ALLOCATED,
  LIST_ITEMS,
  LIST_SIZE,
  listAppendStolen,
  newList,
  D_TYPE,
  M_LEAF,
  M_SELF,
  MD_DICT,
  allocInstance,
  RI_LEAF,
  RI_LEFT,
  RI_NEXT,
  RI_STEP,
  compareText,
  TUPLE_ITEMS,
  TUPLE_SIZE,
  newTuple,
  tupleItem,
  TP_VERSION,
  typeLookup,
  MarkCode,
  speakLine,
  binaryOperator,
  binarySlice,
  formatValue,
  joinPieces,
  FUNCTION_ATTRIBUTE_WORDS,
  pythonGetItem,
  matchException,
  doRaise,
  loadSuperAttr,
  FUNC_DEFAULTS,
  closeCall,
  deliver,
  evalBreaker,
  leave,
  runCallee,
  stepLoop,
  unwind,
  enterGenerator,
  CALLING,
  ATTRIBUTE_BITS,
  ATTRIBUTE_MASK,
  Attribute,
  AttributeTable,
  ENTERED,
  FAILED,
  FAILED_AGAIN,
  HANDED_BACK,
  HANDLER,
  PAUSED,
  RAISED,
  STEPPED,
  SWITCH,
  caches,
  PLAIN_REGISTERS,
  ONE_DIGIT,
  CALL_REGISTERS,
};

export type Imports = typeof imports;
