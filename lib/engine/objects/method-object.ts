/**
 * Native functions as Python objects (Objects/methodobject.c, the method part of Objects/descrobject.c):
 * `builtin_function_or_method` (`len`, `[].append`) and `method_descriptor` (`list.append`).
 */
import type { Handle } from '../heap/layout';
import type { MethodDef, TypeSpec } from '../heap/object';
import { TPFLAGS } from '../heap/object';
import { genericGetAttr } from './generic-attr';
import { checkPositional, noKeywords, params, parseArgs, type Params } from './getargs';
import { freeObject, newObject } from './object';
import type { Runtime } from './runtime';
import { strFrom, strValue } from './str';
import { textSignature } from './text-signatures';
import { newTuple } from './tuple';
import { HT_QUALNAME, isInstanceOf, isSubtype } from './type-lookup';
import { isStr, typeName } from './abstract';
import { clearWeakrefs } from './weakref-list';

/** What a native function of any convention may be called as. */
export type NativeCall = (rt: Runtime, self: Handle, args?: Handle | Handle[], kwnames?: Handle[] | null) => Handle;

/** The convention of a native function as a number, for those who call many. */
export const CALL_NOARGS = 0;
export const CALL_O = 1;
export const CALL_FAST = 2;
export const CALL_CLINIC = 3;
export const CALL_KEYWORDS = 4;
/** One that needs a tuple for its arguments. */
export const CALL_VARARGS = 5;
const CONVENTIONS = ['noargs', 'o', 'fast', 'clinic', 'keywords'];

/** The leaf of a native function: its name and definition, with the parameter list, read at the first call. */
export class NativeMethod {
  // The definition once more: all of these have one shape, and definitions have many.
  readonly convention: number;
  readonly call: NativeCall;
  readonly min: number;
  readonly max: number;
  private read: Params | null = null;
  /** The type or module that it belongs to, once it does. */
  owner = '';
  /** METH_STATIC. */
  isStatic = false;
  constructor(
    readonly name: string,
    readonly def: MethodDef,
    readonly isClassMethod = false,
  ) {
    this.convention = def.varargs === undefined ? CONVENTIONS.indexOf(def.kind) : CALL_VARARGS;
    this.call = def.fn as NativeCall;
    this.min = def.kind === 'fast' ? def.min : 0;
    this.max = def.kind !== 'fast' ? 0 : def.max < 0 ? Number.MAX_SAFE_INTEGER : def.max;
  }

  /** The parameters of a `clinic` function. */
  get params(): Params {
    this.read ??= params(this.name, (this.def as { params: string }).params);
    return this.read;
  }
}

/** Also of a method descriptor. */
export const M_LEAF = 2;
export const M_SELF = 3;
const M_MODULE = 4;
const M_WEAKLIST = 5;

const D_LEAF = 2;
export const D_TYPE = 3;
const D_NAME = 4;
const D_QUALNAME = 5;

export function nativeMethod(rt: Runtime, h: Handle): NativeMethod {
  return rt.heap.leaf[rt.mem[h + M_LEAF]!] as NativeMethod;
}

/** The `self` of a built-in method, borrowed; 0 for a plain function. */
export function nativeSelf(rt: Runtime, h: Handle): Handle {
  return rt.mem[h + M_SELF]!;
}

/**
 * `PyCMethod_New`. `self` borrowed (a module or an object, or 0); `module` borrowed (a str or 0).
 */
export function newNativeMethod(rt: Runtime, method: NativeMethod, self: Handle, module: Handle): Handle {
  const type = rt.types.builtin_function_or_method;
  const { heap } = rt;
  const h = newObject(rt, type, 0, 0, heap.freelists.builtinMethod);
  rt.mem[h + M_LEAF] = heap.newLeaf(method);
  if (method.owner === '' && module !== 0) method.owner = strValue(rt, module);
  if (self !== 0) rt.mem[h + M_SELF] = rt.newRef(self);
  if (module !== 0) rt.mem[h + M_MODULE] = rt.newRef(module);
  heap.gcTrack(h);
  return h;
}

