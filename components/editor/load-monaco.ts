/** The one way to Monaco: a chunk of its own, fetched once, when the page is idle or a cell is entered. */
type MonacoModule = typeof import('./monaco');

let loading: Promise<MonacoModule> | null = null;
let loaded: MonacoModule | null = null;

export function loadMonaco(): Promise<MonacoModule> {
  loading ??= import('./monaco').then(
    (module) => {
      loaded = module;
      return module;
    },
    (error: unknown) => {
      // Offline, or a new version was published meanwhile: the plain editor goes on working, and the next try is free.
      loading = null;
      throw error;
    },
  );
  return loading;
}

/** The module if it is here already, so that a cell can open without waiting. */
export function monacoIfLoaded(): MonacoModule | null {
  return loaded;
}

/** Fetches it in a quiet moment; returns the way to call that off. */
export function preloadMonaco(): () => void {
  const load = () => void loadMonaco().catch(() => undefined);
  if (typeof requestIdleCallback === 'function') {
    const handle = requestIdleCallback(load, { timeout: 4_000 });
    return () => cancelIdleCallback(handle);
  }
  const timer = setTimeout(load, 1_500);
  return () => clearTimeout(timer);
}
