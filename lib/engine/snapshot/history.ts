/**
 * What outlives a cell: each object's serial number in order of birth, and the names that objects have had. Handles
 * and addresses are used again; serials never are.
 */
import { BLOCK, BLOCK_KNOWN, type Handle } from '../heap/layout';
import { MarkCode, type EventLog } from '../trace/events';
import { forEachBirth } from '../trace/undo';
import type { Interpreter } from '../vm/interpreter';

/** An object that has or had a name. */
export interface Named {
  readonly handle: Handle;
  readonly serial: number;
  /** Names it has had, global ones before local ones, of each sort the latest first. */
  readonly names: readonly string[];
  /** How many of them are global. */
  readonly globals: number;
}

export class History {
  private readonly serials = new Map<Handle, number>();
  private next = 1;
  /** By serial. */
  readonly named = new Map<number, Named>();
  /** How `named` came about since the journal was begun. */
  readonly journal: NameChange[] = [];
  /** Objects of boot that can hold nothing of the program's. */
  readonly inert = new Set<Handle>();
  /** The objects that have numbers carry a mark, which no newborn has: nothing is being recorded. */
  private marked = false;
  /** Files that were run as cells. */
  readonly cellFiles = new Set<string>();

  constructor(ip: Interpreter) {
    const { types } = ip;
    const leaves = new Set([
      types.str,
      types.int,
      types.float,
      types.bytes,
      types.method_descriptor,
      types.wrapper_descriptor,
      types.getset_descriptor,
      types.member_descriptor,
      types.classmethod_descriptor,
    ]);
    ip.heap.forEachObject((h) => {
      this.serials.set(h, this.next++);
      if (leaves.has(ip.tp(h))) this.inert.add(h);
    });
    this.mark(ip);
  }

  /** A recording is over and its log read: whatever lives now has its number. */
  mark(ip: Interpreter): void {
    const { mem } = ip;
    ip.heap.forEachObject((h) => {
      mem[h + BLOCK]! |= BLOCK_KNOWN;
    });
    this.marked = true;
  }

  /** Objects born so far. */
  get allocated(): number {
    return this.next - 1;
  }

  serialOf(h: Handle): number {
    return this.serials.get(h) ?? 0;
  }

  /**
   * Numbers what was born while nothing was recorded: a cell's constants, which the compiler makes before it runs. What
   * an untraced cell let die has no name any more.
   */
  adopt(ip: Interpreter): void {
    const { mem } = ip;
    const kept = new Set<number>();
    ip.heap.forEachObject((h) => {
      const serial = this.serialOf(h);
      const isKnown = this.marked ? (mem[h + BLOCK]! & BLOCK_KNOWN) !== 0 : serial !== 0;
      mem[h + BLOCK]! &= ~BLOCK_KNOWN;
      if (isKnown) {
        if (this.named.has(serial)) kept.add(serial);
        return;
      }
      this.serials.set(h, this.next++);
      this.inert.delete(h);
    });
    this.marked = false;
    for (const serial of this.named.keys()) if (!kept.has(serial)) this.named.delete(serial);
  }

  /** Takes births and deaths of the events in [from, to) into account; answers the births. */
  follow(log: EventLog, from: number, to: number, births: Birth[]): void {
    forEachBirth(log, from, to, (code, h, event) => {
      if (code === MarkCode.Allocated) {
        births.push({ event, handle: h, before: this.serials.get(h) ?? 0, serial: this.next });
        this.serials.set(h, this.next++);
        this.inert.delete(h);
        return;
      }
      const serial = this.serialOf(h);
      const before = this.named.get(serial);
      if (before === undefined) return;
      this.named.delete(serial);
      this.journal.push({ event, serial, before });
    });
  }

  /** h is called `name` before the event. */
  noteName(h: Handle, name: string, isGlobal: boolean, event: number): void {
    const serial = this.serialOf(h);
    const before = this.named.get(serial);
    const at = isGlobal || before === undefined ? 0 : before.globals;
    if (before?.names[at] === name && (!isGlobal || before.globals > 0)) return;
    const globals = before?.names.slice(0, before.globals) ?? [];
    const locals = before?.names.slice(before.globals) ?? [];
    const own = isGlobal ? globals : locals;
    own.splice(0, own.length, name, ...own.filter((n) => n !== name));
    this.named.set(serial, { handle: h, serial, names: [...globals, ...locals], globals: globals.length });
    this.journal.push({ event: event - 1, serial, before: before ?? null });
  }
}

/** An entry of `named` changed. */
export interface NameChange {
  /** The event that did it, or the last one before it. */
  readonly event: number;
  readonly serial: number;
  readonly before: Named | null;
}

export interface Birth {
  readonly event: number;
  readonly handle: Handle;
  /** Serial that the handle stood for before. */
  readonly before: number;
  readonly serial: number;
}
