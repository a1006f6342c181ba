/**
 * JavaScript for the instructions of one basic block after the other. What an instruction does is in helpers.ts, short
 * ways first; where they end, the operands go to the frame and the plain loop does the one instruction (`step`, `slow`).
 * An instruction that is not known here (templates.ts) is done that way always.
 *
 * At the borders of a block all operands lie in the frame. Before anything that could look at the frame, call Python
 * code or raise, they are written there, and references that were counted lazily are counted.
 */
import { Op, stackEffect } from '../../compiler/opcodes';
import type { CodeRuntime } from '../../objects/code';
import { F_LOCALSPLUS } from '../../objects/interpreter-frame';
import type { Interpreter } from '../interpreter';
import { endsBlock, hasSwitch, jumpTarget, type Block, type Flow } from './control-flow';
import type { Item } from './operands';
import { templateOf } from './templates';

export type Goto = (from: number, to: number, jump: boolean) => string;

const UNREAD: Item = { kind: 'word', name: '', stored: true };

export class Emitter {
  items: Item[] = [];
  tempsUsed = 0;
  caches = 0;
  pc = 0;
  readonly is313: boolean;
  readonly reversed: boolean;
  private temps = 0;
  private lines: string[] = [];
  private current!: Block;
  private continues: (b: Block) => boolean = () => false;
  /** The next instruction has been done with this one. */
  skip = false;
  private readonly stackBase: number;
  /** The line that the code before has announced, if it is known; only in watched runs. */
  private announced = -1;
  /** Since then other frames may have had lines of theirs. */
  ran = false;

  constructor(
    readonly ip: Interpreter,
    readonly code: CodeRuntime,
    readonly flow: Flow,
    readonly watched: boolean,
    private readonly goto: Goto,
  ) {
    this.is313 = ip.facts.name === '3.13';
    this.reversed = ip.facts.reverseTeardown;
    this.stackBase = F_LOCALSPLUS + code.nlocalsplus;
  }

