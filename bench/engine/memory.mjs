// What the engine is for: recording, going back, collecting, dropping; beside Pyodide doing the same or the nearest
// thing. In Node; CPU time of the main thread, the sides taking turns; each figure a median.
//
// Each kind of collection is measured in a process of its own: a collection of a million objects is bound by memory, and
// what the measurements before it left of two heaps costs either side up to a half more.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { bundle } from '../../scripts/bundle.mjs';
import { nodeCpu } from '../lib/clocks.mjs';
import { summary } from '../lib/stats.mjs';

const timed = (work) => {
  const before = nodeCpu();
  const value = work();
  return { ms: nodeCpu() - before, value };
};
const medianOf = (runs, work) => summary(Array.from({ length: runs }, (_, run) => work(run)));

/** A loop of three lines over a heap of `size` objects. */
const walked = (size, rounds) => `
class Node:
    def __init__(self, number):
        self.number = number
def work():
    nodes = [Node(i) for i in range(${size - 2})]
    i = 0
    while i < ${rounds}:
        node = nodes[i % ${size - 2}]
        node.number = i
        i = i + 1
    return i
`;

/** What people write to see objects and counts at each line: sys.settrace and a walk over gc.get_referents. */
const tracer = `
import sys, gc, types
leave = (type, types.ModuleType, types.FunctionType, types.BuiltinFunctionType)
steps = []
def trace(frame, event, arg):
    if event == 'line':
        seen = {}
        todo = list(frame.f_locals.values())
        while todo:
            x = todo.pop()
            if id(x) in seen: continue
            seen[id(x)] = (type(x).__name__, sys.getrefcount(x))
            if not isinstance(x, leave): todo.extend(gc.get_referents(x))
        steps.append((frame.f_lineno, seen))
    return trace
def traced():
    steps.clear()
    sys.settrace(trace)
    try: work()
    finally: sys.settrace(None)
`;

async function recording(engine, python, size, runs) {
  const [slow, fast] = [200, 20_000];
  const per = { walk: [], engine: [] };
  python.runPython(tracer);
  python.runPython(walked(size, slow));
  const text = (rounds) => `${walked(size, rounds)}work()\n`;
  for (let run = -1; run < runs; run++) {
    const bare = timed(() => python.runPython('work()')).ms;
    const walk = timed(() => python.runPython('traced()')).ms;
    const lines = python.runPython('len(steps)');
    const plain = timed(() => engine.runPython(text(fast))).ms;
    const recorded = timed(() => engine.runPython(text(fast), true));
    if (run < 0) continue;
    per.walk.push(((walk - bare) / lines) * 1e3);
    per.engine.push(Math.max(((recorded.ms - plain) / recorded.value.lines) * 1e3, 1e-3));
  }
  return { walkUs: summary(per.walk), engineUs: summary(per.engine) };
}

function longTrace(engine, runs) {
  const source = `${walked(20, 250_000)}work()\n`;
  const plain = medianOf(runs, () => timed(() => engine.runPython(source)).ms);
  let recorded;
  const ms = medianOf(runs, () => {
    const { ms: time, value } = timed(() => engine.recordTimeline(source, 200 << 20));
    recorded = value;
    return time;
  });
  if (recorded.full) throw new Error('the log of a million lines does not fit');
  const seeks = Array.from({ length: 12 }, (_, i) => {
    const line = Math.floor(((i * 7) % 12) * (recorded.lines / 12));
    return timed(() => recorded.timeline.before(line)).ms;
  });
  return {
    lines: recorded.lines,
    plainMs: plain,
    ms,
    megabytes: recorded.bytes / 1e6,
    slowestSeekMs: Math.max(...seeks),
  };
}

const middleOf = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];

