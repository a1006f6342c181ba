/**
 * A notebook's session, and the ledger on what can be read of it: for every counted object after every line of every cell, the
 * references of its holders and `holdersOmitted` add up to its count. The lessons' cells are held against what CPython
 * said of them (outputs.json of each lesson).
 */
import { describe, expect, test } from 'vitest';
import { createInterpreter, type MemoryState, type Session } from '../../lib/engine';
import { nodeLibrary } from '../../lib/engine-cli/library';
import { standardModules } from '../../lib/engine/stdlib/index';
import { readLessons } from '../content/lessons';
import { type CellPast, countOf, statesOf, unbalanced } from './cell-past';
import { runCell } from './run-cell';

const profiles = ['3.13', '3.14'] as const;
const WORDS = 1 << 23;
const newSession = (profile: '3.13' | '3.14' = '3.14'): Session =>
  createInterpreter({ profile, words: WORDS, modules: standardModules, library: nodeLibrary(profile) });

const holdersOf = (state: MemoryState | undefined, name: string): string[] =>
  state?.references.find((row) => row.name === name)?.holders.map((h) => `${h.kind} ${h.label}`) ?? [];

describe('counts by line', () => {
  test('[RC1] a name, an alias, a deletion', () => {
    const { past } = runCell(newSession(), 'my_list = [1, 2, 3]\nyour_list = my_list\ndel my_list\n');
    const steps = (past?.lines ?? []).map(({ state }) => state);
    expect(past?.lines.map((s) => s.line)).toEqual([1, 2, 3]);
    expect(steps.map((s) => countOf(s, 'my_list'))).toEqual([1, 2, undefined]);
    expect(steps.map((s) => countOf(s, 'your_list'))).toEqual([undefined, 2, 1]);
    expect(holdersOf(steps[1], 'my_list').toSorted()).toEqual(['name my_list', 'name your_list']);
    expect(holdersOf(steps[2], 'your_list')).toEqual(['name your_list']);
  });

  test('[RC2] a list, a dict and an instance hold what is put into them, and are named', () => {
    const source = [
      'class Box: pass',
      'inner = []',
      'row = [inner, inner]',
      "table = {'a': inner}",
      'box = Box()',
      'box.content = inner',
      'pair = (inner,)',
    ].join('\n');
    const { past } = runCell(newSession(), source);
    const end = past?.lines.at(-1)?.state;
    expect(countOf(end, 'inner')).toBe(6);
    expect(holdersOf(end, 'inner').toSorted()).toEqual([
      'attribute .content',
      'item [0]',
      'item [0] to [1]',
      'name inner',
      "value ['a']",
    ]);
  });

  test('[RC3] the death of the last reference is told with its line', () => {
    const { past } = runCell(newSession(), 'class Box: pass\nb = Box()\nc = b\ndel b\ndel c\n');
    const deaths = (past?.lines ?? []).flatMap((s) => s.died.map((d) => [d.object.type, s.line, d.cause]));
    expect(deaths.filter(([type]) => type === 'Box')).toEqual([['Box', 5, 'count reached zero']]);
  });

  test('a second cell sees the names of the first, and counts on from there', () => {
    const session = newSession();
    runCell(session, 'a = [1]\n', { cellId: '1' });
    const { past } = runCell(session, 'b = a\n', { cellId: '2' });
    expect(countOf(past?.before, 'a')).toBe(1);
    const row = past?.lines.at(-1)?.state.references.find((r) => r.name === 'a');
    expect([row?.count, row?.change]).toEqual([2, 1]);
  });
});

describe('how a cell ends', () => {
  test('with the value of its last expression', () => {
    expect(runCell(newSession(), 'x = 20\nx + 1').result).toEqual({ status: 'ok', text_plain: '21' });
    expect(runCell(newSession(), 'x = 20').result).toEqual({ status: 'ok', text_plain: null });
  });

  test('showing a value keeps no reference to it', () => {
    const session = newSession();
    const { result, past } = runCell(session, 'x = [1]\nx');
    expect(result).toEqual({ status: 'ok', text_plain: '[1]' });
    expect(countOf(past?.lines.at(-1)?.state, 'x')).toBe(1);
  });

  test('with an exception: its name, its text and the traceback; what was bound before stays', () => {
    const session = newSession();
    const { result, past } = runCell(session, 'a = []\n1 / 0\nb = a\n');
    expect(result).toMatchObject({ status: 'error', ename: 'ZeroDivisionError', evalue: 'division by zero' });
    expect(result.status === 'error' && result.traceback).toContain('File "<cell 1>", line 2');
    expect(past?.run.raised).toBe(true);
    expect(past?.lines.at(-1)).toMatchObject({ line: 2, flow: 'raise' });
    expect(runCell(session, 'len(a)').result).toEqual({ status: 'ok', text_plain: '0' });
    expect(runCell(session, 'b').result).toMatchObject({ status: 'error', ename: 'NameError' });
  });

  test('with a SyntaxError before anything ran; the next cell runs', () => {
    const session = newSession();
    const { result, past } = runCell(session, 'a = 1\nif a\n    pass\n');
    expect(result).toMatchObject({ status: 'error', ename: 'SyntaxError', evalue: "expected ':' (<cell 1>, line 2)" });
    expect(past).toBe(null);
    expect(runCell(session, 'a').result).toMatchObject({ ename: 'NameError' });
  });
});

