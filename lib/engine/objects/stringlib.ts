/**
 * Algorithms that str and bytes share (Objects/stringlib/): on JavaScript text, for bytes as one character a byte.
 * Positions are UTF-16 units.
 */

type Test = (code: number) => boolean;

/** ASCII whitespace, for bytes. */
export function isAsciiSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

/** Where bytes' `splitlines` splits. */
export function isAsciiLineBreak(code: number): boolean {
  return code === 10 || code === 13;
}

const PIECE = 1 << 16;

/**
 * A long text in pieces, each made into another: JavaScript's `replace` of a hundred million places ends the process.
 * No piece ends within a surrogate pair.
 */
export function inPieces(text: string, change: (piece: string) => string): string {
  if (text.length <= PIECE) return change(text);
  const out: string[] = [];
  for (let from = 0; from < text.length; ) {
    let to = Math.min(from + PIECE, text.length);
    if ((text.charCodeAt(to - 1) & 0xfc00) === 0xd800) to++;
    out.push(change(text.slice(from, to)));
    from = to;
  }
  return out.join('');
}

/** At whitespace, at most `max` times (negative: always). */
export function splitSpace(text: string, max: number, isSpace: Test): string[] {
  const out: string[] = [];
  const n = text.length;
  let i = 0;
  for (;;) {
    while (i < n && isSpace(text.charCodeAt(i))) i++;
    if (i === n) return out;
    if (max >= 0 && out.length >= max) break;
    const start = i;
    while (i < n && !isSpace(text.charCodeAt(i))) i++;
    out.push(text.slice(start, i));
  }
  out.push(text.slice(i));
  return out;
}

export function rsplitSpace(text: string, max: number, isSpace: Test): string[] {
  const out: string[] = [];
  let i = text.length;
  for (;;) {
    while (i > 0 && isSpace(text.charCodeAt(i - 1))) i--;
    if (i === 0) return out.reverse();
    if (max >= 0 && out.length >= max) break;
    const end = i;
    while (i > 0 && !isSpace(text.charCodeAt(i - 1))) i--;
    out.push(text.slice(i, end));
  }
  out.push(text.slice(0, i));
  return out.reverse();
}

/** At a separator that is not empty. */
export function splitText(text: string, sep: string, max: number): string[] {
  if (max < 0) return text.split(sep);
  const out: string[] = [];
  let i = 0;
  while (out.length < max) {
    const at = findText(text, sep, i);
    if (at < 0) break;
    out.push(text.slice(i, at));
    i = at + sep.length;
  }
  out.push(text.slice(i));
  return out;
}

export function rsplitText(text: string, sep: string, max: number): string[] {
  const out: string[] = [];
  let end = text.length;
  while (max < 0 || out.length < max) {
    const at = end < sep.length ? -1 : text.lastIndexOf(sep, end - sep.length);
    if (at < 0) break;
    out.push(text.slice(at + sep.length, end));
    end = at;
  }
  out.push(text.slice(0, end));
  return out.reverse();
}

/** Lines, without a last empty one; \r\n is one break. */
export function splitLines(text: string, keepEnds: boolean, isBreak: Test): string[] {
  const out: string[] = [];
  const n = text.length;
  for (let i = 0; i < n; ) {
    const start = i;
    while (i < n && !isBreak(text.charCodeAt(i))) i++;
    const end = i;
    if (i < n) i += text.charCodeAt(i) === 13 && text.charCodeAt(i + 1) === 10 ? 2 : 1;
    out.push(text.slice(start, keepEnds ? i : end));
  }
  return out;
}

/** Where JavaScript's own search would try each letter of a long pattern at each letter of a long text. */
const PATIENCE = 1 << 26;

/** `text.indexOf(sub, from)`, in time that grows with the lengths and not with their product (Knuth, Morris, Pratt). */
export function findText(text: string, sub: string, from = 0): number {
  const m = sub.length;
  if (m < 64 || (text.length - from) * m < PATIENCE) return text.indexOf(sub, from);
  const border = new Int32Array(m);
  for (let i = 1, k = 0; i < m; i++) {
    const c = sub.charCodeAt(i);
    while (k > 0 && c !== sub.charCodeAt(k)) k = border[k - 1]!;
    if (c === sub.charCodeAt(k)) k++;
    border[i] = k;
  }
  for (let i = from, k = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    while (k > 0 && c !== sub.charCodeAt(k)) k = border[k - 1]!;
    if (c === sub.charCodeAt(k)) k++;
    if (k === m) return i - m + 1;
  }
  return -1;
}

/** How often `sub` (not empty) occurs without overlap. */
export function countText(text: string, sub: string): number {
  let n = 0;
  for (let i = findText(text, sub); i >= 0; i = findText(text, sub, i + sub.length)) n++;
  return n;
}

/** `old` is not empty. */
export function replaceText(text: string, old: string, replacement: string, max: number): string {
  // A replacement is read as a pattern if it has a dollar sign.
  if (max < 0)
    return replacement.includes('$') ? text.replaceAll(old, () => replacement) : text.replaceAll(old, replacement);
  const parts = splitText(text, old, max);
  return parts.join(replacement);
}

/** The part of the text that is left when characters are stripped from the ends. */
export function stripBounds(text: string, test: Test, left: boolean, right: boolean): [number, number] {
  let start = 0;
  let end = text.length;
  if (left) while (start < end && test(text.charCodeAt(start))) start++;
  if (right) while (end > start && test(text.charCodeAt(end - 1))) end--;
  return [start, end];
}

/** Longer results are MemoryErrors. */
const MAX_EXPANDED = 1 << 28;

/** Tabs become spaces up to the next multiple of `size`; `chars`: the characters. Null: longer than a text may be. */
export function expandTabs(chars: Iterable<string>, size: number): string | null {
  let out = '';
  let column = 0;
  for (const c of chars) {
    if (c === '\t') {
      if (size > 0) {
        const n = size - (column % size);
        if (out.length + n > MAX_EXPANDED) return null;
        out += ' '.repeat(n);
        column += n;
      }
    } else {
      out += c;
      column = c === '\n' || c === '\r' ? 0 : column + 1;
    }
  }
  return out;
}

/** Zeros after the sign. */
export function zeroFill(text: string, missing: number): string {
  const sign = text[0] === '+' || text[0] === '-' ? text[0] : '';
  return sign + '0'.repeat(missing) + text.slice(sign.length);
}

/** Spaces left and right of a centered text: the odd one goes left when the width is odd. */
export function centerPadding(missing: number, width: number): [number, number] {
  const left = (missing >> 1) + (missing & width & 1);
  return [left, missing - left];
}
