/**
 * JavaScript for the instructions of one basic block after the other. Short ways are written out; where they end, the
 * operands go to the frame and the plain loop does the one instruction (`stepOn`). An instruction that is not known here
 * is done that way always.
 *
 * At the borders of a block all operands lie in the frame. Before anything that could look at the frame, call Python
 * code or raise: F_PC and F_SP are set, operands stored, and references that were counted lazily are counted.
 */
import { Op, stackEffect } from '../../compiler/opcodes';
import type { CodeRuntime } from '../../objects/code';
import { F_LOCALSPLUS, F_PC, F_SP } from '../../objects/interpreter-frame';
import type { Interpreter } from '../interpreter';
import { endsBlock, hasSwitch, jumpTarget, type Block, type Flow } from './control-flow';
import type { Item } from './operands';
import { templateOf } from './templates';

export type Goto = (from: number, to: number, jump: boolean) => string;

export class Emitter {
  items: Item[] = [];
  tempsUsed = 0;
  caches = 0;
  pc = 0;
  readonly is313: boolean;
  readonly reversed: boolean;
  readonly mem: Int32Array;
  private temps = 0;
  private lines: string[] = [];
  private current!: Block;
  private readonly stackBase: number;

  constructor(
    readonly ip: Interpreter,
    readonly code: CodeRuntime,
    readonly flow: Flow,
    private readonly goto: Goto,
  ) {
    this.mem = ip.mem;
    this.is313 = ip.facts.name === '3.13';
    this.reversed = ip.facts.reverseTeardown;
    this.stackBase = F_LOCALSPLUS + code.nlocalsplus;
  }

  prologue(): string {
    return '';
  }

  get op(): Op {
    return this.code.ops[this.pc]!;
  }
  get arg(): number {
    return this.code.args[this.pc]!;
  }
  get depth(): number {
    return this.items.length;
  }
  /** The instruction is not the last of its block. */
  get hasNext(): boolean {
    return this.pc + 1 < this.current.end;
  }

  // ---- text -----------------------------------------------------------------------------------------------------------

  emit(line: string): void {
    this.lines.push(line);
  }
  /** A variable of this block. */
  temp(): string {
    const n = this.temps++;
    if (this.temps > this.tempsUsed) this.tempsUsed = this.temps;
    return `t${n}`;
  }
  /** Words of an inline cache; the index of the first. */
  cache(words: number): number {
    this.caches += words;
    return this.caches - words;
  }
  /** Where an operand lies, from the frame's start. */
  stackIndex(index: number): number {
    return this.stackBase + index;
  }
  /** The frame's word of an operand. */
  slot(index: number): string {
    return `mem[f + ${this.stackBase + index}]`;
  }
  local(index: number): string {
    return `mem[f + ${F_LOCALSPLUS + index}]`;
  }

  block(b: Block): string {
    if (b.depth < 0) return '';
    this.lines = [];
    this.current = b;
    this.temps = 0;
    this.items = Array.from({ length: b.depth }, () => ({ kind: 'word', name: '', stored: true }));
    const { ops } = this.code;
    let open = true;
    for (this.pc = b.start; this.pc < b.end && open; this.pc++) {
      const op = ops[this.pc]!;
      const template = templateOf(op);
      if (template === undefined || template(this) === false) this.stepped();
      if (endsBlock(op)) open = false;
    }
    if (open) {
      this.flush();
      this.jumpTo(this.current.index + 1, false);
    }
    return `{ // ${b.start}\n${this.lines.join('\n')}\n}\n`;
  }

  /** Goes on at a block; the operands must lie in the frame. */
  jumpTo(block: number, jump = true): void {
    const text = this.gotoText(block, jump);
    if (text !== '') this.emit(text);
  }
  gotoText(block: number, jump = true): string {
    return this.goto(this.current.index, block, jump);
  }
  blockAt(pc: number): number {
    return this.flow.blockAt.get(pc)!;
  }
  targetBlock(): number {
    return this.blockAt(jumpTarget(this.code.unit, this.pc, this.is313));
  }

