/** A broken invariant of the engine itself. No Python `except` can catch it; it stops the kernel and is reported. */
export class EngineError extends Error {
  override name = 'EngineError';
}

export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new EngineError(message);
}
