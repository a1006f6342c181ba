import type { MemoryReport } from '../../../lib/engine/snapshot/snapshot';
import { collectionsUntil, type Cursor } from '../cursor';

export function collectorSummary(report: MemoryReport, cursor: Cursor): string {
  const collections = collectionsUntil(report, cursor);
  const runs = collections.length + (collections === report.collections ? report.collectionsOmitted : 0);
  if (runs === 0) return 'did not run';
  const collected = collections.reduce((sum, each) => sum + each.collected, 0);
  const objects = collected === 1 ? '1 object' : `${collected.toLocaleString('en')} objects`;
  return `ran ${runs === 1 ? 'once' : `${runs.toLocaleString('en')} times`}, ${objects} collected`;
}
