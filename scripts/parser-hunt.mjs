// Compares our parser with CPython's (the Pyodide oracle, 3.14) on every module of its standard library:
// `node scripts/parser-hunt.mjs [part of a file name]`. Prints N equal / M differ, and exits 1 on a difference.
import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { loadPyodide } from 'pyodide';

const { outputFiles } = await build({
  stdin: {
    contents: "export * from './lib/engine/parser/parser'; export { dump } from './lib/engine/parser/ast-dump';",
    resolveDir: process.cwd(),
    loader: 'ts',
  },
  bundle: true,
  format: 'esm',
  write: false,
  target: 'node20',
});
const { parse, dump, setUnicodeNames } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
);

const py = await loadPyodide();
const lookup = py.runPython(
  'import unicodedata\ndef look(name):\n  try: return unicodedata.lookup(name)\n  except KeyError: return None\nlook',
);
setUnicodeNames((name) => lookup(name) ?? undefined);
py.FS.mkdirTree('/hunt');
py.FS.writeFile(
  '/hunt/stdlib.zip',
  readFileSync(new URL('../node_modules/pyodide/python_stdlib.zip', import.meta.url)),
);
py.runPython(`
import ast, io, tokenize, zipfile, warnings
warnings.simplefilter('ignore')
archive = zipfile.ZipFile('/hunt/stdlib.zip')
names = sorted(n for n in archive.namelist() if n.endswith('.py'))
def source(name):
    raw = archive.read(name)
    encoding, _ = tokenize.detect_encoding(io.BytesIO(raw).readline)
    return raw.decode(encoding)
def reference(name):
    return ast.dump(ast.parse(source(name)), include_attributes=True)
`);
const source = py.globals.get('source');
const reference = py.globals.get('reference');
const only = process.argv[2] ?? '';
let equal = 0;
let differ = 0;
let bytes = 0;
let ms = 0;
for (const name of py.globals.get('names').toJs()) {
  if (!name.includes(only)) continue;
  const text = source(name);
  let ours;
  try {
    const begin = performance.now();
    const tree = parse(text, name, 'exec');
    ms += performance.now() - begin;
    bytes += text.length;
    ours = dump(tree);
  } catch (error) {
    ours = String(error.stack ?? error);
  }
  const theirs = reference(name);
  if (ours === theirs) equal++;
  else {
    differ++;
    let at = 0;
    while (at < ours.length && ours[at] === theirs[at]) at++;
    console.log(
      `${name}\n  ours   …${ours.slice(Math.max(0, at - 80), at + 160)}\n  theirs …${theirs.slice(Math.max(0, at - 80), at + 160)}`,
    );
  }
}
console.log(`${equal} equal / ${differ} differ (${(bytes / 1e6).toFixed(1)} MB parsed in ${ms.toFixed(0)} ms)`);
process.exitCode = differ === 0 ? 0 : 1;
