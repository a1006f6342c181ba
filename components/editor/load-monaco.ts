/** The one way to Monaco: a chunk of its own, fetched once, when the page is idle or a cell is pointed at or entered. */
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

/** Where Monaco is no help: small screens, fingers, and a reader's own colours, in which it does not colour code. */
export const isPlainOnly = () => matchMedia('(max-width: 40rem), (pointer: coarse), (forced-colors: active)').matches;

/** The plain editor bridges the time, so Monaco's half megabyte waits until the page has been read for a while. */
const PATIENCE_MS = 5_000;

/** Fetches it in a quiet moment; returns the way to call that off. */
export function preloadMonaco(): () => void {
  if (isPlainOnly()) return () => undefined;
  let handle: number | null = null;
  const timer = setTimeout(() => {
    if (typeof requestIdleCallback === 'function') handle = requestIdleCallback(hint, { timeout: 4_000 });
    else hint();
  }, PATIENCE_MS);
  return () => {
    clearTimeout(timer);
    if (handle !== null) cancelIdleCallback(handle);
  };
}

/** Fetches it because it may be wanted soon; a failure is found out again when it is. */
function hint() {
  void loadMonaco().catch(() => undefined);
}
