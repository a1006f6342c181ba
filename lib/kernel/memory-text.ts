/** The text/plain twin of a memory report: what a client without widgets, or a saved notebook, shows. */
import type { Counted, MemoryReport } from './engine-port';

export function memoryText(report: MemoryReport): string {
  const last = report.steps.at(-1) ?? report.before;
  const lines = last.references.map((row) => `${row.name} -> ${counted(row)}`);
  for (const row of last.unnamed) lines.push(`(no name, was ${row.lastNames.join(', ')}) -> ${counted(row)}`);
  for (const step of report.steps) {
    for (const death of step.died) lines.push(`died in line ${death.line}: ${death.object.repr}, ${death.cause}`);
  }
  for (const each of report.collections) {
    lines.push(
      `generation ${each.generation} collected in line ${each.line} (${each.reason}): ${each.collected} objects`,
    );
  }
  return lines.length > 0 ? lines.join('\n') : 'No names.';
}

function counted({ object, count, change }: Counted): string {
  if (count === null) return `${object.repr} (${object.type}), immortal`;
  return `${object.repr} (${object.type}), count ${count}${change ? ` (${change > 0 ? '+' : ''}${change})` : ''}`;
}
