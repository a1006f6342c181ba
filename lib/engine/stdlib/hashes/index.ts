/**
 * The hash modules behind `hashlib` and `random` (Modules/md5module.c, sha1module.c, sha2module.c, sha3module.c,
 * blake2module.c). A hash object's state is a JavaScript value: no program can see it change but through its digest.
 */
import { OB_FIELDS, type Handle } from '../../heap/layout';
import { TPFLAGS, type MethodDef, type TypeSlots, type TypeSpec } from '../../heap/object';
import { asIndex, isStr, isTrue } from '../../objects/abstract';
import { bytesOf, getBuffer, releaseBuffer } from '../../objects/buffer';
import { newBytes } from '../../objects/bytes';
import { hexOf } from '../../objects/bytes-methods';
import { params, parseArgs } from '../../objects/getargs';
import { intFromNumber, intToBigInt } from '../../objects/int';
import { freeObject, newObject } from '../../objects/object';
import type { Runtime } from '../../objects/runtime';
import { strFrom } from '../../objects/str';
import { moduleTypeRef, typeOfModule, type NativeModule } from '../../modules/define';
import type { Interpreter } from '../../vm/interpreter';
import type { Digest } from './digest';
import { Md5, Sha1 } from './md5-sha1';
import { Sha256, Sha512 } from './sha2';
import { Blake2, Sha3 } from './sha3-blake2';

const STATE = OB_FIELDS;
const digestOf = (rt: Runtime, h: Handle): Digest => rt.heap.leaf[rt.mem[h + STATE]!] as Digest;

/** `GET_BUFFER_VIEW_OR_ERROUT`: a copy of the bytes, or null with an exception. */
function dataOf(rt: Runtime, h: Handle): Uint8Array | null {
  if (isStr(rt, h)) {
    rt.raise('TypeError', 'Strings must be encoded before hashing');
    return null;
  }
  if (rt.tp(h).bf_getbuffer === null) {
    rt.raise('TypeError', 'object supporting the buffer API required');
    return null;
  }
  const buffer = getBuffer(rt, h);
  if (buffer === null) return null;
  if (buffer.shape.length > 1) {
    releaseBuffer(rt, buffer);
    rt.raise('BufferError', 'Buffer must be single dimension');
    return null;
  }
  const data = bytesOf(buffer);
  releaseBuffer(rt, buffer);
  return data;
}

function make(ip: Interpreter, type: TypeSlots, digest: Digest): Handle {
  const h = newObject(ip, type);
  ip.heap.set(h + STATE, ip.heap.newLeaf(digest));
  if (type.isGc) ip.heap.gcTrack(h);
  return h;
}

/** The length that a SHAKE is asked for; null with an exception. */
function wantedLength(ip: Interpreter, h: Handle): number | null {
  const n = asIndex(ip, h, 'OverflowError');
  if (n === null) return null;
  if (n < 0) {
    ip.raise('ValueError', 'value must be positive');
    return null;
  }
  if (n >= 1 << 29) {
    ip.raise('ValueError', 'length is too large');
    return null;
  }
  return n;
}

const fixed = (show: (ip: Interpreter, d: Uint8Array) => Handle): MethodDef => ({
  kind: 'noargs',
  fn: (ip: Interpreter, self) => show(ip, digestOf(ip, self).digest()),
});
const extendable = (show: (ip: Interpreter, d: Uint8Array) => Handle): MethodDef => ({
  kind: 'clinic',
  params: 'length',
  fn: (ip: Interpreter, self, [length]) => {
    const n = wantedLength(ip, length!);
    return n === null ? 0 : show(ip, digestOf(ip, self).digest(n));
  },
});
const hex = (ip: Interpreter, d: Uint8Array): Handle => hexOf(ip, d, 0, 0);

interface HashType {
  readonly module: string;
  readonly name: string;
  readonly basicsize: number;
  readonly gc: boolean;
  readonly shake?: boolean;
  readonly slots?: TypeSpec['slots'];
  readonly flags?: number;
}

