/** The engine's only door. */
import { Session, type SessionOptions } from './session';

export { bootInterpreter, type BootedInterpreter, type BootOptions } from './boot';
export { LimitReached } from './heap/engine-error';
export { auditHeap } from './debug/audit';
export { HeapFull } from './heap/heap';
export { runProgram, setArguments, type ProgramOptions, type ProgramResult } from './run-program';
export { finalize } from './modules/finalize';
export { runMain, runModuleAsMain } from './modules/run-main';
export { Session, type ExecuteOptions, type ExecutionResult, type SessionOptions } from './session';
export type { NativeModule } from './modules/define';
export type { CodeCache, Host, Library } from './vm/host';
export { UNICODE_DATA } from './vm/host';
export { FileError, type FileStatus, type FileSystem } from './vm/files';
export { precompile } from './precompile';
export { PROFILES, type Profile, type ProfileFacts } from './version';
export type * from './snapshot/snapshot';
export type * from './snapshot/trace-types';

/** An interpreter for a notebook: cells in, output and the past out. */
export function createInterpreter(options: SessionOptions): Session {
  return new Session(options);
}
