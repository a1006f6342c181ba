/** How `repr` and `ascii` show text (Objects/unicodeobject.c, `unicode_repr`) and bytes (Objects/bytesobject.c). */
import { inPieces } from './stringlib';
import { isPrintable } from './unicode';

/** Escaped text of up to six times as much still fits into one of JavaScript's strings. */
export const LONGEST_ESCAPED = 1 << 26;

const PLAIN = /^[ !#-&(-[\]-~]*$/;

/** The repr of a str: single quotes unless it has one and no double quote; what cannot be printed is escaped. */
export function reprOfText(text: string, pairsAreCharacters = true): string {
  if (PLAIN.test(text)) return `'${text}'`;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = quote;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    let c = text[i]!;
    let code = unit;
    if ((unit & 0xfc00) === 0xd800 && pairsAreCharacters && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      code = text.codePointAt(i)!;
      c = text.slice(i, i + 2);
      i++;
    }
    if (c === quote || c === '\\') out += `\\${c}`;
    else if (code >= 32 && code < 127) out += c;
    else out += isPrintable(c) ? c : escaped(code);
  }
  return out + quote;
}

/** \n, \xhh, \uhhhh or \Uhhhhhhhh. */
function escaped(code: number): string {
  if (code === 9) return '\\t';
  if (code === 10) return '\\n';
  if (code === 13) return '\\r';
  return escapeCode(code);
}

export function escapeCode(code: number): string {
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}

/** Every character is below U+0080. */
export function isAscii(text: string): boolean {
  return /^\p{ASCII}*$/u.test(text);
}

/** `ascii()`: escapes whatever is not ASCII in a repr. */
export function asciiOfRepr(text: string): string {
  return inPieces(text, (piece) => piece.replace(/\P{ASCII}/gu, (c) => escapeCode(c.codePointAt(0)!)));
}

/** The repr of bytes, without the leading b. A bytearray escapes the single quote whatever the quotes around it. */
export function reprOfBytes(data: Uint8Array, escapedQuote: string | null = null): string {
  const quote = data.includes(39) && !data.includes(34) ? '"' : "'";
  const alsoEscaped = escapedQuote ?? quote;
  let out = quote;
  for (const b of data) {
    const c = String.fromCharCode(b);
    if (c === alsoEscaped || c === '\\') out += `\\${c}`;
    else if (b >= 32 && b < 127) out += c;
    else out += escaped(b);
  }
  return out + quote;
}
