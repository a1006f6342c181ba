'use client';

import { type ReactNode, useRef, useState } from 'react';

interface PictureProps {
  /** What it is a picture of; names the figure, and the file when it is saved. */
  name: string;
  /** The text twin: all that the picture says, in words. */
  text(): string;
  /** Before it is saved: what of it is out of sight is drawn too, until the answer is called. */
  prepare?(): () => void;
  children: ReactNode;
}

/** A figure that can be saved as SVG and PNG and copied as text. */
export function Picture({ name, text, prepare, children }: PictureProps) {
  const body = useRef<HTMLDivElement>(null);
  const [said, say] = useState('');
  const save = async (format: 'svg' | 'png') => {
    const element = body.current;
    if (!element) return;
    let restore: (() => void) | undefined;
    try {
      const { savePicture } = await import('./save-picture');
      restore = prepare?.();
      await savePicture(element, name, format);
      say(`Saved as ${format.toUpperCase()}.`);
    } catch (error) {
      say(`It could not be saved: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      restore?.();
    }
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
      say('Copied.');
    } catch {
      say('The browser does not let the page copy.');
    }
  };
  return (
    <figure aria-label={name} className="m-0 min-w-0">
      <div ref={body}>{children}</div>
      <div className="mt-2 flex flex-wrap items-center justify-end gap-x-4 gap-y-1 text-xs text-ink-faint print:hidden">
        <span role="status">{said}</span>
        <PictureButton onClick={() => void copy()}>Copy as text</PictureButton>
        <span>
          Save as{' '}
          <PictureButton onClick={() => void save('svg')} label="Save as SVG">
            SVG
          </PictureButton>
          <PictureButton onClick={() => void save('png')} label="Save as PNG">
            PNG
          </PictureButton>
        </span>
      </div>
    </figure>
  );
}

interface PictureButtonProps {
  onClick(): void;
  /** Where the text is only the end of it. */
  label?: string;
  children: ReactNode;
}

function PictureButton({ onClick, label, children }: PictureButtonProps) {
  return (
    <button
      type="button"
      onClick={onClick}
      aria-label={label}
      className="-mr-1 rounded px-1 py-0.5 text-ink-soft underline-offset-2 hover:text-ink hover:underline"
    >
      {children}
    </button>
  );
}
