'use client';

import { type Ref, useId, useImperativeHandle, useRef, useState } from 'react';
import { LineChips, type LineMark, LineMarks } from './line-marks';
import { loadMonaco } from './load-monaco';
import type { CodeEditor } from './monaco';
import { type EditorKeys, MonacoCell, type Selection } from './monaco-cell';
import { PlainEditor } from './plain-editor';
import './code-area.css';

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

/** Where Monaco is no help: small screens, and fingers. */
const PLAIN_ONLY = '(max-width: 40rem), (pointer: coarse)';

export function CodeArea({ code, html, label, marks, onChange, onRun, onLeave, ref }: CodeAreaProps) {
  const [opened, setOpened] = useState<Selection | null>(null);
  const [hasFocus, setHasFocus] = useState(false);
  const textarea = useRef<HTMLTextAreaElement>(null);
  const editor = useRef<CodeEditor | null>(null);
  const hintId = useId();

  useImperativeHandle(ref, () => ({
    focus: () => (editor.current ?? textarea.current)?.focus(),
  }));

  const open = () => {
    if (matchMedia(PLAIN_ONLY).matches) return;
    void loadMonaco().then(
      () => {
        // Only if the learner is still there: an editor that opens must not pull the focus back.
        const element = textarea.current;
        if (!element || document.activeElement !== element) return;
        setOpened({ start: element.selectionStart, end: element.selectionEnd });
      },
      () => undefined,
    );
  };

  const lineCount = code.split('\n').length;
  const keys = { onRun, onLeave };

  return (
    <div className="code-area relative" data-focused={hasFocus || undefined}>
      <LineMarks marks={marks} />
      <div className="relative flex py-3">
        <div aria-hidden="true" className="w-11 shrink-0 pr-3 text-right text-ink-faint tabular-nums select-none">
          {Array.from({ length: lineCount }, (_, line) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other identity than its number
            <div key={line}>{line + 1}</div>
          ))}
        </div>
        <div className="min-w-0 flex-1 pl-1">
          {opened ? (
            <MonacoCell
              code={code}
              label={label}
              selection={opened}
              onChange={onChange}
              onFocusChange={setHasFocus}
              onReady={(created) => {
                editor.current = created;
              }}
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
              onFocusChange={setHasFocus}
              onEntered={open}
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
