/** The engine as the benches run it: whole programs and prepared interpreters, not audited; recorded if asked for. */
import { Session, bootInterpreter, runMain, setArguments } from '../../lib/engine';
import { dictGetKnown, dictSet } from '../../lib/engine/objects/dict';
import { moduleDict, newModule } from '../../lib/engine/objects/module';
import { EventLog } from '../../lib/engine/trace/events';
import { Timeline } from '../../lib/engine/trace/timeline';

export interface Run {
  readonly stdout: string;
  /** Words of the log that were written, and lines that ran. */
  readonly events: number;
  readonly lines: number;
}

/** Words of the log after which it begins anew at the next line, as in a cell's recorder. */
const STRETCH_WORDS = 1_000_000;

type Booted = ReturnType<typeof bootInterpreter>;

function start(err: string[], out: string[]): Booted {
  const booted = bootInterpreter({ profile: '3.14' });
  const { ip, collector } = booted;
  ip.stdout = (text) => out.push(text);
  ip.stderr = (text) => err.push(text);
  setArguments(booted, [''], ['bench.py']);
  collector.resetForStart(collector.longLivedTotal);
  return booted;
}

let shared: { booted: Booted; out: string[]; err: string[] } | null = null;

/** The interpreter of `runPython`, started before the first clock runs, as Pyodide is. */
export function warmInterpreter(): { booted: Booted; out: string[]; err: string[] } {
  if (shared === null) {
    const out: string[] = [];
    const err: string[] = [];
    shared = { booted: start(err, out), out, err };
  }
  return shared;
}

/**
 * Runs a program in an interpreter that stays, with globals of its own, as the Pyodide side does.
 * @param recorded each count, allocation, release, slot and line goes into the log, which begins anew from time to time:
 * what the recording of a program without end costs
 */
export function runPython(source: string, recorded = false): Run {
  const { booted, out, err } = warmInterpreter();
  const { ip } = booted;
  out.length = 0;
  err.length = 0;
  const log = recorded ? new EventLog() : null;
  let events = 0;
  let lines = 0;
  if (log !== null) {
    log.onLineAt = STRETCH_WORDS;
    log.onLine = () => {
      events += log.length;
      lines += log.lineCount;
      log.clear();
      ip.heap.stopLog();
      ip.heap.startLog(log);
    };
    ip.heap.startLog(log);
  }
  const main = newModule(ip, '__main__');
  const builtins = ip.id('__builtins__');
  dictSet(ip, moduleDict(ip, main), builtins, dictGetKnown(ip, moduleDict(ip, booted.main), builtins));
  const exitCode = runMain(ip, main, source, 'bench.py', 'bench.py');
  ip.decref(main);
  if (log !== null) {
    events += log.length;
    lines += log.lineCount;
    ip.heap.stopLog();
  }
  if (exitCode !== 0 || log?.full) throw new Error(log?.full ? 'the log was full' : err.join(''));
  return { stdout: out.join(''), events, lines };
}

/** An interpreter that runs one piece of code after another in the same `__main__`. */
export function prepare(): { run(source: string): string; usedBytes(): number } {
  const out: string[] = [];
  const err: string[] = [];
  const { ip, main } = start(err, out);
  return {
    run(source) {
      out.length = 0;
      if (runMain(ip, main, source, 'bench.py', null) !== 0) throw new Error(err.join(''));
      return out.join('');
    },
    usedBytes: () => ip.heap.top * 4,
  };
}

/** Records a whole run so that any of its lines can be shown. */
export function recordTimeline(source: string, budget: number) {
  const out: string[] = [];
  const err: string[] = [];
  const { ip, main } = start(err, out);
  const log = new EventLog(budget >> 2);
  const timeline = new Timeline(ip.heap, log, budget);
  ip.heap.startLog(log);
  const exitCode = runMain(ip, main, source, 'bench.py', 'bench.py');
  timeline.stop();
  ip.heap.stopLog();
  if (exitCode !== 0) throw new Error(err.join(''));
  return { timeline, lines: log.lineCount, full: log.full, bytes: timeline.bytes, stdout: out.join('') };
}

/** A notebook's cell recorded by instructions: its session and the number of its steps. */
export function recordSteps(source: string) {
  const session = new Session({ profile: '3.14' });
  session.begin(source, { filename: '<cell 1>', cellId: '1', trace: true, onStream: () => {} });
  while (session.step(10_000_000) === 'running');
  const result = session.result();
  if (result.status !== 'ok') throw new Error(JSON.stringify(result));
  return { session, summary: session.traced()! };
}
