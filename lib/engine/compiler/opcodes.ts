/**
 * The instruction set as one table (Python/bytecodes.c and Include/internal/pycore_opcode_metadata.h, CPython 3.13 and
 * 3.14): what a compiler can emit, the union over the profiles. The compiler, the eval loop, `dis` and the bytecode
 * widget read it.
 *
 * DIFFERS: the numbers are ours, stable and the same in each profile, so that one loop serves all; CPython's are
 * renumbered with each version. New ones are appended. Specialized and instrumented instructions, EXTENDED_ARG and
 * CACHE do not exist here. From FIRST_PSEUDO on: pseudo-instructions, which never leave the compiler.
 */
import type { Profile } from './code-unit';

// biome-ignore format: one line an instruction
export enum Op {
  NOP = 0,
  RESUME = 1,
  POP_TOP = 2,
  PUSH_NULL = 3,
  COPY = 4,
  SWAP = 5,
  LOAD_CONST = 6,
  LOAD_SMALL_INT = 7,
  LOAD_COMMON_CONSTANT = 8,
  LOAD_ASSERTION_ERROR = 9,
  LOAD_FAST = 10,
  LOAD_FAST_BORROW = 11,
  LOAD_FAST_LOAD_FAST = 12,
  LOAD_FAST_BORROW_LOAD_FAST_BORROW = 13,
  LOAD_FAST_CHECK = 14,
  LOAD_FAST_AND_CLEAR = 15,
  STORE_FAST = 16,
  STORE_FAST_LOAD_FAST = 17,
  STORE_FAST_STORE_FAST = 18,
  DELETE_FAST = 19,
  MAKE_CELL = 20,
  COPY_FREE_VARS = 21,
  LOAD_DEREF = 22,
  STORE_DEREF = 23,
  DELETE_DEREF = 24,
  LOAD_FROM_DICT_OR_DEREF = 25,
  LOAD_NAME = 26,
  STORE_NAME = 27,
  DELETE_NAME = 28,
  LOAD_GLOBAL = 29,
  STORE_GLOBAL = 30,
  DELETE_GLOBAL = 31,
  LOAD_FROM_DICT_OR_GLOBALS = 32,
  LOAD_LOCALS = 33,
  LOAD_BUILD_CLASS = 34,
  LOAD_ATTR = 35,
  LOAD_SUPER_ATTR = 36,
  STORE_ATTR = 37,
  DELETE_ATTR = 38,
  BINARY_OP = 39,
  BINARY_SUBSCR = 40,
  BINARY_SLICE = 41,
  STORE_SUBSCR = 42,
  STORE_SLICE = 43,
  DELETE_SUBSCR = 44,
  UNARY_NEGATIVE = 45,
  UNARY_INVERT = 46,
  UNARY_NOT = 47,
  TO_BOOL = 48,
  COMPARE_OP = 49,
  IS_OP = 50,
  CONTAINS_OP = 51,
  CHECK_EXC_MATCH = 52,
  CHECK_EG_MATCH = 53,
  BUILD_TUPLE = 54,
  BUILD_LIST = 55,
  BUILD_SET = 56,
  BUILD_MAP = 57,
  BUILD_CONST_KEY_MAP = 58,
  BUILD_STRING = 59,
  BUILD_SLICE = 60,
  BUILD_TEMPLATE = 61,
  BUILD_INTERPOLATION = 62,
  LIST_APPEND = 63,
  LIST_EXTEND = 64,
  SET_ADD = 65,
  SET_UPDATE = 66,
  MAP_ADD = 67,
  DICT_UPDATE = 68,
  DICT_MERGE = 69,
  UNPACK_SEQUENCE = 70,
  UNPACK_EX = 71,
  CONVERT_VALUE = 72,
  FORMAT_SIMPLE = 73,
  FORMAT_WITH_SPEC = 74,
  JUMP_FORWARD = 75,
  JUMP_BACKWARD = 76,
  JUMP_BACKWARD_NO_INTERRUPT = 77,
  POP_JUMP_IF_TRUE = 78,
  POP_JUMP_IF_FALSE = 79,
  POP_JUMP_IF_NONE = 80,
  POP_JUMP_IF_NOT_NONE = 81,
  NOT_TAKEN = 82,
  GET_ITER = 83,
  GET_YIELD_FROM_ITER = 84,
  FOR_ITER = 85,
  END_FOR = 86,
  POP_ITER = 87,
  GET_AITER = 88,
  GET_ANEXT = 89,
  END_ASYNC_FOR = 90,
  GET_AWAITABLE = 91,
  SEND = 92,
  END_SEND = 93,
  YIELD_VALUE = 94,
  RETURN_GENERATOR = 95,
  RETURN_VALUE = 96,
  RETURN_CONST = 97,
  CLEANUP_THROW = 98,
  RAISE_VARARGS = 99,
  RERAISE = 100,
  PUSH_EXC_INFO = 101,
  POP_EXCEPT = 102,
  WITH_EXCEPT_START = 103,
  BEFORE_WITH = 104,
  BEFORE_ASYNC_WITH = 105,
  LOAD_SPECIAL = 106,
  CALL = 107,
  CALL_KW = 108,
  CALL_FUNCTION_EX = 109,
  CALL_INTRINSIC_1 = 110,
  CALL_INTRINSIC_2 = 111,
  MAKE_FUNCTION = 112,
  SET_FUNCTION_ATTRIBUTE = 113,
  SETUP_ANNOTATIONS = 114,
  IMPORT_NAME = 115,
  IMPORT_FROM = 116,
  GET_LEN = 117,
  MATCH_MAPPING = 118,
  MATCH_SEQUENCE = 119,
  MATCH_KEYS = 120,
  MATCH_CLASS = 121,
  JUMP = 200,
  JUMP_NO_INTERRUPT = 201,
  JUMP_IF_FALSE = 202,
  JUMP_IF_TRUE = 203,
  LOAD_CLOSURE = 204,
  POP_BLOCK = 205,
  SETUP_CLEANUP = 206,
  SETUP_FINALLY = 207,
  SETUP_WITH = 208,
  STORE_FAST_MAYBE_NULL = 209,
  ANNOTATIONS_PLACEHOLDER = 210,
  LOAD_METHOD = 211,
  LOAD_SUPER_METHOD = 212,
  LOAD_ZERO_SUPER_ATTR = 213,
  LOAD_ZERO_SUPER_METHOD = 214,
}

