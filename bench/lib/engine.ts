/** The engine as the benches run it: whole programs, not audited; recorded if asked for. */
import { bootInterpreter, finalize, runMain, setArguments } from '../../lib/engine';
import { EventLog } from '../../lib/engine/trace/events';

export interface Run {
  readonly stdout: string;
  /** Events of memory and lines that were recorded. */
  readonly events: number;
  readonly lines: number;
}

/** Events after which the log begins anew at the next line, as in a cell's recorder. */
const STRETCH_EVENTS = 600_000;

/**
 * @param recorded each count, allocation, release, slot and line goes into the log, which begins anew from time to time:
 * what the recording of a program without end costs
 */
export function runPython(source: string, recorded = false): Run {
  const booted = bootInterpreter({ profile: '3.14' });
  const { ip, collector, main } = booted;
  const out: string[] = [];
  const err: string[] = [];
  ip.stdout = (text) => out.push(text);
  ip.stderr = (text) => err.push(text);
  setArguments(booted, [''], ['bench.py']);
  collector.resetForStart(collector.longLivedTotal);
  const log = recorded ? new EventLog() : null;
  let events = 0;
  let lines = 0;
  if (log !== null) {
    ip.onLine = () => {
      lines++;
      if (log.eventCount <= STRETCH_EVENTS) return;
      events += log.eventCount;
      ip.heap.stopLog();
      log.clear();
      ip.heap.log = log;
    };
    ip.heap.log = log;
  }
  const exitCode = runMain(ip, main, source, 'bench.py', 'bench.py');
  ip.onLine = null;
  if (log !== null) {
    events += log.eventCount;
    ip.heap.stopLog();
  }
  finalize(ip, collector);
  if (exitCode !== 0 || log?.full) throw new Error(log?.full ? 'the log was full' : err.join(''));
  return { stdout: out.join(''), events, lines };
}