  // ---- operands -------------------------------------------------------------------------------------------------------

  push(item: Item): void {
    this.items.push(item);
  }
  pushOwn(name: string): void {
    this.items.push({ kind: 'own', name, stored: false });
  }
  pop(): Item {
    return this.items.pop()!;
  }
  /** Reads a word into a variable, if it has none. */
  read(index: number): Item {
    const item = this.items[index]!;
    if (item.kind !== 'word' || item.name !== '') return item;
    const t = this.temp();
    this.emit(`${t} = ${this.slot(index)};`);
    const known: Item = { ...item, name: t };
    this.items[index] = known;
    return known;
  }
  /** The handle of the operand `fromTop` places below the top: a variable or literal. */
  handle(fromTop: number): string {
    const index = this.items.length - 1 - fromTop;
    const item = this.read(index);
    if (item.kind === 'test') {
      const h = this.temp();
      this.emit(`${h} = ${item.name} ? ${this.ip.True} : ${this.ip.False};`);
      this.items[index] = { kind: 'immortal', name: h, stored: item.stored };
      return h;
    }
    if (item.kind !== 'word' && item.kind !== 'lazy') return item.name;
    if (item.handle !== undefined) return item.handle;
    const h = this.temp();
    this.emit(`${h} = ${item.name} & -2;`);
    this.items[index] = { ...item, handle: h };
    return h;
  }
  /** What the frame's word would be. */
  word(item: Item): string {
    switch (item.kind) {
      case 'borrow':
        return `${item.name} | 1`;
      case 'null':
        return '0';
      case 'test':
        return `${item.name} ? ${this.ip.True} : ${this.ip.False}`;
      default:
        return item.name;
    }
  }

  /** Counts a reference. */
  incref(h: string): string {
    return `if ((c = mem[${h}]) >= 0) mem[${h}] = c + 1;`;
  }
  /** Gives one up. `cold`: what must be done before other code may run; '' if the object is a leaf. */
  decref(h: string, cold: string): string {
    return `if ((c = mem[${h}]) > 1) mem[${h}] = c - 1; else if (c >= 0) { ${cold}heap.decref(${h}); }`;
  }

  /** The reference of a lazy item is counted now. */
  private settled(item: Item): { item: Item; text: string } {
    if (item.kind !== 'lazy') return { item, text: '' };
    if (item.local === undefined)
      return { item: { ...item, kind: 'own', handle: undefined }, text: this.incref(item.name) };
    return {
      item: { ...item, kind: 'word', local: undefined },
      text: `if ((${item.name} & 1) === 0) { ${this.incref(item.name)} }`,
    };
  }
  settleAt(index: number): void {
    const { item, text } = this.settled(this.items[index]!);
    if (text !== '') this.emit(text);
    this.items[index] = item;
  }
  /** Counts what is lazy, except the `except` items on top. */
  settle(except = 0): void {
    for (let i = 0; i < this.items.length - except; i++) this.settleAt(i);
  }
  /** A local is about to change: what was read from it lazily must be counted. */
  settleLocal(local: number): void {
    this.items.forEach((item, i) => {
      if (item.kind === 'lazy' && item.local === local) this.settleAt(i);
    });
  }

  /** Writes all operands to the frame, for good. */
  flush(except = 0): void {
    this.settle(except);
    for (let i = 0; i < this.items.length - except; i++) {
      const item = this.items[i]!;
      if (item.stored) continue;
      this.emit(`${this.slot(i)} = ${this.word(item)};`);
      this.items[i] = { ...item, stored: true };
    }
  }

