/** Making bytes of other objects (Objects/bytesobject.c, `PyObject_Bytes`, `PyBytes_FromObject`). */
import type { Handle } from '../heap/layout';
import { asIndex, getIter, isBytes, isStr, iterNext, typeName } from './abstract';
import { newBytes } from './bytes';
import { bytesLike } from './number-convert';
import type { Runtime } from './runtime';
import { callSpecialBound } from './slotdefs';
import { typeLookup } from './type-lookup';

/** Calls `__bytes__`: new, 0 with an exception, or null: there is none. */
export function callDunderBytes(rt: Runtime, h: Handle): Handle | null {
  const method = typeLookup(rt, rt.tp(h), rt.id('__bytes__'));
  if (method === 0) return null;
  const r = callSpecialBound(rt, h, '__bytes__', []);
  if (r !== 0 && !isBytes(rt, r)) {
    rt.raise('TypeError', `__bytes__ returned non-bytes (type ${typeName(rt, r)})`);
    rt.decref(r);
    return 0;
  }
  return r;
}

/** `PyObject_Bytes`: a new bytes. */
export function objectBytes(rt: Runtime, h: Handle): Handle {
  if (rt.is(h, rt.types.bytes)) return rt.newRef(h);
  const made = callDunderBytes(rt, h);
  return made !== null ? made : bytesFromObject(rt, h);
}

/** `PyBytes_FromObject`: from a buffer or an iterable of ints. */
export function bytesFromObject(rt: Runtime, h: Handle): Handle {
  const data = bytesLike(rt, h);
  if (data !== null) return newBytes(rt, data.slice());
  if (isStr(rt, h) || (rt.tp(h).tp_iter === null && rt.tp(h).sq_item === null)) {
    return rt.raise('TypeError', `cannot convert '${typeName(rt, h)}' object to bytes`);
  }
  const items = byteValues(rt, h, 'bytes');
  return items === null ? 0 : newBytes(rt, Uint8Array.from(items));
}

/** The ints that an iterable gives, each in range(256); null with an exception. */
export function byteValues(rt: Runtime, iterable: Handle, what: 'bytes' | 'byte'): number[] | null {
  const it = getIter(rt, iterable);
  if (it === 0) return null;
  const out: number[] = [];
  for (;;) {
    const x = iterNext(rt, it);
    if (x === 0) break;
    const n = asIndex(rt, x);
    rt.decref(x);
    if (n === null) break;
    if (n < 0 || n > 255) {
      rt.raise('ValueError', what === 'bytes' ? 'bytes must be in range(0, 256)' : 'byte must be in range(0, 256)');
      break;
    }
    out.push(n);
  }
  rt.decref(it);
  return rt.currentException !== 0 ? null : out;
}
