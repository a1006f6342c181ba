/** The same protocol without a worker, for tests, the command line and grading. */
import type { CreateInterpreter } from './engine-port';
import { Kernel } from './kernel';
import type { Spawn } from './transport';

export function spawnInProcess(createInterpreter: CreateInterpreter): Spawn {
  return (events) => {
    let ended = false;
    const deliver = (message: unknown) => {
      if (!ended) events.onMessage(structuredClone(message));
    };
    const kernel = new Kernel({
      createInterpreter,
      send: (answer) => queueMicrotask(() => deliver(answer)),
      // Once ended, a run never gets its turn back: that is how a worker dies, too.
      yield: () => new Promise((resolve) => setTimeout(() => ended || resolve(), 0)),
      now: () => performance.now(),
    });
    return {
      post: (message) => {
        const copy: unknown = structuredClone(message);
        queueMicrotask(() => {
          if (ended) return;
          try {
            kernel.receive(copy);
          } catch (error) {
            events.onFailure(error instanceof Error ? error.message : String(error));
          }
        });
      },
      terminate: () => {
        ended = true;
      },
    };
  };
}
