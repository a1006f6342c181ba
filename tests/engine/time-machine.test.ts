/** The recorded past: any moment of any run reads as it was then, and looking changes nothing. */
import { describe, expect, test } from 'vitest';
import { createInterpreter, type Session, type TraceQuestion } from '../../lib/engine';
import { TRACE_LIMITS } from '../../lib/engine/snapshot/trace-types';
import { parseTraceAnswer } from '../../lib/kernel/trace-messages';
import { runCell } from './run-cell';

const SOURCE = `
class Node:
    def __init__(self, value):
        self.value = value
        self.other = None
a = Node([1, 2])
b = a
def pairs(n):
    for i in range(n):
        yield [i, a]
kept = [p for p in pairs(3)]
del b
x = y = Node(5)
x.other = y
del x, y
import gc
gc.collect()
text = 'done'
`;

function ended(source: string, cellId = '1', session: Session = createInterpreter({ profile: '3.14' })) {
  const run = runCell(session, source, { cellId });
  expect(run.result.status).toBe('ok');
  return session;
}

describe('[TM1] moments', () => {
  test('every moment can be read, and every sum is the count', async () => {
    const session = ended(SOURCE);
    await session.prepareToAsk();
    const { runs } = session.ask({ what: 'runs' })!;
    expect(runs).toHaveLength(1);
    const { steps, detail } = runs[0]!;
    expect(detail).toBe('instructions');
    expect(steps).toBeGreaterThan(100);
    for (let step = steps; step >= 0; step -= 3) {
      const { state } = session.ask({ what: 'moment', at: { run: 1, step }, options: { graph: false, around: [] } })!;
      for (const { object, count, holders, holdersOmitted } of [...state.references, ...state.unnamed]) {
        if (count === null) continue;
        const sum = holders.reduce((n, h) => n + h.references, holdersOmitted);
        expect(`${step} ${object.repr} ${sum}`).toBe(`${step} ${object.repr} ${count}`);
      }
    }
  });

  test('a step tells the counts that it changed, in order, and by which token', async () => {
    const session = ended('my_list = [1]\nyour_list = my_list\ndel your_list\n');
    await session.prepareToAsk();
    const { steps, next } = session.ask({ what: 'steps', run: 1, from: 0, to: 100, granularity: 'line' })!;
    expect(next).toBe(session.traced()!.steps);
    const told = steps.map(({ line, counts, rebound, born }) => ({
      line,
      counts: counts.filter((c) => c.isName).map((c) => `${c.label} ${c.before} ${c.after} ${c.span?.column}`),
      rebound: rebound.map(({ name, before, after }) => `${name} ${before?.repr} ${after?.repr}`),
      born: born.map(({ object }) => object.repr),
    }));
    expect(told).toEqual([
      { line: 1, counts: [], rebound: ['my_list undefined [1]'], born: ['[1]'] },
      { line: 2, counts: ['my_list 1 2 0'], rebound: ['your_list undefined [1]'], born: [] },
      { line: 3, counts: ['my_list 2 1 4'], rebound: ['your_list [1] undefined'], born: [] },
    ]);
    const fine = session.ask({ what: 'steps', run: 1, from: 0, to: 100, granularity: 'instruction' })!;
    expect(fine.steps.map(({ opcode }) => opcode!.name).slice(0, 4)).toEqual([
      'RESUME',
      'LOAD_SMALL_INT',
      'BUILD_LIST',
      'STORE_NAME',
    ]);
    expect(fine.steps).toHaveLength(session.traced()!.steps);
  });

  test('a step tells its single events: what, where, before and after, and by which instruction', async () => {
    const session = ended('my_list = [1]\nmy_list.append(my_list)\nmy_list[0] = 2.5\nmy_list.clear()\n');
    await session.prepareToAsk();
    const { steps } = session.traced()!;
    const told: string[] = [];
    for (let step = 0; step < steps; step++) {
      for (const event of session.ask({ what: 'events', run: 1, step })!.events) {
        const { kind, cause, object, slot } = event;
        if (object === null || kind === 'line') continue;
        if ((object.type !== 'list' && object.type !== 'float') || slot === 'place of the items') continue;
        const value = (v: typeof event.before) => (v === null ? '' : (v.object?.type ?? v.number));
        told.push(
          [
            kind,
            object.type,
            slot,
            value(event.before),
            value(event.after),
            cause.opcode,
            cause.line,
            cause.span?.column,
          ]
            .map((x) => x ?? '-')
            .join(' '),
        );
      }
    }
    expect(told).toMatchInlineSnapshot(`
      [
        "born list -   BUILD_LIST 1 10",
        "count list reference count 1 2 STORE_NAME 1 0",
        "count list reference count 2 1 STORE_NAME 1 0",
        "count list reference count 1 2 LOAD_NAME 2 0",
        "count list reference count 2 3 LOAD_NAME 2 15",
        "count list reference count 3 4 CALL 2 0",
        "write list room for items 1 8 CALL 2 0",
        "write list number of items 1 2 CALL 2 0",
        "write list [1] 0 list CALL 2 0",
        "count list reference count 4 3 CALL 2 0",
        "count list reference count 3 2 CALL 2 0",
        "count float reference count 1 2 LOAD_CONST 3 13",
        "count list reference count 2 3 LOAD_NAME 3 0",
        "count float reference count 2 3 STORE_SUBSCR 3 0",
        "write list [0] int float STORE_SUBSCR 3 0",
        "count list reference count 3 2 STORE_SUBSCR 3 0",
        "count float reference count 3 2 STORE_SUBSCR 3 0",
        "count list reference count 2 3 LOAD_NAME 4 0",
        "write list number of items 2 0 CALL 4 0",
        "write list room for items 8 0 CALL 4 0",
        "count list reference count 3 2 CALL 4 0",
        "count float reference count 2 1 CALL 4 0",
        "count list reference count 2 1 CALL 4 0",
        "freed float -   RETURN_VALUE 4 0",
      ]
    `);
  });

  test('an earlier run of a cell is there, after others that were traced or not', async () => {
    const session = createInterpreter({ profile: '3.13' });
    await session.prepareToAsk();
    ended('a = []\nb = [a]\n', '3', session);
    runCell(session, 'big = [object() for i in range(3000)]\ndel b\n', { cellId: '4', trace: false });
    ended('a = {"second": 1}\n', '3', session);
    const moment = (run: number, step: number) =>
      session.ask({ what: 'moment', at: { run, step }, options: { graph: true, around: [] } })!;
    const { runs } = session.ask({ what: 'runs' })!;
    expect(runs.map(({ cellId, nth }) => `${cellId} ${nth}`)).toEqual(['3 1', '3 2']);
    const text = (run: number, step: number) =>
      moment(run, step).state.references.map(({ name, object, count }) => `${name} ${object.repr} ${count}`);
    expect(text(1, runs[0]!.steps)).toEqual(['a [] 2', 'b [[]] 1']);
    expect(text(1, 0)).toEqual([]);
    expect(text(2, 0).filter((row) => !row.startsWith('big'))).toEqual(['a [] 1', 'i 2999 1'].slice(0, 1));
    expect(text(2, runs[1]!.steps)[0]).toBe("a {'second': 1} 1");
    // Back again, from the last moment to the first run.
    expect(text(1, runs[0]!.steps)).toEqual(['a [] 2', 'b [[]] 1']);
    expect(moment(1, runs[0]!.steps).graph!.edges.map(({ from, label }) => `${Math.sign(from)} ${label}`)).toEqual([
      '-1 a',
      '-1 b',
      '1 [0]',
    ]);
  });
});

