/** The `gc` module (Modules/gcmodule.c), and what the collector must know of objects. */
import {
  Collector,
  DEBUG_COLLECTABLE,
  DEBUG_SAVEALL,
  DEBUG_STATS,
  DEBUG_UNCOLLECTABLE,
  GENERATIONS,
  type ObjectSupport,
} from '../gc/collector';
import { BLOCK, BLOCK_FINALIZED, BLOCK_GC, type Handle } from '../heap/layout';
import type { MethodDef } from '../heap/object';
import { asIndex, isList, isType, typeName } from '../objects/abstract';
import { dictGetString, dictMaybeUntrack, dictSetString, newDict } from '../objects/dict';
import { fileWriteString } from '../objects/fileobject';
import { intFromNumber } from '../objects/int';
import { listAppend, listItems, newList } from '../objects/list';
import { hex } from '../objects/method-object';
import { addToModule, moduleDict, newModule } from '../objects/module';
import type { Runtime } from '../objects/runtime';
import { strFrom } from '../objects/str';
import { callFinalizer } from '../objects/subtype';
import { newTuple, tupleMaybeUntrack } from '../objects/tuple';
import { isInstanceOf } from '../objects/type-lookup';
import { WR_CALLBACK, callWeakrefCallback, unlinkWeakref, weaklistWord } from '../objects/weakref-list';
import type { Interpreter } from '../vm/interpreter';

/** The collector of an interpreter, with its view of objects. */
export function makeCollector(ip: Interpreter): Collector {
  const support: ObjectSupport = {
    isWeakref: (h) => isWeakref(ip, h),
    firstWeakref(h) {
      const head = weaklistWord(ip, h);
      return head === 0 ? 0 : ip.mem[head]!;
    },
    clearWeakref: (ref) => unlinkWeakref(ip, ref),
    callbackOf: (ref) => ip.mem[ref + WR_CALLBACK]!,
    callCallback: (ref, callback) => callWeakrefCallback(ip, ref, callback),
    hasFinalizer: (h) => ip.tp(h).tp_finalize !== null && (ip.mem[h + BLOCK]! & BLOCK_FINALIZED) === 0,
    callFinalizer: (h) => callFinalizer(ip, h),
    untrackTuple: (h) => tupleMaybeUntrack(ip, h),
    untrackDict: (h) => dictMaybeUntrack(ip, h),
    tupleType: ip.types.tuple.handle,
    dictType: ip.facts.lazyDictTracking ? ip.types.dict.handle : 0,
    tuplesFirst: ip.facts.untracksFirst,
    invokeCallbacks: (phase, generation, collected, uncollectable) =>
      invokeCallbacks(ip, phase, generation, collected, uncollectable),
    addGarbage(h) {
      const garbage = gcAttribute(ip, 'garbage');
      // At the end of a program the module has been cleared.
      if (garbage !== 0 && isList(ip, garbage)) listAppend(ip, garbage, h);
    },
    writeDebug: (text) => writeToStderr(ip, text),
    seconds: () => (ip.host.now?.() ?? Date.now()) / 1000,
    describe: (h) => `${typeName(ip, h)} ${hex(ip, h)}`,
  };
  const collector = new Collector(ip, support);
  ip.collectRequested = () => {
    const error = ip.takeError();
    collector.collectAutomatic();
    ip.restoreError(error);
  };
  return collector;
}

/** `PySys_WriteStderr`: to the program's own `sys.stderr`, if it takes it. */
function writeToStderr(ip: Interpreter, text: string): void {
  const error = ip.takeError();
  const file = dictGetString(ip, ip.sysDict, 'stderr');
  if (file === 0 || file === ip.None || fileWriteString(ip, text, file) < 0) {
    ip.clearError();
    ip.writeStderr(text);
  }
  ip.restoreError(error);
}

function isWeakref(ip: Runtime, h: Handle): boolean {
  return (
    isInstanceOf(ip, h, ip.types['weakref.ReferenceType']) ||
    ip.is(h, ip.types['weakref.ProxyType']) ||
    ip.is(h, ip.types['weakref.CallableProxyType'])
  );
}

/** Borrowed from the module's dict, or 0 before it is imported. */
function gcAttribute(ip: Interpreter, name: string): Handle {
  return ip.gcModule === 0 ? 0 : dictGetString(ip, moduleDict(ip, ip.gcModule), name);
}

