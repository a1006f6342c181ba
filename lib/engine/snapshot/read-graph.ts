/** The picture of the heap at a moment: the names and frames, the program's objects that they lead to, and the garbage. */
import type { Handle } from '../heap/layout';
import { isType } from '../objects/abstract';
import { dictGetString } from '../objects/dict';
import { BORROWED } from '../objects/interpreter-frame';
import { strValue } from '../objects/str';
import { TP_DICT } from '../objects/type-lookup';
import { FUNC_BUILTINS, FUNC_CODE, FUNC_GLOBALS } from '../objects/funcobject';
import { WR_OBJECT } from '../objects/weakref-list';
import { codeRuntime } from '../objects/code';
import { HeapIndex } from './heap-index';
import type { OwnedReference } from './owned';
import type { PastGenerations } from './past-generations';
import { LEAF_TYPES, objectRef, rowsOf } from './state';
import { sizeOf } from './sizeof';
import type { Past, TimeMachine } from './time-machine';
import {
  READING_LIMITS,
  type GraphEdge,
  type GraphFrame,
  type GraphNode,
  type GraphReading,
  type HeapGraph,
  type Moment,
} from './trace-types';

export function readGraphAt(machine: TimeMachine, at: Moment, around: readonly number[]): GraphReading | null {
  const past = machine.run(at.run) === null ? null : machine.past(at);
  if (past === null) return null;
  return { at, graph: readGraph(machine, past, around), born: machine.allocatedAt(past.run, past.position) };
}

export function readGraph(machine: TimeMachine, past: Past, around: readonly number[]): HeapGraph {
  return new GraphReader(machine, past).read(around);
}

class GraphReader {
  private readonly index: HeapIndex;
  private readonly membership: ReturnType<PastGenerations['at']>;
  private readonly insides = new Map<Handle, readonly OwnedReference[]>();
  private readonly edges: { from: number; to: Handle; label: string; weak: boolean; borrowed: boolean }[] = [];

  constructor(
    private readonly machine: TimeMachine,
    private readonly past: Past,
  ) {
    this.index = new HeapIndex(machine, past);
    this.membership = machine.generationsOf(past.run).at(past);
  }

  read(around: readonly number[]): HeapGraph {
    const { past, index } = this;
    const { ip, serial } = past;
    const frames = [...past.roots.frames].reverse();
    const names = new Map<Handle, string[]>();
    const order: Handle[] = [];
    const seen = new Set<Handle>();
    const add = (h: Handle) => {
      if (h === 0 || seen.has(h)) return;
      seen.add(h);
      order.push(h);
    };
    const shown: GraphFrame[] = [{ name: '<module>', depth: 0, isModule: true, line: frames[0]?.cellLine ?? 0 }];
    for (const { name, scope, handle, depth } of rowsOf({
      ip,
      globals: past.run.recorder.globals,
      shows: past.run.recorder.shows,
      roots: past.roots,
    })) {
      names.set(handle, [...(names.get(handle) ?? []), name]);
      if (scope === 'global') this.edges.push({ from: -1, to: handle, label: name, weak: false, borrowed: false });
      void depth;
      add(handle);
    }
    for (const frame of frames) {
      if (frame.isModule) {
        this.stack(frame, -1, add);
        continue;
      }
      shown.push({ name: frame.name, depth: frame.depth, isModule: false, line: frame.cellLine });
      this.stack(frame, -shown.length, add);
    }
    const wanted = new Set(around);
    if (wanted.size > 0) for (const h of index.objects) if (wanted.has(serial(h))) add(h);
    const reached = index.reach();
    const garbage = new Set(index.objects.filter((h) => !reached.has(h) && ip.mem[h]! > 0));
    let next = 0;
    const follow = () => {
      for (; next < order.length; next++) for (const { to } of this.inside(order[next]!)) add(to);
    };
    follow();
    for (const h of garbage) if (this.isOfTheProgram(h)) add(h);
    follow();
    const limit = READING_LIMITS.objects;
    const kept = order.slice(0, limit);
    const keptSet = new Set(kept);
    const nodes = kept.map((h) => this.node(h, names.get(h) ?? [], garbage, keptSet));
    for (const h of kept) this.addEdges(h, keptSet);
    const merged = this.merged(keptSet);
    return {
      frames: shown,
      nodes,
      edges: merged.slice(0, READING_LIMITS.edges),
      nodesOmitted: order.length - kept.length,
      edgesOmitted: Math.max(0, merged.length - READING_LIMITS.edges),
    };
  }

