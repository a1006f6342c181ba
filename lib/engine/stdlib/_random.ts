/** `_random` (Modules/_randommodule.c): the Mersenne Twister, MT19937, number for number as CPython draws them. */
import { OB_FIELDS, type Handle } from '../heap/layout';
import { TPFLAGS, type TypeSpec } from '../heap/object';
import { asIndex, hash, isInt, isTuple, numberIndex } from '../objects/abstract';
import { hashFailed } from '../objects/dict';
import { newFloat } from '../objects/float';
import { noKeywords } from '../objects/getargs';
import { hashToBigInt } from '../objects/hash';
import { intFromBigInt, intFromNumber, intToBigInt } from '../objects/int';
import { allocInstance, freeObject } from '../objects/object';
import type { Runtime } from '../objects/runtime';
import { newTuple, tupleItems } from '../objects/tuple';
import { moduleTypeRef, type NativeModule } from '../modules/define';
import type { Interpreter } from '../vm/interpreter';

const N = 624;
const M = 397;
const STATE = OB_FIELDS;
/** More bits at once end as a MemoryError. */
const MAX_BITS = 1 << 28;

class Twister {
  readonly words = new Uint32Array(N);
  index = N;

  private seedWord(seed: number): void {
    const w = this.words;
    w[0] = seed;
    for (let i = 1; i < N; i++) w[i] = Math.imul(1812433253, w[i - 1]! ^ (w[i - 1]! >>> 30)) + i;
    this.index = N;
  }

  /** `init_by_array`. */
  seed(key: Uint32Array): void {
    const w = this.words;
    this.seedWord(19650218);
    let i = 1;
    let j = 0;
    const wrap = (): void => {
      if (++i < N) return;
      w[0] = w[N - 1]!;
      i = 1;
    };
    for (let k = Math.max(N, key.length); k > 0; k--) {
      w[i] = (w[i]! ^ Math.imul(w[i - 1]! ^ (w[i - 1]! >>> 30), 1664525)) + key[j]! + j;
      wrap();
      if (++j >= key.length) j = 0;
    }
    for (let k = N - 1; k > 0; k--) {
      w[i] = (w[i]! ^ Math.imul(w[i - 1]! ^ (w[i - 1]! >>> 30), 1566083941)) - i;
      wrap();
    }
    w[0] = 0x80000000;
  }

