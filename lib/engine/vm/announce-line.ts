/** Line events (Python/instrumentation.c, in spirit): a line of Python code is about to run, for those who watch. */
import { Op } from '../compiler/opcodes';
import type { CodeRuntime } from '../objects/code';
import { FLAG_BITS, F_CODE, F_FLAGS, F_SP } from '../objects/interpreter-frame';
import { MarkCode } from '../trace/events';
import type { Interpreter } from './interpreter';
import { traceInstruction } from './legacy-tracing';

/**
 * Called before each instruction while somebody watches; speaks once for each run of a line.
 * @returns false with an exception: a trace function of the program has raised
 */
export function announceLine(ip: Interpreter, f: number, code: CodeRuntime, pc: number, sp: number): boolean {
  const ok = ip.traceFunction === 0 && ip.profileFunction === 0 ? true : traceInstruction(ip, f, code, pc, sp);
  speak(ip, f, code, pc, sp);
  if (ip.steps !== null) ip.steps.instruction(f, code, pc, sp);
  return ok;
}

function speak(ip: Interpreter, f: number, code: CodeRuntime, pc: number, sp: number): void {
  const line = code.unit.positions[pc * 4]!;
  if (line > 0 && code.ops[pc] !== Op.RESUME) speakLine(ip, f, line, sp);
}

/** An instruction of that line is about to run. */
export function speakLine(ip: Interpreter, f: number, line: number, sp: number): void {
  const { mem } = ip;
  const flags = mem[f + F_FLAGS]!;
  if (flags >> FLAG_BITS === line) {
    if (ip.announcedFrame === f || ip.onResume === null) return;
    ip.announcedFrame = f;
    mem[f + F_SP] = sp;
    ip.onResume(f, line);
    return;
  }
  ip.announcedFrame = f;
  mem[f + F_FLAGS] = (flags & ((1 << FLAG_BITS) - 1)) | (line << FLAG_BITS);
  mem[f + F_SP] = sp;
  if (ip.heap.log !== null) ip.heap.log.mark(MarkCode.Line, mem[f + F_CODE]!, line);
  if (ip.onLine !== null) ip.onLine(f, line);
}
