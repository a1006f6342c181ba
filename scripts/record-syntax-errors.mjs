// Records what CPython (Pyodide) says of each program in tests/parser/syntax-errors/programs.mjs: as `error` what
// 3.14 says, and as `error_3_13` what 3.13 says where that differs. `node scripts/record-syntax-errors.mjs` writes
// expected.json beside the programs.
import { writeFileSync } from 'node:fs';
import { loadPyodide } from 'pyodide';
import { loadPyodide as loadPyodide313 } from 'pyodide313';
import { programs } from '../tests/parser/syntax-errors/programs.mjs';

const RECORD = `
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
record`;
const record = (await loadPyodide()).runPython(RECORD);
const record313 = (await loadPyodide313()).runPython(RECORD);
const seen = new Set();
const recorded = [];
for (const program of programs) {
  const [source, mode] = typeof program === 'string' ? [program, 'exec'] : program;
  const key = `${mode} ${source}`;
  if (seen.has(key)) continue;
  seen.add(key);
  const now = record(source, mode);
  const before = record313(source, mode);
  recorded.push({
    source,
    mode,
    error: JSON.parse(now),
    ...(before === now ? {} : { error_3_13: JSON.parse(before) }),
  });
}
const lines = recorded.map((entry) => `  ${JSON.stringify(entry)}`);
writeFileSync(new URL('../tests/parser/syntax-errors/expected.json', import.meta.url), `[\n${lines.join(',\n')}\n]\n`);
const count = (test) => recorded.filter(test).length;
console.log(`${count(() => true)} programs, ${count((entry) => entry.error !== null)} of them wrong`);
console.log(`${count((entry) => 'error_3_13' in entry)} of which 3.13 speaks otherwise`);