  /** The next 32 bits. */
  next(): number {
    const w = this.words;
    if (this.index >= N) {
      for (let k = 0; k < N; k++) {
        const y = (w[k]! & 0x80000000) | (w[(k + 1) % N]! & 0x7fffffff);
        w[k] = w[(k + M) % N]! ^ (y >>> 1) ^ ((y & 1) !== 0 ? 0x9908b0df : 0);
      }
      this.index = 0;
    }
    let y = w[this.index++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }
}

const twister = (rt: Runtime, h: Handle): Twister => rt.heap.leaf[rt.mem[h + STATE]!] as Twister;

function wordsOf(n: bigint): Uint32Array {
  const words: number[] = [];
  for (let x = n; x > 0n; x >>= 32n) words.push(Number(x & 0xffffffffn));
  return Uint32Array.from(words.length === 0 ? [0] : words);
}

/** `random_seed`: false with an exception. `arg` 0 or None: from the outside. */
function seed(rt: Runtime, h: Handle, arg: Handle): boolean {
  const t = twister(rt, h);
  if (arg === 0 || arg === rt.None) {
    const key = new Uint32Array(N);
    const bytes = (rt as Interpreter).host.randomBytes?.(4 * N);
    for (let i = 0; i < N; i++) {
      const four = bytes?.subarray(4 * i, 4 * i + 4);
      key[i] =
        four === undefined ? Math.random() * 2 ** 32 : four[0]! | (four[1]! << 8) | (four[2]! << 16) | (four[3]! << 24);
    }
    t.seed(key);
    return true;
  }
  let n: bigint;
  if (isInt(rt, arg)) {
    n = intToBigInt(rt, arg);
    if (n < 0n) n = -n;
  } else {
    const low = hash(rt, arg);
    if (hashFailed(rt, low)) return false;
    n = BigInt.asUintN(64, hashToBigInt(low, rt.hashHigh));
  }
  t.seed(wordsOf(n));
  return true;
}

function getrandbits(rt: Runtime, h: Handle, arg: Handle): Handle {
  let k: number;
  const n = asIndex(rt, arg, 'OverflowError');
  if (n === null) return 0;
  k = n;
  if (k < 0) {
    const is313 = rt.facts.name === '3.13';
    return rt.raise('ValueError', is313 ? 'number of bits must be non-negative' : 'Cannot convert negative int');
  }
  if (k > 0x7fffffff) return rt.raise('OverflowError', 'Python int too large to convert to C int');
  if (k === 0) return intFromNumber(rt, 0);
  const t = twister(rt, h);
  if (k <= 32) return intFromNumber(rt, t.next() >>> (32 - k));
  if (k > MAX_BITS) return rt.raise('MemoryError', '');
  let hex = '';
  const parts: string[] = [];
  for (; k > 0; k -= 32) {
    let r = t.next();
    if (k < 32) r >>>= 32 - k;
    parts.push(r.toString(16).padStart(8, '0'));
  }
  hex = parts.reverse().join('');
  return intFromBigInt(rt, BigInt(`0x${hex}`));
}

function setstate(rt: Runtime, h: Handle, state: Handle): Handle {
  if (!isTuple(rt, state)) return rt.raise('TypeError', 'state vector must be a tuple');
  const items = tupleItems(rt, state);
  if (items.length !== N + 1) return rt.raise('ValueError', 'state vector is the wrong size');
  const words = new Uint32Array(N);
  for (let i = 0; i <= N; i++) {
    const number = numberIndex(rt, items[i]!);
    if (number === 0) return 0;
    const n = intToBigInt(rt, number);
    rt.decref(number);
    if (i < N) {
      if (n < 0n) return rt.raise('OverflowError', "can't convert negative value to unsigned int");
      if (n >= 1n << 64n) return rt.raise('OverflowError', 'Python int too large to convert to C unsigned long');
      words[i] = Number(n & 0xffffffffn);
    } else {
      if (BigInt.asIntN(64, n) !== n) return rt.raise('OverflowError', 'Python int too large to convert to C long');
      if (n < 0n || n > BigInt(N)) return rt.raise('ValueError', 'invalid state');
      const t = twister(rt, h);
      t.words.set(words);
      t.index = Number(n);
    }
  }
  return rt.None;
}

const spec: TypeSpec = {
  name: 'Random',
  module: '_random',
  flags: TPFLAGS.BASETYPE,
  words: 1,
  basicsize: 2520,
  doc: 'Random() -> create a random number generator with its own internal state.',
  slots: {
    tp_new(rt: Runtime, type: Handle) {
      const h = allocInstance(rt, rt.slotsOfType(type));
      rt.heap.set(h + STATE, rt.heap.newLeaf(new Twister()));
      return h;
    },
    tp_init(rt: Runtime, self: Handle, args: Handle[], kwnames: Handle[] | null) {
      if (!rt.tp(self).isPythonClass && !noKeywords(rt, 'Random', kwnames)) return -1;
      const n = args.length - (kwnames?.length ?? 0);
      if (n > 1) return rt.raiseInt('TypeError', 'Random() requires 0 or 1 argument');
      return seed(rt, self, n === 0 ? 0 : args[0]!) ? 0 : -1;
    },
    tp_dealloc(rt: Runtime, h: Handle) {
      rt.heap.dropLeaf(rt.mem[h + STATE]!);
      freeObject(rt, h);
    },
  },
  methods: {
    random: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        const t = twister(rt, h);
        const a = t.next() >>> 5;
        const b = t.next() >>> 6;
        return newFloat(rt, (a * 67108864 + b) / 9007199254740992);
      },
    },
    seed: {
      kind: 'fast',
      min: 0,
      max: 1,
      fn: (rt: Runtime, h, args) => (seed(rt, h, args[0] ?? 0) ? rt.None : 0),
    },
    getstate: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        const t = twister(rt, h);
        return newTuple(rt, [...Array.from(t.words, (w) => intFromNumber(rt, w)), intFromNumber(rt, t.index)]);
      },
    },
    setstate: { kind: 'o', fn: setstate },
    getrandbits: { kind: 'o', fn: getrandbits },
  },
};

export const randomModule: NativeModule = {
  name: '_random',
  methods: {},
  values: (ip) => ({ Random: moduleTypeRef(ip, spec) }),
};