describe('[TM4] the way to a moment', () => {
  test('makes no difference: near and far, forwards and backwards, what is read is what a fresh look reads', async () => {
    const session = ended(SOURCE);
    await session.prepareToAsk();
    const { steps } = session.traced()!;
    const read = (step: number) =>
      JSON.stringify(session.ask({ what: 'moment', at: { run: 1, step }, options: { graph: true, around: [] } }));
    const fresh = (step: number) => {
      Reflect.set(session.machine, 'present', null);
      return read(step);
    };
    const middle = steps >> 1;
    const way = [
      steps,
      steps - 1,
      steps,
      middle,
      middle + 1,
      middle + 2,
      middle - 1,
      0,
      1,
      5,
      steps - 3,
      17,
      18,
      40,
      39,
    ];
    const told = way.map(read);
    for (const [i, step] of way.entries()) expect(told[i] === fresh(step), `step ${step}`).toBe(true);
  });
});

describe('[TM5] past the budget', () => {
  const within = (limits: Partial<Record<keyof typeof TRACE_LIMITS, number>>) => {
    const session = createInterpreter({ profile: '3.14' });
    Reflect.set(session.machine, 'limits', { ...TRACE_LIMITS, ...limits });
    return session;
  };
  const CELL = 'a = []\nfor i in range(20):\n    a.append([i])\n';

  test('the oldest run keeps its lines only, and each of its moments still adds up', async () => {
    const session = within({ instructions: 400 });
    for (const id of ['1', '2', '3']) ended(CELL, id, session);
    await session.prepareToAsk();
    const { runs } = session.ask({ what: 'runs' })!;
    expect(runs.map(({ detail }) => detail)).toContain('lines');
    const thinned = runs[0]!;
    expect(thinned.detail).toBe('lines');
    expect(thinned.linesFrom).toBe(0);
    const { steps } = session.ask({ what: 'steps', run: 1, from: 0, to: 5, granularity: 'instruction' })!;
    expect(steps.every(({ kind }) => kind === 'line')).toBe(true);
    for (let step = 0; step <= thinned.steps; step += 5) {
      const { state } = session.ask({ what: 'moment', at: { run: 1, step }, options: { graph: false, around: [] } })!;
      for (const { count, holders, holdersOmitted } of state.references)
        if (count !== null) expect(holders.reduce((n, h) => n + h.references, holdersOmitted)).toBe(count);
    }
  });

  test('the oldest runs go, and say so; small runs are cheap', async () => {
    const session = within({ bytes: 12 << 20 });
    for (let n = 0; n < 40; n++) ended(CELL, String(n), session);
    await session.prepareToAsk();
    const { runs } = session.ask({ what: 'runs' })!;
    expect(runs).toHaveLength(40);
    const kept = runs.filter(({ detail }) => detail !== 'dropped');
    expect(kept.at(-1)!.run).toBe(40);
    expect(kept.length).toBeGreaterThan(1);
    for (const { run, detail } of runs) {
      const moment = session.ask({ what: 'moment', at: { run, step: 0 }, options: { graph: false, around: [] } });
      expect(moment === null).toBe(detail === 'dropped');
    }
    // The last one holds a whole memory; of the others that is only what the next one differs in.
    for (const { bytes } of kept.slice(0, -1)) expect(bytes).toBeLessThan(1 << 20);
  });
});

