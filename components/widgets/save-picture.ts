/** Saves a figure as the reader sees it, fonts and colours included: a script of its own, fetched on the first use. */
import { toPng, toSvg } from 'html-to-image';

export async function savePicture(element: HTMLElement, name: string, format: 'svg' | 'png'): Promise<void> {
  const { scrollWidth: width, scrollHeight: height } = element;
  // What scrolls out of sight belongs to the picture too.
  const options = { width, height, skipFonts: true, backgroundColor: getComputedStyle(element).backgroundColor };
  const url = format === 'svg' ? await toSvg(element, options) : await toPng(element, { ...options, pixelRatio: 2 });
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.${format}`;
  link.click();
}
