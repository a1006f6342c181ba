/**
 * Generators in generated code: they are made, they delegate, and they end. What objects/generator.ts and generators.ts
 * do, with the types and the heap's words as constants, as in helpers.ts.
 *
 * A chain of `yield from` is run down and up here: the frames between the caller and the innermost generator would only
 * hand the value on. All that can be seen of them (states, counts, who called whom) is as if they had run.
 */
import type { Handle } from '../../heap/layout';
import type { TypeSlots } from '../../heap/object';
import type { CodeRuntime } from '../../objects/code';
import type { Interpreter } from '../interpreter';
import type * as Imports from './imports';

interface Base {
  inc(h: number): void;
  drop(h: number): void;
  own(word: number): number;
  born(type: TypeSlots, key: number, nbytes: number): Handle;
  track(h: number): void;
  failed(f: number, pc: number, result: number): number;
  step(f: number, pc: number, sp: number): number;
  enter(gen: number, value: number): number;
  suspend(f: number, pc: number, sp: number, value: number): number;
  callFrame(g: number): number;
  callPlain(g: number, handedBack: boolean): number;
  ended(r: number, g: number): number;
}

/** Made from its text (make.ts): it may name nothing of this module or another but types. */
export function makeGenerating(imports: typeof Imports, ip: Interpreter, watched: boolean, base: Base) {
  const {
    BLOCK,
    BLOCK_LIVE,
    BLOCK_RAW,
    ID16,
    KIND_RAW,
    LARGEST_SLAB_BLOCK,
    PAGE_SHIFT,
    blockKey,
    CALL_REGISTERS,
    CO_FRAME_WORDS,
    CO_LEAF,
    FUNC_NAME,
    FUNC_QUALNAME,
    GEN_CLEARED,
    GEN_CODE,
    GEN_CREATED,
    GEN_EXC,
    GEN_EXECUTING,
    GEN_FRAME,
    GEN_NAME,
    GEN_QUALNAME,
    GEN_STATE,
    GEN_SUSPENDED,
    FAILED,
    FLAG_ENTRY,
    F_CODE,
    F_FLAGS,
    F_FUNC,
    F_GENERATOR,
    F_LOCALSPLUS,
    F_OWNER,
    F_PC,
    F_PREVIOUS,
    F_SP,
    HANDED_BACK,
    HANDLER,
    OWNED_BY_GENERATOR,
    RAISED,
    SWITCH,
    endedForNative,
    evalLoop,
  } = imports;
  const { mem, heap, types, None } = ip;
  const { heads, obmalloc, pageTable } = heap;
  const { inc, drop, own } = base;
  const reversed = ip.facts.reverseTeardown;
  const generator = types.generator;
  const generatorType = generator.handle;
  const generatorKey = blockKey(generator.blockFlags, generator.words);
  const generatorBytes = generator.preheader * 16 + generator.basicsize;
  const runtimeOf = (f: number): CodeRuntime => heap.leaf[mem[mem[f]! + CO_LEAF]!] as CodeRuntime;

  // ---- birth and end ----------------------------------------------------------------------------------------------------

  /** Room for a frame: the words of `heap.allocRaw`, but all are the caller's to fill. */
  function frameRoom(words: number): number {
    const key = (((words + 3) & ~1) << 2) | KIND_RAW;
    if (watched || key >> 2 > 512 || heads[key] === 0) return heap.allocRaw(words, 0);
    const b = heads[key]!;
    heads[key] = mem[b]!;
    mem[b] = BLOCK_LIVE | BLOCK_RAW;
    mem[b + 1] = obmalloc.malloc(0);
    return b + 2;
  }
  function freeFrameRoom(data: number): void {
    const page = mem[pageTable + (data >> PAGE_SHIFT)]!;
    if (page >> 3 > LARGEST_SLAB_BLOCK) {
      heap.freeRaw(data);
      return;
    }
    obmalloc.free(mem[data + ID16]!);
    const key = ((page >> 3) << 2) | (page & 7);
    mem[data + BLOCK] = heads[key]!;
    heads[key] = data + BLOCK;
  }
  /** RETURN_GENERATOR: the generator, new; the frame is its own now. */
  function makeGenerator(f: number, pc: number, sp: number): number {
    const runtime = runtimeOf(f);
    const gen = base.born(generator, generatorKey, generatorBytes + 8 * (runtime.nlocalsplus + runtime.unit.stacksize));
    const words = mem[mem[f + F_CODE]! + CO_FRAME_WORDS]!;
    const room = frameRoom(words);
    for (let i = 0; i < F_LOCALSPLUS; i++) mem[room + i] = mem[f + i]!;
    for (let i = F_LOCALSPLUS; i < sp; i++) mem[room + i] = own(mem[f + i]!);
    for (let i = sp; i < words; i++) mem[room + i] = 0;
    mem[room + F_PC] = pc + 1;
    mem[room + F_SP] = room + sp;
    mem[room + F_PREVIOUS] = 0;
    mem[room + F_OWNER] = OWNED_BY_GENERATOR;
    mem[room + F_GENERATOR] = gen;
    mem[gen + GEN_FRAME] = room;
    mem[gen + GEN_STATE] = GEN_CREATED;
    const func = mem[room + F_FUNC]!;
    const name = mem[func + FUNC_NAME]!;
    const qualname = mem[func + FUNC_QUALNAME]!;
    inc(name);
    inc(qualname);
    mem[gen + GEN_NAME] = name;
    mem[gen + GEN_QUALNAME] = qualname;
    base.track(gen);
    mem[f + F_PC] = pc + 1;
    mem[f + F_SP] = f + sp;
    ip.dataTop = f;
    ip.recursionDepth--;
    ip.frame = mem[f + F_PREVIOUS]!;
    return gen;
  }
  /** `leave` by a `return` of a generator's frame that nobody has an object of; `sp` as in F_SP. Answers the value. */
  function endGenerator(f: number, sp: number, value: number): number {
    const gen = mem[f + F_GENERATOR]!;
    const isEntry = (mem[f + F_FLAGS]! & FLAG_ENTRY) !== 0;
    const caller = mem[f + F_PREVIOUS]!;
    ip.frame = caller;
    mem[gen + GEN_STATE] = GEN_CLEARED;
    const exc = ip.excItems.pop()!;
    ip.recursionDepth--;
    const first = f + F_LOCALSPLUS;
    const end = f + sp;
    mem[f + F_SP] = first;
    if (reversed) for (let i = end - 1; i >= first; i--) clear(i);
    else for (let i = first; i < end; i++) clear(i);
    const func = mem[f + F_FUNC]!;
    mem[f + F_FUNC] = 0;
    if (func !== 0) drop(func);
    mem[gen + GEN_CODE] = mem[f + F_CODE]!;
    mem[gen + GEN_FRAME] = 0;
    freeFrameRoom(f);
    if (exc !== 0) drop(exc);
    if (!isEntry) mem[caller + F_PC] = runtimeOf(caller).args[mem[caller + F_PC]! - 1]!;
    return value;
  }
  function clear(word: number): void {
    const ref = mem[word]!;
    if (ref === 0) return;
    mem[word] = 0;
    if ((ref & 1) === 0) drop(ref);
  }

  // ---- delegation -------------------------------------------------------------------------------------------------------

  /** SEND to a generator that waits; whatever else it is, by the plain loop: 0 (F_PC says where), or negative. */
  function send(f: number, pc: number, sp: number): number {
    const value = mem[f + sp - 1]!;
    const gen = mem[f + sp - 2]! & -2;
    const state = mem[gen + GEN_STATE]!;
    if (mem[gen + 1] !== generatorType || state >= 0 || (state === GEN_CREATED && (value & -2) !== None))
      return base.step(f, pc, sp);
    mem[f + F_PC] = pc + 1;
    mem[f + F_SP] = f + sp - 1;
    const g = base.enter(gen, own(value));
    if (g === 0) return base.failed(f, pc, FAILED);
    const v = resume(g);
    if (v < 0) return base.failed(f, pc, v);
    mem[f + sp - 1] = v;
    mem[f + F_PC] = isWaiting(gen) ? pc + 1 : runtimeOf(f).args[pc]!;
    return 0;
  }
  function isWaiting(gen: Handle): boolean {
    return mem[gen + GEN_FRAME] !== 0 && mem[gen + GEN_STATE]! < 0;
  }
  /** `callFrame` of a generator's frame that has just been entered. */
  function resume(g: number): number {
    if (watched || ip.traceFunction !== 0 || ip.profileFunction !== 0) return base.callFrame(g);
    const { tier } = runtimeOf(g);
    return tier === null || tier.delegates[mem[g + F_PC]!] === 0 ? base.callFrame(g) : resumeChain(g, tier.delegates);
  }
  /** The same of one that waits in a `yield from`. */
  function resumeChain(first: number, delegatesOfFirst: Uint8Array): number {
    const caller = mem[first + F_PREVIOUS]!;
    const { excItems } = ip;
    let delegates = delegatesOfFirst;
    let known = mem[first + F_CODE]!;
    let g = first;
    for (;;) {
      const pc = mem[g + F_PC]!;
      if (delegates[pc] === 0) break;
      const top = mem[g + F_SP]!;
      const gen = mem[top - 2]! & -2;
      if (
        mem[gen + 1] !== generatorType ||
        mem[gen + GEN_STATE] !== GEN_SUSPENDED ||
        ip.recursionDepth >= ip.recursionLimit
      )
        break;
      // It stands behind its SEND, as after `send`.
      ip.fuel--;
      mem[g + F_PC] = pc - 1;
      mem[g + F_SP] = top - 1;
      const inner = mem[gen + GEN_FRAME]!;
      const sp = mem[inner + F_SP]!;
      mem[sp] = own(mem[top - 1]!);
      mem[inner + F_SP] = sp + 1;
      mem[inner + F_PREVIOUS] = g;
      mem[inner + F_FLAGS] = 0;
      mem[gen + GEN_STATE] = GEN_EXECUTING;
      excItems.push(mem[gen + GEN_EXC]!);
      mem[gen + GEN_EXC] = 0;
      ip.recursionDepth++;
      g = inner;
      if (mem[g + F_CODE] !== known) {
        const { tier } = runtimeOf(g);
        if (tier === null) break;
        known = mem[g + F_CODE]!;
        delegates = tier.delegates;
      }
    }
    ip.frame = g;
    let v = base.callFrame(g);
    // Each of them is done when its caller is the running frame.
    while (ip.frame !== caller) {
      const f = ip.frame;
      const at = mem[f + F_PC]!;
      if (v > 0) {
        const top = mem[f + F_SP]!;
        if (isWaiting(mem[top - 1]! & -2) && ip.traceFunction === 0 && ip.profileFunction === 0)
          v = base.suspend(f, at, top - f, v);
        else {
          // It has ended, and with that has moved its caller on; or somebody is to be told that this one yields, too.
          mem[top] = v;
          mem[f + F_SP] = top + 1;
          v = base.callFrame(f);
        }
      } else if (v === FAILED) v = failedAt(f, at - 1);
      else return v;
    }
    return v;
  }
  /** What a frame called has ended with an exception: the frame goes on at its handler, or ends, too. */
  function failedAt(f: number, pc: number): number {
    const r = base.failed(f, pc, FAILED);
    if (r === RAISED) return FAILED;
    const { tier } = runtimeOf(f);
    if (r > HANDLER || tier === null) return r === HANDED_BACK ? base.callPlain(f, true) : r;
    const need = tier.registers + CALL_REGISTERS;
    if (ip.tierRoom < need) return SWITCH;
    ip.tierRoom -= need;
    const v = tier.run(f, HANDLER - r);
    ip.tierRoom += need;
    return v > 0 ? v : base.ended(v, f);
  }
  /** `resumeGenerator` with a value, from native code, while nobody watches single steps. */
  function resumeForNative(gen: Handle, value: Handle): Handle {
    if (!ip.enterRecursive(' in generator')) return 0;
    const saved = ip.frame;
    inc(value);
    const g = base.enter(gen, value);
    if (g === 0) {
      ip.leaveRecursive();
      return 0;
    }
    mem[g + F_FLAGS] = FLAG_ENTRY;
    ip.yielded = false;
    ip.loopDepth++;
    let r = resume(g);
    ip.loopDepth--;
    if (r < 0) r = r === FAILED ? 0 : evalLoop(ip);
    ip.frame = saved;
    ip.leaveRecursive();
    const { yielded } = ip;
    ip.yielded = false;
    return yielded || r === 0 ? r : endedForNative(ip, r);
  }

  return { makeGenerator, endGenerator, send, resume, resumeForNative };
}
