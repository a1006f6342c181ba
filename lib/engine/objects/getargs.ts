/**
 * Arguments of native functions (Python/getargs.c and what Argument Clinic generates): parameter lists written as
 * text, `'iterable, /, *, key=, reverse='`, checked with CPython's messages.
 */
import type { Handle } from '../heap/layout';
import type { Runtime } from './runtime';
import { strValue } from './str';

export interface Params {
  readonly fname: string;
  readonly names: readonly string[];
  /** Parameters before `/`. */
  readonly positionalOnly: number;
  /** Parameters before `*`. */
  readonly positional: number;
  /** One per parameter: it may be left out. */
  readonly optional: readonly boolean[];
}

/** By text and name of the function: a call reads no text twice. */
const known = new Map<string, Map<string, Params>>();

/** `name=` is optional, `/` ends the positional-only parameters, `*` starts the keyword-only ones. */
export function params(fname: string, text: string): Params {
  let ofText = known.get(text);
  if (ofText === undefined) {
    ofText = new Map();
    known.set(text, ofText);
  }
  let found = ofText.get(fname);
  if (found === undefined) {
    found = parseParams(fname, text);
    ofText.set(fname, found);
  }
  return found;
}

function parseParams(fname: string, text: string): Params {
  const names: string[] = [];
  const optional: boolean[] = [];
  let positionalOnly = 0;
  let positional = -1;
  for (const part of text.split(',').map((s) => s.trim())) {
    if (part === '') continue;
    if (part === '/') positionalOnly = names.length;
    else if (part === '*') positional = names.length;
    else {
      names.push(part.endsWith('=') ? part.slice(0, -1) : part);
      optional.push(part.endsWith('='));
    }
  }
  return { fname, names, positionalOnly, positional: positional < 0 ? names.length : positional, optional };
}

/** `_PyArg_CheckPositional`: false with TypeError. */
export function checkPositional(rt: Runtime, fname: string, n: number, min: number, max: number): boolean {
  if (n < min) {
    rt.raise('TypeError', `${fname} expected ${min === max ? '' : 'at least '}${plural(min)}, got ${n}`);
    return false;
  }
  if (max >= 0 && n > max) {
    rt.raise('TypeError', `${fname} expected ${min === max ? '' : 'at most '}${plural(max)}, got ${n}`);
    return false;
  }
  return true;
}

function plural(n: number): string {
  return `${n} argument${n === 1 ? '' : 's'}`;
}

/** `_PyArg_NoKeywords`: false with TypeError. */
export function noKeywords(rt: Runtime, fname: string, kwnames: Handle[] | null): boolean {
  if (kwnames === null || kwnames.length === 0) return true;
  rt.raise('TypeError', `${fname}() takes no keyword arguments`);
  return false;
}

/**
 * `_PyArg_UnpackKeywords`.
 * @param args positional values, then those of `kwnames`; borrowed
 * @returns one borrowed value a parameter, 0 where it was left out; null with TypeError
 */
export function parseArgs(rt: Runtime, p: Params, args: Handle[], kwnames: Handle[] | null): Handle[] | null {
  const nkw = kwnames === null ? 0 : kwnames.length;
  const npos = args.length - nkw;
  const total = p.names.length;
  if (args.length > total && p.positional > 0) return tooManyInAll(rt, p, args.length, npos);
  if (npos > p.positional) return tooMany(rt, p, npos, args.length, nkw);
  const out = values(args, npos, total);
  for (let k = 0; k < nkw; k++) {
    const name = strValue(rt, kwnames![k]!);
    const i = p.names.indexOf(name);
    if (i < 0 || i < p.positionalOnly) {
      if (total === p.positionalOnly) rt.raise('TypeError', `${p.fname}() takes no keyword arguments`);
      else rt.raise('TypeError', `${p.fname}() got an unexpected keyword argument '${name}'`);
      return null;
    }
    if (out[i] !== 0) {
      rt.raise('TypeError', `argument for ${p.fname}() given by name ('${name}') and position (${i + 1})`);
      return null;
    }
    out[i] = args[npos + k]!;
  }
  for (let i = 0; i < total; i++) {
    if (out[i] === 0 && !p.optional[i]) return missing(rt, p, i, npos);
  }
  return out;
}

/** The positional values, and 0 for the parameters after them. */
function values(args: Handle[], n: number, total: number): Handle[] {
  if (total === 1) return [n > 0 ? args[0]! : 0];
  if (total === 2) return [n > 0 ? args[0]! : 0, n > 1 ? args[1]! : 0];
  if (total === 3) return [n > 0 ? args[0]! : 0, n > 1 ? args[1]! : 0, n > 2 ? args[2]! : 0];
  const out: Handle[] = [];
  for (let i = 0; i < total; i++) out.push(i < n ? args[i]! : 0);
  return out;
}

/** More than there are parameters, by name and position together. */
function tooManyInAll(rt: Runtime, p: Params, given: number, npos: number): null {
  const total = p.names.length;
  const how = p.optional.includes(true) ? 'at most' : 'exactly';
  rt.raise(
    'TypeError',
    `${p.fname}() takes ${how} ${total} ${npos === 0 ? 'keyword ' : ''}argument${total === 1 ? '' : 's'} (${given} given)`,
  );
  return null;
}

function tooMany(rt: Runtime, p: Params, npos: number, given: number, nkw: number): null {
  const required = p.optional.filter((o, i) => !o && i < p.positional).length;
  if (p.positional === 0) {
    rt.raise('TypeError', `${p.fname}() takes no positional arguments`);
  } else {
    const how = required === p.positional ? 'exactly' : 'at most';
    const kind = p.positional < p.names.length || nkw > 0 ? 'positional ' : '';
    const n = kind === '' ? given : npos;
    const s = p.positional === 1 ? '' : 's';
    rt.raise('TypeError', `${p.fname}() takes ${how} ${p.positional} ${kind}argument${s} (${n} given)`);
  }
  return null;
}

function missing(rt: Runtime, p: Params, i: number, npos: number): null {
  if (i < p.positionalOnly) {
    const required = p.optional.filter((o, k) => !o && k < p.positional).length;
    const how = required === p.positional ? 'exactly' : 'at least';
    const s = required === 1 ? '' : 's';
    rt.raise('TypeError', `${p.fname}() takes ${how} ${required} positional argument${s} (${npos} given)`);
  } else {
    rt.raise('TypeError', `${p.fname}() missing required argument '${p.names[i]}' (pos ${i + 1})`);
  }
  return null;
}
