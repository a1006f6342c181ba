/**
 * [TT10] Every event of the log stands by itself: `apply(reverse(event))` restores the state before it, for each event
 * from the last to the first; and the events, applied one after the other from the beginning, give the live heap. The
 * states to compare with are copies of live memory, taken while the program ran.
 */
import { describe, expect, test } from 'vitest';
import { bootInterpreter, runMain, setArguments } from '../../lib/engine';
import { EventLog } from '../../lib/engine/trace/events';
import { type SingleEvent, apply, reverse, undoSingly } from '../../lib/engine/trace/single-event';
import type { ConformanceProgram, Profile } from '../conformance/programs';
import { type Span, differences, scratch } from './live-memory';
import { isWhole, samplePrograms, seed } from './sample';

const WORDS = 1 << 24;
/** Events that are held at once. */
const WINDOW = 20_000;

interface Picture {
  readonly position: number;
  readonly mem: Int32Array;
  readonly running: readonly Span[];
}

function recorded(program: Pick<ConformanceProgram, 'source' | 'filename' | 'files'>, profile: Profile, tier: boolean) {
  const booted = bootInterpreter({ profile, words: WORDS, ...(tier ? { tierThreshold: 0 } : {}) });
  const { ip, main } = booted;
  ip.stdin = () => null;
  ip.host = { readFile: (path) => program.files[path] ?? null };
  setArguments(booted, [''], ['program.py']);
  const log = new EventLog();
  const pictures: Picture[] = [];
  const take = () => pictures.push({ position: log.length, mem: ip.mem.slice(0, ip.heap.top), running: scratch(ip) });
  ip.heap.startLog(log);
  take();
  let lines = 0;
  let every = 1;
  ip.onLine = () => {
    if (++lines % every !== 0) return;
    // The line has its mark already, and nothing has happened since.
    take();
    if (pictures.length % 6 === 0) every *= 4;
  };
  runMain(ip, main, program.source, program.filename, program.filename);
  ip.onLine = null;
  take();
  expect(log.full).toBe(false);
  return { ip, log, pictures };
}

/** Goes through the whole log and back in windows of events; what did not come out as it was. */
function travelled(
  { ip, log, pictures }: ReturnType<typeof recorded>,
  change: (event: SingleEvent) => SingleEvent = (event) => event,
): string[] {
  const wrong: string[] = [];
  const { heap } = ip;
  const { pageTable } = heap;
  const mem = pictures.at(-1)!.mem.slice();
  /** An event fits only where memory is as it says. */
  const fits = (event: SingleEvent, on: Int32Array) => {
    for (const { index, before } of event.changes) {
      if (on[index] !== before && wrong.length < 10)
        wrong.push(`${event.kind} at ${event.position}: word ${index} is ${on[index]}, not ${before}`);
    }
    apply(on, event);
  };
  const check = (picture: Picture, now: Int32Array, way: string) => {
    for (const line of differences(heap, picture.mem, now, picture.running))
      if (wrong.length < 10) wrong.push(`${way}, before word ${picture.position}: ${line}`);
  };
  // Singly undone from the end, a window at a time; in each, back by the reversed events and forward again.
  const reversed = mem.slice();
  let position = log.length;
  let next = pictures.length - 1;
  while (position > 0) {
    const end = mem.slice();
    const events: SingleEvent[] = [];
    const from = Math.max(0, position - WINDOW);
    undoSingly(log, mem, pageTable, position, from, (event) => events.push(change(event)));
    for (const event of events) {
      if (pictures[next]!.position === event.end) check(pictures[next--]!, reversed, 'back');
      fits(reverse(event), reversed);
    }
    position = events.at(-1)!.position;
    for (let i = 0; i < mem.length; i++) {
      if (mem[i] === reversed[i] || wrong.length >= 10) continue;
      wrong.push(`word ${i}: undone ${mem[i]}, reversed ${reversed[i]}`);
    }
    const replayed = mem.slice();
    let ahead = pictures.findIndex((picture) => picture.position >= position);
    for (const event of events.toReversed()) {
      for (; pictures[ahead]?.position === event.position; ahead++) check(pictures[ahead]!, replayed, 'forward');
      fits(event, replayed);
    }
    for (let i = 0; i < end.length; i++) {
      if (end[i] === replayed[i] || wrong.length >= 10) continue;
      wrong.push(`word ${i}: was ${end[i]}, replayed ${replayed[i]}`);
    }
  }
  check(pictures[0]!, reversed, 'back');
  return wrong;
}

describe(`[TT10] apply(reverse(event)) restores the state before each event (seed ${seed})`, () => {
  samplePrograms(24).forEach(({ program, profile }, i) => {
    test(`${program.id}@${profile}`, () => {
      expect(travelled(recorded(program, profile, i % 2 === 1))).toEqual([]);
    });
  });

  const fromNothing = samplePrograms(isWhole ? 0 : 5);
  test.each(fromNothing)('replay from nothing equals the live heap: $program.id@$profile', ({ program, profile }) => {
    // The log is there before the first object, so that boot is in it too.
    const log = new EventLog();
    const { ip, main } = bootInterpreter({ profile, words: WORDS, log });
    ip.stdin = () => null;
    ip.host = { readFile: (path) => program.files[path] ?? null };
    runMain(ip, main, program.source, program.filename, program.filename);
    expect(log.full).toBe(false);
    const { heap } = ip;
    const live = ip.mem.slice(0, heap.top);
    const events: SingleEvent[] = [];
    undoSingly(log, live.slice(), heap.pageTable, log.length, 0, (event) => events.push(event));
    const replayed = new Int32Array(live.length);
    for (const event of events.reverse()) apply(replayed, event);
    const running = scratch(ip);
    expect(differences(heap, live, replayed, running)).toEqual([]);
    // Nothing lives that the events did not bring.
    expect(differences(heap, replayed, live, running)).toEqual([]);
  });

  const small = { source: 'a = [1.5, {}]\nb = a\ndel a\nb.append(b)\nb.clear()\n', filename: 'program.py', files: {} };

  test.each(['count', 'write', 'append', 'born', 'dying', 'freed'])('the comparison can fail: %s', (kind) => {
    const run = recorded(small, '3.14', false);
    expect(travelled(run)).toEqual([]);
    for (const side of ['before', 'after'] as const) {
      let isDone = false;
      const broken = travelled(run, (event) => {
        if (isDone || event.kind !== kind || event.changes.length === 0) return event;
        isDone = true;
        const [first, ...rest] = event.changes;
        return { ...event, changes: [{ ...first!, [side]: first![side] + 2 }, ...rest] };
      });
      expect(isDone).toBe(true);
      expect(broken).not.toEqual([]);
    }
  });
});
