/**
 * What each instruction does, in a learner's words: for the instructions that the compiler emits, of 3.13 and 3.14. In a
 * text `{}` stands for the argument as dis shows it; what is between two `|` is said only if there is one.
 */

/** What the instruction does with references; the counts that changed say it in numbers. */
export type Ownership =
  /** A new reference is pushed: the object's count rises. */
  | 'new'
  /** A reference is pushed that the frame's local still owns: the count stays. */
  | 'borrowed'
  /** A reference moves; no count changes by that. */
  | 'moved'
  /** What is taken off the stack is released. */
  | 'consumed'
  /** Operands are released, and a new reference to the result is pushed. */
  | 'result'
  | 'none';

export const OWNERSHIP_WORDS: Readonly<Record<Ownership, string>> = {
  new: 'pushes a new reference',
  borrowed: 'pushes a borrowed reference: no count changes',
  moved: 'moves a reference: by this no count changes',
  consumed: 'uses up what it takes from the stack',
  result: 'uses up its operands, pushes a new reference',
  none: 'touches no reference',
};

type Words = readonly [Ownership, string];

// biome-ignore format: a table reads best in rows
export const OPCODE_WORDS: Readonly<Record<string, Words>> = {
  // The frame.
  NOP: ['none', 'Does nothing: it stands for a line of the source.'],
  RESUME: ['none', 'Marks where the code starts or goes on; here the interpreter looks for interrupts.'],
  NOT_TAKEN: ['none', 'Does nothing: it marks the way on when the jump before it was not taken.'],
  MAKE_CELL: ['moved', 'Puts a new cell around the local `{}`, because an inner function uses that name too.'],
  COPY_FREE_VARS: ['new', 'Copies the {} cells of the function’s closure into the frame.'],
  RETURN_GENERATOR: ['new', 'Makes a generator or coroutine of this frame and returns it to the caller at once.'],
  RETURN_VALUE: ['moved', 'Leaves the frame and hands the caller the reference on top of the stack.'],
  RETURN_CONST: ['new', 'Leaves the frame and hands the caller a new reference to the constant `{}`.'],
  YIELD_VALUE: ['moved', 'Stops here for now and hands the value on top of the stack to the caller; the frame stays as it is.'],

  // The stack.
  POP_TOP: ['consumed', 'Drops the top of the stack and releases that reference.'],
  PUSH_NULL: ['none', 'Pushes an empty slot: in a call it stands for “no self”.'],
  COPY: ['new', 'Pushes another reference to the item {} places from the top.'],
  SWAP: ['moved', 'Exchanges the top of the stack with the item {} places from the top.'],

  // Constants.
  LOAD_CONST: ['new', 'Pushes the constant `{}` of this code.'],
  LOAD_SMALL_INT: ['none', 'Pushes the int `{}`, one of the small ints that exist once and are immortal.'],
  LOAD_COMMON_CONSTANT: ['new', 'Pushes the built-in `{}`, whatever that name is bound to.'],
  LOAD_ASSERTION_ERROR: ['new', 'Pushes `AssertionError`, whatever that name is bound to.'],

  // Local names.
  LOAD_FAST: ['new', 'Pushes a new reference to what the local `{}` refers to.'],
  LOAD_FAST_BORROW: ['borrowed', 'Pushes what the local `{}` refers to, without counting it: the local keeps it alive meanwhile.'],
  LOAD_FAST_LOAD_FAST: ['new', 'Pushes new references to what the locals `{}` refer to.'],
  LOAD_FAST_BORROW_LOAD_FAST_BORROW: ['borrowed', 'Pushes what the locals `{}` refer to, without counting: the locals keep them alive meanwhile.'],
  LOAD_FAST_CHECK: ['new', 'Pushes what the local `{}` refers to; raises UnboundLocalError if it has no value.'],
  LOAD_FAST_AND_CLEAR: ['moved', 'Moves what the local `{}` refers to onto the stack, for a comprehension to have the name; it is put back later.'],
  STORE_FAST: ['moved', 'Moves the top of the stack into the local `{}`; what it referred to before is released.'],
  STORE_FAST_LOAD_FAST: ['moved', 'Stores the top of the stack in the first of the locals `{}`, then pushes the second.'],
  STORE_FAST_STORE_FAST: ['moved', 'Moves the two topmost items into the locals `{}`; what they referred to before is released.'],
  DELETE_FAST: ['consumed', 'Takes the local `{}` away and releases what it referred to.'],

  // Closures.
  LOAD_DEREF: ['new', 'Pushes a new reference to what is in the closure cell of `{}`.'],
  STORE_DEREF: ['moved', 'Moves the top of the stack into the closure cell of `{}`.'],
  DELETE_DEREF: ['consumed', 'Empties the closure cell of `{}`.'],
  LOAD_FROM_DICT_OR_DEREF: ['new', 'Looks `{}` up in the class’s namespace, then in its closure cell.'],

  // Names.
  LOAD_NAME: ['new', 'Looks the name `{}` up, in the locals, the globals, then the builtins, and pushes a new reference to what it refers to.'],
  STORE_NAME: ['moved', 'Binds the name `{}` to the top of the stack; what it referred to before is released.'],
  DELETE_NAME: ['consumed', 'Takes the name `{}` away and releases what it referred to.'],
  LOAD_GLOBAL: ['new', 'Looks the global or built-in name `{}` up and pushes a new reference to what it refers to.'],
  STORE_GLOBAL: ['moved', 'Binds the global name `{}` to the top of the stack; what it referred to before is released.'],
  DELETE_GLOBAL: ['consumed', 'Takes the global name `{}` away and releases what it referred to.'],
  LOAD_FROM_DICT_OR_GLOBALS: ['new', 'Looks `{}` up in the namespace on the stack, then in the globals and the builtins.'],
  LOAD_LOCALS: ['new', 'Pushes the namespace in which the code runs.'],
  LOAD_BUILD_CLASS: ['new', 'Pushes the built-in function that makes classes.'],
  SETUP_ANNOTATIONS: ['none', 'Makes sure that there is an `__annotations__` dict.'],

  // Attributes and items.
  LOAD_ATTR: ['result', 'Gets the attribute `{}` of the object on top of the stack.'],
  LOAD_SUPER_ATTR: ['result', 'Gets `super().{}` without making the super object.'],
  STORE_ATTR: ['consumed', 'Sets the attribute `{}` of the topmost object to the value below it: the object now holds the value.'],
  DELETE_ATTR: ['consumed', 'Deletes the attribute `{}` of the topmost object.'],
  BINARY_SUBSCR: ['result', 'Gets `container[key]` for the two topmost items.'],
  BINARY_SLICE: ['result', 'Gets `container[start:stop]` for the three topmost items.'],
  STORE_SUBSCR: ['consumed', 'Sets `container[key] = value` for the three topmost items: the container now holds the value.'],
  STORE_SLICE: ['consumed', 'Sets `container[start:stop] = value` for the four topmost items.'],
  DELETE_SUBSCR: ['consumed', 'Deletes `container[key]` for the two topmost items.'],
  LOAD_SPECIAL: ['result', 'Looks the special method `{}` up on the type of the topmost object.'],

  // Operators.
  BINARY_OP: ['result', 'Applies `{}` to the two topmost items and pushes the result.'],
  UNARY_NEGATIVE: ['result', 'Negates the top of the stack: `-value`.'],
  UNARY_INVERT: ['result', 'Inverts the bits of the top of the stack: `~value`.'],
  UNARY_NOT: ['result', 'Replaces the bool on top of the stack by its opposite.'],
  TO_BOOL: ['result', 'Replaces the top of the stack by `bool(value)`.'],
  COMPARE_OP: ['result', 'Compares the two topmost items by `{}` and pushes the result.'],
  IS_OP: ['result', 'Asks whether the two topmost items are the same object; with 1 whether they are not.'],
  CONTAINS_OP: ['result', 'Asks whether the topmost item contains the one below it; with 1 whether it does not.'],
  CHECK_EXC_MATCH: ['result', 'Asks whether the exception below is of the class on top of the stack.'],
  CHECK_EG_MATCH: ['result', 'Splits an exception group by the class on top of the stack, for `except*`.'],

  // Building.
  BUILD_TUPLE: ['result', 'Makes a tuple of the {} topmost items; the tuple takes their references over.'],
  BUILD_LIST: ['result', 'Makes a list of the {} topmost items; the list takes their references over.'],
  BUILD_SET: ['result', 'Makes a set of the {} topmost items.'],
  BUILD_MAP: ['result', 'Makes a dict of {} pairs of key and value from the stack.'],
  BUILD_CONST_KEY_MAP: ['result', 'Makes a dict of {} values and a tuple of keys.'],
  BUILD_STRING: ['result', 'Joins the {} topmost strings, for an f-string.'],
  BUILD_SLICE: ['result', 'Makes a slice object of the {} topmost items.'],
  BUILD_TEMPLATE: ['result', 'Makes the Template of a t-string.'],
  BUILD_INTERPOLATION: ['result', 'Makes one Interpolation of a t-string.'],
  LIST_APPEND: ['moved', 'Appends the top of the stack to the list {} places below; the list takes the reference over.'],
  LIST_EXTEND: ['consumed', 'Extends the list {} places below by the items of the top of the stack.'],
  SET_ADD: ['consumed', 'Adds the top of the stack to the set {} places below.'],
  SET_UPDATE: ['consumed', 'Adds all items of the top of the stack to the set {} places below.'],
  MAP_ADD: ['moved', 'Adds a key and its value to the dict {} places below.'],
  DICT_UPDATE: ['consumed', 'Adds all pairs of the top of the stack to the dict {} places below: `{**mapping}`.'],
  DICT_MERGE: ['consumed', 'Adds all pairs of the top of the stack to the arguments of a call: `f(**mapping)`.'],
  UNPACK_SEQUENCE: ['result', 'Spreads a sequence of {} items over the stack, the first one on top.'],
  UNPACK_EX: ['result', 'Spreads an iterable around a starred target.'],
  CONVERT_VALUE: ['result', 'Converts the top of the stack for an f-string, by `{}`.'],
  FORMAT_SIMPLE: ['result', 'Formats the top of the stack for an f-string.'],
  FORMAT_WITH_SPEC: ['result', 'Formats a value by the format on top of the stack, for an f-string.'],

  // Jumps and loops.
  JUMP_FORWARD: ['none', 'Goes on further down, {}.'],
  JUMP_BACKWARD: ['none', 'Goes back up, {}; here the interpreter looks for interrupts.'],
  JUMP_BACKWARD_NO_INTERRUPT: ['none', 'Goes back up, {}.'],
  POP_JUMP_IF_TRUE: ['consumed', 'Takes a bool off the stack and jumps, {}, if it is True.'],
  POP_JUMP_IF_FALSE: ['consumed', 'Takes a bool off the stack and jumps, {}, if it is False.'],
  POP_JUMP_IF_NONE: ['consumed', 'Takes a value off the stack and jumps, {}, if it is None.'],
  POP_JUMP_IF_NOT_NONE: ['consumed', 'Takes a value off the stack and jumps, {}, if it is not None.'],
  GET_ITER: ['result', 'Replaces the top of the stack by an iterator over it; the iterator holds it.'],
  GET_YIELD_FROM_ITER: ['result', 'Replaces the top of the stack by the iterator that `yield from` goes through.'],
  FOR_ITER: ['new', 'Pushes the iterator’s next item; when there is none, jumps {}.'],
  END_FOR: ['none', 'Stands behind a loop: it is skipped when the loop ends.'],
  POP_ITER: ['consumed', 'Drops the iterator of a finished loop.'],

  // Async.
  GET_AITER: ['result', 'Replaces the top of the stack by its asynchronous iterator.'],
  GET_ANEXT: ['new', 'Pushes what is to be awaited for the next item.'],
  END_ASYNC_FOR: ['consumed', 'Ends an `async for` if the exception is StopAsyncIteration; raises any other again.'],
  GET_AWAITABLE: ['result', 'Replaces the top of the stack by what can be awaited of it.'],
  SEND: ['result', 'Sends the top of the stack into the iterator below; when that has returned, jumps {}.'],
  END_SEND: ['consumed', 'Drops the iterator that has returned, and keeps its value.'],
  CLEANUP_THROW: ['result', 'Turns a StopIteration that came out of an inner iterator into its value.'],

  // Exceptions and with.
  RAISE_VARARGS: ['consumed', 'Raises an exception; with 0 the one being handled again, with 2 an exception and its cause.'],
  RERAISE: ['consumed', 'Raises the exception on the stack again.'],
  PUSH_EXC_INFO: ['moved', 'Makes the exception the one being handled and keeps the one before it on the stack.'],
  POP_EXCEPT: ['consumed', 'Ends the handling of an exception: the one before it is the current one again.'],
  WITH_EXCEPT_START: ['new', 'Calls `__exit__` with the exception.'],
  BEFORE_WITH: ['result', 'Calls `__enter__` and keeps `__exit__` on the stack.'],
  BEFORE_ASYNC_WITH: ['result', 'Calls `__aenter__` and keeps `__aexit__` on the stack.'],

  // Calls.
  CALL: ['result', 'Calls with {} arguments: callee and arguments are taken off the stack, the result is pushed.'],
  CALL_KW: ['result', 'Calls with {} arguments, some of them by keyword: their names are the tuple on top of the stack.'],
  CALL_FUNCTION_EX: ['result', 'Calls with `*args` and `**kwargs`.'],
  CALL_INTRINSIC_1: ['result', 'Calls a function of the interpreter itself, `{}`, on the top of the stack.'],
  CALL_INTRINSIC_2: ['result', 'Calls a function of the interpreter itself, `{}`, on the two topmost items.'],
  MAKE_FUNCTION: ['result', 'Makes a function of the code object on top of the stack.'],
  SET_FUNCTION_ATTRIBUTE: ['moved', 'Gives the new function its `{}`; the function takes the reference over.'],
  IMPORT_NAME: ['result', 'Imports the module `{}` and pushes it.'],
  IMPORT_FROM: ['new', 'Gets `{}` from the module on top of the stack, which stays there.'],

  // Patterns.
  GET_LEN: ['new', 'Pushes the length of the top of the stack, for a pattern.'],
  MATCH_MAPPING: ['new', 'Asks whether the subject is a mapping.'],
  MATCH_SEQUENCE: ['new', 'Asks whether the subject is a sequence.'],
  MATCH_KEYS: ['new', 'Pushes the values of the subject’s keys, or None if one is missing.'],
  MATCH_CLASS: ['result', 'Pushes the attributes that a class pattern asks for, or None if the subject is of another class.'],
};