/** Calls a native function by its convention. `fname` as error messages show it. */
export function callNative(
  rt: Runtime,
  m: NativeMethod,
  fname: string,
  self: Handle,
  args: Handle[],
  kwnames: Handle[] | null,
): Handle {
  const { varargs } = m.def;
  if (varargs === undefined || (varargs !== 'always' && varargs !== rt.facts.name) || args.length === 0) {
    return callDef(rt, m, fname, self, args, kwnames);
  }
  const tuple = newTuple(
    rt,
    args.slice(0, args.length - (kwnames?.length ?? 0)).map((a) => rt.newRef(a)),
  );
  const r = callDef(rt, m, fname, self, args, kwnames);
  rt.decref(tuple);
  return r;
}

function callDef(
  rt: Runtime,
  m: NativeMethod,
  fname: string,
  self: Handle,
  args: Handle[],
  kwnames: Handle[] | null,
): Handle {
  const def = m.def;
  switch (def.kind) {
    case 'noargs':
      if (!noKeywords(rt, fname, kwnames)) return 0;
      if (args.length !== 0) return rt.raise('TypeError', `${fname}() takes no arguments (${args.length} given)`);
      return def.fn(rt, self);
    case 'o':
      if (!noKeywords(rt, fname, kwnames)) return 0;
      if (args.length !== 1) {
        return rt.raise('TypeError', `${fname}() takes exactly one argument (${args.length} given)`);
      }
      return def.fn(rt, self, args[0]!);
    case 'fast':
      if (!noKeywords(rt, fname, kwnames)) return 0;
      if (!checkPositional(rt, m.name, args.length, def.min, def.max)) return 0;
      return def.fn(rt, self, args);
    case 'clinic': {
      const values = parseArgs(rt, m.params, args, kwnames);
      return values === null ? 0 : def.fn(rt, self, values);
    }
    case 'keywords':
      return def.fn(rt, self, args, kwnames);
  }
}

/** `__qualname__` of a type: without the module that `tp_name` of a native type begins with. */
function typeQualname(rt: Runtime, type: Handle): string {
  return strValue(rt, rt.mem[type + HT_QUALNAME]!);
}

/** `_PyObject_FunctionStr` for a native function: `list.append`, `len`. */
function functionText(rt: Runtime, h: Handle, m: NativeMethod): string {
  const self = rt.mem[h + M_SELF]!;
  if (m.isStatic) return `${m.owner}.${m.name}`;
  if (self === 0 || rt.is(self, rt.types.module)) return m.name;
  const type = typeQualname(rt, rt.tp(self).flags < 0 ? self : rt.mem[self + 1]!);
  return `${type}.${m.name}`;
}

/** The same as the messages of a wrong call show it: `sys.getrefcount`. */
function calledText(rt: Runtime, h: Handle, m: NativeMethod): string {
  const module = rt.mem[h + M_MODULE]!;
  if (module === 0 || !isStr(rt, module) || strValue(rt, module) === 'builtins') return functionText(rt, h, m);
  // A function that takes everything raw, or parses by a parameter list, says its bare name.
  return m.def.kind === 'o' || m.def.kind === 'noargs' ? `${strValue(rt, module)}.${m.name}` : m.name;
}

