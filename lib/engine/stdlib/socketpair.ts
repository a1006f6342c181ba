/**
 * Connected sockets within the interpreter (Modules/socketmodule.c, `socketpair`) and waiting for them
 * (Modules/selectmodule.c): what asyncio's event loop is built on. Nothing else can happen while a program waits, so
 * `select` lets the clocks go on by its timeout and returns.
 */
import type { Handle } from '../heap/layout';
import { TPFLAGS, type MethodDef, type TypeSpec } from '../heap/object';
import { asIndex, getAttrString, getIter, isInt, isTrue, iterNext } from '../objects/abstract';
import { newBytes } from '../objects/bytes';
import { newFloat } from '../objects/float';
import { genericGetAttr, genericSetAttr } from '../objects/generic-attr';
import { params, parseArgs } from '../objects/getargs';
import { intFromNumber, intToNumber } from '../objects/int';
import { listItems, newList } from '../objects/list';
import { asDouble } from '../objects/number-convert';
import { bytesOf, getBuffer, releaseBuffer } from '../objects/buffer';
import { allocInstance, freeObject } from '../objects/object';
import type { Runtime } from '../objects/runtime';
import { strFrom } from '../objects/str';
import { newTuple } from '../objects/tuple';
import { moduleType } from '../modules/define';
import type { Interpreter } from '../vm/interpreter';

/** One end. What it holds are bytes, no references. */
interface End {
  peer: End | null;
  bytes: number[];
  blocking: boolean;
  timeout: number | null;
}

const FD = 2;
const FAMILY = 3;
const KIND = 4;
const PROTO = 5;
/** Behind the numbers that files have. */
const FIRST_FD = 1000;

function ends(ip: Interpreter): Map<number, End> {
  const key = '_socket';
  let map = ip.moduleState.get(key) as Map<number, End> | undefined;
  if (map === undefined) {
    map = new Map();
    ip.moduleState.set(key, map);
  }
  return map;
}

function add(ip: Interpreter, end: End): number {
  const map = ends(ip);
  let fd = FIRST_FD;
  while (map.has(fd)) fd++;
  map.set(fd, end);
  return fd;
}

/** The end of a socket object; null with OSError. */
function endOf(ip: Interpreter, h: Handle): End | null {
  const end = ends(ip).get(ip.mem[h + FD]!);
  if (end === undefined) raiseErrno(ip, 9, 'Bad file descriptor');
  return end ?? null;
}

function raiseErrno(ip: Interpreter, errno: number, text: string): 0 {
  const message = strFrom(ip, text);
  const exc = ip.call(ip.types.OSError.handle, [intFromNumber(ip, errno), message]);
  ip.decref(message);
  return exc === 0 ? 0 : ip.raiseException(exc);
}

/** `_socket.socketpair`. */
export const socketpair: MethodDef = {
  kind: 'fast',
  min: 0,
  max: 3,
  fn: (ip: Interpreter) => {
    const fresh = (): End => ({ peer: null, bytes: [], blocking: true, timeout: null });
    const [a, b] = [fresh(), fresh()];
    a.peer = b;
    b.peer = a;
    return newTuple(
      ip,
      [a, b].map((end) => newSocket(ip, add(ip, end))),
    );
  },
};

function newSocket(ip: Interpreter, fd: number): Handle {
  const h = allocInstance(ip, moduleType(ip, socketSpec()));
  for (const [word, value] of [
    [FD, fd],
    [FAMILY, 1],
    [KIND, 1],
  ] as const)
    ip.heap.set(h + word, value);
  return h;
}

function close(ip: Interpreter, h: Handle): void {
  const fd = ip.mem[h + FD]!;
  const end = ends(ip).get(fd);
  if (end !== undefined) {
    if (end.peer !== null) end.peer.peer = null;
    ends(ip).delete(fd);
  }
  ip.heap.set(h + FD, -1);
}

