/** What each instruction does, in a learner's words: the first clause of its sentence, without the full stop. */
import type { TraceStep } from '../../../lib/engine/snapshot/trace-types';
import { capital, frameWords, listed, type Part, type Sentence } from './sentence';

type Words = (argument: string, step: TraceStep) => Sentence;

/** A constant may be a whole text. */
const code = (text: string): Part => ({ code: text.length > 60 ? `${text.slice(0, 59)}…` : text });
/** `x + NULL` and `append + NULL|self` push a slot beside the value. */
const bare = (argument: string) => argument.replace(/ \+ NULL.*$/, '');
/** The same words whatever the argument. */
const always =
  (...words: Sentence): Words =>
  () =>
    words;

const pushed: Words = (argument) => [code(bare(argument)), ' is pushed on the stack'];
const pushedAll = (argument: string): Sentence => {
  const names = argument.split(', ');
  return [...listed(names.map((name) => [code(name)])), ` ${names.length > 1 ? 'are' : 'is'} pushed on the stack`];
};
const built =
  (what: string): Words =>
  (argument) =>
    argument === '0' ? [`An empty ${what} is built`] : [`A ${what} is built from values of the stack`];
const branch = always('The program decides where it goes on');

const WORDS: Readonly<Record<string, Words>> = {
  RESUME: (argument, step) => [
    ...capital(frameWords(step.frame, step.isClassBody)),
    argument === '0' ? ' begins' : ' goes on',
  ],
  NOP: always('Nothing is done'),
  NOT_TAKEN: always('The program goes straight on'),
  PUSH_NULL: always('An empty slot is pushed on the stack, where a ', code('self'), ' would be'),
  POP_TOP: always('The value on top of the stack is thrown away'),
  POP_ITER: always('The loop is over: its iterator is taken off the stack'),
  END_FOR: always('The loop is over'),
  END_SEND: always('The awaited one is taken off the stack'),
  COPY: always('A value of the stack is pushed once more'),
  SWAP: always('Two values of the stack change places'),
  LOAD_CONST: (argument) => ['The constant ', code(argument), ' is pushed on the stack'],
  LOAD_COMMON_CONSTANT: pushed,
  LOAD_SMALL_INT: (argument) => [code(argument), ', which is immortal, is pushed on the stack'],
  LOAD_NAME: pushed,
  LOAD_GLOBAL: pushed,
  LOAD_DEREF: pushed,
  LOAD_FAST: pushed,
  LOAD_FAST_CHECK: pushed,
  LOAD_FROM_DICT_OR_GLOBALS: pushed,
  LOAD_FROM_DICT_OR_DEREF: pushed,
  LOAD_FAST_LOAD_FAST: pushedAll,
  LOAD_FAST_BORROW: (argument) => [...pushedAll(argument), ', borrowed from its variable'],
  LOAD_FAST_BORROW_LOAD_FAST_BORROW: (argument) => [...pushedAll(argument), ', borrowed from their variables'],
  LOAD_FAST_AND_CLEAR: (argument) => ['What ', code(argument), ' refers to is put aside on the stack'],
  LOAD_CLOSURE: (argument) => ['The closure cell of ', code(argument), ' is pushed on the stack'],
  LOAD_LOCALS: always('The namespace is pushed on the stack'),
  LOAD_BUILD_CLASS: always('The builder of classes is pushed on the stack'),
  LOAD_ASSERTION_ERROR: always(code('AssertionError'), ' is pushed on the stack'),
  LOAD_ATTR: (argument) => ['The attribute ', code(`.${bare(argument)}`), ' is looked up'],
  LOAD_SUPER_ATTR: (argument) => ['The attribute ', code(`.${bare(argument)}`), ' is looked up in the base class'],
  LOAD_SPECIAL: (argument) => ['The special method ', code(argument), ' is looked up'],
  LOAD_METHOD: (argument) => ['The method ', code(`.${bare(argument)}`), ' is looked up'],
  STORE_ATTR: (argument) => ['The attribute ', code(`.${argument}`), ' is set'],
  DELETE_ATTR: (argument) => ['The attribute ', code(`.${argument}`), ' is deleted'],
  STORE_SUBSCR: always('An item is set'),
  DELETE_SUBSCR: always('An item is deleted'),
  STORE_SLICE: always('A slice is set'),
  BINARY_SUBSCR: always('An item is looked up'),
  BINARY_SLICE: always('A slice is taken'),
  BINARY_OP: (argument) =>
    argument === '[]' ? ['An item is looked up'] : ['The operator ', code(argument), ' is computed'],
  COMPARE_OP: (argument) => ['Two values are compared by ', code(argument.replace(/^bool\((.*)\)$/, '$1'))],
  IS_OP: (argument) => ['Two objects are compared by ', code(argument === '1' ? 'is not' : 'is')],
  CONTAINS_OP: (argument) => ['A container is asked by ', code(argument === '1' ? 'not in' : 'in')],
  UNARY_NOT: always('The operator ', code('not'), ' is computed'),
  UNARY_NEGATIVE: always('The operator ', code('-'), ' is computed'),
  UNARY_INVERT: always('The operator ', code('~'), ' is computed'),
  TO_BOOL: always('The value is taken as ', code('True'), ' or ', code('False')),
  BUILD_LIST: built('list'),
  BUILD_TUPLE: built('tuple'),
  BUILD_SET: built('set'),
  BUILD_MAP: built('dict'),
  BUILD_STRING: built('text'),
  BUILD_SLICE: built('slice'),
  LIST_APPEND: always('The value is appended to the list that is being built'),
  SET_ADD: always('The value is added to the set that is being built'),
  MAP_ADD: always('The key and the value are added to the dict that is being built'),
  LIST_EXTEND: always('The list that is being built takes in the items'),
  SET_UPDATE: always('The set that is being built takes in the items'),
  DICT_UPDATE: always('The dict that is being built takes in the items'),
  DICT_MERGE: always('The keyword arguments are put together'),
  UNPACK_SEQUENCE: (argument) => [`A sequence is unpacked into ${argument} values`],
  UNPACK_EX: always('A sequence is unpacked'),
  FORMAT_SIMPLE: always('The value becomes text'),
  FORMAT_WITH_SPEC: always('The value becomes text'),
  CONVERT_VALUE: always('The value becomes text'),
  GET_ITER: always('An iterator is made'),
  GET_YIELD_FROM_ITER: always('An iterator is made'),
  GET_LEN: always('The length is looked up'),
  FOR_ITER: always('The iterator is asked for its next item'),
  JUMP_FORWARD: always('The program jumps ahead'),
  JUMP_BACKWARD: always('The program goes back to the top of the loop'),
  JUMP_BACKWARD_NO_INTERRUPT: always('The program goes back to where it waits'),
  POP_JUMP_IF_TRUE: branch,
  POP_JUMP_IF_FALSE: branch,
  POP_JUMP_IF_NONE: branch,
  POP_JUMP_IF_NOT_NONE: branch,
  MAKE_FUNCTION: always('A function is made'),
  MAKE_CELL: (argument) => ['A closure cell for ', code(argument), ' is made'],
  COPY_FREE_VARS: always('The frame gets the cells of its closure'),
  SET_FUNCTION_ATTRIBUTE: (argument) => [`The function gets its ${argument || 'attributes'}`],
  CALL: always('A call is made that runs none of the notebook’s code'),
  CALL_KW: always('A call is made that runs none of the notebook’s code'),
  CALL_FUNCTION_EX: always('A call is made that runs none of the notebook’s code'),
  CALL_INTRINSIC_1: always('The interpreter calls a helper of its own'),
  CALL_INTRINSIC_2: always('The interpreter calls a helper of its own'),
  IMPORT_NAME: (argument) => ['The module ', code(argument), ' is imported'],
  IMPORT_FROM: (argument) => [code(argument), ' is taken from the module'],
  RAISE_VARARGS: always('An exception is raised'),
  RERAISE: always('The exception is raised again'),
  PUSH_EXC_INFO: always('The exception is now the one that is being handled'),
  CHECK_EXC_MATCH: always('The type of the exception is compared'),
  POP_EXCEPT: always('The exception has been handled'),
  WITH_EXCEPT_START: always('The context manager is told of the exception'),
  CLEANUP_THROW: always('The generator is told of the exception'),
  GET_AWAITABLE: always('What can be awaited is looked up'),
  SEND: always('The awaited one is resumed'),
  MATCH_SEQUENCE: always('The pattern asks for a sequence'),
  MATCH_MAPPING: always('The pattern asks for a mapping'),
  MATCH_KEYS: always('The pattern asks for keys'),
  MATCH_CLASS: always('The pattern asks for a class'),
};

/** Null where a name that was bound says it all. */
export function instructionWords(step: TraceStep): Sentence | null {
  const name = step.opcode?.name ?? '';
  const words = WORDS[name];
  if (words) return words(step.opcode?.argument ?? '', step);
  if (/^(STORE|DELETE)_(NAME|GLOBAL|FAST|DEREF)/.test(name)) {
    if (step.rebound.length > 0) return null;
    const done = name.startsWith('STORE') ? 'is bound to the value on top of the stack' : 'is unbound';
    return [...listed((step.opcode?.argument ?? '').split(', ').map((each) => [code(each)])), ` ${done}`];
  }
  return [{ code: name }, ' runs'];
}
