// Records what CPython 3.14 (Pyodide) says of each program in tests/parser/syntax-errors/programs.mjs:
// `node scripts/record-syntax-errors.mjs` writes expected.json beside it.
import { writeFileSync } from 'node:fs';
import { loadPyodide } from 'pyodide';
import { programs } from '../tests/parser/syntax-errors/programs.mjs';

const py = await loadPyodide();
const record = py.runPython(`
import ast, json, warnings
warnings.simplefilter('ignore')
def record(source, mode):
    try:
        ast.parse(source, 'program.py', mode)
        return json.dumps(None)
    except SyntaxError as e:
        return json.dumps([type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset, e.text])
    except Exception as e:
        return json.dumps([type(e).__name__])
record`);
const seen = new Set();
const recorded = [];
for (const program of programs) {
  const [source, mode] = typeof program === 'string' ? [program, 'exec'] : program;
  const key = `${mode} ${source}`;
  if (seen.has(key)) continue;
  seen.add(key);
  recorded.push({ source, mode, error: JSON.parse(record(source, mode)) });
}
const lines = recorded.map((entry) => `  ${JSON.stringify(entry)}`);
writeFileSync(new URL('../tests/parser/syntax-errors/expected.json', import.meta.url), `[\n${lines.join(',\n')}\n]\n`);
console.log(`${recorded.length} programs, ${recorded.filter((entry) => entry.error !== null).length} of them wrong`);
