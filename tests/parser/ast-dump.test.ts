/**
 * Our trees against CPython's (the Pyodide oracle, 3.14): ast.dump with all positions must be the same text. Here a
 * seeded handful of the standard library; scripts/parser-hunt.mjs compares all of it.
 */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { loadPyodide } from 'pyodide';
import { beforeAll, describe, expect, test } from 'vitest';
import { dump } from '../../lib/engine/parser/ast-dump';
import { parse, ParserStackOverflow, setUnicodeNames, type SyntaxWarning } from '../../lib/engine/parser/parser';
import { snippets, warned } from './snippets';

const SEED = 20260;
const MODULES = 30;

let reference: (source: string) => string;
let warningsOf: (source: string) => string;
let moduleNames: string[];
let moduleSource: (name: string) => string;

beforeAll(async () => {
  const directory = dirname(createRequire(import.meta.url).resolve('pyodide'));
  const py = await loadPyodide({ indexURL: directory });
  py.FS.writeFile('/stdlib.zip', readFileSync(join(directory, 'python_stdlib.zip')));
  py.runPython(`
import ast, io, json, tokenize, unicodedata, warnings, zipfile
warnings.simplefilter('ignore')
archive = zipfile.ZipFile('/stdlib.zip')
names = sorted(n for n in archive.namelist() if n.endswith('.py'))
def source(name):
    raw = archive.read(name)
    return raw.decode(tokenize.detect_encoding(io.BytesIO(raw).readline)[0])
def reference(text):
    return ast.dump(ast.parse(text), include_attributes=True)
def warnings_of(text):
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter('always')
        ast.parse(text)
    return json.dumps([[w.category.__name__, str(w.message), w.lineno] for w in seen])
def character(name):
    try: return unicodedata.lookup(name)
    except KeyError: return ''
`);
  reference = py.globals.get('reference') as typeof reference;
  warningsOf = py.globals.get('warnings_of') as typeof warningsOf;
  moduleSource = py.globals.get('source') as typeof moduleSource;
  moduleNames = (py.globals.get('names') as { toJs(): string[] }).toJs();
  const character = py.globals.get('character') as (name: string) => string;
  setUnicodeNames((name) => character(name) || undefined);
}, 120_000);

describe('the same tree as CPython', () => {
  test.each(snippets.map((snippet) => [snippet]))('%j', (snippet) => {
    expect(dump(parse(snippet, 'snippet.py', 'exec'))).toBe(reference(snippet));
  });

  test(`${MODULES} modules of the standard library`, () => {
    let state = SEED;
    for (let i = 0; i < MODULES; i++) {
      state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
      const name = moduleNames[state % moduleNames.length] as string;
      const text = moduleSource(name);
      expect(dump(parse(text, name, 'exec')) === reference(text), name).toBe(true);
    }
  });
});

describe('depth', () => {
  test('a chain of a hundred thousand operators is parsed', () => {
    const tree = parse(`x = ${'a + '.repeat(100_000)}a`, 'f', 'exec');
    expect(tree._type).toBe('Module');
  });

  test('an elif chain of ten thousand arms is parsed', () => {
    const tree = parse(`if a: b\n${'elif c: d\n'.repeat(10_000)}`, 'f', 'exec');
    expect(tree._type).toBe('Module');
  });

  test('nesting beyond the stack is a named error', () => {
    expect(() => parse(`${'-'.repeat(1_000_000)}1`, 'f', 'exec')).toThrow(ParserStackOverflow);
  });
});

test.each(warned.map((snippet) => [snippet]))('the same warnings as CPython: %j', (snippet) => {
  const warnings: SyntaxWarning[] = [];
  parse(snippet, 'f', 'exec', { warnings });
  expect(warnings.length > 0 || snippet.startsWith('rf')).toBe(true);
  expect(warnings.map((w) => [w.category, w.msg, w.lineno])).toEqual(JSON.parse(warningsOf(snippet)));
});

test('3.13 knows no t-strings and no bare except lists', () => {
  expect(() => parse("t'x'", 'f', 'exec', { feature_version: 13 })).toThrow('invalid syntax');
  expect(() => parse('try: pass\nexcept a, b: pass', 'f', 'exec', { feature_version: 13 })).toThrow(
    'multiple exception types must be parenthesized',
  );
});