  get op(): Op {
    return this.code.ops[this.pc]!;
  }
  get arg(): number {
    return this.code.args[this.pc]!;
  }
  /** The instruction is not the last of its block. */
  get hasNext(): boolean {
    return this.pc + 1 < this.current.end;
  }
  get depth(): number {
    return this.items.length;
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
  /** Where an operand lies, from the frame's start; of `depth`: F_SP. */
  at(index: number): number {
    return this.stackBase + index;
  }
  /** The frame's word of an operand. */
  slot(index: number): string {
    return `M[f + ${this.at(index)}]`;
  }
  local(index: number): string {
    return `M[f + ${F_LOCALSPLUS + index}]`;
  }
  /** The frame, this instruction and the present depth: the first arguments of most helpers. */
  get here(): string {
    return `f, ${this.pc}, ${this.at(this.depth)}`;
  }

  /** A block, and those that only it leads to and that follow it. */
  chain(first: Block, last: number, follows: (b: number) => boolean): { text: string; end: number } {
    this.lines = [];
    this.temps = 0;
    this.announced = -1;
    this.items = Array.from({ length: Math.max(first.depth, 0) }, () => UNREAD);
    let b = first;
    this.continues = (at) => at.index < last && follows(at.index + 1);
    let open = this.block(b);
    while (open && this.continues(b)) {
      b = this.flow.blocks[b.index + 1]!;
      open = this.block(b);
    }
    if (open) {
      this.flush();
      this.jumpTo(b.index + 1, false);
    }
    return { text: `{ // ${first.start}\n${this.lines.join('\n')}\n}\n`, end: b.index };
  }

  /** True: control goes on at the next block, with the operands as they are known. */
  private block(b: Block): boolean {
    if (b.depth < 0) return false;
    this.current = b;
    const { ops } = this.code;
    for (this.pc = b.start; this.pc < b.end; this.pc++) {
      const op = ops[this.pc]!;
      if (this.skip) {
        this.skip = false;
        continue;
      }
      if (this.watched) this.line();
      const template = templateOf(op);
      if (template === undefined || template(this) === false) this.stepped();
      if (endsBlock(op)) return false;
    }
    return true;
  }
  /** The local that the next block stores this one's value in first of all, if it only comes from here; or -1. */
  storedNext(): number {
    if (this.watched || this.hasNext || !this.continues(this.current)) return -1;
    return this.code.ops[this.pc + 1] === Op.STORE_FAST ? this.code.args[this.pc + 1]! : -1;
  }
  /** The next block takes this one's value apart into two, in the same line, and only comes from here. */
  unpacksPair(): boolean {
    if (this.hasNext || !this.continues(this.current)) return false;
    const { ops, args, unit } = this.code;
    const next = this.pc + 1;
    const { positions } = unit;
    return ops[next] === Op.UNPACK_SEQUENCE && args[next] === 2 && positions[next * 4] === positions[this.pc * 4];
  }

  /** Goes on at a block; the operands must lie in the frame. */
  jumpTo(block: number, jump = true): void {
    const text = this.gotoText(block, jump);
    if (text !== '') this.emit(text);
  }
  gotoText(block: number, jump = true): string {
    return this.goto(this.current.index, block, jump);
  }
  targetBlock(): number {
    return this.flow.blockAt.get(jumpTarget(this.code.unit, this.pc, this.is313))!;
  }

  // ---- lines ------------------------------------------------------------------------------------------------------------

  /** A watched run is told of each line, and of going on in one after other frames had lines of theirs. */
  private line(): void {
    const line = this.code.unit.positions[this.pc * 4]!;
    if (line <= 0 || this.op === Op.RESUME) return;
    if (line !== this.announced) {
      this.flush();
      this.emit(`line(${this.here}, ${line});`);
      this.announced = line;
      this.ran = false;
      return;
    }
    if (!this.ran) return;
    this.ran = false;
    this.flush();
    this.emit(this.goesOn(0));
  }
  /** Text: the line of this instruction goes on after others may have had theirs, with `more` operands. */
  goesOn(more: number): string {
    if (!this.watched) return '';
    const line = this.code.unit.positions[this.pc * 4]!;
    if (line <= 0) return '';
    const here = `f, ${this.pc}, ${this.at(this.depth + more)}`;
    return `if (ip.onResume !== null && ip.announcedFrame !== f) line(${here}, ${line});`;
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
      this.emit(`${h} = ${this.word(item)};`);
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

  /** The reference of a lazy item is counted now. */
  private settled(item: Item): { item: Item; text: string } {
    if (item.kind !== 'lazy') return { item, text: '' };
    if (item.local === undefined)
      return { item: { ...item, kind: 'own', handle: undefined }, text: `inc(${item.name});` };
    return { item: { ...item, kind: 'word', local: undefined }, text: `load(${item.name});` };
  }
  settleAt(index: number): void {
    const { item, text } = this.settled(this.items[index]!);
    if (text !== '') this.emit(text);
    this.items[index] = item;
  }
  /** A local is about to change: what was read from it lazily must be counted. */
  settleLocal(local: number): void {
    this.items.forEach((item, i) => {
      if (item.kind === 'lazy' && item.local === local) this.settleAt(i);
    });
  }

  /** Counts all operands but the top `except` ones, and writes them to the frame. */
  flush(except = 0): void {
    for (let i = 0; i < this.items.length - except; i++) {
      this.settleAt(i);
      const item = this.items[i]!;
      if (item.stored) continue;
      this.emit(`${this.slot(i)} = ${this.word(item)};`);
      this.items[i] = { ...item, stored: true };
    }
  }
  /** Counts what is lazy below the top `except` operands. */
  settle(except: number): void {
    for (let i = 0; i < this.items.length - except; i++) this.settleAt(i);
  }
  /** Text that writes all operands to the frame, for a branch. */
  stores(): string {
    let text = '';
    this.items.forEach((item, i) => {
      const { item: known, text: counting } = this.settled(item);
      text += counting;
      if (!item.stored) text += `${this.slot(i)} = ${this.word(known)}; `;
    });
    return text;
  }
  /** The operands are whatever lies in the frame. */
  unread(depth: number): void {
    this.items = Array.from({ length: Math.max(depth, 0) }, () => UNREAD);
  }

  /** Text that releases an operand that has been taken off; `leaf`: its death runs no code. */
  closeText(item: Item, leaf: boolean): string {
    this.ran ||= !leaf;
    if (item.kind === 'own') return leaf ? `drop(${item.name});` : `dropAt(${this.here}, ${item.name});`;
    if (item.kind === 'word') return `dropWord(${this.here}, ${item.name});`;
    return '';
  }
  /** Releasing it may run code. */
  mayRun(item: Item): boolean {
    return item.kind === 'own' || item.kind === 'word';
  }

  // ---- ways out -------------------------------------------------------------------------------------------------------

  /** Text for a negative result. */
  fail(result: string): string {
    return hasSwitch(this.flow.root) ? `{ b = ${result}; continue R0; }` : `return ${result};`;
  }
  /** Text of a helper's call that may answer a negative number, put into `r`. */
  check(r: string, call: string): string {
    this.ran = true;
    return `if ((${r} = ${call}) < 0) ${this.fail(r)}`;
  }
  /** Does the instruction by a step of the plain loop. */
  stepped(): void {
    const { op, arg } = this;
    this.flush();
    this.emit(this.check('r', `step(${this.here})`));
    this.unread(this.depth + stackEffect(op, arg, this.ip.facts.name));
  }
}