  /** F_PC and F_SP as the plain loop would have them while this instruction runs, with `depth` operands. */
  place(depth: number): string {
    return `mem[f + ${F_PC}] = ${this.pc + 1}; mem[f + ${F_SP}] = f + ${this.stackBase + depth}; `;
  }
  /** The same at the start of the instruction, for `stepOn`. */
  placeBefore(): string {
    return `mem[f + ${F_PC}] = ${this.pc}; mem[f + ${F_SP}] = f + ${this.stackBase + this.items.length}; `;
  }
  /** The frame stands at another instruction. */
  placeAt(pc: number): string {
    return `mem[f + ${F_PC}] = ${pc}; mem[f + ${F_SP}] = f + ${this.stackBase + this.items.length}; `;
  }
  /** Text that stores all operands, for a branch: nothing below the operands that are `lazyFromTop` may be lazy. */
  stores(): string {
    let text = '';
    this.items.forEach((item, i) => {
      const { item: known, text: counting } = this.settled(item);
      text += counting;
      if (!item.stored) text += `${this.slot(i)} = ${this.word(known)}; `;
    });
    return text;
  }
  /** For a branch in which other code may run with the operands that are left. */
  cold(): string {
    return this.stores() + this.place(this.items.length);
  }

  /** Releases an operand that has been taken off. */
  close(item: Item, cold: string): void {
    const text = this.closeText(item, cold);
    if (text !== '') this.emit(text);
  }
  closeText(item: Item, cold: string): string {
    switch (item.kind) {
      case 'own':
        return this.decref(item.name, cold);
      case 'word':
        return `if (${item.name} !== 0 && (${item.name} & 1) === 0) { ${this.decref(item.name, cold)} }`;
      default:
        return '';
    }
  }
  /** An owned reference out of an operand that is taken off: its variable or literal. */
  steal(item: Item): string {
    switch (item.kind) {
      case 'borrow':
      case 'lazy': {
        if (item.kind === 'lazy' && item.local !== undefined) {
          const h = item.handle ?? this.temp();
          if (item.handle === undefined) this.emit(`${h} = ${item.name} & -2;`);
          this.emit(this.incref(h));
          return h;
        }
        this.emit(this.incref(item.name));
        return item.name;
      }
      case 'word': {
        const h = item.handle ?? this.temp();
        if (item.handle === undefined) this.emit(`${h} = ${item.name} & -2;`);
        this.emit(`if ((${item.name} & 1) !== 0) { ${this.incref(h)} }`);
        return h;
      }
      case 'test': {
        const t = this.temp();
        this.emit(`${t} = ${this.word(item)};`);
        return t;
      }
      default:
        return item.name;
    }
  }

  // ---- ways out -------------------------------------------------------------------------------------------------------

  /** Text for a negative result in `s`. */
  get out(): string {
    return this.outAt(this.pc);
  }
  /** The same where another instruction is to blame. */
  outAt(pc: number): string {
    if (!hasSwitch(this.flow.root)) return `return bad(f, ${pc}, s);`;
    return `{ if ((b = bad(f, ${pc}, s)) > 0) continue R0; return b; }`;
  }
  /** Text of the whole instruction in a branch: afterwards its results are in the frame. */
  slowText(): string {
    return `${this.stores()}${this.placeBefore()}if ((s = stepOn()) < 0) ${this.out}`;
  }
  /** Does the instruction by a step of the plain loop. */
  stepped(): void {
    const { op, arg } = this;
    this.flush();
    this.emit(`${this.placeBefore()}if ((s = stepOn()) < 0) ${this.out}`);
    const after = this.items.length + stackEffect(op, arg, this.ip.facts.name);
    if (op === Op.SEND) {
      this.emit(`if (mem[f + ${F_PC}] === ${arg}) { ${this.gotoText(this.targetBlock())} }`);
      this.items = this.items.map(() => ({ kind: 'word', name: '', stored: true }));
      return;
    }
    this.items = Array.from({ length: Math.max(after, 0) }, () => ({ kind: 'word', name: '', stored: true }));
  }
  /** Leaves the frame to the plain loop, at this instruction. */
  handBack(): void {
    this.flush();
    this.emit(`${this.placeBefore()}return -3;`);
  }
}
