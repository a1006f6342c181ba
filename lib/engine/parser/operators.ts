/** Models Parser/token.c: which characters make which operator. */

import * as T from './tokens';

/** Operators of one character, by its code. */
export const ONE_CHARACTER: ReadonlyMap<number, number> = new Map(
  [...T.TOKEN_BY_TEXT].filter(([text]) => text.length === 1).map(([text, type]) => [text.charCodeAt(0), type]),
);

const LENGTH = new Uint8Array(T.TOKEN_KINDS);
for (const [text, type] of T.TOKEN_BY_TEXT) LENGTH[type] = text.length;

export const operatorLength = (type: number): number => LENGTH[type] as number;

/** Operators whose second character is `=`, by the code of the first. */
const WITH_EQUAL: ReadonlyMap<number, number> = new Map(
  [...T.TOKEN_BY_TEXT]
    .filter(([text]) => text.length === 2 && text.charAt(1) === '=')
    .map(([text, type]) => [text.charCodeAt(0), type]),
);

/**
 * The operator of two or three characters that begins with `c` and goes on at `pos` (before `end`); 0 if there is
 * none. `...` is read elsewhere, with the numbers that begin with a point.
 */
export function longOperator(src: string, c: number, pos: number, end: number): number {
  const c2 = pos < end ? src.charCodeAt(pos) : 0;
  if (c2 === 61) return WITH_EQUAL.get(c) ?? 0;
  if (c2 === c) {
    const augmented = pos + 1 < end && src.charCodeAt(pos + 1) === 61;
    switch (c) {
      case 42:
        return augmented ? T.DOUBLESTAREQUAL : T.DOUBLESTAR;
      case 47:
        return augmented ? T.DOUBLESLASHEQUAL : T.DOUBLESLASH;
      case 60:
        return augmented ? T.LEFTSHIFTEQUAL : T.LEFTSHIFT;
      case 62:
        return augmented ? T.RIGHTSHIFTEQUAL : T.RIGHTSHIFT;
    }
    return 0;
  }
  if (c === 45 && c2 === 62) return T.RARROW;
  return c === 60 && c2 === 62 ? T.NOTEQUAL : 0;
}
