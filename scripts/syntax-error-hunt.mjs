// Compares our syntax errors with CPython's (the Pyodide oracle, 3.14): type, message and position.
// `node scripts/syntax-error-hunt.mjs cases.json` reads a JSON list of programs (or of [program, mode]);
// `node scripts/syntax-error-hunt.mjs --mutate SEED COUNT` breaks standard-library sources and the tests' snippets
// (where the rarer syntax is) token by token.
import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { loadPyodide } from 'pyodide';

const { outputFiles } = await build({
  stdin: {
    contents:
      "export * from './lib/engine/parser/parser'; export { dump } from './lib/engine/parser/ast-dump';" +
      "export { snippets } from './tests/parser/snippets';",
    resolveDir: process.cwd(),
    loader: 'ts',
  },
  bundle: true,
  format: 'esm',
  write: false,
  target: 'node20',
});
const { parse, dump, setUnicodeNames, snippets } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
);

const py = await loadPyodide();
const lookup = py.runPython(
  'import unicodedata\ndef look(name):\n  try: return unicodedata.lookup(name)\n  except KeyError: return None\nlook',
);
setUnicodeNames((name) => lookup(name) ?? undefined);
py.runPython(`
import ast, json, warnings
warnings.simplefilter('ignore')
def outcome(source, mode):
    try:
        return 'tree ' + ast.dump(ast.parse(source, 'f', mode), include_attributes=True)
    except SyntaxError as e:
        return json.dumps([type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset, e.text])
    except Exception as e:
        return type(e).__name__
`);
const outcome = py.globals.get('outcome');

function ours(source, mode) {
  try {
    return `tree ${dump(parse(source, 'f', mode))}`;
  } catch (e) {
    if (e.type === 'MemoryError') return 'MemoryError';
    if (e.msg === undefined) return String(e.stack);
    return [e.type, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset, e.text];
  }
}

function* mutations(seed, count) {
  let state = seed;
  const random = (n) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * n);
  };
  py.FS.mkdirTree('/hunt');
  py.FS.writeFile(
    '/hunt/stdlib.zip',
    readFileSync(new URL('../node_modules/pyodide/python_stdlib.zip', import.meta.url)),
  );
  const read = py.runPython(`
import zipfile, ast
archive = zipfile.ZipFile('/hunt/stdlib.zip')
names = sorted(n for n in archive.namelist() if n.endswith('.py'))
def statements(i):
    text = archive.read(names[i % len(names)]).decode('utf-8', 'replace')
    try: tree = ast.parse(text)
    except SyntaxError: return []
    lines = text.split('\\n')
    return ['\\n'.join(lines[n.lineno - 1:n.end_lineno]) + '\\n' for n in ast.walk(tree) if isinstance(n, ast.stmt) and n.col_offset == 0 and n.end_lineno - n.lineno < 12]
statements`);
  const words = [
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    ':',
    ',',
    '=',
    '==',
    ':=',
    '*',
    '**',
    '.',
    'if',
    'else',
    'for',
    'in',
    'not',
    'lambda',
    'x',
    '1',
    '"s"',
    'f"{x}"',
    'f"{x',
    'await',
    'yield',
    'as',
    'import',
    'from',
    'class',
    'def',
    'async',
    'with',
    '@',
    '->',
    '\n',
    '\n  ',
    '+',
    '-',
    ';',
    'None',
    'True',
    'print',
    'match',
    'case',
    'except',
    'try',
    'finally',
    'del',
    'pass',
    '|',
    '!',
    '~',
    '...',
    't"{x}"',
    '{',
    '!r',
    ':=',
    '<',
    'is',
    'or',
    'type',
    '_',
    '/',
    ';',
    'async',
    '0777',
    '1_',
    '"',
    "'",
    '\\',
    '$',
    'é',
    '/',
  ];
  let made = 0;
  while (made < count) {
    const list = random(2) === 0 ? snippets : read(random(559)).toJs();
    for (let k = 0; k < 8 && list.length > 0 && made < count; k++) {
      const text = list[random(list.length)];
      const tokens = text.match(/\w+|\s+|[^\w\s]/g) ?? [];
      const at = random(tokens.length);
      const kind = random(5);
      if (kind === 4) tokens[at] = tokens[random(tokens.length)] ?? '';
      else if (kind === 0) tokens.splice(at, 1);
      else if (kind === 1) tokens.splice(at, 0, ` ${words[random(words.length)]} `);
      else if (kind === 2) tokens[at] = words[random(words.length)];
      else tokens.splice(at, 0, tokens[random(tokens.length)]);
      made++;
      yield [tokens.join(''), 'exec'];
    }
  }
}

const cases =
  process.argv[2] === '--mutate'
    ? mutations(Number(process.argv[3] ?? 1), Number(process.argv[4] ?? 1000))
    : JSON.parse(readFileSync(process.argv[2], 'utf8')).map((c) => (typeof c === 'string' ? [c, 'exec'] : c));
let good = 0;
let errors = 0;
let differ = 0;
for (const [source, mode] of cases) {
  const mine = ours(source, mode);
  const theirs = outcome(source, mode);
  const text = typeof mine === 'string' ? mine : JSON.stringify(mine);
  const same = text === theirs || (text[0] === '[' && theirs[0] === '[' && JSON.stringify(JSON.parse(theirs)) === text);
  if (same && text[0] === '[') errors++;
  else if (same) good++;
  else {
    differ++;
    console.log(
      `--- ${JSON.stringify(source.slice(0, 300))}\n  ours   ${text.slice(0, 220)}\n  theirs ${theirs.slice(0, 220)}`,
    );
  }
}
console.log(`${errors} errors equal, ${good} trees equal / ${differ} differ`);
process.exitCode = differ === 0 ? 0 : 1;