const NO_SOCKETS = 'Heapbook has no network: the CPython kernel has sockets';
const INIT = params('socket', 'family=, type=, proto=, fileno=');

function sendBytes(ip: Interpreter, h: Handle, data: Handle): Handle {
  const end = endOf(ip, h);
  if (end === null) return 0;
  const buffer = getBuffer(ip, data);
  if (buffer === null) return 0;
  const bytes = bytesOf(buffer).slice();
  releaseBuffer(ip, buffer);
  if (end.peer === null) return raiseErrno(ip, 32, 'Broken pipe');
  end.peer.bytes.push(...bytes);
  return intFromNumber(ip, bytes.length);
}

const attribute = (word: number) => ({ get: (rt: Runtime, h: Handle) => intFromNumber(rt, rt.mem[h + word]!) });
const unavailable: MethodDef = { kind: 'keywords', fn: (ip: Interpreter) => ip.raise('OSError', NO_SOCKETS) };

export function socketSpec(): TypeSpec {
  return {
    name: 'socket',
    module: '_socket',
    flags: TPFLAGS.BASETYPE,
    words: 4,
    basicsize: 56,
    slots: {
      tp_new: (ip: Interpreter, type) => {
        const h = allocInstance(ip, ip.slotsOfType(type));
        ip.heap.set(h + FD, -1);
        return h;
      },
      tp_init(ip: Interpreter, h, args, kwnames) {
        const given = parseArgs(ip, INIT, args, kwnames);
        if (given === null) return -1;
        const fileno = given[3]!;
        // Only an end that is there already.
        if (fileno === 0 || fileno === ip.None || !isInt(ip, fileno)) return ip.raiseInt('OSError', NO_SOCKETS);
        ip.heap.set(h + FD, intToNumber(ip, fileno));
        ip.heap.set(h + FAMILY, 1);
        ip.heap.set(h + KIND, 1);
        return 0;
      },
      tp_dealloc: (ip: Interpreter, h) => {
        if (ip.mem[h + FD]! >= FIRST_FD) close(ip, h);
        freeObject(ip, h);
      },
      tp_getattro: genericGetAttr,
      tp_setattro: genericSetAttr,
    },
    methods: {
      fileno: { kind: 'noargs', fn: (ip: Interpreter, h) => intFromNumber(ip, ip.mem[h + FD]!) },
      detach: {
        kind: 'noargs',
        fn: (ip: Interpreter, h) => {
          const fd = ip.mem[h + FD]!;
          ip.heap.set(h + FD, -1);
          return intFromNumber(ip, fd);
        },
      },
      close: {
        kind: 'noargs',
        fn: (ip: Interpreter, h) => {
          close(ip, h);
          return ip.None;
        },
      },
      setblocking: {
        kind: 'o',
        fn: (ip: Interpreter, h, flag) => {
          const end = endOf(ip, h);
          const on = end === null ? -1 : isTrue(ip, flag);
          if (on < 0) return 0;
          end!.blocking = on === 1;
          end!.timeout = on === 1 ? null : 0;
          return ip.None;
        },
      },
      getblocking: {
        kind: 'noargs',
        fn: (ip: Interpreter, h) => {
          const end = endOf(ip, h);
          return end === null ? 0 : ip.bool(end.blocking);
        },
      },
      settimeout: {
        kind: 'o',
        fn: (ip: Interpreter, h, value) => {
          const end = endOf(ip, h);
          if (end === null) return 0;
          const n = value === ip.None ? null : asDouble(ip, value);
          if (n === null && value !== ip.None) return 0;
          end.timeout = n;
          end.blocking = n === null || n > 0;
          return ip.None;
        },
      },
      gettimeout: {
        kind: 'noargs',
        fn: (ip: Interpreter, h) => {
          const end = endOf(ip, h);
          return end === null ? 0 : end.timeout === null ? ip.None : newFloat(ip, end.timeout);
        },
      },
      recv: {
        kind: 'fast',
        min: 1,
        max: 2,
        fn: (ip: Interpreter, h, [size]) => {
          const n = asIndex(ip, size!, 'OverflowError');
          const end = n === null ? null : endOf(ip, h);
          if (end === null) return 0;
          if (end.bytes.length === 0 && end.peer !== null)
            return raiseErrno(ip, 11, 'Resource temporarily unavailable');
          return newBytes(ip, Uint8Array.from(end.bytes.splice(0, n!)));
        },
      },
      send: { kind: 'fast', min: 1, max: 2, fn: (ip: Interpreter, h, args) => sendBytes(ip, h, args[0]!) },
      sendall: {
        kind: 'fast',
        min: 1,
        max: 2,
        fn: (ip: Interpreter, h, args) => {
          const r = sendBytes(ip, h, args[0]!);
          if (r === 0) return 0;
          ip.decref(r);
          return ip.None;
        },
      },
      shutdown: { kind: 'o', fn: (ip: Interpreter) => ip.None },
      ...Object.fromEntries(
        'accept _accept bind connect connect_ex listen getsockname getpeername getsockopt setsockopt recv_into recvfrom sendto'
          .split(' ')
          .map((name) => [name, unavailable]),
      ),
    },
    getset: { family: attribute(FAMILY), type: attribute(KIND), proto: attribute(PROTO) },
  };
}

