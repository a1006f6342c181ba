/**
 * What the kernel asks of an engine: the part of lib/engine/index.ts it uses, written down as a port so that tests
 * can drive the kernel with an engine of a few lines.
 */
import type { MemoryReport, Profile } from '../engine/snapshot/snapshot';

export type { CollectorState, Counted, MemoryReport, MemoryState, Profile } from '../engine/snapshot/snapshot';

export interface ExecuteOptions {
  readonly filename: string;
  readonly cellId: string;
  readonly trace: boolean;
  onStream(name: 'stdout' | 'stderr', text: string): void;
}

export type ExecutionResult =
  | { readonly status: 'ok'; readonly text_plain: string | null }
  | { readonly status: 'error'; readonly ename: string; readonly evalue: string; readonly traceback: string }
  | { readonly status: 'engine_error'; readonly message: string }
  | { readonly status: 'limit'; readonly limit: string; readonly message: string };

export interface Interpreter {
  /** Starts a cell; then `step` is called until it returns 'done'. */
  begin(source: string, options: ExecuteOptions): void;
  /** Runs at most `budget` instructions. */
  step(budget: number): 'running' | 'done';
  /** Raises KeyboardInterrupt at the engine's next check. */
  interrupt(): void;
  /** How the cell ended. */
  result(): ExecutionResult;
  /** The memory of the cell that just ended. */
  memory(): MemoryReport;
}

export type CreateInterpreter = (options: { profile: Profile }) => Interpreter;