function invokeCallbacks(
  ip: Interpreter,
  phase: string,
  generation: number,
  collected: number,
  uncollectable: number,
): void {
  const callbacks = ip.gcCallbacks;
  if (callbacks === 0 || listItems(ip, callbacks).length === 0) return;
  const error = ip.takeError();
  const info = newDict(ip);
  for (const [key, n] of [
    ['generation', generation],
    ['collected', collected],
    ['uncollectable', uncollectable],
  ] as const) {
    const value = intFromNumber(ip, n);
    dictSetString(ip, info, key, value);
    ip.decref(value);
  }
  const name = strFrom(ip, phase);
  for (let i = 0; ; i++) {
    const items = listItems(ip, callbacks);
    if (i >= items.length) break;
    const callback = ip.newRef(items[i]!);
    const r = ip.call(callback, [name, info]);
    if (r === 0) ip.writeUnraisable('Exception ignored while calling GC callback', callback);
    else ip.decref(r);
    ip.decref(callback);
  }
  ip.decref(name);
  ip.decref(info);
  ip.restoreError(error);
}

function numbers(ip: Runtime, values: readonly number[]): Handle {
  return newTuple(
    ip,
    values.map((v) => intFromNumber(ip, v)),
  );
}

/** Objects that refer directly to one of the targets, oldest generation last, as gc.get_referrers finds them. */
function referrers(ip: Interpreter, collector: Collector, targets: Handle[], result: Handle): void {
  for (let g = 0; g < GENERATIONS; g++) {
    for (const h of collector.objectsOf(g)) {
      if (h === result) continue;
      let refers = false;
      ip.tp(h).tp_traverse?.(ip, h, (child) => {
        if (targets.includes(child)) refers = true;
      });
      if (refers) listAppend(ip, result, h);
    }
  }
}

function generationArgument(ip: Runtime, h: Handle): number | null {
  const n = asIndex(ip, h, 'OverflowError');
  if (n === null) return null;
  if (n < 0 || n >= GENERATIONS) {
    ip.raise('ValueError', 'invalid generation');
    return null;
  }
  return n;
}

/** `_Py_convert_optional_to_ssize_t`: -1 for None; null with an exception. */
function optionalIndex(ip: Runtime, h: Handle): number | null {
  if (h === ip.None) return -1;
  if (ip.tp(h).nb_index !== null) return asIndex(ip, h, 'OverflowError');
  ip.raise('TypeError', `argument should be integer or None, not '${typeName(ip, h)}'`);
  return null;
}

/** `_PyObject_IS_GC`: a static type is no collectable object, although its metatype's instances are. */
function isCollectable(ip: Runtime, h: Handle): boolean {
  return ip.tp(h).isGc && !(isType(ip, h) && !ip.slotsOfType(h).isHeapType);
}

