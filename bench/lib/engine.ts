/** The engine as the benches run it: whole programs, neither audited nor traced. */
import { runProgram } from '../../lib/engine';

export function runPython(source: string) {
  const done = runProgram({ source, filename: 'bench.py', files: {}, profile: '3.14', audit: 'none', trace: false });
  if (done.exitCode !== 0) throw new Error(done.stderr);
  return done;
}
