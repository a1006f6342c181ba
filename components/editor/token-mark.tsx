'use client';

import { type RefObject, useLayoutEffect, useState } from 'react';
import type { TextSpan } from './code-marks';
import { spanPieces } from './text-places';

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

interface TokenMarkProps {
  code: string;
  span: TextSpan | null;
  /** The coloured text, measured where it stands. */
  text: RefObject<HTMLElement | null>;
}

/** The token that did it, marked in the plain editor; in Monaco it is a decoration of the same look. */
export function TokenMark({ code, span, text }: TokenMarkProps) {
  const [boxes, setBoxes] = useState<readonly Box[]>([]);
  useLayoutEffect(() => {
    const element = text.current;
    if (!span || !element) {
      setBoxes((known) => (known.length === 0 ? known : []));
      return;
    }
    const measure = () =>
      setBoxes(spanPieces(code, span).flatMap(({ start, end }) => boxOf(element, start, end) ?? []));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [code, span, text]);
  return boxes.map((box) => (
    <span
      key={`${box.top} ${box.left}`}
      aria-hidden="true"
      data-token-mark=""
      className="code-token pointer-events-none absolute -z-1"
      style={box}
    />
  ));
}

/** Where a stretch of one line is, from the corner of the element. */
export function boxOf(element: HTMLElement, start: number, end: number): Box | null {
  const range = rangeOf(element, start, end);
  if (!range) return null;
  const { left, top } = element.getBoundingClientRect();
  const place = range.getBoundingClientRect();
  return { left: place.left - left, top: place.top - top, width: place.width, height: place.height };
}

function rangeOf(element: HTMLElement, start: number, end: number): Range | null {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let offset = 0;
  let hasStart = false;
  while (walker.nextNode()) {
    const { currentNode } = walker;
    const length = currentNode.textContent?.length ?? 0;
    if (!hasStart && start < offset + length) {
      range.setStart(currentNode, start - offset);
      hasStart = true;
    }
    if (hasStart && end <= offset + length) {
      range.setEnd(currentNode, end - offset);
      return range;
    }
    offset += length;
  }
  return null;
}
