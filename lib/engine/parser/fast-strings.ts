/**
 * Models the string half of Parser/action_helpers.c: adjacent literals become one node; f- and t-strings are pieced
 * together from the tokens the tokenizer cut them into.
 */

import type { Constant, Expr, FormattedValue, Interpolation, JoinedStr } from './ast';
import { FastBase } from './fast-base';
import { decodeMiddle, decodeUnicodeEscapes, parseString } from './literals';
import * as T from './tokens';
import type { Token } from './tokens';

function strConstant(value: string, from: Token, to: Token = from): Constant {
  return {
    _type: 'Constant',
    value: { kind: 'str', value },
    kindPrefix: null,
    lineno: from.lineno,
    col_offset: from.col_offset,
    end_lineno: to.end_lineno,
    end_col_offset: to.end_col_offset,
  };
}

export const isStrConstant = (e: Expr): e is Constant & { value: { kind: 'str'; value: string } } =>
  e._type === 'Constant' && e.value.kind === 'str';

const isEmptyText = (e: Expr): boolean => isStrConstant(e) && e.value.value === '';

/** Flattens what `{x=}` left nested, so that text and field stand side by side (`unpack_top_level_joined_strs`). */
function flatten(parts: Expr[]): Expr[] {
  const flat: Expr[] = [];
  for (const part of parts) {
    if (part._type === 'JoinedStr') flat.push(...part.values);
    else flat.push(part);
  }
  return flat;
}

/** Joins neighbouring text and drops the empty (`_PyPegen_concatenate_strings`, its last half). */
export function foldConstants(parts: Expr[], dropEmpty: boolean): Expr[] {
  const folded: Expr[] = [];
  for (let i = 0; i < parts.length; i++) {
    let part = parts[i] as Expr;
    if (isStrConstant(part)) {
      let end: Expr = part;
      let text = part.value.value;
      while (i + 1 < parts.length) {
        const following = parts[i + 1] as Expr;
        if (!isStrConstant(following)) break;
        text += following.value.value;
        end = following;
        i++;
      }
      if (dropEmpty && text === '') continue;
      if (end !== part) {
        part = {
          ...part,
          value: { kind: 'str', value: text },
          end_lineno: end.end_lineno,
          end_col_offset: end.end_col_offset,
        };
      }
    }
    folded.push(part);
  }
  return folded;
}

export abstract class FastStrings extends FastBase {
  protected abstract annotatedRhs(): Expr;

  /** strings: one or more literals side by side. */
  protected strings(): Expr {
    const first = this.tok;
    if (this.t === T.TSTRING_START) return this.templateStrings(first);
    const parts: Expr[] = [];
    let joined = false;
    let bytes = false;
    let text = false;
    while (this.t === T.STRING || this.t === T.FSTRING_START) {
      if (this.t === T.FSTRING_START) {
        parts.push(this.fstring());
        joined = true;
      } else {
        const constant = this.stringConstant();
        if (constant.value.kind === 'bytes') bytes = true;
        else text = true;
        parts.push(constant);
      }
    }
    if (this.t === T.TSTRING_START || (bytes && (text || joined))) this.reject();
    const only = parts[0] as Expr;
    if (parts.length === 1 && !joined) return only;
    if (bytes) return this.concatenateBytes(parts as Constant[], first);
    if (!joined) return foldConstants(parts, false)[0] as Expr;
    return this.joined(foldConstants(flatten(parts), true), first);
  }

  private joined(values: Expr[], first: Token): JoinedStr {
    return {
      _type: 'JoinedStr',
      values,
      lineno: first.lineno,
      col_offset: first.col_offset,
      end_lineno: this.last.end_lineno,
      end_col_offset: this.last.end_col_offset,
    };
  }

  private stringConstant(): Constant {
    const tok = this.next();
    const text = this.src.slice(tok.start, tok.end);
    const value = parseString(text, (escaped, line) => this.warn(escaped, tok.lineno + line));
    return {
      _type: 'Constant',
      value,
      kindPrefix: text.charCodeAt(0) === 117 ? 'u' : null,
      lineno: tok.lineno,
      col_offset: tok.col_offset,
      end_lineno: tok.end_lineno,
      end_col_offset: tok.end_col_offset,
    };
  }

  private concatenateBytes(parts: Constant[], first: Token): Constant {
    const chunks = parts.map((part) => (part.value.kind === 'bytes' ? part.value.value : new Uint8Array(0)));
    const value = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
    let at = 0;
    for (const chunk of chunks) {
      value.set(chunk, at);
      at += chunk.length;
    }
    return {
      _type: 'Constant',
      value: { kind: 'bytes', value },
      kindPrefix: null,
      lineno: first.lineno,
      col_offset: first.col_offset,
      end_lineno: this.last.end_lineno,
      end_col_offset: this.last.end_col_offset,
    };
  }

  private fstring(): Expr {
    const start = this.next();
    const raw = /r/i.test(this.src.slice(start.start, start.end));
    const values: Expr[] = [];
    this.pieces(false, raw, values);
    return this.joined(flatten(values), start);
  }

