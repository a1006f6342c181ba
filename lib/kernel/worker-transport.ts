/** A kernel in a Web Worker. */
import type { Spawn } from './transport';

export const spawnWorker: Spawn = (events) => {
  const options = { type: 'module', name: 'heapbook-kernel' } as const;
  // The site's is built beside it, in one scope (scripts/build-kernel.mjs); `next dev` bundles its own.
  const worker = process.env.HEAPBOOK_KERNEL
    ? new Worker(process.env.HEAPBOOK_KERNEL, options)
    : new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'heapbook-kernel' });
  worker.onmessage = (event: MessageEvent<unknown>) => events.onMessage(event.data);
  worker.onerror = (event) => {
    event.preventDefault();
    events.onFailure(event.message || 'the kernel could not be loaded');
  };
  worker.onmessageerror = () => events.onFailure('a message could not be read');
  return {
    post: (message) => worker.postMessage(message),
    terminate: () => {
      worker.onmessage = null;
      worker.onerror = null;
      worker.terminate();
    },
  };
};
