import type { CellState } from '../../lib/notebook/store';
import type { LineMark } from '../editor/line-marks';
import type { Timeline } from '../widgets/trace/use-timeline';

/** Lines are marked only while the text is the one that was run: in any other they would be other lines. */
export function cellMarks({ run, code }: CellState, timeline: Timeline | null): LineMark[] {
  if (run.code !== code) return [];
  const marks: LineMark[] = [];
  if (run.failingLine !== null) {
    const isEarlier = timeline !== null && !timeline.isAtEnd;
    const chips = isEarlier ? [] : [errorName(run)];
    marks.push({ line: run.failingLine, endLine: run.failingLine, kind: 'error', chips });
  }
  const step = timeline?.step;
  if (step && timeline.run.run === run.trace?.run && step.filename === timeline.run.filename) {
    if (step.flow === 'raise' && run.failingLine !== null) return marks;
    const chips = step.counts
      .filter(({ isName }) => isName)
      .map(({ label, before, after }) => `${label} ${before} → ${after}`);
    marks.push({ line: step.line, endLine: step.endLine, kind: 'step', chips: chips.slice(0, 3) });
  }
  return marks;
}

function errorName(run: CellState['run']): string {
  return run.outputs.find((output) => output.output_type === 'error')?.ename ?? 'error';
}