export const FIRST_PSEUDO = 200;

/**
 * What an argument stands for. `name1` is an index into `names` shifted left by 1, `name2` by 2, with flags below;
 * `local` and `deref` are localsplus slots; `local2` packs two of them in four bits each; `jump` is the index of the
 * target instruction; `depth` is a place on the stack, counted from the top.
 */
export type ArgKind =
  | 'none'
  | 'const'
  | 'name'
  | 'name1'
  | 'name2'
  | 'local'
  | 'local2'
  | 'deref'
  | 'jump'
  | 'count'
  | 'depth'
  | 'int'
  | 'binary'
  | 'compare'
  | 'invert'
  | 'intrinsic1'
  | 'intrinsic2'
  | 'common'
  | 'special'
  | 'funcattr'
  | 'conversion'
  | 'unpackex'
  | 'interpolation'
  | 'resume'
  | 'yield'
  | 'awaitable'
  | 'endasync'
  | 'callex';

export interface OpcodeInfo {
  readonly op: Op;
  readonly name: string;
  readonly arg: ArgKind;
  /** The stack before and after, top at the right; for a jump, when it is not taken. */
  readonly picture: string;
  /** One line of what it does. */
  readonly meaning: string;
  /** Items taken off the stack and put on it, for an argument. */
  readonly pops: (arg: number) => number;
  readonly pushes: (arg: number) => number;
  readonly profiles: readonly Profile[];
}

type Count = number | ((arg: number) => number);
const BOTH: readonly Profile[] = ['3.13', '3.14'];
const ONLY_313: readonly Profile[] = ['3.13'];
const ONLY_314: readonly Profile[] = ['3.14'];
const count = (n: Count): ((arg: number) => number) => (typeof n === 'number' ? () => n : n);
const row = (
  op: Op,
  arg: ArgKind,
  picture: string,
  pops: Count,
  pushes: Count,
  meaning: string,
  profiles = BOTH,
): OpcodeInfo => ({ op, name: Op[op], arg, picture, meaning, pops: count(pops), pushes: count(pushes), profiles });