  private stack(frame: Past['roots']['frames'][number], from: number, add: (h: Handle) => void): void {
    const { unit } = codeRuntime(this.past.ip, frame.code);
    frame.slots.forEach((ref, slot) => {
      const h = ref & ~BORROWED;
      if (h === 0) return;
      const name = unit.localsplusnames[slot];
      if (name === undefined && (ref & BORROWED) !== 0) return;
      if (name === undefined && !this.isOfTheProgram(h)) return;
      add(h);
      this.edges.push({ from, to: h, label: name ?? 'value stack', weak: false, borrowed: (ref & BORROWED) !== 0 });
    });
  }

  /** Not what boot made, nor the machinery that runs a cell. */
  private isOfTheProgram(h: Handle): boolean {
    const { ip, serial } = this.past;
    const { types } = ip;
    if (ip.is(h, types.code) || ip.is(h, types.module)) return false;
    return this.machine.history.lives.stretch(serial(h)) > 0 && !this.past.run.recorder.machinery.has(serial(h));
  }

  /** The references of an object that lead to objects of the program or to plain values. */
  private inside(h: Handle): readonly OwnedReference[] {
    let known = this.insides.get(h);
    if (known === undefined) {
      known = this.readInside(h);
      this.insides.set(h, known);
    }
    return known;
  }

  private readInside(h: Handle): readonly OwnedReference[] {
    const { ip } = this.past;
    const { types } = ip;
    if (ip.is(h, types.module) || ip.is(h, types.code) || h === this.past.run.recorder.globals) return [];
    if ((isType(ip, h) && !this.isOwnClass(h)) || this.isGiven(h)) return [];
    const isFunction = ip.is(h, types.function);
    return this.index.referencesOf(h).filter(({ to, word }) => {
      if (to === this.past.run.recorder.globals) return false;
      if (isFunction && (word === h + FUNC_GLOBALS || word === h + FUNC_BUILTINS || word === h + FUNC_CODE))
        return false;
      if (this.isOfTheProgram(to) || to === ip.None) return true;
      return word !== h + 1 && (LEAF_TYPES.has(ip.tp(to).name) || this.isGiven(to));
    });
  }

  /** A value that boot made, or a module: `True`, `()`, `int`, `print`, `gc`. What is behind it is not the program's. */
  private isGiven(h: Handle): boolean {
    const { ip, serial } = this.past;
    const { types } = ip;
    if (ip.is(h, types.module)) return true;
    if (ip.is(h, types.code) || ip.is(h, types.dict) || ip.is(h, types.list) || ip.is(h, types.set)) return false;
    return this.machine.history.lives.stretch(serial(h)) === 0;
  }

  /** A class of the notebook: what others are made of would crowd it out. */
  private isOwnClass(type: Handle): boolean {
    const { ip } = this.past;
    const dict = ip.mem[type + TP_DICT]!;
    const module = dict === 0 ? 0 : dictGetString(ip, dict, '__module__');
    return module !== 0 && ip.is(module, ip.types.str) && strValue(ip, module) === '__main__';
  }

  private node(
    h: Handle,
    names: readonly string[],
    garbage: ReadonlySet<Handle>,
    kept: ReadonlySet<Handle>,
  ): GraphNode {
    const { ip, serial } = this.past;
    const object = objectRef(ip, h, serial(h));
    return {
      object,
      count: object.immortal ? null : ip.mem[h]!,
      size: sizeOf(ip, h),
      ...this.membership(h, object.serial),
      leaf: LEAF_TYPES.has(object.type) || object.type === 'NoneType' || this.isGiven(h),
      garbage: garbage.has(h),
      dying: ip.mem[h] === 0,
      names,
      omitted: this.inside(h).filter(({ to }) => !kept.has(to)).length,
    };
  }

  private addEdges(h: Handle, kept: ReadonlySet<Handle>): void {
    const { ip, serial, run } = this.past;
    for (const reference of this.inside(h)) {
      if (!kept.has(reference.to)) continue;
      const label = this.index.label(reference, run.recorder.globals);
      this.edges.push({ from: serial(h), to: reference.to, label, weak: false, borrowed: false });
    }
    if (!ip.is(h, ip.types['weakref.ReferenceType'])) return;
    const target = ip.mem[h + WR_OBJECT]!;
    if (target !== 0 && target !== ip.None && kept.has(target))
      this.edges.push({ from: serial(h), to: target, label: 'weak reference', weak: true, borrowed: false });
  }

  private merged(kept: ReadonlySet<Handle>): GraphEdge[] {
    const { serial } = this.past;
    const out = new Map<string, { -readonly [K in keyof GraphEdge]: GraphEdge[K] }>();
    for (const { from, to, label, weak, borrowed } of this.edges) {
      if (!kept.has(to)) continue;
      const edge = { from, to: serial(to), label, weak, borrowed, references: 1 };
      const key = `${from} ${edge.to} ${label} ${weak} ${borrowed}`;
      const known = out.get(key);
      if (known === undefined) out.set(key, edge);
      else known.references++;
    }
    return [...out.values()];
  }
}
