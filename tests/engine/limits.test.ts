/**
 * Programs that ask for too much end in CPython's exception, or in a limit with a name, and the next cell runs. Sizes are
 * small here, so that memory is used up soon.
 */
import { describe, expect, test } from 'vitest';
import { createInterpreter, type ExecutionResult, runProgram } from '../../lib/engine';
import { standardModules } from '../../lib/engine/stdlib/index';

const WORDS = 1 << 22;

const cells = (...sources: string[]) => run(false, ...sources);
const tracedCells = (...sources: string[]) => run(true, ...sources);

function run(trace: boolean, ...sources: string[]): (ExecutionResult & { printed: string })[] {
  const session = createInterpreter({
    profile: '3.14',
    words: WORDS,
    nestedBudget: 2_000_000,
    modules: standardModules,
  });
  return sources.map((source, i) => {
    let printed = '';
    const onStream = (_: string, text: string): void => {
      printed += text;
    };
    session.begin(source, { filename: `<cell ${i}>`, cellId: String(i), trace, onStream });
    for (let slices = 0; session.step(100_000) === 'running'; slices++) if (slices === 60) session.interrupt();
    return { ...session.result(), printed };
  });
}

const raising: Record<string, [name: string, source: string]> = {
  'a list that grows for ever': ['MemoryError', 'a = []\nwhile True: a.append([])'],
  'a list of one object that grows for ever': ['MemoryError', 'a = []\nwhile True: a.append(None)'],
  'a dict that grows for ever': ['MemoryError', 'd = {}\nwhile True: d[len(d)] = len(d)'],
  'a list that doubles': ['MemoryError', 'a = [1]\nwhile True: a += a'],
  'a tuple that doubles': ['MemoryError', 'a = (1,)\nwhile True: a += a'],
  'a string that doubles': ['MemoryError', "s = 'ab'\nwhile True: s += s"],
  'pairs of pairs': ['MemoryError', 'a = ()\nwhile True: a = [a]'],
  'an iterator without end': ['MemoryError', 'list(iter(int, 1))'],
  'a range of too many': ['MemoryError', 'list(range(10**10))'],
  'a set of too many': ['MemoryError', 'set(range(10**10))'],
  'a list times a lot': ['MemoryError', '[0] * 10**9'],
  'a tuple times a lot': ['MemoryError', '(0,) * 10**10'],
  'a string times a lot': ['MemoryError', "'a' * 10**10"],
  'a string times more than a size': ['OverflowError', "'a' * 10**30"],
  'bytes of a lot': ['MemoryError', 'bytes(10**12)'],
  'a field wider than memory': ['MemoryError', "f'{1:10000000000}'"],
  'tabs wider than memory': ['MemoryError', "'\\t'.expandtabs(10**10)"],
  'a join of too much': ['MemoryError', "'x'.join(['y' * 10**5] * 10**5)"],
  'a power of too many digits': ['MemoryError', '10 ** 10**10'],
  'a shift of too many bits': ['MemoryError', '1 << 10**11'],
  'a power that would take minutes': ['RuntimeError', 'pow(3, 1 << 100000, (1 << 100000) + 1)'],
  'a factorial that would take minutes': ['RuntimeError', 'import math\nmath.factorial(10**7)'],
  'an int of too many bytes': ['MemoryError', '(1).to_bytes(10**10)'],
  'a million underscores in an int': ['ValueError', "int('1_' * 10**6 + '1')"],
  'an escaped text of too many characters': ['MemoryError', "ascii('\\xe9' * 2**27)"],
  'an int of too many digits': ['ValueError', 'str(10 ** 5000)'],
  'a string of too many digits': ['ValueError', "int('1' * 5000)"],
  'calls without end': ['RecursionError', 'def f(): return f()\nf()'],
  'repr of a deep list': ['RecursionError', 'a = []\nfor i in range(100000): a = [a]\nrepr(a)'],
  'comparing deep lists': ['RecursionError', 'a = []\nb = []\nfor i in range(20000): a = [a]; b = [b]\na == b'],
  'a hash of deep tuples': ['RecursionError', 'a = ()\nfor i in range(20000): a = (a,)\nhash(a)'],
  'a __repr__ that calls itself': ['RecursionError', 'class A:\n    def __repr__(self): return repr(self)\nrepr(A())'],
  'a __getattr__ that calls itself': [
    'RecursionError',
    'class A:\n    def __getattr__(self, name): return getattr(self, name)\nA().x',
  ],
  'brackets too deep': ['SyntaxError', "compile('(' * 1000 + ')' * 1000, 's', 'eval')"],
  'blocks too deep': [
    'SyntaxError',
    "compile(''.join(' ' * i + 'while 1:\\n' for i in range(30)) + ' ' * 30 + 'pass', 's', 'exec')",
  ],
};

describe.each(Object.entries(raising))('%s', (_, [name, source]) => {
  test(`raises ${name}, and the next cell runs`, () => {
    const [failed, next] = cells(source, 'a = b = d = s = None\nprint(sum(range(100)))');
    expect(failed).toMatchObject({ status: 'error', ename: name });
    expect(next).toMatchObject({ status: 'ok', printed: '4950\n' });
  });
});