const nativeMethodSpec: TypeSpec = {
  name: 'builtin_function_or_method',
  gc: true,
  words: 4,
  basicsize: 56,
  weaklistoffset: M_WEAKLIST,
  slots: {
    tp_dealloc(rt: Runtime, h) {
      const { heap } = rt;
      heap.gcUntrack(h);
      if (rt.mem[h + M_WEAKLIST] !== 0) clearWeakrefs(rt, h);
      heap.dropLeaf(rt.mem[h + M_LEAF]!);
      heap.release(h + M_SELF);
      heap.release(h + M_MODULE);
      freeObject(rt, h, heap.freelists.builtinMethod);
    },
    tp_traverse(rt: Runtime, h, visit) {
      if (rt.mem[h + M_SELF] !== 0) visit(rt.mem[h + M_SELF]!, h + M_SELF);
      if (rt.mem[h + M_MODULE] !== 0) visit(rt.mem[h + M_MODULE]!, h + M_MODULE);
    },
    tp_call(rt: Runtime, h, args, kwnames) {
      const m = nativeMethod(rt, h);
      const fname = m.def.kind === 'fast' ? m.name : calledText(rt, h, m);
      return callNative(rt, m, fname, rt.mem[h + M_SELF]!, args, kwnames);
    },
    tp_repr(rt: Runtime, h) {
      const self = rt.mem[h + M_SELF]!;
      const name = nativeMethod(rt, h).name;
      if (self === 0 || rt.is(self, rt.types.module)) return strFrom(rt, `<built-in function ${name}>`);
      return strFrom(rt, `<built-in method ${name} of ${typeName(rt, self)} object at ${hex(rt, self)}>`);
    },
    tp_hash(rt: Runtime, h) {
      rt.hashHigh = 0;
      return (rt.mem[h + M_SELF]! * 31 + rt.mem[h + M_LEAF]!) | 0;
    },
    tp_richcompare(rt: Runtime, a, b, op) {
      if ((op !== 2 && op !== 3) || !rt.is(b, rt.types.builtin_function_or_method)) return rt.NotImplemented;
      const same = rt.mem[a + M_SELF] === rt.mem[b + M_SELF] && nativeMethod(rt, a).def === nativeMethod(rt, b).def;
      return rt.bool(same === (op === 2));
    },
    tp_getattro: genericGetAttr,
  },
  getset: {
    __name__: { get: (rt: Runtime, h) => strFrom(rt, nativeMethod(rt, h).name) },
    __qualname__: { get: (rt: Runtime, h) => strFrom(rt, functionText(rt, h, nativeMethod(rt, h))) },
    __doc__: { get: (rt: Runtime, h) => docOf(rt, nativeMethod(rt, h)) },
    __self__: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + M_SELF]! || rt.None) },
    __module__: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + M_MODULE]! || rt.None) },
    __text_signature__: {
      get(rt: Runtime, h) {
        const m = nativeMethod(rt, h);
        const self = rt.mem[h + M_SELF]!;
        if (m.name === '__new__' && self !== 0) return signatureOf(rt, m, '$type');
        return signatureOf(rt, m, self === 0 || rt.is(self, rt.types.module) ? '$module' : '$self');
      },
    },
  },
};

function signatureOf(rt: Runtime, m: NativeMethod, first: string): Handle {
  const text = textSignature(
    rt.facts.name,
    m.owner,
    m.name,
    m.isClassMethod ? '$type' : first,
    m.def.kind === 'noargs',
  );
  return text === null ? rt.None : strFrom(rt, text);
}

function docOf(rt: Runtime, m: NativeMethod): Handle {
  return m.def.doc === undefined ? rt.None : strFrom(rt, m.def.doc);
}

export function hex(rt: Runtime, h: Handle): string {
  return `0x${rt.heap.id(h).toString(16)}`;
}

/** A `method_descriptor` (or `classmethod_descriptor`) of a static type. */
export function newMethodDescriptor(rt: Runtime, type: Handle, method: NativeMethod): Handle {
  const tp = method.isClassMethod ? rt.types.classmethod_descriptor : rt.types.method_descriptor;
  const { heap } = rt;
  const h = newObject(rt, tp);
  heap.set(h + D_LEAF, heap.newLeaf(method));
  method.owner = rt.slotsOfType(type).name;
  heap.set(h + D_TYPE, rt.newRef(type));
  heap.set(h + D_NAME, rt.id(method.name));
  heap.gcTrack(h);
  return h;
}

const descriptorSlots: TypeSpec['slots'] = {
  tp_dealloc(rt: Runtime, h) {
    rt.heap.gcUntrack(h);
    rt.heap.dropLeaf(rt.mem[h + D_LEAF]!);
    rt.heap.clearRef(h + D_TYPE);
    rt.heap.clearRef(h + D_NAME);
    rt.heap.clearRef(h + D_QUALNAME);
    freeObject(rt, h);
  },
  tp_traverse(rt: Runtime, h, visit) {
    visit(rt.mem[h + D_TYPE]!, h + D_TYPE);
  },
  tp_ledger(rt: Runtime, h, visit) {
    for (const w of [D_TYPE, D_NAME, D_QUALNAME]) if (rt.mem[h + w] !== 0) visit(rt.mem[h + w]!, h + w);
  },
  tp_getattro: genericGetAttr,
};

const descriptorGetset: TypeSpec['getset'] = {
  __name__: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + D_NAME]!) },
  __objclass__: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + D_TYPE]!) },
  __qualname__: {
    get: (rt: Runtime, h) =>
      strFrom(rt, `${typeQualname(rt, rt.mem[h + D_TYPE]!)}.${strValue(rt, rt.mem[h + D_NAME]!)}`),
  },
  __doc__: { get: (rt: Runtime, h) => docOf(rt, nativeMethod(rt, h)) },
  __text_signature__: { get: (rt: Runtime, h) => signatureOf(rt, nativeMethod(rt, h), '$self') },
};

