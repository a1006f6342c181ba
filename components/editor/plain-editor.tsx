'use client';

import { type KeyboardEvent, type PointerEvent, type RefObject, useRef } from 'react';
import type { TextSpan } from './code-marks';
import { ColouredCode } from './coloured-code';
import type { EditorKeys } from './monaco-cell';
import { columnWidth, placeOf, unitAt } from './text-places';
import { TokenMark } from './token-mark';
import type { Pointed } from './use-name-popover';

interface PlainEditorProps extends EditorKeys {
  code: string;
  /** The code as coloured at build time, while it is still the author's. */
  html: string | null;
  label: string;
  describedBy: string;
  /** The token that is marked. */
  token: TextSpan | null;
  textarea: RefObject<HTMLTextAreaElement | null>;
  onChange(code: string): void;
  /** The learner is in and the caret has settled. */
  onEntered(): void;
}

/**
 * Coloured text with a transparent text area over it. It is the cell as the page first shows it, the editor until
 * Monaco is there, and the only editor on a phone.
 */
export function PlainEditor(props: PlainEditorProps) {
  const { code, html, label, describedBy, token, textarea, onChange, onEntered, onPoint } = props;
  const isPointerDown = useRef(false);
  const text = useRef<HTMLPreElement>(null);
  const atCaret = (element: HTMLTextAreaElement) =>
    onPoint({ ...placeOf(code, element.selectionStart), scrollLeft: scrolled(element), by: 'caret' });

  return (
    <div className="overflow-x-auto [scrollbar-width:thin]">
      <div className="relative isolate min-w-max">
        <pre ref={text} aria-hidden="true" className="pr-4">
          <ColouredCode code={code} html={html} />
        </pre>
        <TokenMark code={code} span={token} text={text} />
        <textarea
          ref={textarea}
          aria-label={label}
          aria-describedby={describedBy}
          value={code}
          wrap="off"
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          autoCorrect="off"
          className="code-input absolute inset-0 block size-full resize-none overflow-hidden pr-4 whitespace-pre"
          onChange={(event) => onChange(event.target.value)}
          onPointerMove={(event) => event.pointerType !== 'touch' && onPoint(pointed(event, code))}
          onPointerLeave={() => onPoint(null)}
          onBlur={() => onPoint(null)}
          onKeyUp={(event) => {
            if (/^(Arrow|Home|End|Page)/.test(event.key)) atCaret(event.currentTarget);
          }}
          onClick={(event) => {
            // By now a tap has put the caret where it was.
            const { nativeEvent, currentTarget } = event;
            if ('pointerType' in nativeEvent && nativeEvent.pointerType === 'touch') atCaret(currentTarget);
          }}
          onPointerDown={() => {
            isPointerDown.current = true;
            // The pointer may be let go outside the text.
            addEventListener(
              'pointerup',
              () => {
                isPointerDown.current = false;
                requestAnimationFrame(() => document.activeElement === textarea.current && onEntered());
              },
              { once: true },
            );
          }}
          onFocus={() => {
            if (!isPointerDown.current) onEntered();
          }}
          onKeyDown={(event) => handleKey(event, props)}
        />
      </div>
    </div>
  );
}

const scrolled = (element: HTMLElement) => element.parentElement?.parentElement?.scrollLeft ?? 0;

function pointed(event: PointerEvent<HTMLTextAreaElement>, code: string): Pointed | null {
  const element = event.currentTarget;
  const { left, top, height } = element.getBoundingClientRect();
  const lines = code.split('\n');
  const line = Math.floor(((event.clientY - top) / height) * lines.length);
  const column = unitAt(lines[line] ?? '', (event.clientX - left) / columnWidth(element));
  return column === null ? null : { line: line + 1, column, scrollLeft: scrolled(element), by: 'pointer' };
}

function handleKey(event: KeyboardEvent<HTMLTextAreaElement>, { onRun, onLeave, onToggleStop }: EditorKeys) {
  if (event.nativeEvent.isComposing) return;
  if (event.key === 'Escape') {
    event.preventDefault();
    onLeave();
  } else if (event.key === 'F9') {
    event.preventDefault();
    onToggleStop(placeOf(event.currentTarget.value, event.currentTarget.selectionStart).line);
  } else if (event.key === 'Enter' && (event.shiftKey || event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    onRun(event.shiftKey);
  } else if (event.key === 'Enter') {
    const { value, selectionStart } = event.currentTarget;
    const line = value.slice(value.lastIndexOf('\n', selectionStart - 1) + 1, selectionStart);
    const indent = /^ */.exec(line)?.[0] ?? '';
    const deeper = /:\s*(?:#.*)?$/.test(line) ? '    ' : '';
    if (indent + deeper === '') return;
    event.preventDefault();
    // Deprecated in the standard, but the one way to insert text that the browser's own undo knows about.
    document.execCommand('insertText', false, `\n${indent}${deeper}`);
  }
}
