// What CPython gives for programs that are not recorded: Pyodide's builds, one process for many programs, or a CPython
// of this machine.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './sources.mjs';

const oracles = { 3.13: 'pyodide313', 3.14: 'pyodide' };
const masked = (text) => text.replace(/0x[0-9a-fA-F]+(?=[;>])/g, '0xADDRESS');

/**
 * Answers of a Pyodide, each from an interpreter of its own; undefined where it failed.
 *
 * @param {'3.13' | '3.14'} profile @param {string[]} sources
 * @returns {Promise<({ stdout: string, stderr: string, exitCode: number } | undefined)[]>}
 */
export function askPyodide(profile, sources) {
  const folder = mkdtempSync(join(tmpdir(), 'oracle-'));
  const input = join(folder, 'programs.json');
  writeFileSync(input, JSON.stringify(sources.map((source, id) => ({ id, source, files: {} }))));
  return new Promise((done) => {
    const args = [join(root, 'scripts', 'record-cpython.mjs'), '--child', oracles[profile], input];
    const child = spawn(process.execPath, args, { cwd: join(root, 'scripts'), stdio: ['ignore', 'pipe', 'ignore'] });
    let out = '';
    child.stdout.on('data', (data) => {
      out += data;
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), 300_000);
    child.on('close', () => {
      clearTimeout(timer);
      rmSync(folder, { recursive: true, force: true });
      const answers = new Array(sources.length);
      for (const line of out.split('\n').slice(0, -1)) {
        const { id, answer } = JSON.parse(line);
        const rename = (text) => masked(text.replaceAll('/home/pyodide/recorded_program.py', 'program.py'));
        answers[id] = { ...answer, stdout: rename(answer.stdout), stderr: rename(answer.stderr) };
      }
      done(answers);
    });
  });
}

/** The same of the Python at `path`. */
export function askNative(path, source) {
  const folder = mkdtempSync(join(tmpdir(), 'oracle-'));
  writeFileSync(join(folder, 'program.py'), source);
  const { status, stdout, stderr } = spawnSync(path, ['program.py'], {
    cwd: folder,
    env: { HOME: folder, PYTHONHASHSEED: '0', PYTHONDONTWRITEBYTECODE: '1' },
    encoding: 'utf8',
    timeout: 20_000,
  });
  rmSync(folder, { recursive: true, force: true });
  const clean = (text) => masked(text.replaceAll(`${folder}/`, ''));
  return { stdout: clean(stdout), stderr: clean(stderr), exitCode: status };
}

/** An engine's answer in the same form. */
export const portable = ({ stdout, stderr, exitCode }) => ({
  stdout: masked(stdout),
  stderr: masked(stderr),
  exitCode,
});
