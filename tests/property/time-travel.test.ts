/**
 * Time travel: undoing the log from its end gives back the state before the run, word by word, of everything that
 * was alive then; and looking at the past changes no word of the live heap.
 */
import { describe, expect, test } from 'vitest';
import { bootInterpreter, type BootedInterpreter, finalize, runMain, setArguments } from '../../lib/engine';
import { moduleDict } from '../../lib/engine/objects/module';
import { compileSource } from '../../lib/engine/modules/compile-source';
import { History } from '../../lib/engine/snapshot/history';
import { MemoryView } from '../../lib/engine/snapshot/memory-view';
import { CellRecorder } from '../../lib/engine/snapshot/recorder';
import { TimeMachine } from '../../lib/engine/snapshot/time-machine';
import { TraceReader } from '../../lib/engine/snapshot/trace-readings';
import { EventLog } from '../../lib/engine/trace/events';
import { Timeline } from '../../lib/engine/trace/timeline';
import { evalLoop } from '../../lib/engine/vm/ceval';
import { beginModule, endModule } from '../../lib/engine/vm/eval-code';
import { type Span, differences, scratch } from './live-memory';
import { samplePrograms, seed } from './sample';

const WORDS = 1 << 24;

function boot(
  profile: '3.13' | '3.14',
  files: Readonly<Record<string, string>>,
  options: { tierThreshold?: number } = {},
): BootedInterpreter {
  const booted = bootInterpreter({ profile, words: WORDS, ...options });
  booted.ip.stdin = () => null;
  booted.ip.host = { readFile: (path) => files[path] ?? null };
  setArguments(booted, [''], ['program.py']);
  return booted;
}

const sampled = samplePrograms(30);

describe(`[TT1] undoing every event is the way back (seed ${seed})`, () => {
  sampled.forEach(({ program, profile }, i) => {
    test(`${program.id}@${profile}`, () => {
      // Every other one is in generated code from its first line.
      const booted = boot(profile, program.files, i % 2 === 1 ? { tierThreshold: 0 } : {});
      const { ip, collector, main } = booted;
      const before = ip.mem.slice(0, ip.heap.top);
      const apart = scratch(ip);
      const log = new EventLog();
      ip.heap.startLog(log);
      runMain(ip, main, program.source, program.filename, program.filename);
      expect(log.full).toBe(false);
      expect(log.length).toBeGreaterThan(10);
      const atEnd = new MemoryView(ip, log);
      atEnd.rewind(0);
      expect(differences(ip.heap, before, atEnd.ip.mem, apart)).toEqual([]);
      finalize(ip, collector);
      const afterwards = new MemoryView(ip, log);
      afterwards.rewind(0);
      expect(differences(ip.heap, before, afterwards.ip.mem, apart)).toEqual([]);
    });
  });

  test('the comparison can fail', () => {
    const { ip, main } = boot('3.14', {});
    const before = ip.mem.slice(0, ip.heap.top);
    const apart = scratch(ip);
    const log = new EventLog();
    ip.heap.startLog(log);
    runMain(ip, main, 'import sys\nsys.added = 1\n', 'program.py', null);
    const view = new MemoryView(ip, log);
    view.rewind(1);
    const almost = differences(ip.heap, before, view.ip.mem, apart).length;
    view.rewind(0);
    expect(differences(ip.heap, before, view.ip.mem, apart)).toEqual([]);
    expect(differences(ip.heap, before, ip.mem.slice(0, ip.heap.top)).length + almost).toBeGreaterThan(0);
  });
});

describe(`[TT12] the memory before any line is what it was then (seed ${seed})`, () => {
  for (const { program, profile } of sampled.slice(0, 12)) {
    test(`${program.id}@${profile}`, () => {
      const { ip, main } = boot(profile, program.files);
      const log = new EventLog();
      // Keyframes close together: what lies between two is undone, the rest comes from them.
      const timeline = new Timeline(ip.heap, log, 64 << 20, 4000);
      ip.heap.startLog(log);
      const then: { line: number; mem: Int32Array; running: Span[] }[] = [];
      let step = 1;
      ip.onLine = () => {
        if (timeline.lines % step !== 0) return;
        then.push({ line: timeline.lines - 1, mem: ip.mem.slice(0, ip.heap.top), running: scratch(ip) });
        if (then.length % 8 === 0) step *= 4;
      };
      runMain(ip, main, program.source, program.filename, program.filename);
      timeline.stop();
      ip.heap.stopLog();
      expect(log.full).toBe(false);
      for (const { line, mem, running } of then) {
        expect(differences(ip.heap, mem, timeline.before(line), running)).toEqual([]);
      }
      expect(then.length > 0 || program.source.length < 200).toBe(true);
    });
  }

  test('past its budget it says that it is full, and shows the lines until then', () => {
    const { ip, main } = boot('3.14', {});
    const log = new EventLog();
    const timeline = new Timeline(ip.heap, log, 9 << 20, 40_000);
    ip.heap.startLog(log);
    runMain(ip, main, 'kept = []\nfor i in range(30000):\n    kept.append([i])\n', 'program.py', null);
    timeline.stop();
    expect(log.full).toBe(true);
    expect(timeline.lines).toBeGreaterThan(1000);
    expect(timeline.bytes).toBeLessThan(16 << 20);
    expect(timeline.before(10).length).toBeGreaterThan(ip.heap.firstBlock);
  });
});

describe('[TT2] the past is read without touching live memory', () => {
  for (const { program, profile } of sampled.slice(0, Math.max(12, sampled.length / 4))) {
    test(`${program.id}@${profile}`, () => {
      const { ip, collector, main } = boot(profile, program.files);
      const globals = moduleDict(ip, main);
      const history = new History(ip);
      const machine = new TimeMachine(ip, history);
      const recorder = new CellRecorder(
        ip,
        collector,
        history,
        globals,
        (name) => !name.startsWith('__'),
        (filename) => filename === program.filename,
      );
      const code = compileSource(ip, program.source, program.filename, 'exec');
      if (code === 0) return;
      recorder.start();
      machine.begin(recorder);
      const func = beginModule(ip, code, globals);
      ip.decref(code);
      const result = evalLoop(ip);
      endModule(ip, func);
      if (result !== 0) ip.decref(result);
      else ip.clearError();
      recorder.stop();
      const { run, steps } = machine.end('1', program.filename, result === 0);
      ip.heap.stopLog();
      const before = ip.mem.slice(0, ip.heap.top);
      const { top } = ip.heap;
      const reader = new TraceReader(machine);
      for (const step of [0, steps >> 1, steps]) {
        const moment = { what: 'moment', at: { run, step }, options: { graph: true, around: [] } } as const;
        expect(reader.answer(moment)).not.toBe(null);
        reader.answer({ what: 'allocator', at: { run, step } });
        reader.answer({ what: 'steps', run, from: step, to: steps, granularity: 'line' });
      }
      reader.answer({ what: 'lifetimes', run });
      reader.answer({ what: 'collections', run });
      expect(ip.heap.top).toBe(top);
      // All words, the collector's links and the data stack included.
      let first = -1;
      for (let i = 0; i < top && first < 0; i++) if (before[i] !== ip.mem[i]) first = i;
      expect(first).toBe(-1);
    });
  }
});