const methodDescriptorSpec: TypeSpec = {
  name: 'method_descriptor',
  gc: true,
  flags: TPFLAGS.METHOD_DESCRIPTOR,
  words: 4,
  basicsize: 56,
  slots: {
    ...descriptorSlots,
    tp_descr_get(rt: Runtime, descr, obj, _type) {
      if (obj === 0) return rt.newRef(descr);
      if (!checkSelf(rt, descr, obj)) return 0;
      return newNativeMethod(rt, nativeMethod(rt, descr), obj, 0);
    },
    tp_call(rt: Runtime, descr, args, kwnames) {
      const m = nativeMethod(rt, descr);
      const self = args[0];
      const npos = args.length - (kwnames?.length ?? 0);
      const typeText = rt.slotsOfType(rt.mem[descr + D_TYPE]!).name;
      if (self === undefined || npos === 0) {
        return rt.raise(
          'TypeError',
          `unbound method ${typeQualname(rt, rt.mem[descr + D_TYPE]!)}.${m.name}() needs an argument`,
        );
      }
      if (!isInstanceOf(rt, self, rt.slotsOfType(rt.mem[descr + D_TYPE]!))) {
        return rt.raise(
          'TypeError',
          `descriptor '${m.name}' for '${typeText}' objects doesn't apply to a '${typeName(rt, self)}' object`,
        );
      }
      const fname = m.def.kind === 'fast' ? m.name : `${typeQualname(rt, rt.mem[descr + D_TYPE]!)}.${m.name}`;
      return callNative(rt, m, fname, self, args.slice(1), kwnames);
    },
    tp_repr(rt: Runtime, h) {
      return strFrom(
        rt,
        `<method '${nativeMethod(rt, h).name}' of '${rt.slotsOfType(rt.mem[h + D_TYPE]!).name}' objects>`,
      );
    },
  },
  getset: descriptorGetset,
};

function checkSelf(rt: Runtime, descr: Handle, obj: Handle): boolean {
  const type = rt.slotsOfType(rt.mem[descr + D_TYPE]!);
  if (isInstanceOf(rt, obj, type)) return true;
  const name = nativeMethod(rt, descr).name;
  rt.raise(
    'TypeError',
    `descriptor '${name}' for '${type.name}' objects doesn't apply to a '${typeName(rt, obj)}' object`,
  );
  return false;
}

const classMethodDescriptorSpec: TypeSpec = {
  name: 'classmethod_descriptor',
  gc: true,
  words: 4,
  basicsize: 56,
  slots: {
    ...descriptorSlots,
    tp_descr_get(rt: Runtime, descr, obj, type) {
      const cls = type !== 0 ? type : rt.mem[obj + 1]!;
      const m = nativeMethod(rt, descr);
      const own = rt.slotsOfType(rt.mem[descr + D_TYPE]!);
      if (rt.tp(cls).flags >= 0) {
        const what = `descriptor '${m.name}' for type '${own.name}' needs a type, not a '${typeName(rt, cls)}' as arg 2`;
        return rt.raise('TypeError', what);
      }
      const given = rt.slotsOfType(cls);
      if (!isSubtype(rt, given, own)) {
        const what = `requires a subtype of '${own.name}' but received '${given.name}'`;
        return rt.raise('TypeError', `descriptor '${m.name}' ${what}`);
      }
      return newNativeMethod(rt, m, cls, 0);
    },
    tp_call(rt: Runtime, descr, args, kwnames) {
      const self = args[0];
      if (self === undefined)
        return rt.raise(
          'TypeError',
          `descriptor '${nativeMethod(rt, descr).name}' needs a type, not nothing, as arg 1`,
        );
      return callNative(rt, nativeMethod(rt, descr), nativeMethod(rt, descr).name, self, args.slice(1), kwnames);
    },
    tp_repr(rt: Runtime, h) {
      return strFrom(
        rt,
        `<method '${nativeMethod(rt, h).name}' of '${rt.slotsOfType(rt.mem[h + D_TYPE]!).name}' objects>`,
      );
    },
  },
  getset: descriptorGetset,
};

export const methodObjectSpecs: TypeSpec[] = [nativeMethodSpec, methodDescriptorSpec, classMethodDescriptorSpec];