describe('interrupting', () => {
  // Endless in spirit; bounded, so that an engine that could not pause would fail the test and not hang it.
  const endless = 'n = 0\nwhile n < 200_000: n += 1';
  const inFunction = 'n = 0\n    while n < 200_000: n += 1';
  const cases = {
    'a loop': endless,
    'a loop in a function': `def f():\n    ${inFunction}\nf()`,
    'a loop that calls': `def g(): pass\nfor i in range(200_000): g()`,
    'a loop driven by a generator': 'def g():\n    for i in range(200_000): yield 1\nfor _ in g(): pass',
  };
  for (const [name, source] of Object.entries(cases)) {
    test(`${name} stops with KeyboardInterrupt and leaves the session usable`, () => {
      const session = newSession();
      const interrupted = `${source}\n`;
      const { result, slices } = runCell(session, interrupted, {
        trace: false,
        budget: 50,
        beforeSlice: (slice) => slice === 3 && session.interrupt(),
      });
      expect(result).toMatchObject({ status: 'error', ename: 'KeyboardInterrupt' });
      expect(slices).toBeLessThan(10);
      expect(runCell(session, '1 + 1').result).toEqual({ status: 'ok', text_plain: '2' });
    });
  }

  test('a loop inside a generator stops', () => {
    const session = newSession();
    const source = `def g():\n    ${inFunction}\n    yield 1\nfor _ in g(): pass`;
    const { result } = runCell(session, source, {
      trace: false,
      budget: 50,
      beforeSlice: (slice) => slice === 3 && session.interrupt(),
    });
    expect(result).toMatchObject({ status: 'error', ename: 'KeyboardInterrupt' });
  });

  test('a program may catch it', () => {
    const session = newSession();
    const source = 'try:\n    for i in range(200_000): pass\nexcept KeyboardInterrupt:\n    print("stopped")\n';
    const { result, stdout } = runCell(session, source, {
      budget: 50,
      beforeSlice: (slice) => slice === 3 && session.interrupt(),
    });
    expect([result.status, stdout]).toEqual(['ok', 'stopped\n']);
  });

  test('slices change no answer', () => {
    const source = [
      'import gc',
      'def walk(n):',
      '    for i in range(n):',
      '        yield [i]',
      'total = 0',
      'kept = []',
      'for x in walk(300):',
      '    total += x[0]',
      '    if x[0] % 7 == 0: kept.append(x)',
      'print(total, len(kept), id(kept[-1]), gc.get_count())',
    ].join('\n');
    const whole = runCell(newSession(), source, { budget: 1e9 });
    const sliced = runCell(newSession(), source, { budget: 3 });
    expect(sliced.slices).toBeGreaterThan(50);
    expect(sliced.stdout).toBe(whole.stdout);
    expect(sliced.past).toEqual(whole.past);
  });
});

describe('[LEDGER] the holders after each line add up to the count', () => {
  const programs: Record<string, string[]> = {
    'generators across cells': [
      'def g(n):\n    kept = [n]\n    yield kept\n    other = [kept]\n    yield other\n    yield kept\nit = g(1)\nfirst = next(it)',
      'second = next(it)',
      'third = next(it)\ndone = list(it)',
      'del it',
    ],
    'calls, locals and value stacks': [
      'def f(x):\n    y = x\n    return h(y, [y])\ndef h(a, b):\n    c = [a, b]\n    return c\ndata = []\nr = f(data)\ns = [f(data), f(data)]\n',
    ],
    closures: [
      'def outer():\n    box = []\n    def inner(x):\n        nonlocal box\n        box = [box, x]\n        return box\n    return inner\nf = outer()\na = f([1])\nb = f(a)\ndel f',
    ],
    'exceptions and tracebacks': [
      'def fail(x):\n    local = [x]\n    raise ValueError(local)\ntry:\n    fail([1])\nexcept ValueError as e:\n    kept = e\n    inner = e.args[0]\n',
      'tb = kept.__traceback__\nframe = tb.tb_frame\n',
      'del tb, frame\nkept = None\n',
    ],
    'instances, classes and weak references': [
      'import weakref\nclass Node:\n    def __init__(self, v): self.v = v\n    def __del__(self): print("gone", self.v)\nn = Node([1])\nr = weakref.ref(n)\nd = n.__dict__\nm = n.__init__\n',
      'n.other = n\ndel n, d, m\nimport gc\nprint(gc.collect(), r())\n',
      'class Slotted:\n    __slots__ = ("a", "b")\ns = Slotted()\ns.a = s\ns.b = []\nb = s.b\n',
    ],
    'containers that grow and shrink': [
      'x = []\nd = {}\nt = set()\nfor i in range(20):\n    d[i] = x\n    t.add((i, ))\nfor i in range(15): del d[i]\nit = iter(d.items())\np = next(it)\nv = d.values()\n',
      'd.clear()\nt.clear()\nq = [x] * 50\nq.sort(key=id)\ndel q[5:]\n',
    ],
    'a cell that ends in an exception inside calls': [
      'def f(a):\n    b = [a]\n    g(b)\ndef g(c):\n    d = c\n    raise KeyError(d)\nz = []\nf(z)',
      'z',
    ],
  };
  for (const [name, cells] of Object.entries(programs)) {
    for (const profile of profiles) {
      test(`${name} (${profile})`, () => {
        const session = newSession(profile);
        cells.forEach((source, i) => {
          const { past } = runCell(session, source, { cellId: `${i + 1}` });
          expect(past && unbalanced(past)).toEqual([]);
          expect(past?.lines.length).toBeGreaterThan(0);
        });
      });
    }
  }
});

