/**
 * Light or dark: the system's choice until the reader makes one, which this browser then remembers. The root's
 * `data-theme` is the one source of truth for the page; widgets and the editor read it through `readTheme`.
 */
export type Theme = 'light' | 'dark';

const key = 'heapbook-theme';

/** Runs in the page's head, before the first paint. */
export const themeScript = `(function(){try{var t=localStorage.getItem('${key}');if(t==='light'||t==='dark')document.documentElement.dataset.theme=t}catch(e){}})()`;

const systemIsDark = () => window.matchMedia('(prefers-color-scheme: dark)');

export function readTheme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return systemIsDark().matches ? 'dark' : 'light';
}

export function chooseTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(key, theme);
  } catch {
    // A browser that keeps nothing still shows the choice on this page.
  }
}

/** Calls back when the theme in force may have changed, for whichever reason; returns the way to stop. */
export function subscribeToTheme(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  const media = systemIsDark();
  media.addEventListener('change', onChange);
  return () => {
    observer.disconnect();
    media.removeEventListener('change', onChange);
  };
}
