// CPU clocks of one thread. Wall time on a shared machine measures the neighbours; these do not.
import { existsSync, readFileSync } from 'node:fs';

const schedstat = `/proc/self/task/${process.pid}/schedstat`;
const nap = new Int32Array(new SharedArrayBuffer(4));

/** Node's main thread in ms where the system tells (Linux), else the whole process. */
export function nodeCpu() {
  // The system brings its figure for a running thread up to date when the thread is put to sleep.
  Atomics.wait(nap, 0, 0, 0.05);
  if (existsSync(schedstat)) return Number(readFileSync(schedstat, 'utf8').split(' ')[0]) / 1e6;
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e3;
}

/**
 * The same for a page, through DevTools: `thread` is the page's main thread, `process` its whole renderer with workers.
 *
 * @param {import('@playwright/test').Page} page
 */
export async function pageClock(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    const of = (name) => (metrics.find((metric) => metric.name === name)?.value ?? Number.NaN) * 1e3;
    return { thread: of('ThreadTime'), process: of('ProcessTime') };
  };
}