/** A cell of a million instructions: to any step, and to its neighbours, forwards and backwards. */
function longRun(engine) {
  const source = `${walked(20, 58_000)}work()\n`;
  const { ms, value } = timed(() => engine.recordSteps(source));
  const { session, summary } = value;
  const { run, steps } = summary;
  const seek = (step) => timed(() => session.machine.past({ run, step })).ms;
  for (const step of [steps, 0, steps >> 2]) seek(step);
  const seeks = Array.from({ length: 24 }, (_, i) => seek(Math.floor(((i * 7) % 24) * (steps / 24))));
  const middle = steps >> 1;
  seek(middle);
  const back = Array.from({ length: 24 }, (_, i) => seek(middle - i - 1));
  const on = Array.from({ length: 24 }, (_, i) => seek(middle - 23 + i));
  return {
    steps,
    ms,
    megabytes: summary.bytes / 1e6,
    slowestSeekMs: Math.max(...seeks),
    stepBackMs: middleOf(back),
    stepOnMs: middleOf(on),
  };
}

/** What a reader asks at a moment of a heap of 2,000 objects: the names with their counts, and the picture. */
async function moments(engine) {
  const { session, summary } = engine.recordSteps(`${walked(2000, 3000)}work()\n`);
  await session.prepareToAsk();
  const { run, steps } = summary;
  const ask = (step, graph) =>
    timed(() => session.ask({ what: 'moment', at: { run, step }, options: { graph, around: [] } })).ms;
  const figures = {};
  for (const [name, graph] of [
    ['names', false],
    ['graph', true],
  ]) {
    for (let i = 0; i < 20; i++) ask(Math.floor((i * steps) / 20), graph);
    const anywhere = Array.from({ length: 24 }, (_, i) => ask(Math.floor(((i * 7) % 24) * (steps / 24)), graph));
    const next = Array.from({ length: 24 }, (_, i) => ask((steps >> 1) + i, graph));
    figures[name] = { anywhereMs: middleOf(anywhere), nextMs: middleOf(next) };
  }
  return figures;
}

const N = 1_000_000;
const setups = {
  'live, in memory order': `
class Node: __slots__ = ('a', 'b')
def build(n):
    nodes = [Node() for _ in range(n)]
    last = nodes[-1]
    for node in nodes:
        node.a = last
        last.b = node
        last = node
    return nodes
`,
  'live, at random': `
class Node: __slots__ = ('a', 'b')
def build(n):
    nodes = [Node() for _ in range(n)]
    state = 1
    for node in nodes:
        state = (state * 1103515245 + 12345) & 0x7fffffff
        node.a = nodes[state % n]
        state = (state * 1103515245 + 12345) & 0x7fffffff
        node.b = nodes[state % n]
    return nodes
`,
};

/** A fresh interpreter of each side for each measurement: one must not collect what another left. */
const both = (engine, python) => {
  const globals = python.toPy({ __name__: '__main__' });
  return {
    engine: engine.prepare(),
    pyodide: { run: (source) => python.runPython(source, { globals }), end: () => globals.destroy() },
  };
};

const GARBAGE = 'garbage, each its own cycle';
const litter = `
class Node: __slots__ = ('a', 'b')
def litter(n):
    for _ in range(n):
        node = Node()
        node.a = node.b = node
`;

/** One kind of collection: ns an object, on each side. */
function collection(engine, python, name, runs, n) {
  const sides = both(engine, python);
  const row = {};
  for (const side of ['pyodide', 'engine']) {
    const { run } = sides[side];
    run(`import gc\ngc.disable()\n${setups[name] ?? litter}`);
    run('gc.collect()');
    const empty = medianOf(runs, () => timed(() => run('gc.collect()')).ms).median;
    if (name !== GARBAGE) {
      run(`nodes = build(${n})`);
      run('gc.collect()');
    }
    row[side] = medianOf(runs, () => {
      if (name === GARBAGE) run(`litter(${n})`);
      return ((timed(() => run('gc.collect()')).ms - empty) / n) * 1e6;
    });
  }
  sides.pyodide.end();
  return row;
}

function collections(runs, n) {
  const file = fileURLToPath(import.meta.url);
  return Object.fromEntries(
    [...Object.keys(setups), GARBAGE].map((name) => {
      const args = [file, '--collection', name, String(runs), String(n)];
      return [name, JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }))];
    }),
  );
}

function chain(engine, length) {
  const { run } = engine.prepare();
  run(
    `import gc\ngc.disable()\nclass Node: __slots__ = ('next',)\nhead = None\nfor _ in range(${length}):\n    node = Node()\n    node.next = head\n    head = node\ndel node`,
  );
  const { ms } = timed(() => run('del head'));
  if (run('print(gc.collect() >= 0)') !== 'True\n') throw new Error('the chain took the interpreter with it');
  return { length, ms, nsPerNode: (ms / length) * 1e6 };
}

