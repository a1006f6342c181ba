/**
 * [OBS] Looking changes nothing: with tracing and with auditing a program prints the same, addresses included, and the
 * collector's counters end where they would have ended. (tests/conformance/laws.ts compares outputs with addresses
 * masked; here nothing is masked.)
 */
import { describe, expect, test } from 'vitest';
import { runProgram } from '../conformance/engine-door';
import { samplePrograms, seed } from './sample';

/** Where the next objects of several sizes will lie, and what the collector has counted. */
const tell = `
import gc as _gc
print([id(_x) for _x in (object(), [], [1] * 9, {}, {1: 2}, set(), (1, 2), 1.5, 'a' * 40, 10 ** 30, lambda: 0)])
print(_gc.get_count(), _gc.get_stats(), len(_gc.get_objects()))
`;

const own: Record<string, string> = {
  'addresses of the dead are used again': `
class Node:
    def __init__(self, value): self.value = value
    def __del__(self): print('del', id(self), self.value)
seen = []
for i in range(50):
    n = Node([i])
    seen.append(id(n) == (seen[-1] if seen else 0))
    print(id(n), id(n.value), id(n.__dict__))
print(seen)
`,
  'collections happen at the same moments': `
# The native module: a library module of Python would be recounted at each of its lines.
import gc, _weakref as weakref
gc.set_threshold(50, 3, 3)
gc.callbacks.append(lambda phase, info: print(phase, info, gc.get_count()))
class C: pass
refs = []
for i in range(400):
    a, b = C(), C()
    a.other, b.other = b, a
    refs.append(weakref.ref(a, lambda r: print('dead', id(r))))
print(sum(r() is None for r in refs))
`,
  'generators, closures and exceptions': `
def g(n):
    kept = [n]
    try:
        while True: kept.append((yield kept))
    finally:
        print('closed', id(kept))
def outer():
    cell = []
    def inner(): return cell
    return inner
its = [g(i) for i in range(5)]
for it in its: print(id(next(it)), id(it))
for it in its: print(len(it.send(outer()())))
del its[1:3], it
def fail(x):
    here = [x]
    raise ValueError(here)
kept = None
try: fail(its)
except ValueError as e: kept = e
print(id(kept), id(kept.args), id(kept.__traceback__), id(kept.args[0]))
del kept
`,
};

const ways = [
  { trace: true, audit: 'none' },
  { trace: false, audit: 'statement' },
  { trace: true, audit: 'statement' },
] as const;

function check(source: string, profile: '3.13' | '3.14', files: Readonly<Record<string, string>> = {}): string {
  const run = (way: { trace: boolean; audit: 'none' | 'statement' }) => {
    const { stdout, stderr, exitCode, audit } = runProgram({ source, filename: 'program.py', files, profile, ...way });
    expect(audit.differences).toEqual([]);
    return { stdout, stderr, exitCode };
  };
  const plain = run({ trace: false, audit: 'none' });
  for (const way of ways) expect(run(way), JSON.stringify(way)).toEqual(plain);
  return plain.stdout;
}

describe('[OBS1] programs that print addresses', () => {
  for (const [name, source] of Object.entries(own)) {
    for (const profile of ['3.13', '3.14'] as const) {
      test(`${name} (${profile})`, () => {
        expect(check(source + tell, profile)).toMatch(/\d{15}/);
      });
    }
  }
});

describe(`[OBS2] a sample of the conformance set, addresses and counters unmasked (seed ${seed})`, () => {
  for (const { program, profile } of samplePrograms(8)) {
    test(`${program.id}@${profile}`, () => {
      check(program.source + tell, profile, program.files);
    });
  }
});
