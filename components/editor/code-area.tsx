'use client';

import { type Ref, useEffect, useId, useImperativeHandle, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import './code-area.css';
import { LineChips, type LineMark, LineMarks } from './line-marks';
import { isPlainOnly, loadMonaco } from './load-monaco';
import type { CodeEditor, CodeModel } from './monaco';
import { type EditorKeys, MonacoCell, type Selection } from './monaco-cell';
import { PlainEditor } from './plain-editor';

export interface CodeAreaHandle {
  focus(): void;
}

interface CodeAreaProps extends EditorKeys {
  code: string;
  html: string | null;
  label: string;
  marks: readonly LineMark[];
  onChange(code: string): void;
  ref?: Ref<CodeAreaHandle>;
}

/**
 * A cell's code. Monaco stands in while the learner is in the cell, the plain editor before and after: a page of many
 * cells has one Monaco at most, and undo reaches back over every visit because the model stays.
 */
export function CodeArea({ code, html, label, marks, onChange, onRun, onLeave, ref }: CodeAreaProps) {
  const [entered, setEntered] = useState<Selection | null>(null);
  const textarea = useRef<HTMLTextAreaElement>(null);
  const editor = useRef<CodeEditor | null>(null);
  const model = useRef<CodeModel | null>(null);
  const hintId = useId();

  useImperativeHandle(ref, () => ({
    focus: () => (editor.current ?? textarea.current)?.focus(),
  }));

  useEffect(
    () => () => {
      model.current?.dispose();
      model.current = null;
    },
    [],
  );

  const enter = () => {
    if (isPlainOnly()) return;
    void loadMonaco().then(
      () => {
        // Only if the learner is still there: an editor that opens must not pull the focus back.
        const element = textarea.current;
        if (!element || document.activeElement !== element) return;
        const selection = { start: element.selectionStart, end: element.selectionEnd };
        // At once: in between, a key could move the focus on, and Monaco would pull it back.
        flushSync(() => setEntered(selection));
      },
      () => undefined,
    );
  };

  const keys = { onRun, onLeave };
  return (
    <div
      className="code-area relative"
      onPointerEnter={() => isPlainOnly() || void loadMonaco().catch(() => undefined)}
    >
      <LineMarks marks={marks} />
      <div className="relative flex py-3">
        <div aria-hidden="true" className="w-11 shrink-0 pr-3 text-right text-ink-faint tabular-nums select-none">
          {code.split('\n').map((_, line) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other identity than its number
            <div key={line}>{line + 1}</div>
          ))}
        </div>
        <div className="min-w-0 flex-1 pl-1">
          {entered ? (
            <MonacoCell
              code={code}
              label={label}
              selection={entered}
              model={model}
              editor={editor}
              onChange={onChange}
              onLeft={() => setEntered(null)}
              {...keys}
            />
          ) : (
            <PlainEditor
              code={code}
              html={html}
              label={label}
              describedBy={hintId}
              textarea={textarea}
              onChange={onChange}
              onEntered={enter}
              {...keys}
            />
          )}
        </div>
      </div>
      <LineChips marks={marks} />
      <p id={hintId} className="sr-only">
        Shift and Enter runs the cell. Escape leaves the editor.
      </p>
    </div>
  );
}