describe('[TM5] long values', () => {
  const summaryOf = async (session: Session) => {
    await session.prepareToAsk();
    return session.ask({ what: 'runs' })!.runs.at(-1)!;
  };

  test('that died are kept as far as the budget goes, and what is told of the rest is right', async () => {
    // Each takes 12 to 18 kB: all of them more than the budget.
    const n = Math.ceil(TRACE_LIMITS.deadBytes / 12_000);
    const session = ended(`value = 7 ** 34_000\nfor _ in range(${n}):\n    value = value * 3\n`);
    const summary = await summaryOf(session);
    expect(summary.linesDropped).toBeGreaterThan(0);
    expect(summary.linesDropped).toBeLessThan(summary.lines);
    for (const step of [0, summary.steps >> 1, summary.steps]) {
      const { state } = session.ask({ what: 'moment', at: { run: 1, step }, options: { graph: false, around: [] } })!;
      const value = state.references.find(({ holders }) => holders.some(({ label }) => label === 'value'))!;
      expect(value.object.repr).toMatch(/^<int of \d{5,6} bits>$/);
      expect(value.holders.reduce((sum, h) => sum + h.references, value.holdersOmitted)).toBe(value.count);
    }
  });

  test('that change in place cost the recording nothing', async () => {
    const session = ended('data = bytearray(2_000_000)\nfor i in range(5_000):\n    data[i] = 1\n    data.append(2)\n');
    const summary = await summaryOf(session);
    expect(summary.linesDropped).toBe(0);
    expect(summary.bytes).toBeLessThan(32 << 20);
  });
});