/** Indexed by Op; empty between the last instruction and FIRST_PSEUDO. */
export const OPCODES: readonly OpcodeInfo[] = (() => {
  const table: OpcodeInfo[] = [];
  // biome-ignore format: a table reads best in rows
  const rows: OpcodeInfo[] = [
    row(Op.NOP, 'none', '( -- )', 0, 0, 'does nothing; stands for a line that a debugger can stop at'),
    row(
      Op.RESUME, 'resume', '( -- )', 0, 0,
      'marks where a frame starts or goes on; the eval loop looks for signals here',
    ),
    row(Op.POP_TOP, 'none', '(value -- )', 1, 0, 'drops the top of the stack'),
    row(Op.PUSH_NULL, 'none', '( -- NULL)', 0, 1, 'pushes the empty slot that stands for "no self" in a call'),
    row(
      Op.COPY, 'count', '(bottom, ..[arg-1] -- bottom, .., bottom)', (a) => a, (a) => a + 1,
      'pushes a new reference to the arg-th item from the top',
    ),
    row(
      Op.SWAP, 'count', '(bottom, ..[arg-2], top -- top, .., bottom)', (a) => a, (a) => a,
      'exchanges the top with the arg-th item from the top',
    ),
    row(Op.LOAD_CONST, 'const', '( -- value)', 0, 1, 'pushes a new reference to co_consts[arg]'),
    row(
      Op.LOAD_SMALL_INT, 'int', '( -- value)', 0, 1,
      'pushes the cached int arg (0 to 255), which is immortal', ONLY_314,
    ),
    row(
      Op.LOAD_COMMON_CONSTANT, 'common', '( -- value)', 0, 1,
      'pushes one of a few builtin objects (CommonConstant)', ONLY_314,
    ),
    row(
      Op.LOAD_ASSERTION_ERROR, 'none', '( -- value)', 0, 1,
      'pushes AssertionError, whatever the name is bound to', ONLY_313,
    ),
    row(Op.LOAD_FAST, 'local', '( -- value)', 0, 1, 'pushes a new reference to a local variable'),
    row(
      Op.LOAD_FAST_BORROW, 'local', '( -- value)', 0, 1,
      'pushes a borrowed reference to a local variable: its count does not change', ONLY_314,
    ),
    row(
      Op.LOAD_FAST_LOAD_FAST, 'local2', '( -- value1, value2)', 0, 2,
      'two LOAD_FAST: locals arg >> 4 and arg & 15',
    ),
    row(
      Op.LOAD_FAST_BORROW_LOAD_FAST_BORROW, 'local2', '( -- value1, value2)', 0, 2,
      'two LOAD_FAST_BORROW: locals arg >> 4 and arg & 15', ONLY_314,
    ),
    row(
      Op.LOAD_FAST_CHECK, 'local', '( -- value)', 0, 1,
      'as LOAD_FAST, but raises UnboundLocalError if the local is unbound',
    ),
    row(
      Op.LOAD_FAST_AND_CLEAR, 'local', '( -- value)', 0, 1,
      'moves a local, or NULL, to the stack and leaves the local unbound',
    ),
    row(
      Op.STORE_FAST, 'local', '(value -- )', 1, 0,
      'moves the top of the stack into a local; the old value is released',
    ),
    row(
      Op.STORE_FAST_LOAD_FAST, 'local2', '(value1 -- value2)', 1, 1,
      'STORE_FAST arg >> 4, then LOAD_FAST arg & 15',
    ),
    row(
      Op.STORE_FAST_STORE_FAST, 'local2', '(value2, value1 -- )', 2, 0,
      'STORE_FAST arg >> 4, then STORE_FAST arg & 15',
    ),
    row(Op.DELETE_FAST, 'local', '( -- )', 0, 0, 'unbinds a local and releases its value'),
    row(Op.MAKE_CELL, 'local', '( -- )', 0, 0, "puts a new closure cell, holding the slot's value, into the slot"),
    row(Op.COPY_FREE_VARS, 'count', '( -- )', 0, 0, "copies the arg cells of the function's closure into the frame"),
    row(Op.LOAD_DEREF, 'deref', '( -- value)', 0, 1, 'pushes a new reference to the content of a closure cell'),
    row(Op.STORE_DEREF, 'deref', '(value -- )', 1, 0, 'moves the top of the stack into a closure cell'),
    row(Op.DELETE_DEREF, 'deref', '( -- )', 0, 0, 'empties a closure cell'),
    row(
      Op.LOAD_FROM_DICT_OR_DEREF, 'deref', '(namespace -- value)', 1, 1,
      'looks a free name up in a class namespace, then in its closure cell',
    ),
    row(Op.LOAD_NAME, 'name', '( -- value)', 0, 1, 'looks a name up in the locals, the globals, the builtins'),
    row(Op.STORE_NAME, 'name', '(value -- )', 1, 0, 'binds a name in the locals mapping'),
    row(Op.DELETE_NAME, 'name', '( -- )', 0, 0, 'unbinds a name in the locals mapping'),
    row(
      Op.LOAD_GLOBAL, 'name1', '( -- value, NULL if arg & 1)', 0, (a) => 1 + (a & 1),
      'looks names[arg >> 1] up in the globals, then the builtins',
    ),
    row(Op.STORE_GLOBAL, 'name', '(value -- )', 1, 0, 'binds a global name'),
    row(Op.DELETE_GLOBAL, 'name', '( -- )', 0, 0, 'unbinds a global name'),
    row(
      Op.LOAD_FROM_DICT_OR_GLOBALS, 'name', '(namespace -- value)', 1, 1,
      'looks a name up in the mapping on the stack, then the globals, the builtins',
    ),
    row(Op.LOAD_LOCALS, 'none', '( -- namespace)', 0, 1, "pushes the frame's locals mapping"),
    row(Op.LOAD_BUILD_CLASS, 'none', '( -- function)', 0, 1, 'pushes __build_class__'),
    row(
      Op.LOAD_ATTR, 'name1', '(owner -- attribute, self or NULL if arg & 1)', 1, (a) => 1 + (a & 1),
      'gets attribute names[arg >> 1]; with arg & 1 as a method for a call',
    ),
    row(
      Op.LOAD_SUPER_ATTR, 'name2', '(super, class, self -- attribute, self or NULL if arg & 1)', 3, (a) => 1 + (a & 1),
      'super(...).names[arg >> 2] without making the super object',
    ),
    row(Op.STORE_ATTR, 'name', '(value, owner -- )', 2, 0, 'sets an attribute'),
    row(Op.DELETE_ATTR, 'name', '(owner -- )', 1, 0, 'deletes an attribute'),
    row(
      Op.BINARY_OP, 'binary', '(left, right -- result)', 2, 1,
      'a binary or in-place operator (NB); from 3.14 also left[right]',
    ),
    row(Op.BINARY_SUBSCR, 'none', '(container, key -- value)', 2, 1, 'container[key]', ONLY_313),
    row(Op.BINARY_SLICE, 'none', '(container, start, stop -- value)', 3, 1, 'container[start:stop] without a step'),
    row(Op.STORE_SUBSCR, 'none', '(value, container, key -- )', 3, 0, 'container[key] = value'),
    row(Op.STORE_SLICE, 'none', '(value, container, start, stop -- )', 4, 0, 'container[start:stop] = value'),
    row(Op.DELETE_SUBSCR, 'none', '(container, key -- )', 2, 0, 'del container[key]'),
    row(Op.UNARY_NEGATIVE, 'none', '(value -- result)', 1, 1, '-value'),
    row(Op.UNARY_INVERT, 'none', '(value -- result)', 1, 1, '~value'),
    row(Op.UNARY_NOT, 'none', '(bool -- bool)', 1, 1, 'turns True into False and back'),
    row(Op.TO_BOOL, 'none', '(value -- bool)', 1, 1, 'asks an object for its truth'),
    row(
      Op.COMPARE_OP, 'compare', '(left, right -- result)', 2, 1,
      'a rich comparison, Cmp[arg >> 5]; with arg & 16 the result is made a bool',
    ),
    row(Op.IS_OP, 'invert', '(left, right -- bool)', 2, 1, 'left is right; with arg 1 is not'),
    row(Op.CONTAINS_OP, 'invert', '(left, right -- bool)', 2, 1, 'left in right; with arg 1 not in'),
    row(
      Op.CHECK_EXC_MATCH, 'none', '(exception, type -- exception, bool)', 2, 2,
      "does an except clause's type match",
    ),
    row(Op.CHECK_EG_MATCH, 'none', '(group, type -- rest, match)', 2, 2, 'splits an exception group for except*'),
    row(Op.BUILD_TUPLE, 'count', '(values[arg] -- tuple)', (a) => a, 1, 'makes a tuple that takes over the values'),
    row(Op.BUILD_LIST, 'count', '(values[arg] -- list)', (a) => a, 1, 'makes a list that takes over the values'),
    row(Op.BUILD_SET, 'count', '(values[arg] -- set)', (a) => a, 1, 'makes a set of the values'),
    row(
      Op.BUILD_MAP, 'count', '(keys and values[2*arg] -- dict)', (a) => 2 * a, 1,
      'makes a dict of arg key-value pairs',
    ),
    row(
      Op.BUILD_CONST_KEY_MAP, 'count', '(values[arg], keys -- dict)', (a) => a + 1, 1,
      'makes a dict of arg values and a tuple of keys', ONLY_313,
    ),
    row(Op.BUILD_STRING, 'count', '(pieces[arg] -- str)', (a) => a, 1, 'joins strings, for f-strings'),
    row(Op.BUILD_SLICE, 'count', '(start, stop, step if arg is 3 -- slice)', (a) => a, 1, 'makes a slice object'),
    row(
      Op.BUILD_TEMPLATE, 'none', '(strings, interpolations -- template)', 2, 1,
      "makes a t-string's Template", ONLY_314,
    ),
    row(
      Op.BUILD_INTERPOLATION, 'interpolation', '(value, str, format if arg & 1 -- interpolation)', (a) => 2 + (a & 1), 1,
      "makes a t-string's Interpolation; arg >> 2 is the conversion", ONLY_314,
    ),
    row(
      Op.LIST_APPEND, 'depth', '(list, ..[arg-1], value -- list, ..)', 1, 0,
      'appends to a list under construction',
    ),
    row(
      Op.LIST_EXTEND, 'depth', '(list, ..[arg-1], iterable -- list, ..)', 1, 0,
      'extends a list under construction',
    ),
    row(Op.SET_ADD, 'depth', '(set, ..[arg-1], value -- set, ..)', 1, 0, 'adds to a set under construction'),
    row(
      Op.SET_UPDATE, 'depth', '(set, ..[arg-1], iterable -- set, ..)', 1, 0,
      'adds all to a set under construction',
    ),
    row(
      Op.MAP_ADD, 'depth', '(dict, ..[arg-1], key, value -- dict, ..)', 2, 0,
      'adds a pair to a dict under construction',
    ),
    row(Op.DICT_UPDATE, 'depth', '(dict, ..[arg-1], mapping -- dict, ..)', 1, 0, 'a {**mapping} entry'),
    row(
      Op.DICT_MERGE, 'depth', '(callable, .., dict, ..[arg-1], mapping -- .., dict, ..)', 1, 0,
      'a f(**mapping) argument: duplicate keys are an error',
    ),
    row(
      Op.UNPACK_SEQUENCE, 'count', '(sequence -- values[arg], first on top)', 1, (a) => a,
      'spreads a sequence of exactly arg items',
    ),
    row(
      Op.UNPACK_EX, 'unpackex', '(iterable -- before, rest, after; first on top)', 1, (a) => (a & 0xff) + 1 + (a >> 8),
      'spreads an iterable around a starred target; arg & 255 before, arg >> 8 after',
    ),
    row(Op.CONVERT_VALUE, 'conversion', '(value -- str)', 1, 1, 'f-string conversion: 1 str, 2 repr, 3 ascii'),
    row(Op.FORMAT_SIMPLE, 'none', '(value -- str)', 1, 1, "format(value, '')"),
    row(Op.FORMAT_WITH_SPEC, 'none', '(value, spec -- str)', 2, 1, 'format(value, spec)'),
    row(Op.JUMP_FORWARD, 'jump', '( -- )', 0, 0, 'goes on at a later instruction'),
    row(
      Op.JUMP_BACKWARD, 'jump', '( -- )', 0, 0,
      'goes on at an earlier instruction; the eval loop looks for signals here',
    ),
    row(Op.JUMP_BACKWARD_NO_INTERRUPT, 'jump', '( -- )', 0, 0, 'as JUMP_BACKWARD, without looking for signals'),
    row(Op.POP_JUMP_IF_TRUE, 'jump', '(bool -- )', 1, 0, 'jumps if the top is True'),
    row(Op.POP_JUMP_IF_FALSE, 'jump', '(bool -- )', 1, 0, 'jumps if the top is False'),
    row(Op.POP_JUMP_IF_NONE, 'jump', '(value -- )', 1, 0, 'jumps if the top is None'),
    row(Op.POP_JUMP_IF_NOT_NONE, 'jump', '(value -- )', 1, 0, 'jumps if the top is not None'),
    row(
      Op.NOT_TAKEN, 'none', '( -- )', 0, 0,
      'marks the way on after a conditional jump, for monitoring; does nothing', ONLY_314,
    ),
    row(Op.GET_ITER, 'none', '(iterable -- iterator)', 1, 1, 'iter(iterable)'),
    row(
      Op.GET_YIELD_FROM_ITER, 'none', '(iterable -- iterator)', 1, 1,
      'the iterator of yield from: a generator stands for itself',
    ),
    row(
      Op.FOR_ITER, 'jump', '(iterator -- iterator, next)', 1, 2,
      'pushes the next item; at the end 3.13 pops the iterator and skips END_FOR and POP_TOP at the target, 3.14 keeps it and skips END_FOR',
    ),
    row(
      Op.END_FOR, 'none', '(value -- )', 1, 0,
      "stands behind a loop; only run when the loop's jump is taken out of line",
    ),
    row(Op.POP_ITER, 'none', '(iterator -- )', 1, 0, "drops a finished loop's iterator", ONLY_314),
    row(Op.GET_AITER, 'none', '(iterable -- iterator)', 1, 1, 'type(iterable).__aiter__()'),
    row(Op.GET_ANEXT, 'none', '(iterator -- iterator, awaitable)', 1, 2, 'pushes what awaits the next item'),
    row(
      Op.END_ASYNC_FOR, 'endasync', '(iterator, exception -- )', 2, 0,
      'ends an async for if the exception is StopAsyncIteration, else raises it again; in 3.14 arg is the END_SEND of the loop',
    ),
    row(
      Op.GET_AWAITABLE, 'awaitable', '(value -- awaitable)', 1, 1,
      'the iterator of await; arg tells for whom (0 await, 1 __aenter__, 2 __aexit__)',
    ),
    row(
      Op.SEND, 'jump', '(receiver, value -- receiver, result)', 2, 2,
      'sends into a sub-iterator; jumps when it returned',
    ),
    row(Op.END_SEND, 'none', '(receiver, value -- value)', 2, 1, 'drops a finished sub-iterator'),
    row(
      Op.YIELD_VALUE, 'yield', '(value -- sent)', 1, 1,
      'suspends the frame and hands the value out; arg 1 inside yield from and await',
    ),
    row(
      Op.RETURN_GENERATOR, 'none', '( -- NULL)', 0, 1,
      'makes the generator or coroutine of this frame and returns it to the caller',
    ),
    row(Op.RETURN_VALUE, 'none', '(value -- )', 1, 0, 'leaves the frame and hands its caller the reference'),
    row(
      Op.RETURN_CONST, 'const', '( -- )', 0, 0,
      'leaves the frame with a new reference to co_consts[arg]', ONLY_313,
    ),
    row(
      Op.CLEANUP_THROW, 'none', '(receiver, last sent, exception -- None, value)', 3, 2,
      "turns a sub-iterator's StopIteration into its value",
    ),
    row(
      Op.RAISE_VARARGS, 'count', '(exception and cause: values[arg] -- )', (a) => a, 0,
      'raise: 0 again, 1 exception, 2 with a cause',
    ),
    row(
      Op.RERAISE, 'depth', '(lasti if arg, .., exception -- ..)', 1, 0,
      'raises the exception on the stack again; with arg restores lasti from below',
    ),
    row(
      Op.PUSH_EXC_INFO, 'none', '(exception -- previous exception, exception)', 1, 2,
      'makes the exception the one being handled, saving the previous',
    ),
    row(Op.POP_EXCEPT, 'none', '(previous exception -- )', 1, 0, 'restores the previously handled exception'),
    row(
      Op.WITH_EXCEPT_START, 'none', '(exit, self from 3.14 on, lasti, previous, exception -- .., result)', 0, 1,
      'calls __exit__ with the exception, leaving all as it is below',
    ),
    row(
      Op.BEFORE_WITH, 'none', '(manager -- exit, entered)', 1, 2,
      'pushes __exit__ and the result of __enter__()', ONLY_313,
    ),
    row(
      Op.BEFORE_ASYNC_WITH, 'none', '(manager -- exit, awaitable)', 1, 2,
      'pushes __aexit__ and the result of __aenter__()', ONLY_313,
    ),
    row(
      Op.LOAD_SPECIAL, 'special', '(owner -- method, self or NULL)', 1, 2,
      'looks a special method up on the type (SpecialMethod)', ONLY_314,
    ),
    row(
      Op.CALL, 'count', '(callable, self or NULL, args[arg] -- result)', (a) => a + 2, 1,
      'calls with positional arguments',
    ),
    row(
      Op.CALL_KW, 'count', '(callable, self or NULL, args[arg], names -- result)', (a) => a + 3, 1,
      'calls with positional and keyword arguments',
    ),
    row(
      Op.CALL_FUNCTION_EX, 'callex', '(callable, NULL, args, kwargs -- result)', 4, 1,
      'calls with *args and **kwargs; in 3.13 kwargs are there only with arg 1',
    ),
    row(Op.CALL_INTRINSIC_1, 'intrinsic1', '(value -- result)', 1, 1, 'calls a function of the runtime (Intrinsic1)'),
    row(
      Op.CALL_INTRINSIC_2, 'intrinsic2', '(value1, value2 -- result)', 2, 1,
      'calls a function of the runtime (Intrinsic2)',
    ),
    row(Op.MAKE_FUNCTION, 'none', '(code -- function)', 1, 1, 'makes a function of a code object'),
    row(
      Op.SET_FUNCTION_ATTRIBUTE, 'funcattr', '(attribute, function -- function)', 2, 1,
      'gives a new function defaults, keyword defaults, annotations or a closure (FunctionAttribute)',
    ),
    row(Op.SETUP_ANNOTATIONS, 'none', '( -- )', 0, 0, 'makes sure that the namespace has __annotations__'),
    row(Op.IMPORT_NAME, 'name', '(level, fromlist -- module)', 2, 1, 'imports a module'),
    row(Op.IMPORT_FROM, 'name', '(module -- module, attribute)', 1, 2, 'gets a name from a module'),
    row(Op.GET_LEN, 'none', '(object -- object, length)', 1, 2, 'pushes len(object), for patterns'),
    row(Op.MATCH_MAPPING, 'none', '(subject -- subject, bool)', 1, 2, 'is the subject a mapping'),
    row(Op.MATCH_SEQUENCE, 'none', '(subject -- subject, bool)', 1, 2, 'is the subject a sequence'),
    row(
      Op.MATCH_KEYS, 'none', '(subject, keys -- subject, keys, values or None)', 2, 3,
      "gets the values of a mapping's keys",
    ),
    row(
      Op.MATCH_CLASS, 'count', '(subject, type, names -- attributes or None)', 3, 1,
      'matches a class pattern with arg positional sub-patterns',
    ),
    row(Op.JUMP, 'jump', '( -- )', 0, 0, 'a jump whose direction is not known yet'),
    row(Op.JUMP_NO_INTERRUPT, 'jump', '( -- )', 0, 0, 'as JUMP, without looking for signals'),
    row(Op.JUMP_IF_FALSE, 'jump', '(value -- value)', 0, 0, 'jumps if the top is false and keeps it', ONLY_314),
    row(Op.JUMP_IF_TRUE, 'jump', '(value -- value)', 0, 0, 'jumps if the top is true and keeps it', ONLY_314),
    row(Op.LOAD_CLOSURE, 'local', '( -- cell)', 0, 1, 'pushes a closure cell itself'),
    row(Op.POP_BLOCK, 'none', '( -- )', 0, 0, 'ends a protected region'),
    row(
      Op.SETUP_CLEANUP, 'jump', '( -- )', 0, 0,
      'starts a protected region; its handler gets lasti and the exception',
    ),
    row(Op.SETUP_FINALLY, 'jump', '( -- )', 0, 0, 'starts a protected region; its handler gets the exception'),
    row(
      Op.SETUP_WITH, 'jump', '( -- )', 0, 0,
      'starts a protected region; its handler gets lasti and the exception, one item lower',
    ),
    row(Op.STORE_FAST_MAYBE_NULL, 'local', '(value -- )', 1, 0, 'STORE_FAST of a value that may be NULL'),
    row(Op.ANNOTATIONS_PLACEHOLDER, 'none', '( -- )', 0, 0, "where a module's __annotate__ will be made", ONLY_314),
    row(Op.LOAD_METHOD, 'name', '(owner -- attribute, self or NULL)', 1, 2, 'LOAD_ATTR for a call', ONLY_313),
    row(
      Op.LOAD_SUPER_METHOD, 'name2', '(super, class, self -- attribute, self or NULL)', 3, 2,
      'LOAD_SUPER_ATTR for a call', ONLY_313,
    ),
    row(
      Op.LOAD_ZERO_SUPER_ATTR, 'name2', '(super, class, self -- attribute)', 3, 1,
      'LOAD_SUPER_ATTR of a super() without arguments', ONLY_313,
    ),
    row(
      Op.LOAD_ZERO_SUPER_METHOD, 'name2', '(super, class, self -- attribute, self or NULL)', 3, 2,
      'LOAD_SUPER_ATTR of a super() without arguments, for a call', ONLY_313,
    ),
  ];
  for (const info of rows) table[info.op] = info;
  return table;
})();