function specOf(t: HashType): TypeSpec {
  const kind = t.shake === true ? extendable : fixed;
  return {
    name: t.name,
    module: t.module,
    gc: t.gc,
    flags: t.flags ?? TPFLAGS.DISALLOW_INSTANTIATION,
    words: 1,
    basicsize: t.basicsize,
    slots: {
      tp_dealloc(rt: Runtime, h: Handle) {
        rt.heap.gcUntrack(h);
        rt.heap.dropLeaf(rt.mem[h + STATE]!);
        freeObject(rt, h);
      },
      ...t.slots,
    },
    methods: {
      update: {
        kind: 'o',
        fn: (ip: Interpreter, self, x) => {
          const data = dataOf(ip, x);
          if (data === null) return 0;
          digestOf(ip, self).update(data);
          return ip.None;
        },
      },
      digest: kind(newBytes),
      hexdigest: kind(hex),
      copy: { kind: 'noargs', fn: (ip: Interpreter, self) => make(ip, ip.tp(self), digestOf(ip, self).copy()) },
    },
    getset: {
      block_size: { get: (rt: Runtime, h) => intFromNumber(rt, digestOf(rt, h).blockSize) },
      digest_size: { get: (rt: Runtime, h) => intFromNumber(rt, digestOf(rt, h).digestSize) },
      name: { get: (rt: Runtime, h) => strFrom(rt, digestOf(rt, h).name) },
    },
  };
}

/** A function that makes hash objects: `md5(string=b'', *, usedforsecurity=True)`. */
function hashFunction(key: string, name: string, parameter: string, start: () => Digest): MethodDef {
  const p = params(name, `${parameter}=, *, usedforsecurity=${parameter === 'data' ? ', string=' : ''}`);
  return {
    kind: 'keywords',
    fn: (ip: Interpreter, _m, args, kwnames) => {
      const a = parseArgs(ip, p, args, kwnames);
      if (a === null) return 0;
      const digest = start();
      const given = a[0] !== 0 ? a[0]! : (a[2] ?? 0);
      if (given !== 0) {
        const data = dataOf(ip, given);
        if (data === null) return 0;
        digest.update(data);
      }
      return make(ip, typeOfModule(ip, key), digest);
    },
  };
}

const md5: HashType = { module: '_md5', name: 'md5', basicsize: 32, gc: true };
const sha1: HashType = { module: '_sha1', name: 'sha1', basicsize: 40, gc: true };
const sha2 = ['224', '256', '384', '512'].map(
  (bits): HashType => ({ module: '_sha2', name: `SHA${bits}Type`, basicsize: 32, gc: true }),
);

const SHA3: readonly [string, number, number, number][] = [
  ['sha3_224', 448, 28, 6],
  ['sha3_256', 512, 32, 6],
  ['sha3_384', 768, 48, 6],
  ['sha3_512', 1024, 64, 6],
  ['shake_128', 256, 0, 31],
  ['shake_256', 512, 0, 31],
];
const sha3 = SHA3.map(([name, capacity, size, suffix]): HashType => {
  const p = params(name, 'data=, /, *, usedforsecurity=');
  return {
    module: '_sha3',
    name,
    basicsize: 32,
    gc: false,
    flags: 0,
    shake: size === 0,
    slots: {
      tp_new(rt: Runtime, type, args, kwnames) {
        const a = parseArgs(rt, p, args, kwnames);
        if (a === null) return 0;
        const digest = new Sha3(name, capacity, size, suffix);
        if (a[0] !== 0) {
          const data = dataOf(rt, a[0]!);
          if (data === null) return 0;
          digest.update(data);
        }
        return make(rt as Interpreter, rt.slotsOfType(type), digest);
      },
    },
  };
});

const BLAKE_PARAMS =
  'data=, /, *, digest_size=, key=, salt=, person=, fanout=, depth=, leaf_size=, node_offset=, node_depth=, inner_size=, last_node=, usedforsecurity=';