describe('[TM2] looking', () => {
  test('changes nothing: what was traced and looked at ends as what was not', async () => {
    const cells = [
      'import gc\nclass A: pass\na = A(); a.me = a\nb = [a, object()]\nprint(id(a), id(b), gc.get_count())\n',
      'del a\nb.clear()\nc = [A() for _ in range(20)]\nprint(gc.collect(), [id(x) for x in c], gc.get_count())\n',
      'def f(n):\n    return [n] if n == 0 else f(n - 1)\nd = f(5)\nprint(id(d), gc.get_count(), len(gc.get_objects()))\n',
    ];
    const told = async (trace: boolean) => {
      const session = createInterpreter({ profile: '3.14' });
      await session.prepareToAsk();
      return cells.map((source, i) => {
        const { stdout, result } = runCell(session, source, { cellId: String(i), trace });
        expect(result.status).toBe('ok');
        if (trace) lookAround(session);
        return stdout;
      });
    };
    expect(await told(true)).toEqual(await told(false));
  });

  function lookAround(session: Session): void {
    const { runs } = session.ask({ what: 'runs' })!;
    for (const { run, steps } of runs) {
      const at = { run, step: steps >> 1 };
      const end = { run, step: steps };
      const moment = session.ask({ what: 'moment', at: end, options: { graph: true, around: [] } })!;
      for (const { object } of moment.graph!.nodes.slice(0, 6)) {
        session.ask({ what: 'why_alive', serial: object.serial, at: end });
        session.ask({ what: 'biography', serial: object.serial });
      }
      session.ask({ what: 'steps', run, from: 0, to: steps, granularity: 'instruction' });
      for (let step = 0; step < steps; step += 23) session.ask({ what: 'events', run, step });
      session.ask({ what: 'lifetimes', run });
      session.ask({ what: 'collections', run });
      session.ask({ what: 'collection_holders', run, number: 0 });
      session.ask({ what: 'bytecode', at });
      session.ask({ what: 'allocator', at: end });
      session.ask({ what: 'difference', before: at, after: end });
      session.ask({ what: 'census', at });
    }
  }

  test('every answer keeps to the form that the kernel sends', async () => {
    const session = ended(SOURCE);
    await session.prepareToAsk();
    const { steps } = session.traced()!;
    const at = { run: 1, step: steps };
    const moment = session.ask({ what: 'moment', at, options: { graph: true, around: [] } })!;
    const { serial } = moment.state.references[0]!.object;
    const questions: TraceQuestion[] = [
      { what: 'runs' },
      { what: 'steps', run: 1, from: 0, to: steps, granularity: 'line' },
      { what: 'moment', at, options: { graph: true, around: [] } },
      { what: 'events', run: 1, step: 40 },
      { what: 'collector', at },
      { what: 'lifetimes', run: 1 },
      { what: 'biography', serial },
      { what: 'why_alive', serial, at },
      { what: 'collections', run: 1 },
      { what: 'collection_holders', run: 1, number: 0 },
      { what: 'bytecode', at: { run: 1, step: 40 } },
      { what: 'allocator', at },
      { what: 'difference', before: { run: 1, step: 0 }, after: at },
      { what: 'census', at },
    ];
    for (const question of questions) {
      const answer = session.ask(question);
      expect(answer, question.what).not.toBeNull();
      expect(parseTraceAnswer[question.what](answer)).toEqual(answer);
    }
    expect(session.ask({ what: 'moment', at: { run: 9, step: 0 }, options: { graph: false, around: [] } })).toBeNull();
  });
});

const GARBAGE = `
import gc
class Node:
    def __init__(self, name):
        self.name = name
        self.other = None
        self.many = []
a = Node('a')
b = Node('b')
a.other = b
b.other = a
b.many += [a, a, b, lambda: a]
keep = Node('keep')
keep.other = Node('kept by keep')
def young(n):
    local = [Node('local'), n]
    local.append(local)
    kept = (x for x in local)
    next(kept)
    gc.collect(0)
    return kept
d = {'k': keep}
gen = young(3)
del a, b
gc.collect()
gc.set_threshold(5, 10, 10)
for i in range(40):
    x = Node(i)
    x.other = x
`;

