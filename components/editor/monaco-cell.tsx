'use client';

import { useEffect, useRef } from 'react';
import { loadMonaco, monacoIfLoaded } from './load-monaco';
import type { CodeEditor } from './monaco';

export interface Selection {
  readonly start: number;
  readonly end: number;
}

export interface EditorKeys {
  /** Shift+Enter advances, Ctrl/Cmd+Enter stays. */
  onRun(advance: boolean): void;
  onLeave(): void;
}

interface MonacoCellProps extends EditorKeys {
  code: string;
  label: string;
  /** Where the caret was in the plain editor that this one replaces. */
  selection: Selection;
  onChange(code: string): void;
  onFocusChange(hasFocus: boolean): void;
  onReady(editor: CodeEditor): void;
}

/** Mounted only once Monaco is loaded, over text of the same font, size and position. */
export function MonacoCell(props: MonacoCellProps) {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<CodeEditor | null>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    let disposed = false;
    const mount = (module: NonNullable<ReturnType<typeof monacoIfLoaded>>) => {
      const element = host.current;
      if (disposed || !element) return;
      const { code, label, selection } = latest.current;
      const style = getComputedStyle(element);
      const font = {
        family: style.fontFamily,
        size: Number.parseFloat(style.fontSize),
        lineHeight: Number.parseFloat(style.lineHeight),
      };
      const created = module.createEditor(element, { code, label, font });
      editor.current = created;
      const grow = () => {
        element.style.height = `${created.getContentHeight()}px`;
        created.layout();
      };
      created.onDidContentSizeChange(grow);
      grow();
      created.onDidChangeModelContent(() => latest.current.onChange(created.getValue()));
      created.onDidFocusEditorWidget(() => latest.current.onFocusChange(true));
      created.onDidBlurEditorWidget(() => latest.current.onFocusChange(false));
      created.onKeyDown((event) => {
        const isRun = event.keyCode === module.KeyCode.Enter && (event.shiftKey || event.ctrlKey || event.metaKey);
        const isLeave = event.keyCode === module.KeyCode.Escape && (created.getSelections()?.length ?? 0) <= 1;
        if (!isRun && !isLeave) return;
        event.preventDefault();
        event.stopPropagation();
        if (isRun) latest.current.onRun(event.shiftKey);
        else latest.current.onLeave();
      });
      const model = created.getModel();
      if (model) {
        const from = model.getPositionAt(selection.start);
        const to = model.getPositionAt(selection.end);
        created.setSelection({
          startLineNumber: from.lineNumber,
          startColumn: from.column,
          endLineNumber: to.lineNumber,
          endColumn: to.column,
        });
      }
      created.focus();
      latest.current.onReady(created);
    };
    const here = monacoIfLoaded();
    if (here) mount(here);
    else void loadMonaco().then(mount);
    return () => {
      disposed = true;
      editor.current?.dispose();
      editor.current = null;
    };
  }, []);

  // A text from outside (Reset) goes in as an edit, so that the editor's own undo takes it back.
  useEffect(() => {
    const model = editor.current?.getModel();
    if (!model || model.getValue() === props.code) return;
    editor.current?.pushUndoStop();
    editor.current?.executeEdits('reset', [{ range: model.getFullModelRange(), text: props.code }]);
    editor.current?.pushUndoStop();
  }, [props.code]);

  return <div ref={host} className="w-full" />;
}
