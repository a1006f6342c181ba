/** Saves a figure as the reader sees it, fonts and colours included: a script of its own, fetched on the first use. */
import { toPng, toSvg } from 'html-to-image';

export async function savePicture(element: HTMLElement, name: string, format: 'svg' | 'png'): Promise<void> {
  const { scrollWidth: width, scrollHeight: height } = element;
  // What scrolls out of sight belongs to the picture too.
  const options = { width, height, skipFonts: true, backgroundColor: surfaceOf(element) };
  const restore = writeSvgStyles(element);
  let url: string;
  try {
    url = format === 'svg' ? await toSvg(element, options) : await toPng(element, { ...options, pixelRatio: 2 });
  } finally {
    restore();
  }
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.${format}`;
  link.click();
}

/** A picture by itself has a ground of its own; on the page it lies on that of its cell. */
function surfaceOf(element: HTMLElement): string {
  const probe = document.createElement('span');
  probe.style.color = 'var(--color-surface)';
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

const WRITTEN = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'opacity',
  'font-family',
  'font-size',
  'font-style',
  'font-weight',
  'text-anchor',
  'text-decoration-line',
  'paint-order',
] as const;

/** The library copies what an SVG consists of without the style sheets: its parts are given their looks meanwhile. */
function writeSvgStyles(element: HTMLElement): () => void {
  const parts = [...element.querySelectorAll<SVGElement>('svg *')];
  const before = parts.map((part) => part.getAttribute('style'));
  // All are read before any is written: a page that is read and written in turns is laid out each time.
  const looks = parts.map((part) => {
    const style = getComputedStyle(part);
    return WRITTEN.map((name) => [name, style.getPropertyValue(name)] as const);
  });
  parts.forEach((part, i) => {
    for (const [name, value] of looks[i]!) part.style.setProperty(name, value);
  });
  return () =>
    parts.forEach((part, i) => {
      const style = before[i] ?? null;
      if (style === null) part.removeAttribute('style');
      else part.setAttribute('style', style);
    });
}