describe('the lessons', () => {
  for (const { lesson, cells, recorded } of readLessons()) {
    test(`${lesson.id}: outputs, results, errors and counts are CPython's, and every count adds up`, () => {
      const session = newSession();
      expect(recorded.length).toBe(cells.length);
      for (const [at, cell] of cells.entries()) {
        const { stdout, stderr, result, past } = runCell(session, cell.code, { cellId: `${cell.index}` });
        const expected = recorded[at];
        const said = {
          index: cell.index,
          stdout,
          stderr,
          result: result.status === 'ok' ? (result.text_plain ?? undefined) : undefined,
          error: result.status === 'error' ? { ename: result.ename, evalue: result.evalue } : undefined,
        };
        expect(said).toEqual({
          index: cell.index,
          stdout: expected?.stdout,
          stderr: expected?.stderr ?? '',
          result: expected?.result,
          error: expected?.error,
        });
        const end = past?.lines.at(-1)?.state ?? past?.before;
        const names = Object.keys(expected?.counts ?? {});
        const counts = Object.fromEntries(names.map((name) => [name, countOf(end, name)]));
        expect([cell.index, counts]).toEqual([cell.index, expected?.counts]);
        expect([cell.index, past && unbalanced(past)]).toEqual([cell.index, []]);
      }
    });
  }
});

const serialsOf = (past: CellPast | null, name: string): number[] =>
  past === null
    ? []
    : [
        ...new Set(
          statesOf(past).flatMap((s) => s.references.filter((r) => r.name === name).map((r) => r.object.serial)),
        ),
      ];

test('an object where another one was, which an untraced cell let die, is another object', () => {
  const session = newSession();
  const first = runCell(session, 'a = [1]\nb = [2]\nwhere = id(a)').past;
  runCell(session, 'del a\nc = [3]\nassert id(c) == where', { trace: false });
  const later = runCell(session, 'd = c').past;
  expect(serialsOf(later, 'b')).toEqual(serialsOf(first, 'b'));
  expect(serialsOf(later, 'c')).toEqual(serialsOf(later, 'd'));
  expect(serialsOf(later, 'c')).not.toEqual(serialsOf(first, 'a'));
  // What was born in a traced cell keeps its number over all that follows.
  runCell(session, 'e = [3]', { trace: false });
  runCell(session, '1 +', { trace: true });
  const last = runCell(session, 'f = e').past;
  expect(serialsOf(last, 'd')).toEqual(serialsOf(later, 'd'));
  expect(new Set([...serialsOf(last, 'e'), ...serialsOf(last, 'd'), ...serialsOf(last, 'b')]).size).toBe(3);
});

test('a list that holds an object half a million times is one holder, in the time that one takes', () => {
  const { past } = runCell(newSession(), 'one = object()\nmany = [one] * 500_000\npair = (one, 1, one)\nsame = many');
  const row = past?.lines.at(-1)?.state.references.find(({ name }) => name === 'one');
  expect(row?.count).toBe(500_003);
  expect(Object.fromEntries(row?.holders.map((h) => [h.label, h.references]) ?? [])).toEqual({
    one: 1,
    '[0] to [499999]': 500_000,
    '[0] to [2]': 2,
  });
});

test('a traced session and an untraced one give the same answers', () => {
  for (const { cells } of readLessons()) {
    const traced = newSession();
    const untraced = newSession();
    for (const { code, index } of [
      ...cells,
      { code: 'import gc\nprint(gc.get_count(), id([]), id(object()))', index: 0 },
    ]) {
      const a = runCell(traced, code, { cellId: `${index}`, trace: true });
      const b = runCell(untraced, code, { cellId: `${index}`, trace: false });
      expect([index, a.stdout, a.stderr, a.result]).toEqual([index, b.stdout, b.stderr, b.result]);
    }
  }
});
