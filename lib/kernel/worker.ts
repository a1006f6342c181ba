/** The worker's entry: messages in, messages out, nothing else. */
import { createInterpreter } from '../engine/index';
import { Kernel } from './kernel';
import { createYield } from './yield';

const kernel = new Kernel({
  createInterpreter,
  loadLibrary: async (profile) => (await import('./site-library')).loadLibrary(profile),
  send: (answer) => self.postMessage(answer),
  yield: createYield(),
  now: () => performance.now(),
});

self.addEventListener('message', (event: MessageEvent<unknown>) => kernel.receive(event.data));
