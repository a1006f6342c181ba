/**
 * A yield to the event loop that costs microseconds: a message to oneself. Timers are clamped to 4 ms when nested,
 * which would halve the speed of a sliced run; but now and then one is used, so that hosts that favour messages over
 * other events still get to those.
 */
export function createYield(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  let yields = 0;
  return () =>
    new Promise((resolve) => {
      yields += 1;
      if (yields % 32 === 0) {
        setTimeout(resolve, 0);
      } else {
        waiting.push(resolve);
        port2.postMessage(null);
      }
    });
}