  /**
   * Text and fields up to the closing quotes. Text is decoded when the whole string is there, so its warnings come
   * behind those of the fields and count their lines from the closing quotes; empty text is left out.
   */
  private pieces(template: boolean, raw: boolean, into: Expr[]): void {
    const middle = template ? T.TSTRING_MIDDLE : T.FSTRING_MIDDLE;
    const end = template ? T.TSTRING_END : T.FSTRING_END;
    const warnings: [string, number][] = [];
    while (this.t !== end) {
      if (this.t === T.LBRACE) {
        into.push(this.replacementField(template, false));
        continue;
      }
      const tok = this.expect(middle);
      const text = decodeMiddle(this.src.slice(tok.start, tok.end), raw, (escaped, line) => {
        // Of `\{` and `\}` the tokenizer has warned.
        if (escaped !== '{' && escaped !== '}') warnings.push([escaped, line]);
      });
      if (text !== '') into.push(strConstant(text, tok));
    }
    const close = this.next();
    for (const [escaped, line] of warnings) this.warn(escaped, close.lineno + line);
  }

  private templateStrings(first: Token): Expr {
    if (this.version < 14) this.reject();
    const parts: Expr[] = [];
    while (this.t === T.TSTRING_START) {
      const start = this.next();
      const raw = /r/i.test(this.src.slice(start.start, start.end));
      this.pieces(true, raw, parts);
    }
    if (this.t === T.STRING || this.t === T.FSTRING_START) this.reject();
    return {
      _type: 'TemplateStr',
      values: foldConstants(flatten(parts), true),
      lineno: first.lineno,
      col_offset: first.col_offset,
      end_lineno: this.last.end_lineno,
      end_col_offset: this.last.end_col_offset,
    };
  }

  /** `{expression=!r:spec}`; with `=` a JoinedStr of the source text and the field. */
  private replacementField(template: boolean, inSpec: boolean): Expr {
    const open = this.expect(T.LBRACE);
    const value = this.annotatedRhs();
    const debug = this.eat(T.EQUAL);
    let conversion = -1;
    let conversionTok: Token | null = null;
    let metadata: string | null = null;
    if (this.t === T.EXCLAMATION) {
      const bang = this.next();
      metadata = bang.metadata;
      conversionTok = this.expect(T.NAME);
      if (bang.end_col_offset !== conversionTok.col_offset || bang.lineno !== conversionTok.lineno) this.reject();
      const letter = conversionTok.text;
      if (letter !== 's' && letter !== 'r' && letter !== 'a') this.reject();
      conversion = letter.charCodeAt(0);
    }
    let spec: Expr | null = null;
    let colon: Token | null = null;
    if (this.t === T.COLON) {
      colon = this.next();
      if (conversionTok === null) metadata = colon.metadata;
      spec = this.formatSpec(template, colon);
    }
    if (debug && conversionTok === null && spec === null) conversion = 114;
    const close = this.expect(T.RBRACE);
    if (conversionTok === null && colon === null) metadata = close.metadata;
    const position = {
      lineno: open.lineno,
      col_offset: open.col_offset,
      end_lineno: close.end_lineno,
      end_col_offset: close.end_col_offset,
    };
    let field: FormattedValue | Interpolation;
    if (template && !inSpec) {
      const str = (metadata ?? '').replace(/[\s=]+$/u, '');
      field = { _type: 'Interpolation', value, str, conversion, format_spec: spec, ...position };
    } else field = { _type: 'FormattedValue', value, conversion, format_spec: spec, ...position };
    if (!debug) return field;
    const end = conversionTok !== null ? conversionTok : colon;
    const endLineno = end === null ? close.end_lineno : end.lineno;
    // Behind the delimiter: of `!r` the letter, of a spec one past its colon, else the closing brace.
    const endCol = end === null ? close.end_col_offset : end === colon ? end.col_offset + 1 : end.col_offset;
    const text: Constant = {
      _type: 'Constant',
      value: { kind: 'str', value: metadata ?? '' },
      kindPrefix: null,
      lineno: open.lineno,
      col_offset: open.col_offset + 1,
      end_lineno: endLineno,
      end_col_offset: endCol - 1,
    };
    return {
      _type: 'JoinedStr',
      values: [text, field],
      lineno: open.lineno,
      col_offset: open.col_offset,
      end_lineno: endLineno,
      end_col_offset: endCol,
    };
  }

  private formatSpec(template: boolean, colon: Token): Expr {
    const middle = template ? T.TSTRING_MIDDLE : T.FSTRING_MIDDLE;
    const parts: Expr[] = [];
    while (this.t === middle || this.t === T.LBRACE) {
      if (this.t === T.LBRACE) parts.push(this.replacementField(template, true));
      else {
        const tok = this.next();
        const text = decodeUnicodeEscapes(this.src.slice(tok.start, tok.end), (escaped, line) =>
          this.warn(escaped, tok.lineno + line),
        );
        parts.push(strConstant(text, tok));
      }
    }
    const spec = parts.filter((part) => !isEmptyText(part));
    const only = spec[0];
    if (only === undefined || (spec.length === 1 && only._type === 'Constant')) return this.joined(spec, colon);
    return this.joined(foldConstants(flatten(spec), true), colon);
  }
}
