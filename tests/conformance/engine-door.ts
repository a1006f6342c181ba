/** The one place where the tests' programs meet the engine: with the standard library, as `npm run py` has it. */
import { type ProgramOptions, type ProgramResult, runProgram as run } from '../../lib/engine';
import { nodeCodeCache } from '../../lib/engine-cli/code-cache';
import { nodeLibrary } from '../../lib/engine-cli/library';
import { standardModules } from '../../lib/engine/stdlib/index';

const codeCache = nodeCodeCache();

export function runProgram(options: ProgramOptions): ProgramResult {
  return run({ modules: standardModules, library: nodeLibrary(options.profile), codeCache, ...options });
}
