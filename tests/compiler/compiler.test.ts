/**
 * Our code units against CPython's (the Pyodide oracles, 3.13.2 and 3.14.2): instructions, arguments, positions,
 * exception tables, constants and names must be the same. Here the programs beside this file and a seeded handful of
 * the standard library; scripts/compiler-hunt.mjs compares all of it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { CompileMode, CodeUnit, Profile } from '../../lib/engine/compiler/code-unit';
import { compile } from '../../lib/engine/compiler/compile';
import { dis } from '../../lib/engine/compiler/dis';
import { OPCODES } from '../../lib/engine/compiler/opcodes';
import { parse } from '../../lib/engine/parser/parser';
import { PySyntaxError, type SyntaxWarning } from '../../lib/engine/parser/syntax-error';
import { refused } from './errors';
import { warned } from './warned';
import { compareUnit, ORACLE_PY } from './oracle.mjs';

const SEED = 31415;
const MODULES = 12;
const PROGRAMS = new URL('./programs/', import.meta.url);
/** Programs in syntax that the older profile does not have. */
const ONLY_314 = new Set(['template_strings.py']);

interface Oracle {
  describe(source: string, name: string, mode: CompileMode): string;
  error(source: string): string;
  listing(source: string): string;
  warnings(source: string): string;
  modules: string[];
  read(name: string): string | undefined;
}

async function loadOracle(packageName: string): Promise<Oracle> {
  const { loadPyodide } = (await import(packageName)) as typeof import('pyodide');
  const py = await loadPyodide({ indexURL: dirname(createRequire(import.meta.url).resolve(packageName)) });
  py.runPython(`${ORACLE_PY}
def listing(source):
    import re
    out = io.StringIO()
    dis.dis(compile(source, 'listing.py', 'exec'), file=out)
    return re.sub(r'(<code object (?:<[^>]*>|\\w+)) at 0x[0-9a-f]+', r'\\1', out.getvalue())
names = [n for n, _ in list_stdlib()]
`);
  const describeCode = py.globals.get('describe');
  return {
    describe: (source, name, mode) => describeCode(source, name, false, mode) as string,
    error: (source) => py.globals.get('error')(source, 'refused.py') as string,
    listing: (source) => py.globals.get('listing')(source) as string,
    warnings: (source) => py.globals.get('warnings_of')(source, 'warned.py') as string,
    modules: py.globals.get('names').toJs() as string[],
    read: (name) => py.globals.get('read_source')(name) as string | undefined,
  };
}

const ours = (source: string, name: string, mode: CompileMode, profile: Profile): CodeUnit =>
  compile(parse(source, name, mode), name, mode, profile);

/** Empty, or what differs, in words. */
function differences(oracle: Oracle, source: string, name: string, mode: CompileMode, profile: Profile): string {
  const expected = (JSON.parse(oracle.describe(source, name, mode)) as { code: unknown }).code;
  const result = compareUnit(ours(source, name, mode, profile), expected, OPCODES);
  return result.differences
    .map((d: { unit: string; kind: string; detail: string }) => `${d.unit}: ${d.kind}\n${d.detail}`)
    .join('\n');
}

const programs = readdirSync(PROGRAMS).filter((name) => name.endsWith('.py'));
const sourceOf = (name: string): string => readFileSync(new URL(name, PROGRAMS), 'utf8');

describe.each([
  ['3.14', 'pyodide'],
  ['3.13', 'pyodide313'],
] as const)('profile %s', (profile, packageName) => {
  let oracle: Oracle;
  beforeAll(async () => {
    oracle = await loadOracle(packageName);
  }, 120_000);

  test.each(programs.filter((name) => profile !== '3.13' || !ONLY_314.has(name)))(
    '%s compiles as in CPython',
    (name) => {
      expect(differences(oracle, sourceOf(name), name, 'exec', profile)).toBe('');
    },
  );

  test('interactive input and single expressions too', () => {
    for (const source of ['x', 'x = 1', '"doc"', 'for i in x: i\n', 'def f(): 1\n', 'x: int = 1']) {
      expect(differences(oracle, source, 'input', 'single', profile)).toBe('');
    }
    for (const source of ['x', '1 + 2', 'lambda: (yield)', '[i for i in x]', 'a and b or not c']) {
      expect(differences(oracle, source, 'input', 'eval', profile)).toBe('');
    }
  });

  test(`${MODULES} modules of the standard library (seed ${SEED})`, () => {
    let state = SEED;
    const next = (n: number): number => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return state % n;
    };
    for (let i = 0; i < MODULES; i++) {
      const name = oracle.modules[next(oracle.modules.length)]!;
      const source = oracle.read(name);
      if (source !== undefined) expect(differences(oracle, source, name, 'exec', profile), name).toBe('');
    }
  });

  test('refuses what CPython refuses, in its words and at its places', () => {
    for (const source of refused) {
      let found = 'null';
      try {
        ours(source, 'refused.py', 'exec', profile);
      } catch (error) {
        if (!(error instanceof PySyntaxError)) throw error;
        found = JSON.stringify([error.type, error.msg, error.lineno, error.offset, error.end_lineno, error.end_offset]);
      }
      expect(found, source).toBe(JSON.stringify(JSON.parse(oracle.error(source))));
    }
  });

  test('warns where CPython warns', () => {
    for (const source of warned) {
      const warnings: SyntaxWarning[] = [];
      const tree = parse(source, 'warned.py', 'exec', { warnings });
      compile(tree, 'warned.py', 'exec', profile, { warnings });
      const found = warnings.map((w) => [w.lineno, w.msg]);
      expect(JSON.stringify(found), source).toBe(JSON.stringify(JSON.parse(oracle.warnings(source))));
    }
  });

  test('lists instructions as dis does', () => {
    for (const name of ['everyday.py', 'exceptions.py', 'asynchronous.py', 'scopes.py']) {
      const source = sourceOf(name);
      expect(dis(ours(source, 'listing.py', 'exec', profile), profile)).toBe(oracle.listing(source));
    }
  });
});
