/** The one place where the tests' programs meet the engine: with the standard library, as `npm run py` has it. */
import { type ProgramOptions, type ProgramResult, runProgram as run } from '../../lib/engine';
import { nodeCodeCache } from '../../lib/engine-cli/code-cache';
import { nodeLibrary } from '../../lib/engine-cli/library';
import { standardModules } from '../../lib/engine/stdlib/index';

const codeCache = nodeCodeCache();

/** Where the oracles run them, too. */
const FOLDER = '/home/pyodide';

export function runProgram(options: ProgramOptions): ProgramResult {
  const library = nodeLibrary(options.profile);
  const result = run({ modules: standardModules, library, codeCache, folder: FOLDER, ...options });
  // Recorded answers name files without the folder.
  const clean = (text: string): string => text.replaceAll(`${FOLDER}/`, '');
  return { ...result, stdout: clean(result.stdout), stderr: clean(result.stderr) };
}
