'use client';

import { memo, type Ref, useEffect, useId, useImperativeHandle, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import './code-area.css';
import type { AskName, CodeMarks, TextSpan } from './code-marks';
import { Gutter } from './gutter';
import { LineBands, marksText } from './line-bands';
import { LineChips } from './line-chips';
import { isPlainOnly, loadMonaco } from './load-monaco';
import type { CodeEditor, CodeModel } from './monaco';
import { type EditorKeys, MonacoCell, type Selection } from './monaco-cell';
import { NamePopover } from './name-popover';
import { PrintedCode, isTooWideForPaper } from './printed-code';
import { PlainEditor } from './plain-editor';
import { useNamePopover } from './use-name-popover';

export interface CodeAreaHandle {
  focus(): void;
}

interface CodeAreaProps extends Omit<EditorKeys, 'onPoint'> {
  code: string;
  html: string | null;
  label: string;
  marks: CodeMarks;
  stops: ReadonlySet<number>;
  /** Serial of the object that is selected on the page. */
  selected: number | null;
  /** Asks what a name refers to at the moment looked at; null: there is none. */
  askName: AskName | null;
  onSelect(serial: number | null): void;
  onChange(code: string): void;
  ref?: Ref<CodeAreaHandle>;
}

/**
 * A cell's code. Monaco stands in while the learner is in the cell, the plain editor before and after: a page of many
 * cells has one Monaco at most, and undo reaches back over every visit because the model stays.
 */
export const CodeArea = memo(function CodeArea(props: CodeAreaProps) {
  const { code, html, label, marks, stops, selected, askName, ref } = props;
  const { onSelect, onChange, onRun, onLeave, onToggleStop } = props;
  const [entered, setEntered] = useState<Selection | null>(null);
  const [marked, setMarked] = useState<TextSpan | null>(null);
  const textarea = useRef<HTMLTextAreaElement>(null);
  const text = useRef<HTMLDivElement>(null);
  const editor = useRef<CodeEditor | null>(null);
  const model = useRef<CodeModel | null>(null);
  const popover = useNamePopover(code, askName);
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

  // A chip that is pointed at speaks for its token; else the instruction that just ran.
  const token = marked ?? marks.token;
  const isPrintedApart = entered !== null || isTooWideForPaper(code);
  const keys = { onRun, onLeave, onToggleStop, onPoint: popover.point };
  return (
    <div
      className="code-area relative"
      data-printed-apart={isPrintedApart || undefined}
      onPointerEnter={() => isPlainOnly() || void loadMonaco().catch(() => undefined)}
      onPointerLeave={() => popover.point(null)}
    >
      <LineBands marks={marks} />
      <div className="relative flex py-3">
        <Gutter lines={code.split('\n').length} marks={marks} stops={stops} onToggleStop={onToggleStop} />
        <div ref={text} className="min-w-0 flex-1 pl-1">
          {entered ? (
            <MonacoCell
              code={code}
              label={label}
              token={token}
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
              token={token}
              textarea={textarea}
              onChange={onChange}
              onEntered={enter}
              {...keys}
            />
          )}
        </div>
      </div>
      {isPrintedApart && <PrintedCode code={code} ran={marks.ran?.line ?? null} />}
      <LineChips code={code} marks={marks} text={text} selected={selected} onSelect={onSelect} onMark={setMarked} />
      <NamePopover shown={popover.shown} code={code} text={text} onEnter={popover.keep} onLeave={popover.leave} />
      <p id={hintId} className="sr-only">
        {marksText(marks)} Shift and Enter runs the cell. F9 sets a stop at the line. Escape leaves the editor.
      </p>
    </div>
  );
});
