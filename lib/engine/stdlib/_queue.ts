/**
 * The module _queue (Modules/_queuemodule.c): SimpleQueue, a ring of items.
 * DIFFERS: there is one thread, so nobody could put an item while get() waits: it raises at once.
 */
import type { Handle } from '../heap/layout';
import { TPFLAGS, type TypeSpec } from '../heap/object';
import { isTrue } from '../objects/abstract';
import { dictSet, newDict } from '../objects/dict';
import { genericAlias } from '../objects/dict-methods';
import { noKeywords } from '../objects/getargs';
import { intFromNumber } from '../objects/int';
import { asDouble } from '../objects/number-convert';
import { allocInstance, freeObject } from '../objects/object';
import type { Runtime } from '../objects/runtime';
import { newTuple } from '../objects/tuple';
import { clearWeakrefs } from '../objects/weakref-list';
import { moduleTypeRef, type NativeModule } from '../modules/define';
import type { Interpreter } from '../vm/interpreter';

const ITEMS = 2;
const CAP = 3;
const GET = 4;
const PUT = 5;
const COUNT = 6;
const WEAKLIST = 7;
const INITIAL_CAPACITY = 8;

/** `resize_ringbuf`: the items move to the start of a table of another size. */
function resize(rt: Runtime, h: Handle, capacity: number): void {
  const { heap, mem } = rt;
  const table = heap.allocRaw(capacity, capacity * 8);
  const n = mem[h + COUNT]!;
  const old = mem[h + ITEMS]!;
  for (let i = 0; i < n; i++) heap.set(table + i, mem[old + ((mem[h + GET]! + i) % mem[h + CAP]!)]!);
  heap.freeRaw(old);
  heap.set(h + ITEMS, table);
  heap.set(h + CAP, capacity);
  heap.set(h + GET, 0);
  heap.set(h + PUT, n);
}

/** Item stolen. */
function put(rt: Runtime, h: Handle, item: Handle): void {
  const { heap, mem } = rt;
  if (mem[h + COUNT] === mem[h + CAP]) resize(rt, h, mem[h + CAP]! * 2);
  heap.set(mem[h + ITEMS]! + mem[h + PUT]!, item);
  heap.set(h + PUT, (mem[h + PUT]! + 1) % mem[h + CAP]!);
  heap.set(h + COUNT, mem[h + COUNT]! + 1);
}

/** The oldest item, the caller's now; there must be one. */
function get(rt: Runtime, h: Handle): Handle {
  const { heap, mem } = rt;
  const cap = mem[h + CAP]!;
  if (mem[h + COUNT]! < cap / 4 && cap > INITIAL_CAPACITY) resize(rt, h, cap / 2);
  const word = mem[h + ITEMS]! + mem[h + GET]!;
  const item = mem[word]!;
  heap.set(word, 0);
  heap.set(h + GET, (mem[h + GET]! + 1) % mem[h + CAP]!);
  heap.set(h + COUNT, mem[h + COUNT]! - 1);
  return item;
}

function empty(ip: Interpreter): 0 {
  const type = ip.moduleState.get('_queue.Empty') as Handle;
  const e = ip.call(type, []);
  return e === 0 ? 0 : ip.raiseException(e);
}

function clear(rt: Runtime, h: Handle): void {
  while (rt.mem[h + COUNT]! > 0) rt.decref(get(rt, h));
}

function queueGet(ip: Interpreter, h: Handle, args: Handle[]): Handle {
  const block = args[0] === 0 ? 1 : isTrue(ip, args[0]!);
  if (block < 0) return 0;
  const limited = args[1] !== 0 && args[1] !== ip.None;
  if (block === 1 && limited) {
    const seconds = asDouble(ip, args[1]!);
    if (seconds === null) return 0;
    if (seconds < 0) return ip.raise('ValueError', "'timeout' must be a non-negative number");
  }
  if (ip.mem[h + COUNT]! > 0) return get(ip, h);
  if (block === 0 || limited) return empty(ip);
  return ip.raise('RuntimeError', 'the queue is empty, and there is no other thread that could put something');
}

