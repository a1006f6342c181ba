// What each cell of each lesson does on real CPython, written beside the lesson as outputs.json:
//   npm run record:lessons             writes them all
//   npm run record:lessons -- --check  only says whether they are what CPython gives now
// The oracle is CPython 3.14 of the `pyodide` package. Cells of a lesson run in page order in one fresh interpreter, a
// last expression is shown as a notebook shows it, and after each cell the true `ob_refcnt` of everything that has a
// name is read from the interpreter's memory, which changes nothing.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cellsOf } from '../lib/content/fences.mjs';
import { ensureInstalled } from './ensure.mjs';
import { listFiles, root } from './sources.mjs';

// Runs a cell and lists the names it left, by address. What it needs itself lives in its own namespace; it takes no
// reference that outlives the call, and clears what it made before it returns.
const runner = `
import ast, json, sys, types

def run_cell(source, names):
    answer = {'result': None, 'error': None}
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    try:
        if tree.body:
            exec(compile(tree, '<cell>', 'exec'), names)
        if last is not None:
            value = eval(compile(ast.Expression(last.value), '<cell>', 'eval'), names)
            if value is not None:
                answer['result'] = repr(value)
            del value
    except BaseException as error:
        answer['error'] = {'ename': type(error).__name__, 'evalue': str(error)}
    return json.dumps(answer)

def addresses(names):
    skipped = (types.ModuleType, types.FunctionType, type)
    return json.dumps({
        name: id(value) for name, value in names.items()
        if not name.startswith('__') and not isinstance(value, skipped) and not sys._is_immortal(value)
    })
`;

export async function createOracle() {
  const { loadPyodide } = await import(pathToFileURL(join(root, 'node_modules/pyodide/pyodide.mjs')).href);
  const pyodide = await loadPyodide({ env: { PYTHONHASHSEED: '0', HOME: '/home/pyodide' } });
  const text = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr']) {
    const decoder = new TextDecoder();
    const write = (bytes) => {
      text[stream] += decoder.decode(bytes, { stream: true });
      return bytes.length;
    };
    pyodide[stream === 'stdout' ? 'setStdout' : 'setStderr']({ write, isatty: false });
  }
  const own = pyodide.toPy({});
  pyodide.runPython(runner, { globals: own });
  const names = pyodide.runPython(`{'__name__': '__main__', '__builtins__': __builtins__}`);
  const runCell = own.get('run_cell');
  const addresses = own.get('addresses');
  // What starting up and a first call leave behind must not appear in a lesson's first collection.
  runCell('print("warm"); 1', pyodide.runPython('{}'));
  pyodide.runPython('import gc; gc.collect(); gc.collect(); del gc', { globals: own });

  const version = pyodide.runPython('import sys; sys.version.split()[0]', { globals: pyodide.toPy({}) });
  /** Runs one cell; the counts are those after it, by name. */
  const run = (code) => {
    text.stdout = text.stderr = '';
    const { result, error } = JSON.parse(runCell(code, names));
    const counts = Object.entries(JSON.parse(addresses(names))).map(([name, address]) => [
      name,
      pyodide._module.HEAPU32[address >> 2],
    ]);
    return {
      stdout: text.stdout,
      ...(text.stderr && { stderr: text.stderr }),
      ...(result !== null && { result }),
      ...(error !== null && { error }),
      counts: Object.fromEntries(counts),
    };
  };
  return { version, run };
}

/** The lessons' recordings, and the home page's picture: the classic example, recorded after each of its lines. */
async function* recordings() {
  for (const page of listFiles(['content/learn'], (path) => path.endsWith('/page.mdx'))) {
    const oracle = await createOracle();
    const cells = cellsOf(readFileSync(join(root, page), 'utf8'));
    const recorded = cells.map(({ index, code }) => ({ index, code, ...oracle.run(code) }));
    yield [page.replace('page.mdx', 'outputs.json'), { cpython: oracle.version, cells: recorded }];
  }
  const oracle = await createOracle();
  const lines = readFileSync(join(root, 'content/home/first-picture.py'), 'utf8').trim().split('\n');
  const steps = lines.map((code) => ({ code, ...oracle.run(code) }));
  yield ['content/home/first-picture.json', { cpython: oracle.version, steps }];
}

if (process.argv[1] === join(root, 'scripts/record-lessons.mjs')) {
  await ensureInstalled();
  const checkOnly = process.argv.includes('--check');
  let stale = 0;
  for await (const [path, recording] of recordings()) {
    const text = `${JSON.stringify(recording, null, 2)}\n`;
    const isCurrent = existsSync(join(root, path)) && readFileSync(join(root, path), 'utf8') === text;
    if (!isCurrent) stale++;
    if (!isCurrent && !checkOnly) writeFileSync(join(root, path), text);
    console.log(`${isCurrent ? 'as recorded' : checkOnly ? 'DIFFERS' : 'written'}: ${path}`);
  }
  process.exit(checkOnly && stale > 0 ? 1 : 0);
}
