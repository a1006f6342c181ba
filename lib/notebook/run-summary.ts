/** One sentence about a run that ended, for the live region. */
import type { CellState } from './store';

export function runSummary({ index, run }: Pick<CellState, 'index' | 'run'>): string {
  const error = run.outputs.find((output) => output.output_type === 'error');
  const fault = run.outputs.find((output) => output.output_type === 'fault');
  if (run.outcome === 'aborted') return `Cell ${index} was not finished.`;
  if (error) return `Cell ${index} failed: ${error.ename}${error.evalue ? `: ${error.evalue}` : ''}.`;
  if (fault) return `Cell ${index} stopped: ${fault.fault.message}`;
  return `Cell ${index} finished.${memorySummary(run.memory)}`;
}

function memorySummary(memory: CellState['run']['memory']): string {
  if (!memory) return '';
  const names = memory.steps.at(-1)?.references.length ?? 0;
  const deaths = memory.steps.reduce((sum, step) => sum + step.died.length + step.diedOmitted, 0);
  const parts = [names === 1 ? '1 name' : `${names} names`];
  if (deaths > 0) parts.push(deaths === 1 ? '1 object died' : `${deaths} objects died`);
  if (memory.collections.length > 0) parts.push('the collector ran');
  return ` ${parts.join(', ')}.`;
}