test('a MemoryError is caught as any other, and what it freed can be used again', () => {
  const source = `
for turn in range(3):
    a = []
    try:
        while True: a.append([turn])
    except MemoryError:
        n = len(a)
        del a
        print(n > 10_000)
`;
  expect(cells(source)[0]).toMatchObject({ status: 'ok', printed: 'True\nTrue\nTrue\n' });
});

test('unary operators, calls and attributes as deep as one likes are compiled, or an exception', () => {
  const deep = [
    "'-' * 60000 + '1'",
    "'a' + '.b' * 60000",
    "'a' + '()' * 60000",
    "'+'.join('a' * 60000)",
    "'lambda: ' * 2000 + '1'",
  ];
  for (const text of deep) {
    const source = `try: compile(${text}, 's', 'eval')\nexcept (MemoryError, RecursionError): pass\nprint('next')`;
    expect(cells(source)[0]).toMatchObject({ status: 'ok', printed: 'next\n' });
  }
});

test('a loop without end in a cell is interrupted, and the next cell runs', () => {
  const [stopped, next] = cells('while True: pass', 'print(1)');
  expect(stopped).toMatchObject({ status: 'error', ename: 'KeyboardInterrupt' });
  expect(next).toMatchObject({ status: 'ok', printed: '1\n' });
});

test('a loop without end that native code runs ends in the limit with that name', () => {
  expect(
    cells(
      'sorted([2, 1], key=lambda x: [None for _ in iter(int, 1)] if False else (lambda: 0)())',
      "exec('while True: pass')",
    )[1],
  ).toMatchObject({
    status: 'limit',
    limit: 'instructions',
  });
});

const twice = (what: string) => `${what} = [1]\nfor i in range(60): ${what} = [${what}, ${what}]`;

test.each([
  'sum(itertools.repeat(0))',
  'next(filter(None, itertools.repeat(0)))',
  `${twice('a')}\nrepr(a)`,
  `${twice('a')}\n${twice('b')}\na == b`,
])('%s, which native code runs without end, ends in the limit with that name', (source) => {
  const session = createInterpreter({
    profile: '3.14',
    words: WORDS,
    nestedBudget: 100_000,
    modules: standardModules,
  });
  session.begin(`import itertools\n${source}`, {
    filename: '<cell>',
    cellId: '1',
    trace: false,
    onStream: () => undefined,
  });
  while (session.step(100_000) === 'running');
  expect(session.result()).toMatchObject({ status: 'limit', limit: 'instructions' });
});

const deep = 'a = []\nb = []\nfor i in range(60): a = [a, a]; b = [b, b]\n';
const endless: Record<string, string> = {
  'the repr of a list that holds another twice, and so on': `${deep}repr(a)`,
  'comparing two of them': `${deep}a == b`,
  'their JSON': `import _json\n${deep}_json.make_encoder(None, None, _json.encode_basestring, None, ':', ',', False, False, True)(a, 0)`,
  'a product that grows for long': 'import math\nmath.prod(range(1, 10**6))',
};
test.each(Object.entries(endless))('%s ends in the limit', (_, source) => {
  expect(cells(source)[0]).toMatchObject({ status: 'limit', limit: 'instructions' });
});

test('a long search counts as work: between two the cell can be stopped', () => {
  const [stopped, next] = cells('a = list(range(10**5))\nwhile True: a.index(99_999)', 'print(len(a))');
  expect(stopped).toMatchObject({ status: 'error', ename: 'KeyboardInterrupt' });
  expect(next).toMatchObject({ status: 'ok', printed: '100000\n' });
});

test('a cell that took most of memory and failed leaves it to the next', () => {
  const [failed, next] = cells('((0,) * 10**6) * 10**6', 'for i in range(3): print(i)');
  expect(failed).toMatchObject({ status: 'error', ename: 'MemoryError' });
  expect(next).toMatchObject({ status: 'ok', printed: '0\n1\n2\n' });
});

test('a recorded run with more roots than a call takes arguments is thinned out, and the next cell runs', () => {
  const chain = `e = None
while True:
    try: raise ValueError from e
    except ValueError as f: e = f`;
  const [failed, next] = tracedCells(chain, 'print(sum(range(100)))');
  expect(failed).toMatchObject({ status: 'error', ename: 'MemoryError' });
  expect(next).toMatchObject({ status: 'ok', printed: '4950\n' });
});

test('MemoryError is raised once for what was let go already', () => {
  const source = `
for turn in range(3):
    try: ((0,) * 10**6) * 10**6
    except MemoryError: print('caught')
    for i in range(1000): pass
`;
  expect(cells(source)[0]).toMatchObject({ status: 'ok', printed: 'caught\n'.repeat(3) });
});

test('a program has the budget that its host gives it', () => {
  const run = () => runProgram({ source: 'while True: pass', filename: 'x.py', profile: '3.14', budget: 1000 });
  expect(run).toThrow(/1000 back edges and calls/);
});
