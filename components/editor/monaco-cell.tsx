'use client';

import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import type { TextSpan } from './code-marks';
import { monacoIfLoaded } from './load-monaco';
import type { CodeDecorations, CodeEditor, CodeModel } from './monaco';
import { unitColumn } from './text-places';
import type { Pointed } from './use-name-popover';

export interface Selection {
  readonly start: number;
  readonly end: number;
}

export interface EditorKeys {
  /** Shift+Enter advances, Ctrl/Cmd+Enter stays. */
  onRun(advance: boolean): void;
  onLeave(): void;
  onToggleStop(line: number): void;
  /** A place is pointed at, or the caret came to it by a key; null: no more. */
  onPoint(place: Pointed | null): void;
}

interface MonacoCellProps extends EditorKeys {
  code: string;
  label: string;
  /** The token that is marked. */
  token: TextSpan | null;
  /** Where the caret was in the plain editor that this one replaces. */
  selection: Selection;
  /** The cell's text and its undo history, made here the first time. */
  model: RefObject<CodeModel | null>;
  editor: RefObject<CodeEditor | null>;
  onChange(code: string): void;
  /** The focus went elsewhere on this page. */
  onLeft(): void;
}

/** Monaco over the place of the plain editor: text of the same font, size and position. It must be loaded already. */
export function MonacoCell(props: MonacoCellProps) {
  const host = useRef<HTMLDivElement>(null);
  const decorations = useRef<CodeDecorations | null>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  // In the same commit that takes the plain editor away: no key may fall into a gap without a focus.
  useLayoutEffect(() => {
    const monaco = monacoIfLoaded();
    const element = host.current;
    if (!monaco || !element) return;
    const { code, label, selection, model: kept, editor: current } = latest.current;
    kept.current ??= monaco.createModel(code);
    const model = kept.current;
    replaceText(model, code);

    const style = getComputedStyle(element);
    const editor = monaco.createEditor(element, {
      model,
      label,
      font: {
        family: style.fontFamily,
        size: Number.parseFloat(style.fontSize),
        lineHeight: Number.parseFloat(style.lineHeight),
      },
    });
    current.current = editor;
    const grow = () => {
      element.style.height = `${editor.getContentHeight()}px`;
      editor.layout();
    };
    editor.onDidContentSizeChange(grow);
    grow();
    editor.onDidChangeModelContent(() => latest.current.onChange(model.getValue()));
    editor.onDidBlurEditorWidget(() => {
      latest.current.onPoint(null);
      // Another window may have come to the front: then the learner is still in this cell.
      if (document.hasFocus()) latest.current.onLeft();
    });
    decorations.current = editor.createDecorationsCollection();
    const point = (position: { lineNumber: number; column: number } | null, by: Pointed['by']) => {
      const scrollLeft = editor.getScrollLeft();
      const place = position && { line: position.lineNumber, column: position.column - 1, scrollLeft, by };
      latest.current.onPoint(place);
    };
    editor.onMouseMove(({ target }) => {
      const isText = target.type === monaco.MouseTargetType.CONTENT_TEXT;
      point(isText ? target.position : null, 'pointer');
    });
    editor.onMouseLeave(() => point(null, 'pointer'));
    editor.onDidChangeCursorPosition(({ position, source, reason }) => {
      const isMoved = source === 'keyboard' && reason === monaco.CursorChangeReason.Explicit;
      point(isMoved ? position : null, 'caret');
    });
    editor.onKeyDown((event) => {
      if (event.keyCode === monaco.KeyCode.F9) {
        event.preventDefault();
        latest.current.onToggleStop(editor.getPosition()?.lineNumber ?? 1);
        return;
      }
      const isRun = event.keyCode === monaco.KeyCode.Enter && (event.shiftKey || event.ctrlKey || event.metaKey);
      const isLeave = event.keyCode === monaco.KeyCode.Escape && (editor.getSelections()?.length ?? 0) <= 1;
      if (!isRun && !isLeave) return;
      event.preventDefault();
      event.stopPropagation();
      if (isRun) latest.current.onRun(event.shiftKey);
      else latest.current.onLeave();
    });
    // Lines that arrive in one piece (dictation, a text expander) are not typing: no indent is added to theirs.
    const onBeforeInput = (event: InputEvent) => {
      if (event.inputType !== 'insertText' || !event.data || !/\n./.test(event.data)) return;
      event.preventDefault();
      event.stopPropagation();
      editor.trigger('input', 'paste', { text: event.data, pasteOnNewLine: false });
    };
    element.addEventListener('beforeinput', onBeforeInput, true);
    const from = model.getPositionAt(selection.start);
    const to = model.getPositionAt(selection.end);
    editor.setSelection({
      startLineNumber: from.lineNumber,
      startColumn: from.column,
      endLineNumber: to.lineNumber,
      endColumn: to.column,
    });
    editor.focus();
    return () => {
      current.current = null;
      decorations.current = null;
      element.removeEventListener('beforeinput', onBeforeInput, true);
      editor.dispose();
    };
  }, []);

  useEffect(() => {
    const { current } = props.model;
    if (current) replaceText(current, props.code);
  }, [props.model, props.code]);

  const { token, code } = props;
  useEffect(() => {
    decorations.current?.set(
      token ? [{ range: rangeOf(code, token), options: { inlineClassName: 'code-token' } }] : [],
    );
  }, [token, code]);

  return <div ref={host} className="w-full" />;
}

/** A text from outside (Reset) goes in as an edit, so that the editor's own undo takes it back. */
function replaceText(model: CodeModel, code: string) {
  if (model.getValue() === code) return;
  model.pushStackElement();
  model.pushEditOperations([], [{ range: model.getFullModelRange(), text: code }], () => null);
  model.pushStackElement();
}

function rangeOf(code: string, span: TextSpan) {
  const column = (line: number, characters: number) => unitColumn(code.split('\n')[line - 1] ?? '', characters) + 1;
  return {
    startLineNumber: span.line,
    startColumn: column(span.line, span.column),
    endLineNumber: span.endLine,
    endColumn: column(span.endLine, span.endColumn),
  };
}