/** Bytes of one more object: Pyodide's from how far its addresses lie apart, ours from how much the heap grows. */
function sizes(engine, python) {
  const kinds = {
    int: 'i',
    'instance with two attributes': 'Pair(1, 2)',
    'empty list': '[]',
  };
  const setup = 'class Pair:\n    def __init__(self, a, b):\n        self.a = a\n        self.b = b\n';
  return Object.entries(kinds).map(([kind, made]) => {
    const globals = python.toPy({ __name__: '__main__' });
    // The distance that most neighbours have.
    const probe = `x = [${made} for i in range(1000000, 1200000)]\nd = [abs(id(a) - id(b)) for a, b in zip(x, x[1:])]\nmax(set(d), key=d.count)`;
    const pyodide = python.runPython(setup + probe, { globals });
    globals.destroy();
    const { run, usedBytes } = engine.prepare();
    // Into a list that is there already, after a first few for what such objects have in common.
    run(
      `${setup}def fill(x):\n    k = 0\n    for i in range(1000000, 1000000 + len(x)):\n        x[k] = ${made}\n        k += 1\nkept = [None] * 1000\nfill(kept)`,
    );
    run(`x = [None] * ${N}`);
    const before = usedBytes();
    run('fill(x)');
    return { kind, pyodide, engine: (usedBytes() - before) / N };
  });
}

async function load() {
  const engine = await import(await bundle('bench/lib/engine.ts', ['bench', 'lib']));
  const python = await (await import('pyodide')).loadPyodide({ stdout: () => {} });
  return { engine, python };
}

/** @param {{ runs: number, n?: number, chains?: number[] }} how @param {(text: string) => void} say */
export async function measureMemory({ runs, n = N, chains = [1_000_000, 10_000_000] }, say) {
  const { engine, python } = await load();
  const result = { recording: {} };
  for (const size of [5, 50]) {
    result.recording[size] = await recording(engine, python, size, runs);
    const { walkUs, engineUs } = result.recording[size];
    say(
      `recording, ${size} objects: walk ${walkUs.median.toFixed(1)} µs, engine ${engineUs.median.toFixed(3)} µs a line`,
    );
  }
  result.trace = longTrace(engine, Math.min(runs, 3));
  say(`a trace of ${result.trace.lines} lines: ${result.trace.ms.median.toFixed(0)} ms`);
  result.steps = longRun(engine);
  const { steps } = result;
  say(
    `a cell of ${steps.steps} instructions: ${steps.ms.toFixed(0)} ms, ${steps.megabytes.toFixed(0)} MB; ` +
      `slowest seek ${steps.slowestSeekMs.toFixed(1)} ms, a step back ${steps.stepBackMs.toFixed(2)} ms, ` +
      `a step on ${steps.stepOnMs.toFixed(2)} ms`,
  );
  result.moments = await moments(engine);
  for (const [name, { anywhereMs, nextMs }] of Object.entries(result.moments))
    say(`reading the ${name} of 2000 objects: anywhere ${anywhereMs.toFixed(1)} ms, next step ${nextMs.toFixed(1)} ms`);
  result.sizes = sizes(engine, python);
  result.collections = collections(runs, n);
  for (const [name, row] of Object.entries(result.collections))
    say(`collection, ${name}: pyodide ${row.pyodide.median.toFixed(0)} ns, engine ${row.engine.median.toFixed(0)} ns`);
  result.chains = chains.map((length) => chain(engine, length));
  return result;
}

if (process.argv[2] === '--collection') {
  const [name, runs, n] = process.argv.slice(3);
  const { engine, python } = await load();
  process.stdout.write(JSON.stringify(collection(engine, python, name, Number(runs), Number(n))), () =>
    process.exit(0),
  );
}

/** Only the way to any moment, and what is read there. */
if (process.argv[2] === '--steps') {
  const engine = await import(await bundle('bench/lib/engine.ts', ['bench', 'lib']));
  console.log(JSON.stringify({ steps: longRun(engine), moments: await moments(engine) }, null, 1));
}
