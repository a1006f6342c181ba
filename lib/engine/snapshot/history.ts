/**
 * What outlives a cell: each object's serial number in order of birth, and the names that objects have had. Handles
 * and addresses are used again; serials never are.
 */
import type { Handle } from '../heap/layout';
import { EVENT_MARK, MarkCode, type EventLog } from '../trace/events';
import type { Interpreter } from '../vm/interpreter';

/** An object that has or had a name. */
export interface Named {
  readonly handle: Handle;
  readonly serial: number;
  /** Names it has had, latest first. */
  readonly names: readonly string[];
}

export class History {
  private readonly serials = new Map<Handle, number>();
  private next = 1;
  /** By serial. */
  readonly named = new Map<number, Named>();
  /** Objects of boot that can hold nothing of the program's. */
  readonly inert = new Set<Handle>();

  constructor(ip: Interpreter) {
    const { types } = ip;
    const leaves = new Set([
      types.str, types.int, types.float, types.bytes, types.method_descriptor, types.wrapper_descriptor,
      types.getset_descriptor, types.member_descriptor, types.classmethod_descriptor,
    ]);
    ip.heap.forEachObject((h) => {
      this.serials.set(h, this.next++);
      if (leaves.has(ip.tp(h))) this.inert.add(h);
    });
  }

  /** Objects born so far. */
  get allocated(): number {
    return this.next - 1;
  }

  serialOf(h: Handle): number {
    return this.serials.get(h) ?? 0;
  }

  /** Takes births and deaths of the events in [from, to) into account; answers the births. */
  follow(log: EventLog, from: number, to: number, births: Birth[]): void {
    const { words } = log;
    for (let e = from; e < to; e++) {
      const i = e * 3;
      if ((words[i]! & 3) !== EVENT_MARK) continue;
      const code = words[i]! >> 2;
      if (code === MarkCode.Allocated) {
        const h = words[i + 1]!;
        births.push({ event: e, handle: h, before: this.serials.get(h) ?? 0, serial: this.next });
        this.serials.set(h, this.next++);
        this.inert.delete(h);
      } else if (code === MarkCode.Deallocating) {
        this.named.delete(this.serialOf(words[i + 1]!));
      }
    }
  }

  /** h is called `name` now. */
  noteName(h: Handle, name: string): void {
    const serial = this.serialOf(h);
    const known = this.named.get(serial)?.names ?? [];
    if (known[0] === name) return;
    this.named.set(serial, { handle: h, serial, names: [name, ...known.filter((n) => n !== name)] });
  }
}

export interface Birth {
  readonly event: number;
  readonly handle: Handle;
  /** Serial that the handle stood for before. */
  readonly before: number;
  readonly serial: number;
}
