import type { TraceStep } from '../../lib/engine/snapshot/trace-types';
import type { Sentence } from './step-sentence';

export function traceSentence(step: TraceStep | null): Sentence {
  if (!step) return ['Before the first line.'];
  return [
    step.counts.map(({ label, before, after }) => `${label} ${before} → ${after}`).join(', ') || 'No count changed.',
  ];
}
