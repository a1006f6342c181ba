'use client';

import { type KeyboardEvent, type RefObject, useRef } from 'react';
import { ColouredCode } from './coloured-code';
import type { EditorKeys } from './monaco-cell';

interface PlainEditorProps extends EditorKeys {
  code: string;
  /** The code as coloured at build time, while it is still the author's. */
  html: string | null;
  label: string;
  describedBy: string;
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
  const { code, html, label, describedBy, textarea, onChange, onEntered } = props;
  const isPointerDown = useRef(false);

  return (
    <div className="overflow-x-auto [scrollbar-width:thin]">
      <div className="relative min-w-max">
        <pre aria-hidden="true" className="pr-4">
          <ColouredCode code={code} html={html} />
        </pre>
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

function handleKey(event: KeyboardEvent<HTMLTextAreaElement>, { onRun, onLeave }: EditorKeys) {
  if (event.nativeEvent.isComposing) return;
  if (event.key === 'Escape') {
    event.preventDefault();
    onLeave();
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