function blake(name: 'blake2b' | 'blake2s', basicsize: number): HashType {
  const most = name === 'blake2b' ? 64 : 32;
  const p = params(name, BLAKE_PARAMS);
  return {
    module: '_blake2',
    name,
    basicsize,
    gc: false,
    flags: 0,
    slots: {
      tp_new(rt: Runtime, type, args, kwnames) {
        const a = parseArgs(rt, p, args, kwnames);
        if (a === null) return 0;
        const ip = rt as Interpreter;
        const fail = (message: string, type: 'ValueError' | 'OverflowError' = 'ValueError') => rt.raise(type, message);
        const int = (i: number, otherwise: number): number | null =>
          a[i] === 0 ? otherwise : asIndex(rt, a[i]!, 'OverflowError');
        const bytes = (i: number): Uint8Array | null => (a[i] === 0 ? new Uint8Array(0) : dataOf(rt, a[i]!));
        const digestSize = int(1, most);
        const [key, salt, person] = [bytes(2), bytes(3), bytes(4)];
        const [fanout, depth, leafSize] = [int(5, 1), int(6, 1), int(7, 0)];
        const nodeOffset = a[8] === 0 ? 0n : intToBigInt(rt, a[8]!);
        const [nodeDepth, innerSize] = [int(9, 0), int(10, 0)];
        const lastNode = a[11] === 0 ? 0 : isTrue(rt, a[11]!);
        if (rt.currentException !== 0) return 0;
        if (digestSize! <= 0 || digestSize! > most)
          return fail(
            `digest_size for ${name === 'blake2b' ? 'Blake2b' : 'Blake2s'} must be between 1 and ${most} bytes, here it is ${digestSize}`,
          );
        const saltSize = most / 4;
        if (salt!.length > saltSize) return fail(`maximum salt length is ${saltSize} bytes`);
        if (person!.length > saltSize) return fail(`maximum person length is ${saltSize} bytes`);
        if (fanout! < 0 || fanout! > 255) return fail('fanout must be between 0 and 255');
        if (depth! <= 0 || depth! > 255) return fail('depth must be between 1 and 255');
        if (leafSize! < 0 || leafSize! > 0xffffffff) return fail('leaf_size is too large', 'OverflowError');
        if (nodeOffset < 0n || (name === 'blake2s' ? nodeOffset > 0xffffffffffffn : nodeOffset >= 1n << 64n))
          return fail('node_offset is too large', 'OverflowError');
        if (nodeDepth! < 0 || nodeDepth! > 255) return fail('node_depth must be between 0 and 255');
        if (innerSize! < 0 || innerSize! > most) return fail(`inner_size must be between 0 and is ${most}`);
        if (key!.length > most) return fail(`maximum key length is ${most} bytes`);
        const digest = new Blake2(name, {
          digestSize: digestSize!,
          key: key!.slice(),
          salt: salt!.slice(),
          person: person!.slice(),
          fanout: fanout!,
          depth: depth!,
          leafSize: leafSize!,
          nodeOffset,
          nodeDepth: nodeDepth!,
          innerSize: innerSize!,
          lastNode: lastNode === 1,
        });
        if (a[0] !== 0) {
          const data = dataOf(rt, a[0]!);
          if (data === null) return 0;
          digest.update(data);
        }
        return make(ip, rt.slotsOfType(type), digest);
      },
    },
  };
}

export const hashModules: NativeModule[] = [
  {
    name: '_md5',
    methods: { md5: hashFunction('_md5.md5', 'md5', 'data', () => new Md5()) },
    values: (ip) => ({ MD5Type: moduleTypeRef(ip, specOf(md5)) }),
  },
  {
    name: '_sha1',
    methods: { sha1: hashFunction('_sha1.sha1', 'sha1', 'data', () => new Sha1()) },
    values: (ip) => ({ SHA1Type: moduleTypeRef(ip, specOf(sha1)) }),
  },
  {
    name: '_sha2',
    methods: {
      sha224: hashFunction('_sha2.SHA224Type', 'sha224', 'data', () => new Sha256('sha224')),
      sha256: hashFunction('_sha2.SHA256Type', 'sha256', 'data', () => new Sha256('sha256')),
      sha384: hashFunction('_sha2.SHA384Type', 'sha384', 'data', () => new Sha512('sha384')),
      sha512: hashFunction('_sha2.SHA512Type', 'sha512', 'data', () => new Sha512('sha512')),
    },
    values: (ip) => Object.fromEntries(sha2.map((t) => [t.name, moduleTypeRef(ip, specOf(t))])),
  },
  {
    name: '_sha3',
    methods: {},
    values: (ip) => ({
      ...Object.fromEntries(sha3.map((t) => [t.name, moduleTypeRef(ip, specOf(t))])),
      implementation: strFrom(ip, 'HACL'),
    }),
  },
  {
    name: '_blake2',
    methods: {},
    values: (ip) =>
      Object.fromEntries(
        [blake('blake2b', 440), blake('blake2s', 232)].map((t) => [t.name, moduleTypeRef(ip, specOf(t))]),
      ),
  },
];
