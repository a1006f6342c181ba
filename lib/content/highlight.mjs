/**
 * Python as coloured HTML, made once at build time. Colours are CSS variables (`--shiki-token-…`, see
 * app/globals.css), so one text serves the light and the dark page.
 */
import { createCssVariablesTheme, createHighlighterCore } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import python from 'shiki/langs/python.mjs';

const theme = createCssVariablesTheme({ name: 'heapbook', variablePrefix: '--shiki-', fontStyle: true });

/** @type {Promise<import('shiki/core').HighlighterCore> | undefined} */
let highlighter;

/**
 * @param {string} code
 * @returns {Promise<string>} the lines as `<span class="line">`, without the surrounding `pre` and `code`
 */
export async function highlightPython(code) {
  highlighter ??= createHighlighterCore({ themes: [theme], langs: [python], engine: createJavaScriptRegexEngine() });
  const html = (await highlighter).codeToHtml(code, { lang: 'python', theme: 'heapbook', structure: 'classic' });
  return html.replace(/^<pre[^>]*><code>/, '').replace(/<\/code><\/pre>$/, '');
}
