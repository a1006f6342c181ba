/**
 * What the kernel asks of an engine: the part of lib/engine/index.ts it uses, written down as a port so that tests
 * can drive the kernel with an engine of a few lines.
 */
import type {
  ExecuteOptions,
  ExecutionResult,
  Library,
  NativeModule,
  Profile,
  RunSummary,
  TraceAnswers,
  TraceQuestion,
} from '../engine/index';

export type {
  AllocatorReading,
  BiographyReading,
  BytecodeReading,
  CensusReading,
  CollectionHoldersReading,
  CollectionReading,
  CollectorReading,
  DifferenceReading,
  EventsReading,
  GraphReading,
  LifetimesReading,
  LinesReading,
  Moment,
  MomentReading,
  RunSummary,
  Span,
  StepsReading,
  TraceAnswers,
  TraceQuestion,
  TraceWhat,
  WhyAliveReading,
  Counted,
  ExecuteOptions,
  ExecutionResult,
  MemoryState,
  Profile,
} from '../engine/index';

/** What cells import beyond the engine's core. */
export interface LoadedLibrary {
  readonly modules: readonly NativeModule[];
  readonly library: Library | null;
}

export interface Interpreter {
  /** Makes the standard library importable. */
  addLibrary?(loaded: LoadedLibrary): void;
  /** Starts a cell; then `step` is called until it returns 'done'. */
  begin(source: string, options: ExecuteOptions): void;
  /** Runs for about `budget` calls and jumps back. */
  step(budget: number): 'running' | 'done';
  /** Raises KeyboardInterrupt at the engine's next check. */
  interrupt(): void;
  /** How the cell ended. */
  result(): ExecutionResult;
  /** In a few numbers, the run of the cell that just ended; null if it was not traced. */
  traced?(): RunSummary | null;
  /** Fetches what `ask` needs. */
  prepareToAsk?(): Promise<void>;
  /** Looks into the recorded past; null: it is not there, or not any more. Not while a cell runs, nor unprepared. */
  ask?<Q extends TraceQuestion>(question: Q): TraceAnswers[Q['what']] | null;
}

export type CreateInterpreter = (options: { profile: Profile }) => Interpreter;
