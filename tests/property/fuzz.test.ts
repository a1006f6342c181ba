/**
 * [FUZZ] Random programs over object graphs against CPython itself, which answers in this run: what `npm run fuzz` does
 * with many. Each also runs audited, traced and as generated code, and must come out the same.
 */
import { describe, expect, test } from 'vitest';
import { askPyodide, portable } from '../../scripts/oracle.mjs';
import { runProgram } from '../conformance/engine-door';
import { randomProgram, sourceOf } from './random-programs';
import { isWhole, seed } from './sample';

const programs = isWhole ? 100 : 4;

/** What was printed before finalization, where Pyodide's own references show; immortal counts are the word size's. */
function shown(answer: { stdout: string; stderr: string; exitCode: number }) {
  const [stdout = '', stderr = ''] = [answer.stdout, answer.stderr].map((text) => text.split(/^END\n/m)[0]);
  return { stdout: stdout.replace(/\b[1-4]\d{9}\b/g, 'IMMORTAL'), stderr, exitCode: answer.exitCode };
}

describe(`[FUZZ] random programs (seed ${seed})`, () => {
  for (const profile of ['3.13', '3.14'] as const) {
    test(`${programs} programs against CPython ${profile}`, { timeout: 300_000 }, async () => {
      const sources = Array.from({ length: programs }, (_, i) =>
        // 3.14.2, the oracle, has an incremental collector: younger generations are other things there.
        sourceOf(randomProgram(seed + i, { generations: profile === '3.13' }).chunks),
      );
      const answers = await askPyodide(profile, sources);
      for (const [i, source] of sources.entries()) {
        const expected = answers[i];
        if (expected === undefined) throw new Error(`no answer from CPython to seed ${seed + i}`);
        const run = (how: object) => runProgram({ source, filename: 'program.py', profile, ...how });
        const audited = run({ audit: 'statement' });
        expect([seed + i, audited.audit.differences]).toEqual([seed + i, []]);
        expect([seed + i, shown(portable(audited))]).toEqual([seed + i, shown(expected)]);
        for (const how of [{}, { trace: true }, { tierThreshold: 0 }, { tierThreshold: 0, trace: true }])
          expect([seed + i, how, portable(run(how))]).toEqual([seed + i, how, portable(audited)]);
      }
    });
  }
});
