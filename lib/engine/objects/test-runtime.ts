/**
 * For unit tests: a Runtime without a VM. Types are bare (slots only, no descriptors), calls go to JavaScript
 * functions, and a raised exception is its text.
 */
import { Heap } from '../heap/heap';
import { OB_FIELDS, type Handle } from '../heap/layout';
import { TPFLAGS, type MethodDef, type TypeSlots, type TypeSpec } from '../heap/object';
import type { Profile } from '../version';
import { numberSpecs } from './number-specs';
import { dictSpecs } from './dict';
import { enumerateSpecs } from './enumerate';
import { initFloats } from './float';
import { initInts } from './int';
import { iterSpecs } from './iter';
import { compareSizes, listSpecs } from './list';
import { freeObject, newObject } from './object';
import { rangeSpecs } from './range';
import { Runtime } from './runtime';
import { setSpecs } from './set';
import { initSingletons, singletonSpecs } from './singletons';
import { sliceSpecs } from './slice';
import { STR_WORDS, initStrings, internImmortal, strDealloc, strFrom, strHash, strValue } from './str';
import { initTuples, tupleSpecs } from './tuple';
import type { ExceptionName, TypeName } from './type-names';
import { zipMapFilterSpecs } from './zip-map-filter';

/** What an interpreter would add is missing: nothing here may ask for it. */
export function newTestRuntime(profile: Profile = '3.14'): TestRuntime {
  return new (TestRuntime as unknown as new (profile: Profile) => TestRuntime)(profile);
}

const strSpec: TypeSpec = {
  name: 'str',
  flags: TPFLAGS.UNICODE_SUBCLASS,
  words: STR_WORDS,
  basicsize: 40,
  slots: {
    tp_dealloc: (rt, h) => strDealloc(rt as Runtime, h),
    tp_hash: (rt, h) => strHash(rt as Runtime, h),
    tp_repr: (rt, h) => strFrom(rt as Runtime, `'${strValue(rt as Runtime, h)}'`),
    tp_richcompare: (rt, a, b, op) => {
      const r = rt as Runtime;
      if (!r.is(b, r.types.str)) return r.NotImplemented;
      const [x, y] = [strValue(r, a), strValue(r, b)];
      return r.bool(compareSizes(x < y ? 0 : x === y ? 1 : 2, 1, op));
    },
  },
};

type JsFunction = (...args: Handle[]) => Handle;

export abstract class TestRuntime extends Runtime {
  /** Text of the raised exception, `Type: message`. */
  error = '';
  private readonly functions = new Map<Handle, JsFunction>();
  private readonly methods = new Map<TypeSlots, Record<string, MethodDef>>();
  private readonly reprs = new Set<Handle>();

  constructor(profile: Profile = '3.14') {
    const heap = new Heap(profile, 1 << 23);
    super(heap);
    heap.thread = this;
    const specs: TypeSpec[] = [
      ...singletonSpecs,
      ...numberSpecs,
      strSpec,
      ...listSpecs,
      ...tupleSpecs,
      ...dictSpecs,
      ...setSpecs,
      ...rangeSpecs,
      ...sliceSpecs,
      ...iterSpecs,
      ...enumerateSpecs,
      ...zipMapFilterSpecs,
      { name: 'function', words: 1, basicsize: 32, slots: { tp_dealloc: (rt, h) => freeObject(rt as Runtime, h) } },
      { name: 'object', words: 1, basicsize: 16, slots: {} },
      { name: 'Exception', words: 1, basicsize: 32, slots: { tp_dealloc: (rt, h) => freeObject(rt as Runtime, h) } },
    ];
    for (const spec of specs) this.addType(this.types[spec.name as TypeName], spec);
    initSingletons(this);
    initFloats(this);
    initInts(this);
    initStrings(this);
    initTuples(this);
  }

