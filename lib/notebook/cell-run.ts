/**
 * What the kernel said about a cell: one of the three records of a cell (the others are what the author wrote and what
 * the learner made of it, see store.ts). Changed only by the pure functions here.
 */
import { assertNever } from '../utils/assert-never';
import type { Fault, KernelAnswer, MimeBundle } from '../kernel/protocol';
import type { RunSummary } from '../kernel/engine-port';
import { failingLine } from './failing-line';

export type Output =
  | { readonly output_type: 'stream'; readonly name: 'stdout' | 'stderr'; readonly text: string }
  | { readonly output_type: 'execute_result'; readonly data: MimeBundle; readonly execution_count: number }
  | { readonly output_type: 'display_data'; readonly data: MimeBundle }
  | {
      readonly output_type: 'error';
      readonly ename: string;
      readonly evalue: string;
      readonly traceback: readonly string[];
    }
  // Ours: what is not a Python exception and not the program's output.
  | { readonly output_type: 'fault'; readonly fault: Fault }
  | { readonly output_type: 'truncated'; readonly shown: number; readonly dropped: number }
  | { readonly output_type: 'notice'; readonly text: string };

export interface CellRun {
  readonly status: 'idle' | 'queued' | 'running';
  /** The number in the prompt; null until the cell has run in the present kernel. */
  readonly executionCount: number | null;
  readonly outputs: readonly Output[];
  /** What the kernel recorded of the last run: where questions about its past begin. */
  readonly trace: RunSummary | null;
  /** True while `trace` is of the run before the present one. */
  readonly isTraceOld: boolean;
  /** The code that was run, which the steps' line numbers belong to. */
  readonly code: string | null;
  readonly outcome: 'ok' | 'error' | 'aborted' | null;
  /** The line of this cell where the exception arose. */
  readonly failingLine: number | null;
}

export const NOT_RUN: CellRun = {
  status: 'idle',
  executionCount: null,
  outputs: [],
  trace: null,
  isTraceOld: false,
  code: null,
  outcome: null,
  failingLine: null,
};

export function queueCell(run: CellRun): CellRun {
  return { ...run, status: 'queued', isTraceOld: true };
}

/** The next record after one answer to this cell's request. */
export function transitionCell(run: CellRun, answer: KernelAnswer): CellRun {
  switch (answer.msg_type) {
    case 'status':
      return answer.content.execution_state === 'busy' ? { ...run, status: 'running' } : { ...run, status: 'idle' };
    case 'execute_input': {
      const { code, execution_count } = answer.content;
      return { ...run, outputs: [], code, executionCount: execution_count, outcome: null, failingLine: null };
    }
    case 'stream':
      return { ...run, outputs: appendStream(run.outputs, answer.content.name, answer.content.text) };
    case 'execute_result':
      return { ...run, outputs: [...run.outputs, { output_type: 'execute_result', ...answer.content }] };
    case 'display_data':
      return { ...run, outputs: [...run.outputs, { output_type: 'display_data', data: answer.content.data }] };
    case 'error':
      return {
        ...run,
        outputs: [...run.outputs, { output_type: 'error', ...answer.content }],
        failingLine: failingLine(answer.content.traceback),
      };
    case 'fault':
      return { ...run, outputs: [...run.outputs, { output_type: 'fault', fault: answer.content }] };
    case 'output_truncated':
      return { ...run, outputs: [...run.outputs, { output_type: 'truncated', ...answer.content }] };
    case 'execute_reply':
      return reply(run, answer.content);
    case 'trace_summary':
      return { ...run, trace: answer.content, isTraceOld: false };
    case 'kernel_info_reply':
    case 'interrupt_reply':
    case 'trace_reply':
      return run;
    default:
      return assertNever(answer);
  }
}

function reply(run: CellRun, content: Extract<KernelAnswer, { msg_type: 'execute_reply' }>['content']): CellRun {
  const trace = run.isTraceOld ? null : run.trace;
  if (content.status !== 'aborted') return { ...run, outcome: content.status, trace, isTraceOld: false };
  const notice: Output = { output_type: 'notice', text: `Not finished: ${content.reason}.` };
  // A cell that was only waiting keeps what it showed; one that was cut off shows what it had written so far.
  const outputs = run.status === 'queued' ? run.outputs : [...run.outputs, notice];
  return {
    ...run,
    outputs,
    outcome: 'aborted',
    trace: run.status === 'queued' ? run.trace : trace,
    isTraceOld: false,
  };
}

function appendStream(outputs: readonly Output[], name: 'stdout' | 'stderr', text: string): readonly Output[] {
  const last = outputs.at(-1);
  if (last?.output_type !== 'stream' || last.name !== name) return [...outputs, { output_type: 'stream', name, text }];
  return [...outputs.slice(0, -1), { ...last, text: last.text + text }];
}