describe('[TM3] a collection', () => {
  test.each(['3.13', '3.14'] as const)('names every reference that it subtracts (%s)', async (profile) => {
    const session = ended(GARBAGE, '1', createInterpreter({ profile }));
    await session.prepareToAsk();
    const { collections } = session.ask({ what: 'collections', run: 1 })!;
    expect(collections.length).toBeGreaterThan(4);
    expect(new Set(collections.map(({ generation }) => generation))).toContain(0);
    for (const { number, generation, ...listed } of collections) {
      const { candidates: known, collection } = session.ask({ what: 'collection_holders', run: 1, number })!;
      const { candidates } = collection;
      const held = known!;
      const isGarbage = (serial: number) => collection.unreachable.includes(serial);
      expect(candidates).toEqual(expect.arrayContaining([...listed.candidates]));
      const found = candidates.filter(({ object }) => isGarbage(object.serial)).length;
      expect(listed.candidates.filter(({ object }) => isGarbage(object.serial))).toHaveLength(found);
      expect(held.map(({ serial }) => serial)).toEqual(candidates.map(({ object }) => object.serial));
      held.forEach(({ holders, omitted }, i) => {
        const { object, refcount, gcRefs } = candidates[i]!;
        const sum = (inside: boolean) => holders.reduce((n, by) => n + (by.inside === inside ? by.references : 0), 0);
        const told = `${number} ${generation} ${object.repr}`;
        expect(`${told} inside ${sum(true) + omitted.inside}`).toBe(`${told} inside ${refcount - gcRefs}`);
        expect(`${told} outside ${sum(false) + omitted.outside}`).toBe(`${told} outside ${gcRefs}`);
      });
    }
    const held = session.ask({ what: 'collection_holders', run: 1, number: 1 })!;
    const told = held.candidates!.map(({ serial, holders }) => ({
      repr: held.collection.candidates.find(({ object }) => object.serial === serial)!.object.repr,
      holders: holders.map(({ label, inside }) => `${inside ? 'inside' : 'outside'} ${label}`),
    }));
    expect(told).toContainEqual({ repr: '<Node object>', holders: ['inside keep', "inside ['k']"] });
  });
});

describe('[TM4] two moments', () => {
  test('what was born, died and changed hands between them, with its holders', async () => {
    const session = ended(
      "kept = [1]\nn = 1000\ndying = {'a': kept}\nloose = 5000\nsame = [kept]\n",
      '1',
      createInterpreter({ profile: '3.14' }),
    );
    ended('new = (kept, [7])\nother = n\ndel dying, loose\nsame = same\n', '2', session);
    await session.prepareToAsk();
    const [one, two] = session.ask({ what: 'runs' })!.runs;
    const told = (before: [number, number], after: [number, number]) => {
      const reading = session.ask({
        what: 'difference',
        before: { run: before[0], step: before[1] },
        after: { run: after[0], step: after[1] },
      })!;
      const held = (each: { holders: readonly { label: string }[]; count: number | null }) =>
        `${each.count}: ${each.holders.map(({ label }) => label).sort()}`;
      return {
        born: reading.born.map(({ object, names, counted }) => `${object.repr} ${names} ${held(counted)}`),
        died: reading.died.map(({ object, counted }) => `${object.repr} ${held(counted)}`),
        changed: reading.changed.map(({ before: a, after: b }) => `${a.object.repr} ${held(a)} > ${held(b)}`),
      };
    };
    expect(told([1, one!.steps], [2, two!.steps])).toEqual({
      born: ['([1], [7]) new 1: new', '[7]  1: [1]'],
      died: ['5000 1: loose', "{'a': [1]} 1: dying"],
      changed: ['1000 1: n > 2: n,other', "[1] 3: ['a'],[0],kept > 3: [0],[0],kept"],
    });
    const back = told([1, one!.steps], [1, one!.steps]);
    expect(back).toEqual({ born: [], died: [], changed: [] });
  });

  test('the census counts every object by type, and the peak is the most at once', async () => {
    const session = ended(
      'class A: pass\nkept = [A() for i in range(7)]\nx = [[i] for i in range(50)]\ndel x\nkept.pop()\n',
    );
    await session.prepareToAsk();
    const { steps, births } = session.traced()!;
    const census = session.ask({ what: 'census', at: { run: 1, step: steps } })!;
    const counted = new Map(census.types.map(({ type, objects }) => [type, objects]));
    expect(counted.get('A')).toBe(6);
    expect(counted.get('list')).toBe(1);
    const { peak } = census;
    const atPeak = session.ask({ what: 'census', at: { run: 1, step: peak.step + 1 } })!;
    expect(new Map(atPeak.types.map(({ type, objects }) => [type, objects])).get('list')).toBeGreaterThanOrEqual(51);
    expect(peak.objects).toBeGreaterThan(57);
    expect(peak.objects).toBeLessThanOrEqual(births);
  });
});

