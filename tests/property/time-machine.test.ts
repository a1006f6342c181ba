/**
 * [TT9] The memory at a step is what it was when the step began: the frames with their locals and stacks, and every
 * object with its count and what it owns; from the end and from the keyframes, in any order. Looking changes nothing.
 */
import { describe, expect, test } from 'vitest';
import { Session } from '../../lib/engine';
import type { BootedInterpreter } from '../../lib/engine';
import { visitOwned } from '../../lib/engine/objects/ledger';
import { codeRuntime } from '../../lib/engine/objects/code';
import { F_CODE, F_FLAGS, F_LOCALSPLUS, F_PC, F_PREVIOUS, F_SP } from '../../lib/engine/objects/interpreter-frame';
import type { StepRecorder } from '../../lib/engine/trace/step-recorder';
import type { Interpreter } from '../../lib/engine/vm/interpreter';
import { samplePrograms, seed } from './sample';

/** The frames from `f` outwards, word by word; and the objects. */
function picture(ip: Interpreter, f: number, running: ReadonlySet<number>): string[] {
  const { mem } = ip;
  const out: string[] = [];
  for (let g = f; g !== 0; g = mem[g + F_PREVIOUS]!) {
    const { nlocalsplus } = codeRuntime(ip, mem[g + F_CODE]!);
    const words = [...mem.subarray(g, mem[g + F_SP]!)];
    // Where it stands is in the step's row; the line last announced is nobody's business.
    for (const word of [F_PC, F_SP, F_FLAGS]) words[word] = 0;
    const place = g === f ? '' : ` at ${mem[g + F_PC]}, ${mem[g + F_SP]! - g}`;
    out.push(
      `frame ${g}${place}: ${words.slice(0, F_LOCALSPLUS + nlocalsplus)} | ${words.slice(F_LOCALSPLUS + nlocalsplus)}`,
    );
  }
  ip.heap.forEachObject((h) => {
    if (mem[h] === 0) return;
    const owned: number[] = [];
    visitOwned(ip, h, (child) => owned.push(child));
    // The names that a class keeps for its instances' tables lie outside memory.
    const isOutside = ip.tp(h).flags < 0 || ip.is(h, ip.types.type);
    const isRunning = isOutside || (ip.is(h, ip.types.generator) && running.has(h));
    out.push(`${h} ${mem[h]} ${ip.tp(h).name} ${isRunning ? '' : owned}`);
  });
  return out;
}

function runningGenerators(ip: Interpreter): Set<number> {
  const out = new Set<number>();
  for (let f = ip.frame; f !== 0; f = ip.mem[f + F_PREVIOUS]!) out.add(ip.mem[f + 11]!);
  return out;
}

function runTraced(session: Session, source: string): void {
  session.begin(source, { filename: '<cell 1>', cellId: '1', trace: true, onStream: () => {} });
  while (session.step(100_000) === 'running');
}

/** At some steps inside a delegated generator the chain of frames is one frame short: to be mended, then taken out. */
const FAILING: ReadonlySet<string> = new Set([]);

describe(`[TT9] the memory before any step is what it was then (seed ${seed})`, () => {
  for (const { program, profile } of samplePrograms(24)) {
    const name = `${program.id}@${profile}`;
    (FAILING.has(name) ? test.fails : test)(name, () => {
      const session = new Session({ profile, words: 1 << 24 });
      const { ip } = Reflect.get(session, 'booted') as BootedInterpreter;
      ip.stdin = () => null;
      ip.host = { readFile: (path) => program.files[path] ?? null };
      const then: { step: number; running: Set<number>; picture: string[] }[] = [];
      const { begin } = session.machine;
      let every = 1;
      session.machine.begin = (recorder) => {
        begin.call(session.machine, recorder);
        const watch = ip.steps!;
        const { instruction } = watch;
        watch.instruction = (f, code, pc, sp) => {
          const { steps } = watch as StepRecorder;
          const before = steps.length;
          instruction.call(watch, f, code, pc, sp);
          if (steps.length === before || before % every !== 0) return;
          const running = runningGenerators(ip);
          const old = ip.mem[f + F_SP]!;
          ip.mem[f + F_SP] = sp;
          then.push({ step: before, running, picture: picture(ip, f, running) });
          ip.mem[f + F_SP] = old;
          if (then.length % 12 === 0) every *= 3;
        };
      };
      runTraced(session, program.source);
      if (session.result().status === 'limit') return;
      expect(session.result().status).not.toBe('engine_error');
      const summary = session.traced();
      if (summary === null || summary.detail === 'dropped') return;
      for (const { step, running, picture: expected } of [...then.slice(0, 3), ...then.toReversed()]) {
        const past = session.machine.past({ run: summary.run, step })!;
        const found = picture(past.ip, past.frame, running);
        const wrong = expected.flatMap((line, i) => (line === found[i] ? [] : [`${line} is now ${found[i]}`]));
        expect(`step ${step}: ${wrong.slice(0, 4).join('\n')}`).toBe(`step ${step}: `);
        expect(found).toHaveLength(expected.length);
      }
    });
  }
});
