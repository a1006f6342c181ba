import type { CellState } from '../../lib/notebook/store';
import { type CodeMarks, NO_MARKS } from '../editor/code-marks';
import { stepMarks } from '../widgets/step-marks';
import type { Timeline } from '../widgets/trace/use-timeline';

/** Lines are marked only while the text is the one that was run: in any other they would be other lines. */
export function cellMarks({ run, code }: CellState, timeline: Timeline | null): CodeMarks {
  if (run.code !== code) return NO_MARKS;
  const isOwn = timeline !== null && timeline.run.run === run.trace?.run;
  const isEarlier = timeline !== null && !timeline.isAtEnd;
  const error =
    run.failingLine === null ? null : { line: run.failingLine, text: isEarlier ? null : errorName(run.outputs) };
  if (!isOwn) return { ...NO_MARKS, error };
  return { ...stepMarks(timeline.step, timeline.nextLine, timeline.run), error };
}

function errorName(outputs: CellState['run']['outputs']): string {
  return outputs.find((output) => output.output_type === 'error')?.ename ?? 'error';
}