describe('[TM5] the allocator', () => {
  test('every block of every pool is in use, freed or never used, and objects lie in blocks that are in use', async () => {
    const session = ended(
      'kept = [[i] for i in range(600)]\ngone = [(i, i) for i in range(300)]\ndel gone[::2]\nbig = list(range(1000))\n',
    );
    await session.prepareToAsk();
    const at = { run: 1, step: session.traced()!.steps };
    const { pools, poolsOmitted, classes, poolBytes, freePools, large } = session.ask({ what: 'allocator', at })!;
    expect(poolsOmitted).toBe(0);
    expect(pools.filter(({ size }) => size === null)).toHaveLength(freePools);
    for (const { size, pools: n, used, free, blocksPerPool } of classes) {
      const own = pools.filter((pool) => pool.size === size);
      expect([size, own.length]).toEqual([size, n]);
      const inUse = own.flatMap(({ stretches }) => stretches.filter((_, i) => i % 2 === 0));
      expect(inUse.reduce((a, b) => a + b, 0)).toBe(used);
      for (const { stretches, used: here } of own) {
        const sum = stretches.reduce((a, b) => a + b, 0);
        expect(sum).toBeLessThanOrEqual(blocksPerPool);
        expect(stretches.filter((_, i) => i % 2 === 0).reduce((a, b) => a + b, 0)).toBe(here);
      }
      expect(own.length * blocksPerPool - used).toBe(free);
    }
    const { graph } = session.ask({ what: 'moment', at, options: { graph: true, around: [] } })!;
    let found = 0;
    for (const { object } of graph!.nodes) {
      const pool = pools.find(
        ({ id }) => Number(object.id) >= Number(id) && Number(object.id) < Number(id) + poolBytes,
      );
      if (pool === undefined) continue;
      found++;
      const block = Math.floor((Number(object.id) - Number(pool.id) - 48) / pool.size!);
      const ends = pool.stretches.map((_, i) => pool.stretches.slice(0, i + 1).reduce((sum, n) => sum + n, 0));
      const stretch = ends.findIndex((end) => block < end);
      expect([object.repr, stretch % 2]).toEqual([object.repr, 0]);
    }
    expect(found).toBeGreaterThan(500);
    expect(large.blocks).toBeGreaterThan(0);
    expect(large.bytes).toBeGreaterThanOrEqual(8000);
  });
});

describe('[TM6] the collector at any moment', () => {
  test.each(['3.13', '3.14'] as const)('its counters are those that the program is told (%s)', async (profile) => {
    const session = ended(
      `import gc
class Node: pass
told = []
gc.set_threshold(30, 3, 2)
for i in range(60):
    n = Node()
    n.me = [n, i]
    c = gc.get_count()
    told.append(c)
gc.disable()
t = gc.get_threshold()
n = gc.get_stats()[0]['collections']
`,
      '1',
      createInterpreter({ profile }),
    );
    await session.prepareToAsk();
    const { steps, steps: end } = session.traced()!;
    const moment = (step: number) =>
      session.ask({ what: 'moment', at: { run: 1, step }, options: { graph: false, around: [] } })!;
    const collector = (step: number) => session.ask({ what: 'collector', at: { run: 1, step } })!;
    const value = (reading: ReturnType<typeof moment>, name: string) =>
      reading.state.references.find((row) => row.name === name)?.object.repr;
    let told = 0;
    for (let from = 0; from < steps; ) {
      const { steps: read, next } = session.ask({
        what: 'steps',
        run: 1,
        from,
        to: steps,
        granularity: 'instruction',
      })!;
      for (const [i, step] of read.entries()) {
        // Right after the call: the tuple it made is on the stack and is counted by itself.
        if (step.opcode?.name !== 'STORE_NAME' || step.opcode.argument !== 'c') continue;
        const call = read[i - 1];
        if (call === undefined || call.opcode?.name !== 'CALL') continue;
        const [count0, ...older] = collector(call.from).counts;
        expect(value(moment(step.to), 'c')).toBe(`(${count0}, ${older.join(', ')})`);
        told++;
      }
      from = next;
    }
    expect(told).toBeGreaterThan(40);
    const last = moment(end);
    expect(collector(end).enabled).toBe(false);
    expect(collector(10).enabled).toBe(true);
    expect(value(last, 't')).toBe(`(${collector(end).thresholds.join(', ')})`);
    expect(value(last, 'n')).toBe(String(collector(end).stats[0]!.collections));
  });
});