// ---- select ---------------------------------------------------------------------------------------------------------------

/** The file descriptor of a number or of what has `fileno()`; null with an exception. */
function descriptor(ip: Interpreter, h: Handle): number | null {
  if (isInt(ip, h)) return intToNumber(ip, h);
  const method = getAttrString(ip, h, 'fileno');
  const r = method === 0 ? 0 : ip.call(method, []);
  ip.xdecref(method);
  if (r === 0) return null;
  const fd = isInt(ip, r) ? intToNumber(ip, r) : null;
  ip.decref(r);
  if (fd === null) ip.raise('TypeError', 'fileno() returned a non-integer');
  return fd;
}

/** Those of an iterable that are ready: a new list, or 0. */
function readyOnes(ip: Interpreter, iterable: Handle, isReady: (end: End) => boolean): Handle {
  const it = getIter(ip, iterable);
  if (it === 0) return 0;
  const out: Handle[] = [];
  for (let item = iterNext(ip, it); item !== 0; item = iterNext(ip, it)) {
    const fd = descriptor(ip, item);
    const end = fd === null ? undefined : ends(ip).get(fd);
    if (end !== undefined && isReady(end)) out.push(item);
    else ip.decref(item);
    if (fd === null) break;
  }
  ip.decref(it);
  const list = newList(ip, out);
  if (ip.currentException === 0) return list;
  ip.decref(list);
  return 0;
}

export const select: MethodDef = {
  kind: 'fast',
  min: 3,
  max: 4,
  fn: (ip: Interpreter, _m, [readers, writers, , timeout]) => {
    const readable = readyOnes(ip, readers!, (end) => end.bytes.length > 0 || end.peer === null);
    const writable = readable === 0 ? 0 : readyOnes(ip, writers!, () => true);
    if (writable === 0) {
      ip.xdecref(readable);
      return 0;
    }
    if (listItems(ip, readable).length === 0 && listItems(ip, writable).length === 0) {
      const seconds = timeout === undefined || timeout === ip.None ? Infinity : asDouble(ip, timeout);
      let ok = seconds !== null;
      if (seconds === Infinity) {
        ip.raise('RuntimeError', 'this waits for something that cannot happen: nothing else runs in Heapbook');
        ok = false;
      } else if (ok && seconds! > 0) ip.skippedTime += seconds! * 1000;
      if (!ok) {
        ip.decref(readable);
        ip.decref(writable);
        return 0;
      }
    }
    return newTuple(ip, [readable, writable, newList(ip, [])]);
  },
};
