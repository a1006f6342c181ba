/** A broken invariant of the engine itself. No Python `except` can catch it; it stops the kernel and is reported. */
export class EngineError extends Error {
  override name = 'EngineError';
}

/** A program has used up something that its host had set a limit to. No Python `except` can catch it. */
export class LimitReached extends Error {
  override name = 'LimitReached';
  constructor(
    readonly limit: 'instructions' | 'memory' | 'output',
    message: string,
  ) {
    super(message);
  }
}

export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new EngineError(message);
}
