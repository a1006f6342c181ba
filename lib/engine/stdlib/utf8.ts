/** Text to UTF-8 and back without an error handler, for files and names of files: lone surrogates stand for bytes. */

/** `str.encode('utf-8', 'surrogateescape')`; other lone surrogates become what UTF-8 would make of their number. */
export function utf8Encode(text: string): Uint8Array {
  const n = text.length;
  let out = new Uint8Array(n);
  let at = 0;
  for (let i = 0; i < n; i++) {
    let c = text.charCodeAt(i);
    if (at + 4 > out.length) {
      const more = new Uint8Array(at + 4 * (n - i) + 4);
      more.set(out.subarray(0, at));
      out = more;
    }
    if (c < 0x80) {
      out[at++] = c;
      continue;
    }
    if (c < 0x800) {
      out[at++] = 0xc0 | (c >> 6);
      out[at++] = 0x80 | (c & 0x3f);
      continue;
    }
    if (c >= 0xdc80 && c <= 0xdcff) {
      out[at++] = c & 0xff;
      continue;
    }
    const low = (c & 0xfc00) === 0xd800 ? text.charCodeAt(i + 1) : 0;
    if ((low & 0xfc00) === 0xdc00) {
      c = 0x10000 + ((c & 0x3ff) << 10) + (low & 0x3ff);
      i++;
      out[at++] = 0xf0 | (c >> 18);
      out[at++] = 0x80 | ((c >> 12) & 0x3f);
    } else out[at++] = 0xe0 | (c >> 12);
    out[at++] = 0x80 | ((c >> 6) & 0x3f);
    out[at++] = 0x80 | (c & 0x3f);
  }
  return at === out.length ? out : out.slice(0, at);
}

/** How many bytes the character that begins with this one has; 0 if none begins so. */
function lengthOf(b: number): number {
  if (b < 0x80) return 1;
  if (b < 0xc2) return 0;
  if (b < 0xe0) return 2;
  if (b < 0xf0) return 3;
  return b < 0xf5 ? 4 : 0;
}

/** The bytes from `at` that are a whole character: its code, or -1. */
function decodeOne(data: Uint8Array, at: number, length: number): number {
  const [a, b, c, d] = [data[at]!, data[at + 1]!, data[at + 2]!, data[at + 3]!];
  const tail = (x: number): boolean => (x & 0xc0) === 0x80;
  if (length === 2) return tail(b) ? ((a & 0x1f) << 6) | (b & 0x3f) : -1;
  if (length === 3) {
    const code = ((a & 0x0f) << 12) | ((b & 0x3f) << 6) | (c & 0x3f);
    return tail(b) && tail(c) && code >= 0x800 && (code & 0xf800) !== 0xd800 ? code : -1;
  }
  const code = ((a & 7) << 18) | ((b & 0x3f) << 12) | ((c & 0x3f) << 6) | (d & 0x3f);
  return tail(b) && tail(c) && tail(d) && code >= 0x10000 && code < 0x110000 ? code : -1;
}

/** `bytes.decode('utf-8', 'surrogateescape')`. */
export function utf8Decode(data: Uint8Array): string {
  let out = '';
  const units: number[] = [];
  for (let i = 0; i < data.length; ) {
    const length = lengthOf(data[i]!);
    const code = length === 1 ? data[i]! : length === 0 || i + length > data.length ? -1 : decodeOne(data, i, length);
    if (code < 0) units.push(0xdc00 | data[i++]!);
    else {
      if (code >= 0x10000) units.push(0xd800 | ((code - 0x10000) >> 10), 0xdc00 | (code & 0x3ff));
      else units.push(code);
      i += length;
    }
    if (units.length > 8000) {
      out += String.fromCharCode(...units);
      units.length = 0;
    }
  }
  return out + String.fromCharCode(...units);
}

/** `bytes.decode('utf-8')` of a piece: the text, and how many bytes it used; null where it is not UTF-8. */
export function utf8DecodeStrict(data: Uint8Array, isFinal: boolean): { text: string; used: number } | null {
  let out = '';
  const units: number[] = [];
  let i = 0;
  while (i < data.length) {
    const b = data[i]!;
    if (b < 0x80) {
      units.push(b);
      i++;
    } else {
      const length = lengthOf(b);
      if (length === 0) return null;
      if (i + length > data.length) {
        // The beginning of a character may wait for its rest, if it can still become one.
        if (isFinal || !mayBegin(data, i)) return null;
        break;
      }
      const code = decodeOne(data, i, length);
      if (code < 0) return null;
      if (code >= 0x10000) units.push(0xd800 | ((code - 0x10000) >> 10), 0xdc00 | (code & 0x3ff));
      else units.push(code);
      i += length;
    }
    if (units.length > 8000) {
      out += String.fromCharCode(...units);
      units.length = 0;
    }
  }
  return { text: out + String.fromCharCode(...units), used: i };
}

/** The bytes from `at` to the end are the beginning of a character. */
export function mayBegin(data: Uint8Array, at: number): boolean {
  const first = data[at]!;
  const rest = data.subarray(at + 1);
  if (lengthOf(first) <= data.length - at) return false;
  const second = rest[0];
  if (second === undefined) return true;
  if (first === 0xe0 && second < 0xa0) return false;
  if (first === 0xed && second >= 0xa0) return false;
  if (first === 0xf0 && second < 0x90) return false;
  if (first === 0xf4 && second >= 0x90) return false;
  return rest.every((b) => (b & 0xc0) === 0x80);
}