  private addType(type: TypeSlots, spec: TypeSpec): void {
    const { heap } = this;
    Object.assign(type, spec.slots);
    type.words = spec.words;
    type.basicsize = spec.basicsize;
    type.flags = (spec.flags ?? 0) | (spec.gc === true ? TPFLAGS.HAVE_GC : 0);
    type.isGc = spec.gc === true;
    type.blockFlags = type.isGc ? 3 : 1;
    type.preheader = type.isGc ? 1 : 0;
    type.index = heap.types.push(type) - 1;
    type.handle = heap.alloc(this.types.object, 20, 416);
    heap.immortalize(type.handle);
    heap.set(type.handle + OB_FIELDS, type.index);
    this.methods.set(type, spec.methods ?? {});
  }

  /** A collectable object whose death is noted. */
  readonly deaths: string[] = [];
  private witnessType: TypeSlots | null = null;
  private readonly names = new Map<Handle, string>();
  witness(name: string): Handle {
    this.witnessType ??= this.makeWitnessType();
    const h = newObject(this, this.witnessType);
    this.heap.gcTrack(h);
    this.names.set(h, name);
    return h;
  }
  private makeWitnessType(): TypeSlots {
    const type = new (this.types.list.constructor as new (name: string) => TypeSlots)('Witness');
    this.addType(type, {
      name: 'Witness',
      gc: true,
      words: 0,
      basicsize: 16,
      slots: {
        tp_dealloc: (_rt, h) => {
          this.heap.gcUntrack(h);
          this.deaths.push(this.names.get(h)!);
          freeObject(this, h);
        },
        tp_hash: (_rt, h) => {
          this.hashHigh = 0;
          return h;
        },
      },
    });
    return type;
  }

  /** A callable that runs JavaScript. */
  fn(f: JsFunction): Handle {
    const h = newObject(this, this.types.function);
    this.functions.set(h, f);
    return h;
  }

  /** Calls a method of a built-in type by name. Arguments borrowed. */
  method(self: Handle, name: string, ...args: Handle[]): Handle {
    const def = this.methods.get(this.tp(self))![name]!;
    switch (def.kind) {
      case 'noargs':
        return def.fn(this, self);
      case 'o':
        return def.fn(this, self, args[0]!);
      case 'fast':
        return def.fn(this, self, args);
      case 'clinic':
        return def.fn(this, self, [...args, 0, 0, 0]);
      case 'keywords':
        return def.fn(this, self, args, null);
    }
  }

  id(name: string): Handle {
    return internImmortal(this, name);
  }
  raise(type: ExceptionName, message: string): 0 {
    this.clearError();
    this.error = `${type}: ${message}`;
    this.currentException = newObject(this, this.types.Exception);
    return 0;
  }
  raiseObject(type: ExceptionName, value: Handle): 0 {
    const items = this.is(value, this.types.tuple) ? [this.mem[value + 3]!] : [value];
    const first = items[0]!;
    return this.raise(type, this.is(first, this.types.str) ? strValue(this, first) : `#${this.mem[first + OB_FIELDS]}`);
  }
  raiseException(exception: Handle): 0 {
    this.restoreError(exception);
    return 0;
  }
  errorMatches(type: ExceptionName): boolean {
    return this.currentException !== 0 && this.error.startsWith(`${type}:`);
  }
  writeUnraisable(): void {}
  internName(name: Handle): Handle {
    return name;
  }
  addNote(): void {}
  call(callable: Handle, args: Handle[]): Handle {
    return this.functions.get(callable)!(...args);
  }
  writeStdout(): void {}
  codecRegistry(): null {
    return null;
  }
  writeStderr(): void {}
  enterRecursive(): boolean {
    return true;
  }
  leaveRecursive(): void {}
  reprEnter(h: Handle): boolean {
    if (this.reprs.has(h)) return true;
    this.reprs.add(h);
    return false;
  }
  reprLeave(h: Handle): void {
    this.reprs.delete(h);
  }
}
