/**
 * Which programs a property is tried on: a sample drawn with a printed seed, the same in every run unless one asks for
 * another, or all of them. Hunting with new seeds is scripts/fuzz.mjs's work.
 *
 *     PROPERTY_SEED=17 npx vitest run tests/property     another sample
 *     PROPERTY_ALL=1 npx vitest run tests/property       the whole conformance set
 */
import { join } from 'node:path';
import { type ConformanceProgram, listPrograms, type Profile, readList } from '../conformance/programs';
import { random } from './random';

export const seed = Number(process.env.PROPERTY_SEED ?? 20261122);
export const isWhole = process.env.PROPERTY_ALL !== undefined;
console.log(`PROPERTY_SEED=${seed}`);

export interface Sampled {
  program: ConformanceProgram;
  profile: Profile;
}

/** `count` programs with a profile each; with PROPERTY_ALL every program with each of its profiles. */
export function samplePrograms(count: number): Sampled[] {
  const base = join(import.meta.dirname, '..', 'conformance');
  const slow = readList(base, 'slow');
  const all = listPrograms(base)
    .flatMap((program) => program.profiles.map((profile) => ({ program, profile })))
    .filter(({ program, profile }) => !slow.has(`${program.id}@${profile}`));
  if (isWhole) return all;
  const next = random(seed);
  for (let i = 0; i < count && i < all.length; i++) {
    const j = i + Math.floor(next() * (all.length - i));
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  return all.slice(0, count);
}