/** Makes the module; new reference. */
export function makeGcModule(ip: Interpreter, collector: Collector): Handle {
  const { heap } = ip;
  const flag = (name: string, value: number): [string, Handle] => [name, intFromNumber(ip, value)];
  const none = (effect: () => void): Handle => {
    effect();
    return ip.None;
  };
  const enable = (on: boolean): Handle =>
    none(() => {
      heap.gcEnabled = on;
    });
  const methods: Record<string, MethodDef> = {
    enable: { kind: 'noargs', fn: () => enable(true) },
    disable: { kind: 'noargs', fn: () => enable(false) },
    isenabled: { kind: 'noargs', fn: () => ip.bool(heap.gcEnabled) },
    collect: {
      kind: 'clinic',
      params: 'generation=',
      fn: (_rt, _self, [generation]) => {
        let g = GENERATIONS - 1;
        if (generation !== 0) {
          const n = generationArgument(ip, generation!);
          if (n === null) return 0;
          g = n;
        }
        const error = ip.takeError();
        const n = collector.collect(g, 'gc.collect()');
        ip.restoreError(error);
        return intFromNumber(ip, n);
      },
    },
    get_count: { kind: 'noargs', fn: () => numbers(ip, collector.getCounts()) },
    get_threshold: { kind: 'noargs', fn: () => numbers(ip, collector.getThresholds()) },
    set_threshold: {
      kind: 'fast',
      min: 0,
      max: -1,
      fn: (_rt, _self, args) => {
        if (args.length === 0 || args.length > GENERATIONS)
          return ip.raise('TypeError', 'gc.set_threshold requires 1 to 3 arguments');
        const values: number[] = [];
        for (const a of args) {
          const n = asIndex(ip, a, 'OverflowError');
          if (n === null) return 0;
          values.push(n);
        }
        collector.setThresholds(values);
        // CPython passes the arguments as a tuple: one allocation more to count.
        ip.decref(
          newTuple(
            ip,
            args.map((a) => ip.newRef(a)),
          ),
        );
        return ip.None;
      },
    },
    get_stats: {
      kind: 'noargs',
      fn: () =>
        newList(
          ip,
          collector.stats.map((s) => {
            const d = newDict(ip);
            for (const [key, n] of Object.entries(s)) {
              const v = intFromNumber(ip, n);
              dictSetString(ip, d, key, v);
              ip.decref(v);
            }
            return d;
          }),
        ),
    },
    get_objects: {
      kind: 'clinic',
      params: 'generation=',
      fn: (_rt, _self, [generation]) => {
        const result = newList(ip, []);
        let from = 0;
        let to = GENERATIONS - 1;
        const n = generation === 0 ? -1 : optionalIndex(ip, generation!);
        if (n === null) {
          ip.decref(result);
          return 0;
        }
        // -1 is what None stands for.
        if (n !== -1) {
          if (n < 0 || n >= GENERATIONS) {
            ip.decref(result);
            return ip.raise(
              'ValueError',
              n < 0
                ? 'generation parameter cannot be negative'
                : `generation parameter must be less than the number of available generations (${GENERATIONS})`,
            );
          }
          from = to = n;
        }
        for (let g = from; g <= to; g++)
          for (const h of collector.objectsOf(g)) if (h !== result) listAppend(ip, result, h);
        return result;
      },
    },
    get_referrers: {
      kind: 'fast',
      min: 0,
      max: -1,
      fn: (_rt, _self, args) => {
        const result = newList(ip, []);
        referrers(ip, collector, args, result);
        return result;
      },
    },
    get_referents: {
      kind: 'fast',
      min: 0,
      max: -1,
      fn: (_rt, _self, args) => {
        const result = newList(ip, []);
        for (const h of args) {
          if (!isCollectable(ip, h)) continue;
          ip.tp(h).tp_traverse?.(ip, h, (child) => listAppend(ip, result, child));
        }
        return result;
      },
    },
    is_tracked: {
      kind: 'o',
      fn: (_rt, _self, h) => ip.bool((ip.mem[h + BLOCK]! & BLOCK_GC) !== 0 && heap.isTracked(h)),
    },
    is_finalized: { kind: 'o', fn: (_rt, _self, h) => ip.bool((ip.mem[h + BLOCK]! & BLOCK_FINALIZED) !== 0) },
    freeze: { kind: 'noargs', fn: () => none(() => collector.freeze()) },
    unfreeze: { kind: 'noargs', fn: () => none(() => collector.unfreeze()) },
    get_freeze_count: { kind: 'noargs', fn: () => intFromNumber(ip, collector.freezeCount()) },
    get_debug: { kind: 'noargs', fn: () => intFromNumber(ip, collector.debug) },
    set_debug: {
      kind: 'o',
      fn: (_rt, _self, flags) => {
        const n = asIndex(ip, flags, 'OverflowError');
        if (n === null) return 0;
        collector.debug = n;
        return ip.None;
      },
    },
  };
  const module = newModule(ip, 'gc');
  ip.gcCallbacks = newList(ip, []);
  addToModule(ip, module, methods, {
    garbage: newList(ip, []),
    callbacks: ip.newRef(ip.gcCallbacks),
    ...Object.fromEntries([
      flag('DEBUG_STATS', DEBUG_STATS),
      flag('DEBUG_COLLECTABLE', DEBUG_COLLECTABLE),
      flag('DEBUG_UNCOLLECTABLE', DEBUG_UNCOLLECTABLE),
      flag('DEBUG_SAVEALL', DEBUG_SAVEALL),
      flag('DEBUG_LEAK', DEBUG_COLLECTABLE | DEBUG_UNCOLLECTABLE | DEBUG_SAVEALL),
    ]),
  });
  ip.gcModule = module;
  return ip.newRef(module);
}
