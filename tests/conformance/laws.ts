/**
 * Laws 1 to 3 of the design over the whole conformance set (tests/conformance/programs.ts says what that is):
 * agreement (the output, the errors and the exit code are CPython's), ledger (an audit after every statement finds each
 * count equal to its named holders) and no observer effect (auditing and tracing change no answer). A test file for each
 * profile calls this, so that they run side by side.
 */
import { describe, expect, test } from 'vitest';
import { runProgram } from './engine-door';
import { comparable, type ConformanceProgram, listPrograms, type Profile, readList, recordedAnswer } from './programs';

const base = import.meta.dirname;
const programs = listPrograms(base);
const lists = { skip: readList(base, 'skip'), failing: readList(base, 'failing'), slow: readList(base, 'slow') };

interface Watching {
  audit: 'statement' | 'none';
  trace: boolean;
}

function run(program: ConformanceProgram, profile: Profile, watching: Watching) {
  const { source, filename, files } = program;
  return runProgram({ source, filename, files, profile, ...watching });
}

function checkLaws(program: ConformanceProgram, profile: Profile): void {
  const expected = recordedAnswer(program, profile);
  if (expected === undefined) throw new Error('not recorded: run scripts/record-cpython.mjs');
  const plain = comparable(run(program, profile, { audit: 'none', trace: false }));
  expect(plain, 'agreement').toEqual(expected);
  if (!lists.slow.has(`${program.id}@${profile}`)) {
    const audited = run(program, profile, { audit: 'statement', trace: false });
    expect(audited.audit.differences, 'ledger').toEqual([]);
    const started = !/^(Syntax|Indentation|Tab)Error/m.test(plain.stderr);
    if (started) expect(audited.audit.checked, 'the audit ran').toBeGreaterThan(0);
    expect(comparable(audited), 'auditing changes nothing').toEqual(plain);
  }
  const traced = comparable(run(program, profile, { audit: 'none', trace: true }));
  expect(traced, 'tracing changes nothing').toEqual(plain);
}

/** One test for each program that has an answer of this profile. */
export function describeProfile(profile: Profile): void {
  describe(`profile ${profile}`, () => {
    for (const program of programs.filter(({ profiles }) => profiles.includes(profile))) {
      const name = `${program.id}@${profile}`;
      const runOrNot = lists.skip.has(name) ? test.skip : test;
      runOrNot(program.id, () => {
        if (!lists.failing.has(name)) return checkLaws(program, profile);
        expect(() => checkLaws(program, profile), `${name} passes now: take it off failing.txt`).toThrow();
      });
    }
  });
}
