/**
 * [TM7] A run whose record was full in the middle: its log begins anew, and what comes after reads as in a run that was
 * kept whole. The cut falls where frames, generators, built-in code or a collection wait for what goes on.
 */
import { describe, expect, test } from 'vitest';
import {
  type AllocatorReading,
  type BiographyReading,
  type BytecodeReading,
  type CollectorReading,
  type Counted,
  createInterpreter,
  type EventsReading,
  type LifetimesReading,
  type MomentReading,
  type RunSummary,
  type Session,
  type StepsReading,
  type TraceQuestion,
} from '../../lib/engine';
import { nodeLibrary } from '../../lib/engine-cli/library';
import { TraceReader } from '../../lib/engine/snapshot/trace-readings';
import { TRACE_LIMITS, type TraceLimits } from '../../lib/engine/snapshot/trace-types';
import { standardModules } from '../../lib/engine/stdlib/index';
import { runCell } from './run-cell';

const PROGRAMS: Readonly<Record<string, string>> = {
  'many lines of a loop': `
kept = []
for i in range(900):
    kept.append([i, kept])
    other = kept[-1]
`,
  'a recursion': `
def deep(n, held):
    own = [held, n]
    if n == 0:
        for i in range(400):
            last = [i, own]
        return last
    back = deep(n - 1, own)
    return [back, held]
result = deep(12, [])
`,
  'generators that drive each other': `
def inner(n, held):
    for i in range(n):
        held = [i, held]
        sent = yield held
        held.append(sent)
def outer(n):
    mine = []
    yield from inner(n, mine)
    try:
        for x in inner(n, mine):
            mine.append(x)
            yield mine
    finally:
        mine = None
g = outer(150)
other = outer(3)
next(other)
def drive():
    local = []
    for x in g:
        local.append(x)
        if len(local) % 50 == 0:
            next(other, None)
    return local
end = drive()
del g, other
`,
  'a key of sorted() and a function under functools.reduce()': `
import functools
made = []
def key(x):
    own = [x]
    made.append(own)
    return -own[0]
def add(a, b):
    pair = [a, b]
    made.append(pair)
    return pair
def run():
    order = sorted(range(250), key=key)
    return functools.reduce(add, order)
first = run()
del made
`,
  'finalizers that a collection calls': `
import gc
class Node:
    def __init__(self, n):
        self.n = n
        self.me = self
    def __del__(self):
        for i in range(10):
            count.append([i])
count = []
def make():
    for n in range(60):
        Node(n)
make()
gc.collect()
after = [n for n in count if n]
`,
  'classes, closures and exceptions': `
class Table(dict):
    total = 0
    def __missing__(self, key):
        def inner():
            nonlocal key
            key = [key]
            return key
        Table.total += 1
        self[key] = inner
        return inner
table = Table()
errors = []
for i in range(150):
    try:
        table[i]()[1]
    except IndexError as e:
        if i % 30 == 0:
            errors.append(e)
del table[3], errors[0]
`,
};

function session(limits: Partial<TraceLimits> = {}): Session {
  const made = createInterpreter({ profile: '3.14', modules: standardModules, library: nodeLibrary('3.14') });
  Reflect.set(made.machine, 'limits', { ...TRACE_LIMITS, ...limits });
  return made;
}

interface Past {
  readonly run: RunSummary;
  readonly logBytes: number;
  ask(question: TraceQuestion): unknown;
}

function pastOf(source: string, limits: Partial<TraceLimits> = {}): Past {
  const made = session(limits);
  runCell(made, 'before = [1]\nunchanged = before', { cellId: '1' });
  expect(runCell(made, source, { cellId: '2' }).result.status).toBe('ok');
  const reader = new TraceReader(made.machine);
  const run = reader.answer({ what: 'runs' })!.runs.at(-1)!;
  const logBytes = made.machine.run(run.run)!.recorder.log.length * 4;
  return { run, logBytes, ask: (question) => reader.answer(question) };
}