/** Net change of the stack's depth when the instruction does not jump. */
export function stackEffect(op: Op, arg: number, profile: Profile): number {
  // CALL_FUNCTION_EX always has a slot for the mapping from 3.14 on; before, only with arg 1.
  if (op === Op.CALL_FUNCTION_EX) return profile === '3.13' ? -2 - (arg & 1) : -3;
  const info = OPCODES[op]!;
  return info.pushes(arg) - info.pops(arg);
}

/** BINARY_OP's argument. The in-place forms are the plain ones plus NB.INPLACE_ADD; SUBSCR is 3.14's. */
export enum NB {
  ADD = 0,
  AND = 1,
  FLOOR_DIVIDE = 2,
  LSHIFT = 3,
  MATRIX_MULTIPLY = 4,
  MULTIPLY = 5,
  REMAINDER = 6,
  OR = 7,
  POWER = 8,
  RSHIFT = 9,
  SUBTRACT = 10,
  TRUE_DIVIDE = 11,
  XOR = 12,
  INPLACE_ADD = 13,
  INPLACE_AND = 14,
  INPLACE_FLOOR_DIVIDE = 15,
  INPLACE_LSHIFT = 16,
  INPLACE_MATRIX_MULTIPLY = 17,
  INPLACE_MULTIPLY = 18,
  INPLACE_REMAINDER = 19,
  INPLACE_OR = 20,
  INPLACE_POWER = 21,
  INPLACE_RSHIFT = 22,
  INPLACE_SUBTRACT = 23,
  INPLACE_TRUE_DIVIDE = 24,
  INPLACE_XOR = 25,
  SUBSCR = 26,
}
/** What a reader sees for BINARY_OP's argument. */
export const NB_SYMBOLS: readonly string[] = [
  '+',
  '&',
  '//',
  '<<',
  '@',
  '*',
  '%',
  '|',
  '**',
  '>>',
  '-',
  '/',
  '^',
  '+=',
  '&=',
  '//=',
  '<<=',
  '@=',
  '*=',
  '%=',
  '|=',
  '**=',
  '>>=',
  '-=',
  '/=',
  '^=',
  '[]',
];