const simpleQueueSpec: TypeSpec = {
  name: 'SimpleQueue',
  module: '_queue',
  gc: true,
  flags: TPFLAGS.BASETYPE,
  words: 6,
  basicsize: 72,
  weaklistoffset: WEAKLIST,
  doc: 'Simple, unbounded, reentrant FIFO queue.',
  slots: {
    tp_dealloc(rt: Runtime, h) {
      rt.heap.gcUntrack(h);
      clear(rt, h);
      rt.heap.freeRaw(rt.mem[h + ITEMS]!);
      if (rt.mem[h + WEAKLIST] !== 0) clearWeakrefs(rt, h);
      freeObject(rt, h);
    },
    tp_traverse(rt: Runtime, h, visit) {
      const { mem } = rt;
      for (let i = 0; i < mem[h + COUNT]!; i++) {
        const word = mem[h + ITEMS]! + ((mem[h + GET]! + i) % mem[h + CAP]!);
        visit(mem[word]!, word);
      }
    },
    tp_clear: clear,
    tp_new(rt: Runtime, type: Handle, args: Handle[], kwnames: Handle[] | null) {
      if (!noKeywords(rt, 'SimpleQueue', kwnames)) return 0;
      if (args.length > 0) return rt.raise('TypeError', 'SimpleQueue() takes no positional arguments');
      const h = allocInstance(rt, rt.slotsOfType(type));
      rt.heap.set(h + ITEMS, rt.heap.allocRaw(INITIAL_CAPACITY, INITIAL_CAPACITY * 8));
      rt.heap.set(h + CAP, INITIAL_CAPACITY);
      return h;
    },
  },
  methods: {
    empty: { kind: 'noargs', fn: (rt: Runtime, h) => rt.bool(rt.mem[h + COUNT] === 0) },
    get: { kind: 'clinic', params: 'block=, timeout=', fn: queueGet },
    get_nowait: { kind: 'noargs', fn: (ip: Interpreter, h) => (ip.mem[h + COUNT] === 0 ? empty(ip) : get(ip, h)) },
    put: {
      kind: 'clinic',
      params: 'item, block=, timeout=',
      fn: (rt: Runtime, h, [item]) => {
        put(rt, h, rt.newRef(item!));
        return rt.None;
      },
    },
    put_nowait: {
      kind: 'clinic',
      params: 'item',
      fn: (rt: Runtime, h, [item]) => {
        put(rt, h, rt.newRef(item!));
        return rt.None;
      },
    },
    qsize: { kind: 'noargs', fn: (rt: Runtime, h) => intFromNumber(rt, rt.mem[h + COUNT]!) },
  },
  classmethods: { __class_getitem__: { kind: 'o', fn: genericAlias, doc: 'See PEP 585' } },
};

/** `PyErr_NewExceptionWithDoc`: new. */
function newException(ip: Interpreter, module: string, name: string): Handle {
  const dict = newDict(ip);
  dictSet(ip, dict, ip.id('__module__'), ip.id(module));
  const bases = newTuple(ip, [ip.newRef(ip.types.Exception.handle)]);
  const type = ip.call(ip.types.type.handle, [ip.id(name), bases, dict]);
  ip.decref(bases);
  ip.decref(dict);
  return type;
}

export const queueModule: NativeModule = {
  name: '_queue',
  methods: {},
  values(ip: Interpreter) {
    const type = newException(ip, '_queue', 'Empty');
    if (type === 0) return null;
    ip.moduleState.set('_queue.Empty', type);
    ip.moduleRefs.push(type);
    return { Empty: ip.newRef(type), SimpleQueue: moduleTypeRef(ip, simpleQueueSpec) };
  },
};