/** What can be asked of a step, without what is counted from the run's beginning. */
function readingsAt({ run, ask }: Past, step: number, dropped: number): Record<string, unknown> {
  const at = { run: run.run, step };
  const moment = ask({ what: 'moment', at, options: { graph: true, around: [] } }) as MomentReading;
  const steps = ask({
    what: 'steps',
    run: run.run,
    from: step,
    to: step + 3,
    granularity: 'instruction',
  }) as StepsReading;
  const events = ask({ what: 'events', run: run.run, step }) as EventsReading | null;
  const collector = ask({ what: 'collector', at }) as CollectorReading;
  const allocator = ask({ what: 'allocator', at }) as AllocatorReading;
  const bytecode = ask({ what: 'bytecode', at }) as BytecodeReading | null;
  const withoutChange = (counted: Counted) => ({ ...counted, change: null });
  return {
    moment: {
      ...moment,
      at: null,
      state: {
        ...moment.state,
        references: moment.state.references.map(withoutChange),
        unnamed: moment.state.unnamed.map(withoutChange),
      },
    },
    steps: steps.steps.map((each) => ({
      ...each,
      from: each.from - dropped,
      to: each.to - dropped,
      activation: null,
      collections: each.collections.length,
    })),
    // Words of frames, a generator's own too, are noted when they are next looked at.
    events: events?.events.flatMap((event) =>
      event.object === null || event.object.type === 'generator' ? [] : [{ ...event, position: null }],
    ),
    collector: { ...collector, at: null },
    allocator: { ...allocator, at: null },
    bytecode: bytecode && [bytecode.frame, bytecode.next, bytecode.stack],
  };
}

/** The lives of objects of the part that is kept. */
function livesFrom({ run, ask }: Past, dropped: number, serials: readonly number[]): unknown[] {
  const { lifetimes } = ask({ what: 'lifetimes', run: run.run }) as LifetimesReading;
  return serials.map((serial) => {
    const { events, ...biography } = ask({ what: 'biography', serial }) as BiographyReading;
    const { born, died, counts, ...life } = lifetimes.find((each) => each.serial === serial)!;
    const since = (step: number | null) => step && step - dropped;
    return {
      ...life,
      born: since(born),
      died: since(died),
      counts: counts.map(([step, count]) => [step - dropped, count]),
      biography,
      events: events.map((event) => ({ ...event, at: event.at.step - dropped })),
    };
  });
}

describe.each([
  ['instructions', {}],
  ['lines', { instructions: 0 }],
] as const)('[TM7] kept by %s', (detail, limits) => {
  for (const [name, source] of Object.entries(PROGRAMS)) {
    test(`${name}: each moment that is left is that of the whole run`, () => {
      const whole = pastOf(source, limits);
      expect([whole.run.linesDropped, whole.run.linesLost, whole.run.detail]).toEqual([0, 0, detail]);
      for (const part of [0.3, 0.8]) {
        const runBytes = Math.floor(whole.logBytes * part);
        const cut = pastOf(source, { ...limits, runBytes });
        const { run } = cut;
        const facts = ({ lines, births, deaths, collections, raised }: RunSummary) => ({
          lines,
          births,
          deaths,
          collections,
          raised,
        });
        expect(facts(run)).toEqual(facts(whole.run));
        expect(run.detail).toBe(detail);
        expect(run.linesDropped).toBeGreaterThan(0);
        expect(run.linesDropped).toBeLessThan(run.lines);
        const dropped = whole.run.steps - run.steps;
        // Each line that was cut began a step.
        expect(dropped).toBeGreaterThanOrEqual(run.linesDropped);
        const stride = Math.max(1, Math.floor(run.steps / 12));
        const asked = [];
        for (let step = 0; step <= run.steps; step += step < 4 ? 1 : stride) asked.push(step);
        for (const step of [...asked, run.steps, 0]) {
          const expected = readingsAt(whole, step + dropped, dropped);
          for (const [what, answer] of Object.entries(readingsAt(cut, step, 0)))
            expect(answer, `${runBytes} bytes, ${what} at step ${step}`).toEqual(expected[what]);
        }
        const { lifetimes } = cut.ask({ what: 'lifetimes', run: run.run }) as LifetimesReading;
        const own = lifetimes.flatMap(({ serial, born }) => (born !== null && born > 0 ? [serial] : []));
        const some = own.filter((_, i) => i % Math.ceil(own.length / 3) === 0);
        expect(some.length > 0 || name.startsWith('finalizers')).toBe(true);
        expect(livesFrom(cut, 0, some)).toEqual(livesFrom(whole, dropped, some));
      }
    });
  }
});