/**
 * COMPARE_OP's argument is `cmp << 5 | bool | mask`: cmp is Py_LT … Py_GE, bool (COMPARE_TO_BOOL) asks for a real bool,
 * and the mask (1 unordered, 2 less, 4 greater, 8 equal) serves the specialized forms; the loop may ignore it.
 */
export enum Cmp {
  LT = 0,
  LE = 1,
  EQ = 2,
  NE = 3,
  GT = 4,
  GE = 5,
}
export const COMPARE_TO_BOOL = 16;
export const COMPARE_MASKS: readonly number[] = [2, 2 | 8, 8, 1 | 2 | 4, 4, 4 | 8];
export const CMP_SYMBOLS: readonly string[] = ['<', '<=', '==', '!=', '>', '>='];

/** CALL_INTRINSIC_1's argument (Include/internal/pycore_intrinsics.h). */
export enum Intrinsic1 {
  INVALID = 0,
  PRINT = 1,
  IMPORT_STAR = 2,
  STOPITERATION_ERROR = 3,
  ASYNC_GEN_WRAP = 4,
  UNARY_POSITIVE = 5,
  LIST_TO_TUPLE = 6,
  TYPEVAR = 7,
  PARAMSPEC = 8,
  TYPEVARTUPLE = 9,
  SUBSCRIPT_GENERIC = 10,
  TYPEALIAS = 11,
}
/** CALL_INTRINSIC_2's argument. */
export enum Intrinsic2 {
  INVALID = 0,
  PREP_RERAISE_STAR = 1,
  TYPEVAR_WITH_BOUND = 2,
  TYPEVAR_WITH_CONSTRAINTS = 3,
  SET_FUNCTION_TYPE_PARAMS = 4,
  SET_TYPEPARAM_DEFAULT = 5,
}
export const INTRINSIC_1_NAMES: readonly string[] = [
  'INTRINSIC_1_INVALID',
  'INTRINSIC_PRINT',
  'INTRINSIC_IMPORT_STAR',
  'INTRINSIC_STOPITERATION_ERROR',
  'INTRINSIC_ASYNC_GEN_WRAP',
  'INTRINSIC_UNARY_POSITIVE',
  'INTRINSIC_LIST_TO_TUPLE',
  'INTRINSIC_TYPEVAR',
  'INTRINSIC_PARAMSPEC',
  'INTRINSIC_TYPEVARTUPLE',
  'INTRINSIC_SUBSCRIPT_GENERIC',
  'INTRINSIC_TYPEALIAS',
];
export const INTRINSIC_2_NAMES: readonly string[] = [
  'INTRINSIC_2_INVALID',
  'INTRINSIC_PREP_RERAISE_STAR',
  'INTRINSIC_TYPEVAR_WITH_BOUND',
  'INTRINSIC_TYPEVAR_WITH_CONSTRAINTS',
  'INTRINSIC_SET_FUNCTION_TYPE_PARAMS',
  'INTRINSIC_SET_TYPEPARAM_DEFAULT',
];

