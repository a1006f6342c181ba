/**
 * The conformance set as data: which programs there are, what each says in its head comment, and what CPython
 * answered. Read by the recorder (scripts/record-cpython.mjs), the command-line runner (scripts/conformance.mjs) and
 * the tests (conformance/laws.ts), so that the three agree on what a program is.
 *
 *   tests/conformance/<subject>/<name>.py        a program, run as the script `<name>.py`
 *   tests/conformance/<subject>/mod_*            modules and packages its subject's programs import
 *   tests/conformance/<subject>/<name>.out       what it prints on both profiles, or
 *                             <name>.3.13.out    … on one, where they differ
 *   tests/conformance/<subject>/<name>.err       `exit N`, then what it writes to stderr; absent when 0 and nothing
 *   tests/conformance/recorded.json              the hash of each program at the time it was recorded
 *
 * Directives, in comments before the first statement:
 *   # profile: 3.14     only for this profile (the other's CPython does something the engine does not model)
 *   # oracle: 3.13      both profiles take 3.13's answer: 3.14.2 still has the collector that 3.14.5 took back,
 *                       so for automatic collections and their counters it is no oracle
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';

export const PROFILES = ['3.13', '3.14'] as const;
export type Profile = (typeof PROFILES)[number];

export interface ConformanceProgram {
  /** `subject/name`, the word the three lists and the runners use. */
  id: string;
  folder: string;
  /** As tracebacks name it. */
  filename: string;
  source: string;
  /** Importable files of the subject, by path from the program's folder. */
  files: Record<string, string>;
  profiles: Profile[];
  /** Where the answer for a profile is recorded from. */
  oracle: Record<Profile, Profile>;
  /** Of the source and the files: tells whether a recording is of this text. */
  hash: string;
}

export interface Answer {
  stdout: string;
  stderr: string;
  exitCode: number;
}

const isProfile = (word: string): word is Profile => (PROFILES as readonly string[]).includes(word);

function directive(source: string, name: string): Profile | undefined {
  for (const line of source.split('\n')) {
    if (line !== '' && !line.startsWith('#')) break;
    const match = new RegExp(`^# ${name}: (\\S+)`).exec(line);
    if (match === null) continue;
    const value = match[1] ?? '';
    if (!isProfile(value)) throw new Error(`# ${name}: ${value} is not a profile`);
    return value;
  }
  return undefined;
}

function readTree(folder: string, base: string, into: Record<string, string>): void {
  for (const entry of readdirSync(folder).sort()) {
    const path = join(folder, entry);
    if (statSync(path).isDirectory()) readTree(path, base, into);
    else if (entry.endsWith('.py')) into[relative(base, path).split(sep).join('/')] = readFileSync(path, 'utf8');
  }
}

function importableFiles(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(folder).sort()) {
    if (!entry.startsWith('mod_')) continue;
    const path = join(folder, entry);
    if (statSync(path).isDirectory()) readTree(path, folder, files);
    else files[entry] = readFileSync(path, 'utf8');
  }
  return files;
}

/** Every program under `base` (tests/conformance), by id; `filter` keeps the ids that contain it. */
export function listPrograms(base: string, filter = ''): ConformanceProgram[] {
  const programs: ConformanceProgram[] = [];
  for (const subject of readdirSync(base).sort()) {
    const folder = join(base, subject);
    if (!statSync(folder).isDirectory()) continue;
    const files = importableFiles(folder);
    for (const filename of readdirSync(folder).sort()) {
      if (!filename.endsWith('.py') || filename.startsWith('mod_')) continue;
      const id = `${subject}/${basename(filename, '.py')}`;
      if (!id.includes(filter)) continue;
      const source = readFileSync(join(folder, filename), 'utf8');
      const only = directive(source, 'profile');
      const oracle = directive(source, 'oracle');
      programs.push({
        id,
        folder,
        filename,
        source,
        files,
        profiles: only === undefined ? [...PROFILES] : [only],
        oracle: { '3.13': oracle ?? '3.13', '3.14': oracle ?? '3.14' },
        hash: createHash('sha256')
          .update(JSON.stringify([filename, source, files]))
          .digest('hex')
          .slice(0, 16),
      });
    }
  }
  return programs;
}

function readRecording(program: ConformanceProgram, profile: Profile, ending: string): string | undefined {
  const stem = join(program.folder, basename(program.filename, '.py'));
  for (const path of [`${stem}.${profile}.${ending}`, `${stem}.${ending}`]) {
    if (existsSync(path)) return readFileSync(path, 'utf8');
  }
  return undefined;
}

/** What CPython answered, or undefined where nothing is recorded. */
export function recordedAnswer(program: ConformanceProgram, profile: Profile): Answer | undefined {
  const stdout = readRecording(program, profile, 'out');
  if (stdout === undefined) return undefined;
  const errors = readRecording(program, profile, 'err') ?? 'exit 0\n';
  const match = /^exit (\d+)\n/.exec(errors);
  if (match === null) throw new Error(`${program.id}: the .err file does not begin with "exit N"`);
  return { stdout, stderr: errors.slice(match[0].length), exitCode: Number(match[1]) };
}

/** Hash by program id. */
export function readManifest(base: string): Record<string, string> {
  const path = join(base, 'recorded.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>) : {};
}

/**
 * One of the three lists (skip, failing, slow). A line is `subject/name: reason`, or `subject/name@3.14: reason` for
 * one profile; `#` starts a comment. A line without a reason is an error. Keys are `id@profile`.
 */
export function readList(base: string, list: 'skip' | 'failing' | 'slow'): Map<string, string> {
  const entries = new Map<string, string>();
  const path = join(base, `${list}.txt`);
  if (!existsSync(path)) return entries;
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const match = /^([\w-]+\/\w+)(?:@(\S+))?: (\S.*)$/.exec(line);
    if (match === null) throw new Error(`${list}.txt: expected "subject/name: reason", found "${line}"`);
    const [, id = '', only, reason = ''] = match;
    if (only !== undefined && !isProfile(only)) throw new Error(`${list}.txt: ${only} is not a profile`);
    for (const profile of only === undefined ? PROFILES : [only]) entries.set(`${id}@${profile}`, reason);
  }
  return entries;
}

/** Masks the addresses of default reprs, which no two builds share. Recordings hold the masked form. */
export function withoutAddresses(text: string): string {
  return text.replace(/ at 0x[0-9a-fA-F]+(?=[;>,])/g, ' at 0xADDRESS');
}

/** What is compared with a recording. */
export function comparable({ stdout, stderr, exitCode }: Answer): Answer {
  return { stdout: withoutAddresses(stdout), stderr: withoutAddresses(stderr), exitCode };
}

/** The first line where two answers part, for a person to read; undefined when they are equal. */
export function firstDifference(expected: Answer, actual: Answer): string | undefined {
  for (const stream of ['stdout', 'stderr'] as const) {
    if (expected[stream] === actual[stream]) continue;
    const want = expected[stream].split('\n');
    const got = actual[stream].split('\n');
    let line = 0;
    while (line < want.length && want[line] === got[line]) line += 1;
    const show = (text: string | undefined): string => (text === undefined ? '(nothing more)' : JSON.stringify(text));
    return `${stream} line ${line + 1}\n      CPython: ${show(want[line])}\n      engine:  ${show(got[line])}`;
  }
  return expected.exitCode === actual.exitCode
    ? undefined
    : `exit code\n      CPython: ${expected.exitCode}\n      engine:  ${actual.exitCode}`;
}
