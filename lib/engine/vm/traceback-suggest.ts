/**
 * "Did you mean …?" at the end of a NameError, AttributeError or ImportError (Lib/traceback.py,
 * `_compute_suggestion_error`). The distance between names is in suggestions.ts.
 */
import type { Handle } from '../heap/layout';
import { getOptionalAttr, isStr, sequenceList } from '../objects/abstract';
import { dictGetKnown, dictKeysArray } from '../objects/dict';
import { EXC_TRACEBACK, fieldWord } from '../objects/exceptions';
import { frameOf, localsDict } from '../objects/frame';
import { F_BUILTINS, F_GLOBALS } from '../objects/interpreter-frame';
import { listItems } from '../objects/list';
import { callSpecial } from '../objects/slotdefs';
import { strFrom, strValue } from '../objects/str';
import { TB_FRAME, TB_NEXT } from '../objects/traceback';
import { isInstanceOf } from '../objects/type-lookup';
import type { ExceptionName } from '../objects/type-names';
import type { Interpreter } from './interpreter';
import { STDLIB_MODULE_NAMES } from './stdlib-names';
import { suggest } from './suggestions';

/** What is added to the exception's text; '' for nothing. */
export function suggestionFor(ip: Interpreter, exc: Handle): string {
  const text = compute(ip, exc);
  ip.clearError();
  return text;
}

function compute(ip: Interpreter, exc: Handle): string {
  const nameIn = (type: ExceptionName, field: string): string | null => {
    if (!isInstanceOf(ip, exc, ip.types[type])) return null;
    const h = ip.mem[exc + fieldWord(type, field)]!;
    return h !== 0 && isStr(ip, h) ? strValue(ip, h) : null;
  };
  let wrong = nameIn('ImportError', 'name_from');
  if (wrong !== null) return didYouMean(fromNames(wrong, moduleNames(ip, nameIn('ImportError', 'name'))));
  wrong = nameIn('AttributeError', 'name');
  if (wrong !== null) return didYouMean(forAttribute(ip, exc, wrong));
  wrong = nameIn('NameError', 'name');
  if (wrong === null) return '';
  const guess = forName(ip, exc, wrong);
  if (!STDLIB_MODULE_NAMES.has(wrong)) return didYouMean(guess);
  return guess === null
    ? `. Did you forget to import '${wrong}'?`
    : `${didYouMean(guess)} Or did you forget to import '${wrong}'?`;
}

function didYouMean(guess: string | null): string {
  return guess === null ? '' : `. Did you mean: '${guess}'?`;
}

function fromNames(wrong: string, names: readonly string[] | null): string | null {
  if (names === null) return null;
  return suggest(wrong, wrong.startsWith('_') ? names : names.filter((n) => !n.startsWith('_')));
}

/** `dir(obj)`; null if that fails. */
function dirNames(ip: Interpreter, obj: Handle): string[] | null {
  const names = callSpecial(ip, obj, '__dir__', []);
  if (names === 0) return null;
  const list = sequenceList(ip, names);
  ip.decref(names);
  if (list === 0) return null;
  const texts = listItems(ip, list)
    .filter((n) => isStr(ip, n))
    .map((n) => strValue(ip, n));
  ip.decref(list);
  return texts.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function moduleNames(ip: Interpreter, name: string | null): string[] | null {
  if (name === null) return null;
  const text = strFrom(ip, name);
  const module = ip.importModule(text, 0, 0, 0);
  ip.decref(text);
  if (module === 0) return null;
  const names = dirNames(ip, module);
  ip.decref(module);
  return names;
}

/** The innermost frame of the exception's traceback, or 0. */
function innermost(ip: Interpreter, exc: Handle): number {
  let tb = ip.mem[exc + EXC_TRACEBACK]!;
  if (tb === 0 || tb === ip.None) return 0;
  while (ip.mem[tb + TB_NEXT] !== 0) tb = ip.mem[tb + TB_NEXT]!;
  return frameOf(ip, ip.mem[tb + TB_FRAME]!);
}

function forAttribute(ip: Interpreter, exc: Handle, wrong: string): string | null {
  const obj = ip.mem[exc + fieldWord('AttributeError', 'obj')]! || ip.None;
  const names = dirNames(ip, obj);
  if (names === null) return null;
  const f = innermost(ip, exc);
  if (f !== 0) {
    const locals = localsDict(ip, f);
    const own = dictGetKnown(ip, locals, ip.id('self')) === obj;
    ip.decref(locals);
    if (own) return suggest(wrong, names);
  }
  return fromNames(wrong, names);
}

function forName(ip: Interpreter, exc: Handle, wrong: string): string | null {
  const f = innermost(ip, exc);
  if (f === 0) return null;
  const keys = (dict: Handle): string[] =>
    ip.is(dict, ip.types.dict)
      ? dictKeysArray(ip, dict)
          .filter((k) => isStr(ip, k))
          .map((k) => strValue(ip, k))
      : [];
  const locals = localsDict(ip, f);
  const self = ip.is(locals, ip.types.dict) ? dictGetKnown(ip, locals, ip.id('self')) : 0;
  const names = [...keys(locals), ...keys(ip.mem[f + F_GLOBALS]!), ...keys(ip.mem[f + F_BUILTINS]!)];
  let guess: string | null = null;
  if (self !== 0) {
    const name = strFrom(ip, wrong);
    const value = getOptionalAttr(ip, self, name);
    ip.decref(name);
    if (value !== 0) {
      ip.decref(value);
      guess = `self.${wrong}`;
    } else ip.clearError();
  }
  ip.decref(locals);
  return guess ?? suggest(wrong, names);
}
