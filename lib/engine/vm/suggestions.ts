/**
 * "Did you mean …?" (Python/suggestions.c): the closest of the candidates by edit distance, with half the cost for a
 * change of case. Null if none is close enough.
 */
const MOVE_COST = 2;
const CASE_COST = 1;
const MAX_CANDIDATES = 750;
const MAX_LENGTH = 40;

function substitutionCost(a: string, b: string): number {
  if (a === b) return 0;
  return a.toLowerCase() === b.toLowerCase() ? CASE_COST : MOVE_COST;
}

/** The distance, or more than `max` if it is larger. */
function distance(a: string, b: string, max: number): number {
  while (a !== '' && a[0] === b[0]) [a, b] = [a.slice(1), b.slice(1)];
  while (a !== '' && a.at(-1) === b.at(-1)) [a, b] = [a.slice(0, -1), b.slice(0, -1)];
  if (a === '') return b.length * MOVE_COST;
  if (b === '') return a.length * MOVE_COST;
  if (a.length > MAX_LENGTH || b.length > MAX_LENGTH) return max + 1;
  if (b.length < a.length) [a, b] = [b, a];
  if ((b.length - a.length) * MOVE_COST > max) return max + 1;
  const row = Array.from({ length: a.length }, (_, i) => (i + 1) * MOVE_COST);
  let result = 0;
  for (let j = 0; j < b.length; j++) {
    result = j * MOVE_COST;
    let diagonal = result;
    let least = Infinity;
    for (let i = 0; i < a.length; i++) {
      const substitute = diagonal + substitutionCost(b[j]!, a[i]!);
      diagonal = row[i]!;
      result = Math.min(substitute, Math.min(result, diagonal) + MOVE_COST);
      row[i] = result;
      least = Math.min(least, result);
    }
    if (least > max) return max + 1;
  }
  return result;
}

export function suggest(name: string, candidates: readonly string[]): string | null {
  if (candidates.length > MAX_CANDIDATES || name.length > MAX_LENGTH) return null;
  let best: string | null = null;
  let bestDistance = Infinity;
  for (const candidate of candidates) {
    if (candidate === name) continue;
    let max = Math.floor(((candidate.length + name.length + 3) * MOVE_COST) / 6);
    max = Math.min(max, bestDistance - 1);
    const d = distance(name, candidate, max);
    if (d > max) continue;
    best = candidate;
    bestDistance = d;
  }
  return best;
}
