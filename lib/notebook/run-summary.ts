/** One sentence about a run that ended, for the live region. */
import type { CellState } from './store';

export function runSummary({ index, run }: Pick<CellState, 'index' | 'run'>): string {
  const error = run.outputs.find((output) => output.output_type === 'error');
  const fault = run.outputs.find((output) => output.output_type === 'fault');
  if (run.outcome === 'aborted') return `Cell ${index} was not finished.`;
  if (error) return `Cell ${index} failed: ${error.ename}${error.evalue ? `: ${error.evalue}` : ''}.`;
  if (fault) return `Cell ${index} stopped: ${fault.fault.message}`;
  return `Cell ${index} finished.${memorySummary(run.trace)}`;
}

function memorySummary(trace: CellState['run']['trace']): string {
  if (!trace) return '';
  const parts: string[] = [];
  if (trace.deaths > 0) parts.push(trace.deaths === 1 ? '1 object died' : `${trace.deaths} objects died`);
  if (trace.collections > 0) parts.push('the collector ran');
  return parts.length === 0 ? '' : ` ${parts.join(', ')}.`;
}
