/**
 * What outlives a cell: each object's serial number in order of birth, and the names that objects have had. Handles
 * and addresses are used again; serials never are.
 */
import { BLOCK, BLOCK_KNOWN, OB_TYPE, type Handle } from '../heap/layout';
import { TP_INDEX } from '../heap/object';
import { D_TYPE } from '../objects/method-object';
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
  readonly lives = new Lives();
  /** Deaths while something was recorded. */
  deaths = 0;
  /** The stretch of recording that is written now; the births of before it are of earlier ones. */
  stretch = 0;
  private readonly serials = new Map<Handle, number>();
  private next = 1;
  /** By serial. */
  readonly named = new Map<number, Named>();
  /** How `named` came about since the journal was begun. */
  journal: NameChange[] = [];
  /** Objects that can hold nothing of the program's: texts, numbers, and the descriptors of boot's types. */
  readonly inert = new Set<Handle>();
  /** The objects that have numbers carry a mark, which no newborn has: nothing is being recorded. */
  private marked = false;
  /** Files that were run as cells. */
  readonly cellFiles = new Set<string>();

  private opened = false;
  /** How many types there were before the program's first cell. */
  private readonly bootTypes: number;

  constructor(private readonly ip: Interpreter) {
    this.bootTypes = ip.heap.types.length;
  }

  /** Numbers what there is when a cell is traced for the first time: a page that traces none need not wait for it. */
  open(): void {
    if (this.opened) return;
    this.opened = true;
    const { ip, bootTypes } = this;
    const { mem, types } = ip;
    const leaves = new Set([types.str, types.int, types.float, types.bytes].map((type) => type.handle));
    const descriptors = new Set(
      [
        types.method_descriptor,
        types.wrapper_descriptor,
        types.getset_descriptor,
        types.member_descriptor,
        types.classmethod_descriptor,
      ].map((type) => type.handle),
    );
    ip.heap.forEachObject((h) => {
      this.lives.born(this.next, h, 0, 0, -1);
      this.serials.set(h, this.next++);
      const type = mem[h + OB_TYPE]!;
      if (leaves.has(type)) this.inert.add(h);
      else if (descriptors.has(type) && mem[mem[h + D_TYPE]! + TP_INDEX]! < bootTypes) this.inert.add(h);
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

  /** Made by the program's cells, not by boot. */
  isOwn(h: Handle): boolean {
    return this.lives.stretch(this.serialOf(h)) > 0;
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
      this.lives.born(this.next, h, serial, this.stretch, -1);
      this.serials.set(h, this.next++);
      this.inert.delete(h);
    });
    this.marked = false;
    for (const serial of this.named.keys()) if (!kept.has(serial)) this.named.delete(serial);
  }

  /** Takes births and deaths of the events in [from, to) into account. */
  follow(log: EventLog, from: number, to: number): void {
    const { lives, stretch } = this;
    forEachBirth(log, from, to, (code, h, event, byCollector) => {
      if (code === MarkCode.Allocated) {
        lives.born(this.next, h, this.serials.get(h) ?? 0, stretch, event);
        this.serials.set(h, this.next++);
        this.inert.delete(h);
        return;
      }
      const serial = this.serialOf(h);
      lives.died(serial, stretch, event, byCollector);
      this.deaths++;
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

/**
 * Births and deaths, by serial: in what stretch of recording and before which event. -1: before the stretch's first one,
 * while nothing was recorded.
 */
export class Lives {
  private readonly columns: Int32Array[] = Array.from({ length: 6 }, () => new Int32Array(1 << 13));

  born(serial: number, h: Handle, before: number, stretch: number, event: number): void {
    if (serial >= this.columns[0]!.length) this.grow();
    const [handles, befores, stretches, events, ends] = this.columns;
    handles![serial] = h;
    befores![serial] = before;
    stretches![serial] = stretch;
    events![serial] = event;
    ends![serial] = 0;
  }

  died(serial: number, stretch: number, event: number, byCollector: boolean): void {
    this.columns[4]![serial] = byCollector ? -stretch : stretch;
    this.columns[5]![serial] = event;
  }

  handle(serial: number): Handle {
    return this.columns[0]![serial]!;
  }
  /** The serial that its handle stood for before. */
  before(serial: number): number {
    return this.columns[1]![serial]!;
  }
  stretch(serial: number): number {
    return this.columns[2]![serial]!;
  }
  event(serial: number): number {
    return this.columns[3]![serial]!;
  }
  /** Null: alive, or it died while nothing was recorded. */
  end(serial: number): { stretch: number; event: number; byCollector: boolean } | null {
    const stretch = this.columns[4]![serial]!;
    return stretch === 0
      ? null
      : { stretch: Math.abs(stretch), event: this.columns[5]![serial]!, byCollector: stretch < 0 };
  }

  private grow(): void {
    this.columns.forEach((column, i) => {
      const bigger = new Int32Array(column.length * 2);
      bigger.set(column);
      this.columns[i] = bigger;
    });
  }
}
