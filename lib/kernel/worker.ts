/** The worker's entry: messages in, messages out, nothing else. */
import { createInterpreter } from '../engine/index';
import { Kernel } from './kernel';
import { createYield } from './yield';

/**
 * Calls and items of one loop inside native code (`max(itertools.count())`), which cannot pause: some seconds. Past it the
 * cell ends in a named limit; nothing else could stop it but the end of this worker.
 */
const NESTED_BUDGET = 100_000_000;

const kernel = new Kernel({
  createInterpreter: (options) => createInterpreter({ ...options, nestedBudget: NESTED_BUDGET }),
  loadLibrary: async (profile) => (await import('./site-library')).loadLibrary(profile),
  send: (answer) => self.postMessage(answer),
  yield: createYield(),
  now: () => performance.now(),
});

self.addEventListener('message', (event: MessageEvent<unknown>) => kernel.receive(event.data));