/** LOAD_COMMON_CONSTANT's argument (3.14). */
export enum CommonConstant {
  ASSERTION_ERROR = 0,
  NOT_IMPLEMENTED_ERROR = 1,
  TUPLE = 2,
  ALL = 3,
  ANY = 4,
}
export const COMMON_CONSTANT_NAMES: readonly string[] = [
  'AssertionError',
  'NotImplementedError',
  'tuple',
  'all',
  'any',
];

/** LOAD_SPECIAL's argument (3.14). */
export enum SpecialMethod {
  ENTER = 0,
  EXIT = 1,
  AENTER = 2,
  AEXIT = 3,
}
export const SPECIAL_METHOD_NAMES: readonly string[] = ['__enter__', '__exit__', '__aenter__', '__aexit__'];

/** SET_FUNCTION_ATTRIBUTE's argument. ANNOTATIONS is 3.13's tuple of names and values, ANNOTATE 3.14's function. */
export enum FunctionAttribute {
  DEFAULTS = 1,
  KWDEFAULTS = 2,
  ANNOTATIONS = 4,
  CLOSURE = 8,
  ANNOTATE = 16,
}

/** CONVERT_VALUE's argument. */
export enum Conversion {
  NONE = 0,
  STR = 1,
  REPR = 2,
  ASCII = 3,
}

/** RESUME's argument: where the frame goes on, and whether at depth 1 of the exception table (a plain try-less yield). */
export enum Resume {
  AT_FUNC_START = 0,
  AFTER_YIELD = 1,
  AFTER_YIELD_FROM = 2,
  AFTER_AWAIT = 3,
  DEPTH1_MASK = 4,
}
