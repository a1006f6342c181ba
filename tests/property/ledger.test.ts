/**
 * [LEDGER] Random programs over object graphs, recounted after every statement; and [GC] what the collector removes
 * from a random graph is exactly what cannot be reached. A longer run, held against CPython: scripts/fuzz.mjs.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bootInterpreter, runMain, runProgram, setArguments } from '../../lib/engine';
import { visitFrames } from '../../lib/engine/debug/audit';
import { BLOCK, BLOCK_GC, type Handle } from '../../lib/engine/heap/layout';
import { visitOwned } from '../../lib/engine/objects/ledger';
import type { Interpreter } from '../../lib/engine/vm/interpreter';
import { randomProgram, sourceOf } from './random-programs';
import { isWhole, seed } from './sample';

const programs = isWhole ? 300 : 6;

describe(`[LEDGER] random programs (seed ${seed})`, () => {
  for (const profile of ['3.13', '3.14'] as const) {
    test(`${programs} programs from seed ${seed}, ${profile}`, () => {
      for (let i = 0; i < programs; i++) {
        const { chunks } = randomProgram(seed + i, { generations: true });
        const source = sourceOf(chunks);
        const result = runProgram({ source, filename: `seed_${seed + i}.py`, profile, audit: 'statement' });
        // A random program may set an attribute where Python allows none: its own exception is an end like another.
        const reachedEnd = result.stdout.includes('END\n');
        const raised = /^Traceback \(most recent call last\):\n/m.test(result.stderr);
        expect([seed + i, result.audit.differences, reachedEnd || raised]).toEqual([seed + i, [], true]);
        if (reachedEnd) expect([seed + i, result.audit.checked > 20]).toEqual([seed + i, true]);
      }
    });
  }
});

/** Everything that can be reached from the frames and the interpreter, by the ledger's edges; not by the collector's. */
function reachable(ip: Interpreter): Set<Handle> {
  const seen = new Set<Handle>();
  const todo: Handle[] = [];
  const see = (h: Handle): void => {
    if (h === 0 || seen.has(h)) return;
    seen.add(h);
    todo.push(h);
  };
  visitFrames(ip, see);
  ip.forEachRoot(see);
  // Immortal objects are never released: what they hold stays.
  ip.heap.forEachObject((h) => {
    if (ip.mem[h]! < 0) see(h);
  });
  for (let h = todo.pop(); h !== undefined; h = todo.pop()) visitOwned(ip, h, see);
  return seen;
}

/** n objects of random sorts, random references among them, and the names of those that are kept. */
const graph = fc.record({
  kinds: fc.array(fc.constantFrom('Node()', '[]', '{}', 'Slotted()', 'Keeper([])'), { minLength: 1, maxLength: 25 }),
  edges: fc.array(fc.tuple(fc.nat(24), fc.nat(24), fc.nat(3)), { maxLength: 60 }),
  kept: fc.array(fc.nat(24), { maxLength: 5 }),
});

function programOf({ kinds, edges, kept }: typeof graph extends fc.Arbitrary<infer G> ? G : never): string {
  const n = kinds.length;
  const lines = [
    'import gc',
    'gc.disable()',
    'class Node: pass',
    'class Slotted: __slots__ = ("a0", "a1", "a2", "a3")',
    'class Keeper(list): pass',
    'def link(x, y, k):',
    '    if type(x) is list or type(x) is Keeper: x.append(y)',
    '    elif type(x) is dict: x[k] = y',
    '    else: setattr(x, f"a{k}", y)',
    `objects = [${kinds.join(', ')}]`,
    ...edges.map(([a, b, k]) => `link(objects[${a % n}], objects[${b % n}], ${k})`),
    `kept = [${kept.map((i) => `objects[${i % n}]`).join(', ')}]`,
    'del objects',
    'marker = 1',
    'found = gc.collect()',
    'marker = 2',
  ];
  return `${lines.join('\n')}\n`;
}

describe(`the collector (seed ${seed})`, () => {
  test('[GC] gc.collect() removes exactly what cannot be reached', () => {
    fc.assert(
      fc.property(graph, (drawn) => {
        const source = programOf(drawn);
        const lines = source.split('\n');
        const booted = bootInterpreter({ profile: '3.14', words: 1 << 23 });
        const { ip, main } = booted;
        setArguments(booted, [''], ['graph.py']);
        let expected: Set<number> | null = null;
        let unreachable = 0;
        let checked = false;
        const ids = (handles: Iterable<Handle>) => new Set([...handles].map((h) => ip.heap.id(h)));
        const alive = () => {
          const all: Handle[] = [];
          ip.heap.forEachObject((h) => all.push(h));
          return all;
        };
        ip.onLine = (_frame, line) => {
          if (lines[line - 1] === 'found = gc.collect()') {
            const seen = reachable(ip);
            const dead = alive().filter((h) => !seen.has(h));
            unreachable = dead.filter((h) => (ip.mem[h + BLOCK]! & BLOCK_GC) !== 0).length;
            expected = ids(seen);
          } else if (lines[line - 1] === 'marker = 2') {
            // The number that gc.collect() gave is the one thing that may be new.
            const after = ids(alive());
            const lost = [...expected!].filter((id) => !after.has(id));
            const added = [...after].filter((id) => !expected!.has(id));
            expect([lost, added.length <= 1, reachable(ip).size === after.size]).toEqual([[], true, true]);
            checked = true;
          }
        };
        const out: string[] = [];
        ip.stdout = (text) => out.push(text);
        expect(runMain(ip, main, `${source}print(found)\n`, 'graph.py', null)).toBe(0);
        expect(checked).toBe(true);
        expect(out.join('').trim()).toBe(String(unreachable));
      }),
      { seed, numRuns: isWhole ? 300 : 20 },
    );
  });
});
