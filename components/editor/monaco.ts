/**
 * Monaco, cut down to what a cell of a lesson needs, with our Python and our colours. Reached only through
 * load-monaco.ts: nothing on a page may wait for it.
 */
import * as monaco from 'monaco-editor/editor';
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/caretOperations/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/cursorUndo/register';
import 'monaco-editor/features/iPadShowKeyboard/register';
import 'monaco-editor/features/indentation/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/multicursor/register';
import 'monaco-editor/features/toggleTabFocusMode/register';
import 'monaco-editor/features/wordOperations/register';
import { subscribeToTheme } from '../site/theme';
import { registerPython } from './python-language';
import { THEME, applyTheme } from './monaco-theme';

self.MonacoEnvironment = {
  getWorker: () => new Worker(new URL('./editor.worker.ts', import.meta.url), { type: 'module' }),
};

registerPython(monaco);
applyTheme(monaco);
subscribeToTheme(() => applyTheme(monaco));

export type CodeEditor = monaco.editor.IStandaloneCodeEditor;
export type CodeModel = monaco.editor.ITextModel;
export type CodeDecorations = monaco.editor.IEditorDecorationsCollection;

/** A cell's text with its undo history; outlives the editors that show it. */
export const createModel = (code: string): CodeModel => monaco.editor.createModel(code, 'python');

export interface CreateOptions {
  readonly model: CodeModel;
  readonly label: string;
  readonly font: { readonly family: string; readonly size: number; readonly lineHeight: number };
}

export function createEditor(host: HTMLElement, { model, label, font }: CreateOptions): CodeEditor {
  return monaco.editor.create(host, {
    model,
    theme: THEME,
    ariaLabel: label,
    // A text area is what dictation, text expanders and screen readers know how to write into.
    editContext: false,
    fontFamily: font.family,
    fontSize: font.size,
    lineHeight: font.lineHeight,
    fontLigatures: false,
    // The line numbers and marks are the cell's own, the same before and after Monaco arrives.
    lineNumbers: 'off',
    glyphMargin: false,
    folding: false,
    lineDecorationsWidth: 0,
    lineNumbersMinChars: 0,
    renderLineHighlight: 'none',
    minimap: { enabled: false },
    overviewRulerLanes: 0,
    overviewRulerBorder: false,
    hideCursorInOverviewRuler: true,
    guides: { indentation: false, bracketPairs: false },
    bracketPairColorization: { enabled: false },
    occurrencesHighlight: 'off',
    selectionHighlight: false,
    renderWhitespace: 'none',
    renderControlCharacters: false,
    unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false },
    quickSuggestions: false,
    wordBasedSuggestions: 'off',
    parameterHints: { enabled: false },
    hover: { enabled: 'off' },
    links: false,
    contextmenu: false,
    tabSize: 4,
    insertSpaces: true,
    detectIndentation: false,
    wordWrap: 'off',
    scrollBeyondLastLine: false,
    scrollBeyondLastColumn: 2,
    // The page scrolls, the cell grows; only a long line scrolls inside the cell.
    scrollbar: {
      vertical: 'hidden',
      horizontalScrollbarSize: 8,
      alwaysConsumeMouseWheel: false,
      ignoreHorizontalScrollbarInContentHeight: true,
    },
    padding: { top: 0, bottom: 0 },
    automaticLayout: true,
    fixedOverflowWidgets: true,
  });
}

export const { KeyCode } = monaco;
export const { MouseTargetType, CursorChangeReason } = monaco.editor;
