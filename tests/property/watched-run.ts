/** A program is recorded, and the live engine is looked at where steps begin: what the past is to be compared with. */
import { type BootedInterpreter, Session } from '../../lib/engine';
import type { Run } from '../../lib/engine/snapshot/time-machine';
import type { StepRecorder } from '../../lib/engine/trace/step-recorder';
import type { Interpreter } from '../../lib/engine/vm/interpreter';
import type { Profile } from '../conformance/programs';

export interface Case {
  readonly profile: Profile;
  readonly source: string;
  readonly files?: Readonly<Record<string, string>>;
}

export interface WatchedRun<T> {
  readonly session: Session;
  readonly run: Run;
  /** Some steps, evenly over the run, and what was seen when they began. */
  readonly then: readonly { readonly step: number; readonly seen: T }[];
}

/** Null: a limit ended the program, or nothing of it is kept. */
export function watchedRun<T>(
  { profile, source, files = {} }: Case,
  look: (ip: Interpreter) => T,
): WatchedRun<T> | null {
  const session = new Session({ profile, words: 1 << 24 });
  const { ip } = Reflect.get(session, 'booted') as BootedInterpreter;
  ip.stdin = () => null;
  ip.host = { readFile: (path) => files[path] ?? null };
  const then: { step: number; seen: T }[] = [];
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
      then.push({ step: before, seen: look(ip) });
      if (then.length % 24 === 0) every *= 2;
    };
  };
  session.begin(source, { filename: '<cell 1>', cellId: '1', trace: true, onStream: () => {} });
  while (session.step(100_000) === 'running');
  const summary = session.traced();
  if (session.result().status === 'limit' || summary === null || summary.detail === 'dropped') return null;
  return { session, run: session.machine.run(summary.run)!, then };
}
