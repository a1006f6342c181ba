/** Monaco's theme from the page's CSS variables, so that there is one place where colours are chosen. */
import type * as Monaco from 'monaco-editor/editor';
import { readTheme } from '../site/theme';
import type { TokenKind } from './python-tokens';

export const THEME = 'heapbook';

/** As in the static text, where `.code-area` gives punctuation the colour of names. */
const VARIABLES: Record<TokenKind, string> = {
  foreground: '--shiki-foreground',
  punctuation: '--shiki-foreground',
  keyword: '--shiki-token-keyword',
  constant: '--shiki-token-constant',
  'string-expression': '--shiki-token-string-expression',
  comment: '--shiki-token-comment',
  function: '--shiki-token-function',
  parameter: '--shiki-token-parameter',
};

/** Monaco would give brackets colours by depth. */
const BRACKETS = [
  ...[1, 2, 3, 4, 5, 6].map((depth) => `editorBracketHighlight.foreground${depth}`),
  'editorBracketHighlight.unexpectedBracket.foreground',
];

export function applyTheme(monaco: typeof Monaco): void {
  const read = colourReader();
  const colour = (variable: string) => `#${read(variable)}`;
  monaco.editor.defineTheme(THEME, {
    base: readTheme() === 'dark' ? 'vs-dark' : 'vs',
    inherit: false,
    rules: Object.entries(VARIABLES).map(([token, variable]) => ({ token, foreground: read(variable) })),
    colors: {
      // Transparent: the cell's own background and line marks lie beneath.
      'editor.background': '#00000000',
      'editor.foreground': colour('--shiki-foreground'),
      'editorCursor.foreground': colour('--color-accent'),
      'editor.selectionBackground': `${colour('--color-accent')}40`,
      'editor.inactiveSelectionBackground': `${colour('--color-accent')}24`,
      'editorBracketMatch.background': `${colour('--color-accent')}1f`,
      'editorBracketMatch.border': `${colour('--color-accent')}66`,
      'scrollbarSlider.background': `${colour('--color-line-strong')}59`,
      'scrollbarSlider.hoverBackground': `${colour('--color-line-strong')}99`,
      'scrollbarSlider.activeBackground': `${colour('--color-line-strong')}cc`,
      ...Object.fromEntries(BRACKETS.map((bracket) => [bracket, colour('--shiki-foreground')])),
      focusBorder: '#00000000',
    },
  });
  monaco.editor.setTheme(THEME);
}

/** Resolves a CSS variable, `light-dark()` included, to six hexadecimal digits. */
function colourReader(): (variable: string) => string {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  return (variable) => {
    const probe = document.createElement('span');
    probe.style.color = `var(${variable})`;
    document.body.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    if (!context) return '808080';
    context.fillStyle = color;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data.subarray(0, 3)]
      .map((part) => part.toString(16).padStart(2, '0'))
      .join('');
  };
}
