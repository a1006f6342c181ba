/**
 * [TT] Time travel: undoing the log from its end gives back the state before the run, word by word, of everything that
 * was alive then; and drawing a picture of memory changes no word of the live heap.
 */
import { describe, expect, test } from 'vitest';
import { bootInterpreter, type BootedInterpreter, finalize, runMain, setArguments } from '../../lib/engine';
import type { Heap } from '../../lib/engine/heap/heap';
import {
  KIND_BITS,
  KIND_RAW,
  PAGE_SHIFT,
  PAGE_WORDS,
  SIZE_SHIFT,
  headerOfKind,
  pagesOfSlab,
} from '../../lib/engine/heap/blocks';
import { BLOCK, BLOCK_LIVE, GC_NEXT, GC_PREV } from '../../lib/engine/heap/layout';
import { TPFLAGS } from '../../lib/engine/heap/object';
import { DICT_KEYS } from '../../lib/engine/objects/dict';
import { DK_VERSION } from '../../lib/engine/objects/dict-keys';
import { TP_VERSION } from '../../lib/engine/objects/type-lookup';
import { GEN_FRAME } from '../../lib/engine/objects/generator';
import { F_CODE, F_PREVIOUS, F_SP, frameSize } from '../../lib/engine/objects/interpreter-frame';
import { moduleDict } from '../../lib/engine/objects/module';
import { compileSource } from '../../lib/engine/modules/compile-source';
import { History } from '../../lib/engine/snapshot/history';
import { MemoryView } from '../../lib/engine/snapshot/memory-view';
import { CellRecorder } from '../../lib/engine/snapshot/recorder';
import { buildReport } from '../../lib/engine/snapshot/report';
import { EventLog } from '../../lib/engine/trace/events';
import { Timeline } from '../../lib/engine/trace/timeline';
import { evalLoop } from '../../lib/engine/vm/ceval';
import type { Interpreter } from '../../lib/engine/vm/interpreter';
import { beginModule, endModule } from '../../lib/engine/vm/eval-code';
import { samplePrograms, seed } from './sample';

const WORDS = 1 << 24;

/** Words from the first to before the second. */
type Span = readonly [number, number];

/**
 * What is no part of a picture: of the generators' frames the slots of those that run, which are copied as those on the
 * data stack are, and what lies above a stack; of types and dicts the numbers that inline caches go by.
 */
function scratch(ip: Interpreter): Span[] {
  const { mem } = ip;
  const spans: Span[] = [];
  for (let f = ip.frame; f !== 0; f = mem[f + F_PREVIOUS]!) spans.push([f, f + frameSize(ip, mem[f + F_CODE]!)]);
  ip.heap.forEachObject((h) => {
    const { flags } = ip.tp(h);
    if ((flags & TPFLAGS.TYPE_SUBCLASS) !== 0) spans.push([h + TP_VERSION, h + TP_VERSION + 1]);
    if ((flags & TPFLAGS.DICT_SUBCLASS) !== 0 && mem[h + DICT_KEYS] !== 0) {
      const at = mem[h + DICT_KEYS]! + DK_VERSION;
      spans.push([at, at + 1]);
    }
    if (!ip.is(h, ip.types.generator) && !ip.is(h, ip.types.coroutine)) return;
    const f = mem[h + GEN_FRAME]!;
    if (f !== 0 && mem[f + F_CODE] !== 0) spans.push([mem[f + F_SP]!, f + frameSize(ip, mem[f + F_CODE]!)]);
  });
  return spans;
}

/** Where two memories differ in the blocks that live in the first. The collector's links are no part of a picture. */
function differences(heap: Heap, before: Int32Array, after: Int32Array, running: readonly Span[] = []): string[] {
  const out: string[] = [];
  for (let page = heap.firstBlock >> PAGE_SHIFT; page < before.length >> PAGE_SHIFT; page++) {
    const entry = before[heap.pageTable + page]!;
    if (entry === 0) continue;
    const size = entry >>> SIZE_SHIFT;
    const kind = entry & KIND_BITS;
    const isRaw = kind === KIND_RAW;
    const header = headerOfKind(kind);
    // A slab of longer blocks has eight pages; what is longer still begins with its page.
    const start = page << PAGE_SHIFT;
    const end = size > PAGE_WORDS ? start + size : start + pagesOfSlab(size) * PAGE_WORDS;
    page = (end >> PAGE_SHIFT) - 1;
    for (let b = start; b + size <= end; b += size) {
      const h = b + header;
      if ((before[h + BLOCK]! & BLOCK_LIVE) === 0) continue;
      const links = (kind & 1) !== 0 ? [h + GC_NEXT, h + GC_PREV] : [];
      for (let i = b; i < b + size; i++) {
        if (before[i] === after[i] || links.includes(i)) continue;
        if (running.some(([from, to]) => i >= from && i < to)) continue;
        const what = isRaw ? `table at ${b}` : `${heap.slots(h)?.name ?? '?'} at ${h}`;
        out.push(`${what}, word ${isRaw ? i - b : i - h}: ${before[i]} became ${after[i]}`);
      }
    }
  }
  return out.slice(0, 10);
}

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

describe(`[TT3] the memory before any line is what it was then (seed ${seed})`, () => {
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

describe('[TT2] a picture is drawn without touching live memory', () => {
  for (const { program, profile } of sampled.slice(0, Math.max(12, sampled.length / 4))) {
    test(`${program.id}@${profile}`, () => {
      const { ip, collector, main } = boot(profile, program.files);
      const globals = moduleDict(ip, main);
      const recorder = new CellRecorder(ip, collector, new History(ip), globals, (name) => !name.startsWith('__'));
      const code = compileSource(ip, program.source, program.filename, 'exec');
      if (code === 0) return;
      recorder.start();
      const func = beginModule(ip, code, globals);
      ip.decref(code);
      const result = evalLoop(ip);
      recorder.codeEnds();
      endModule(ip, func);
      if (result !== 0) ip.decref(result);
      else ip.clearError();
      recorder.stop();
      const before = ip.mem.slice(0, ip.heap.top);
      const { top } = ip.heap;
      const events = recorder.log.length;
      const report = buildReport(recorder, result === 0);
      expect(report.steps.length).toBeGreaterThan(0);
      expect(ip.heap.top).toBe(top);
      expect(recorder.log.length).toBe(events);
      // All words, the collector's links and the data stack included.
      let first = -1;
      for (let i = 0; i < top && first < 0; i++) if (before[i] !== ip.mem[i]) first = i;
      expect(first).toBe(-1);
    });
  }
});
