/** The page's end of the layout worker. A layout that takes too long is given up, and a simpler one taken. */
import { simpleLayout } from './columns';
import type { LayoutInput, Place, Places } from './layout-input';

const PATIENCE = 4_000;

let worker: Worker | null = null;
let requests = 0;
let cancelOpen: (() => void) | null = null;

function start(): Worker {
  return new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module', name: 'heapbook-layout' });
}

function stop(): void {
  worker?.terminate();
  worker = null;
}

/** Asking again cancels what is under way: its answer is then null. */
export function layOut(input: LayoutInput): Promise<Places | null> {
  cancelOpen?.();
  return new Promise((resolve) => {
    const id = ++requests;
    const settle = (places: Places | null) => {
      clearTimeout(timer);
      cancelOpen = null;
      resolve(places);
    };
    const giveUp = () => {
      stop();
      settle(simpleLayout(input));
    };
    const timer = setTimeout(giveUp, PATIENCE);
    cancelOpen = () => {
      // It cannot be interrupted, only ended.
      stop();
      settle(null);
    };
    try {
      worker ??= start();
      worker.onmessage = ({ data }: MessageEvent<{ id: number; places?: [number, Place][] }>) => {
        if (data.id !== id) return;
        settle(data.places ? new Map(data.places) : simpleLayout(input));
      };
      worker.onerror = (event) => {
        event.preventDefault();
        giveUp();
      };
      worker.postMessage({ id, input });
    } catch {
      giveUp();
    }
  });
}
