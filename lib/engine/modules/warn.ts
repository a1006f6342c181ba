/**
 * Warnings (Python/_warnings.c): finding the filter, remembering what was shown, showing it. What Lib/warnings.py puts
 * in our place, filters and `showwarning`, is used when a program has imported it.
 */
import type { Handle } from '../heap/layout';
import { CompareOp } from '../heap/object';
import {
  asIndex,
  getAttrString,
  getOptionalAttr,
  isDict,
  isList,
  isStr,
  isTrue,
  isTuple,
  isType,
  richCompareBool,
  strText,
  typeName,
} from '../objects/abstract';
import { codeRuntime } from '../objects/code';
import { dictClear, dictGet, dictGetKnown, dictSet, newDict } from '../objects/dict';
import { fileWriteString } from '../objects/fileobject';
import { intFromNumber } from '../objects/int';
import { F_CODE, F_GLOBALS, F_PREVIOUS } from '../objects/interpreter-frame';
import { frameLine } from '../objects/frame';
import { isSubclass } from '../objects/isinstance';
import { listItem, listSize, newList } from '../objects/list';
import { strFrom, strValue } from '../objects/str';
import { newTuple, tupleItem, tupleSize } from '../objects/tuple';
import { isInstanceOf, isSubtype } from '../objects/type-lookup';
import type { ExceptionName } from '../objects/type-names';
import type { Interpreter } from '../vm/interpreter';

/** `struct _warnings_runtime_state`; the references are owned through `ip.moduleRefs`. */
interface WarningsState {
  filters: Handle;
  onceRegistry: Handle;
  defaultAction: Handle;
  filtersVersion: number;
}

const KEY = '_warnings';

/** `init_filters`: the first fits. */
function initialFilters(ip: Interpreter): Handle {
  const filter = (category: ExceptionName, action: string, module: string | null): Handle =>
    newTuple(ip, [
      ip.id(action),
      ip.None,
      ip.types[category].handle,
      module === null ? ip.None : ip.id(module),
      intFromNumber(ip, 0),
    ]);
  return newList(ip, [
    filter('DeprecationWarning', 'default', '__main__'),
    filter('DeprecationWarning', 'ignore', null),
    filter('PendingDeprecationWarning', 'ignore', null),
    filter('ImportWarning', 'ignore', null),
    filter('ResourceWarning', 'ignore', null),
  ]);
}

export function warningsState(ip: Interpreter): WarningsState {
  let st = ip.moduleState.get(KEY) as WarningsState | undefined;
  if (st === undefined) {
    st = {
      filters: initialFilters(ip),
      onceRegistry: newDict(ip),
      defaultAction: strFrom(ip, 'default'),
      filtersVersion: 0,
    };
    ip.moduleRefs.push(st.filters, st.onceRegistry, st.defaultAction);
    ip.moduleState.set(KEY, st);
  }
  return st;
}

/** Puts a new value (stolen) in place of one of the state's. */
function replace(ip: Interpreter, st: WarningsState, key: 'filters' | 'onceRegistry' | 'defaultAction', value: Handle) {
  const old = st[key];
  if (old === value) {
    ip.decref(value);
    return;
  }
  st[key] = value;
  ip.moduleRefs[ip.moduleRefs.indexOf(old)] = value;
  ip.decref(old);
}

/** `get_warnings_attr`: an attribute of the module `warnings`, new; 0 if it is not imported, or with an exception. */
function warningsAttribute(ip: Interpreter, name: string): Handle {
  const module = dictGetKnown(ip, ip.modules, ip.id('warnings'));
  if (module === 0 || module === ip.None) return 0;
  ip.incref(module);
  const value = getOptionalAttr(ip, module, ip.id(name));
  ip.decref(module);
  return value;
}

/** `check_matched`: 1, 0, -1. None fits all, plain text only itself, a pattern what it matches. */
function matches(ip: Interpreter, pattern: Handle, text: Handle): number {
  if (pattern === ip.None) return 1;
  if (ip.is(pattern, ip.types.str)) return richCompareBool(ip, pattern, text, CompareOp.EQ);
  const match = getAttrString(ip, pattern, 'match');
  if (match === 0) return -1;
  const r = ip.call(match, [text]);
  ip.decref(match);
  if (r === 0) return -1;
  const truth = isTrue(ip, r);
  ip.decref(r);
  return truth;
}

/** 1 if the filter fits, 0, -1. */
function filterFits(ip: Interpreter, item: Handle, w: Warned): number {
  const [, msg, cat, mod, ln] = [0, 1, 2, 3, 4].map((i) => tupleItem(ip, item, i)) as [
    Handle,
    Handle,
    Handle,
    Handle,
    Handle,
  ];
  const text = matches(ip, msg, w.text);
  if (text <= 0) return text;
  const module = matches(ip, mod, w.module);
  if (module <= 0) return module;
  const sub = isSubclass(ip, w.category, cat);
  if (sub <= 0) return sub;
  const line = asIndex(ip, ln, 'OverflowError');
  if (line === null) return -1;
  return line === 0 || line === w.lineno ? 1 : 0;
}

/** The action among `filters`: text, undefined if none fits, null with an exception. */
function actionAmong(ip: Interpreter, filters: Handle, w: Warned, where: string): string | null | undefined {
  if (!isList(ip, filters)) {
    ip.raise('ValueError', `${where} must be a list`);
    return null;
  }
  for (let i = 0; i < listSize(ip, filters); i++) {
    const item = listItem(ip, filters, i);
    if (!isTuple(ip, item) || tupleSize(ip, item) !== 5) {
      ip.raise('ValueError', `${where} item ${i} isn't a 5-tuple`);
      return null;
    }
    ip.incref(item);
    const action = tupleItem(ip, item, 0);
    let fits = -1;
    if (!isStr(ip, action)) ip.raise('TypeError', `action must be a string, not '${typeName(ip, action)}'`);
    else fits = filterFits(ip, item, w);
    const text = fits === 1 ? strValue(ip, action) : '';
    ip.decref(item);
    if (fits < 0) return null;
    if (fits === 1) return text;
  }
  return undefined;
}

/** `get_filter`: what to do with a warning; null with an exception. */
function findAction(ip: Interpreter, w: Warned): string | null {
  const st = warningsState(ip);
  const context = warningsAttribute(ip, '_get_context');
  if (context !== 0) {
    const current = ip.call(context, []);
    ip.decref(context);
    if (current === 0) return null;
    const own = getOptionalAttr(ip, current, ip.id('_filters'));
    ip.decref(current);
    if (own !== 0) {
      const action =
        isList(ip, own) && listSize(ip, own) > 0 ? actionAmong(ip, own, w, '_warnings.filters') : undefined;
      ip.decref(own);
      if (action !== undefined) return action;
    }
  }
  if (ip.currentException !== 0) return null;
  const filters = warningsAttribute(ip, 'filters');
  if (ip.currentException !== 0) return null;
  if (filters !== 0) replace(ip, st, 'filters', filters);
  const action = actionAmong(ip, st.filters, w, '_warnings.filters');
  if (action !== undefined) return action;
  const fallback = warningsAttribute(ip, 'defaultaction');
  if (ip.currentException !== 0) return null;
  if (fallback !== 0) {
    if (!isStr(ip, fallback)) {
      ip.raise('TypeError', `_warnings.defaultaction must be a string, not '${typeName(ip, fallback)}'`);
      ip.decref(fallback);
      return null;
    }
    replace(ip, st, 'defaultAction', fallback);
  }
  return strValue(ip, st.defaultAction);
}

/** `already_warned`: 1, 0, -1. */
function alreadyWarned(ip: Interpreter, registry: Handle, key: Handle, shouldSet: boolean): number {
  const st = warningsState(ip);
  const version = dictGetKnown(ip, registry, ip.id('version'));
  const current = intFromNumber(ip, st.filtersVersion);
  const same = version === 0 ? 0 : richCompareBool(ip, version, current, CompareOp.EQ);
  if (same === 1) {
    ip.decref(current);
    const warned = dictGet(ip, registry, key);
    if (ip.currentException !== 0) return -1;
    const truth = warned === 0 ? 0 : isTrue(ip, warned);
    if (truth !== 0) return truth;
  } else {
    dictClear(ip, registry);
    dictSet(ip, registry, ip.id('version'), current);
    ip.decref(current);
  }
  return shouldSet && dictSet(ip, registry, key, ip.True) < 0 ? -1 : 0;
}

interface Warned {
  readonly category: Handle;
  readonly message: Handle;
  readonly text: Handle;
  readonly filename: Handle;
  readonly module: Handle;
  readonly lineno: number;
}

/** `update_registry`. */
function updateRegistry(ip: Interpreter, registry: Handle, w: Warned, zero: boolean): number {
  const items = [ip.newRef(w.text), ip.newRef(w.category)];
  if (zero) items.push(intFromNumber(ip, 0));
  const key = newTuple(ip, items);
  const r = alreadyWarned(ip, registry, key, true);
  ip.decref(key);
  return r;
}

/** `show_warning`: the form without the module `warnings`. Failing to show is no error. */
function showWarning(ip: Interpreter, w: Warned, sourceLine: string | null): void {
  const stderr = dictGetKnown(ip, ip.sysDict, ip.id('stderr'));
  if (stderr === 0 || stderr === ip.None) return;
  const name = getAttrString(ip, w.category, '__name__');
  const [category, filename, text] = [name, w.filename, w.text].map((h) => (h === 0 ? '?' : strText(ip, h)));
  ip.xdecref(name);
  fileWriteString(ip, `${filename}:${w.lineno}: ${category}: ${text}\n`, stderr);
  const line = sourceLine ?? ip.sourceText(strValue(ip, w.filename))?.split('\n')[w.lineno - 1];
  const shown = line?.replace(/^[ \t\f]+/, '') ?? '';
  if (shown !== '') fileWriteString(ip, `  ${shown.trimEnd()}\n`, stderr);
  ip.clearError();
}

/** `call_show_warning`: 0 or -1. */
function callShowWarning(ip: Interpreter, w: Warned, source: Handle, sourceLine: string | null): number {
  if (source !== 0 && source !== ip.None && !ip.finalizing) {
    // Only Python's own shows where the source was allocated.
    const name = ip.id('warnings');
    const module = ip.importModule(name, 0, 0, 0);
    if (module === 0) ip.clearError();
    else ip.decref(module);
  }
  const show = warningsAttribute(ip, '_showwarnmsg');
  if (show === 0) {
    if (ip.currentException !== 0) return -1;
    showWarning(ip, w, sourceLine);
    return 0;
  }
  const cls = warningsAttribute(ip, 'WarningMessage');
  if (cls === 0) {
    ip.decref(show);
    if (ip.currentException === 0) ip.raise('RuntimeError', 'unable to get warnings.WarningMessage');
    return -1;
  }
  const line = intFromNumber(ip, w.lineno);
  const args = [w.message, w.category, w.filename, line, ip.None, ip.None];
  if (source !== 0) args.push(source);
  const msg = ip.call(cls, args);
  ip.decref(line);
  ip.decref(cls);
  const r = msg === 0 ? 0 : ip.call(show, [msg]);
  ip.decref(show);
  ip.xdecref(msg);
  if (r === 0) return -1;
  ip.decref(r);
  return 0;
}

/** `warn_explicit`: all borrowed; `registry` may be 0 or None. 0 or -1. */
export function warnExplicit(
  ip: Interpreter,
  category: Handle,
  message: Handle,
  filename: Handle,
  lineno: number,
  module: Handle,
  registry: Handle,
  source: Handle,
  sourceLine: string | null = null,
): number {
  if (module === ip.None) return 0;
  if (registry !== 0 && registry !== ip.None && !isDict(ip, registry))
    return ip.raiseInt('TypeError', "'registry' must be a dict or None");
  const isInstance = isInstanceOf(ip, message, ip.types.Warning);
  const cls = isInstance ? ip.mem[message + 1]! : category;
  const text = isInstance ? textOf(ip, message) : ip.newRef(message);
  if (text === 0) return -1;
  const made = isInstance ? ip.newRef(message) : ip.call(cls, [message]);
  if (made === 0) {
    ip.decref(text);
    return -1;
  }
  const w: Warned = { category: cls, message: made, text, filename, module, lineno };
  const r = decide(ip, w, registry === ip.None ? 0 : registry, source, sourceLine);
  ip.decref(made);
  ip.decref(text);
  return r;
}

function textOf(ip: Interpreter, message: Handle): Handle {
  const text = strText(ip, message);
  return text === null ? 0 : strFrom(ip, text);
}

function decide(ip: Interpreter, w: Warned, registry: Handle, source: Handle, sourceLine: string | null): number {
  const line = intFromNumber(ip, w.lineno);
  const key = newTuple(ip, [ip.newRef(w.text), ip.newRef(w.category), line]);
  const r = decideByKey(ip, w, key, registry, source, sourceLine);
  ip.decref(key);
  return r;
}

function decideByKey(
  ip: Interpreter,
  w: Warned,
  key: Handle,
  registry: Handle,
  source: Handle,
  sourceLine: string | null,
): number {
  if (registry !== 0) {
    const warned = alreadyWarned(ip, registry, key, false);
    if (warned !== 0) return warned < 0 ? -1 : 0;
  }
  const action = findAction(ip, w);
  if (action === null) return -1;
  if (action === 'error') {
    ip.raiseException(ip.newRef(w.message));
    return -1;
  }
  if (action === 'ignore') return 0;
  let already = 0;
  if (action === 'once') {
    if (registry === 0) {
      const own = warningsAttribute(ip, 'onceregistry');
      if (ip.currentException !== 0) return -1;
      if (own !== 0) replace(ip, warningsState(ip), 'onceRegistry', own);
    }
    already = updateRegistry(ip, registry || warningsState(ip).onceRegistry, w, false);
  } else if (action === 'module') {
    if (registry !== 0) already = updateRegistry(ip, registry, w, true);
  } else if (action === 'default') {
    if (registry !== 0 && dictSet(ip, registry, key, ip.True) < 0) return -1;
  } else if (action !== 'always' && action !== 'all') {
    return ip.raiseInt('RuntimeError', `Unrecognized action ('${action}') in warnings.filters:\n None`);
  }
  if (already !== 0) return already < 0 ? -1 : 0;
  return callShowWarning(ip, w, source, sourceLine);
}

// ---- warn(): where the caller is --------------------------------------------------------------------------------------

const filenameOf = (ip: Interpreter, frame: number): string => codeRuntime(ip, ip.mem[frame + F_CODE]!).unit.filename;

/** `is_internal_frame`: the import system's own. */
function isInternal(ip: Interpreter, frame: number): boolean {
  const name = filenameOf(ip, frame);
  return name.includes('importlib') && name.includes('_bootstrap');
}

function nextExternal(ip: Interpreter, frame: number, prefixes: readonly string[]): number {
  let f = frame;
  do f = ip.mem[f + F_PREVIOUS]!;
  while (f !== 0 && (isInternal(ip, f) || prefixes.some((p) => filenameOf(ip, f).startsWith(p))));
  return f;
}

/** `setup_context` and `do_warn`: the message is an instance of Warning or goes into one of `category`. 0 or -1. */
export function warnFromFrame(
  ip: Interpreter,
  category: Handle,
  message: Handle,
  stackLevel: number,
  source: Handle = 0,
  prefixes: readonly string[] = [],
): number {
  let f = ip.frame;
  let level = prefixes.length > 0 ? Math.max(2, stackLevel) : stackLevel;
  if (level <= 0 || (f !== 0 && isInternal(ip, f))) while (--level > 0 && f !== 0) f = ip.mem[f + F_PREVIOUS]!;
  else while (--level > 0 && f !== 0) f = nextExternal(ip, f, prefixes);
  const globals = f === 0 ? ip.sysDict : ip.mem[f + F_GLOBALS]!;
  const filename = strFrom(ip, f === 0 ? '<sys>' : filenameOf(ip, f));
  const lineno = f === 0 ? 0 : frameLine(ip, f);
  let registry = dictGetKnown(ip, globals, ip.id('__warningregistry__'));
  if (registry === 0) {
    const fresh = newDict(ip);
    dictSet(ip, globals, ip.id('__warningregistry__'), fresh);
    ip.decref(fresh);
    registry = fresh;
  }
  const name = dictGetKnown(ip, globals, ip.id('__name__'));
  const module = name !== 0 && (name === ip.None || isStr(ip, name)) ? ip.newRef(name) : strFrom(ip, '<string>');
  ip.incref(registry);
  const r = warnExplicit(ip, category, message, filename, lineno, module, registry, source);
  ip.decref(registry);
  ip.decref(module);
  ip.decref(filename);
  return r;
}

/** `PyErr_WarnEx`: false with an exception, if a filter makes one of it. */
export function warn(
  ip: Interpreter,
  category: ExceptionName,
  text: string,
  stackLevel = 1,
  source: Handle = 0,
): boolean {
  const message = strFrom(ip, text);
  const r = warnFromFrame(ip, ip.types[category].handle, message, stackLevel, source);
  ip.decref(message);
  return r === 0;
}

/** `PyErr_WarnExplicitObject`, for the compiler. False with an exception. */
export function warnAt(
  ip: Interpreter,
  category: ExceptionName,
  text: string,
  filename: string,
  lineno: number,
): boolean {
  const [message, file] = [strFrom(ip, text), strFrom(ip, filename)];
  const module = strFrom(ip, filename === '' ? '<unknown>' : filename.replace(/\.py$/, ''));
  const r = warnExplicit(ip, ip.types[category].handle, message, file, lineno, module, 0, 0);
  for (const h of [message, file, module]) ip.decref(h);
  return r === 0;
}

/** `get_category`: borrowed, or 0 with TypeError. */
export function warningCategory(ip: Interpreter, message: Handle, category: Handle): Handle {
  if (isInstanceOf(ip, message, ip.types.Warning)) return ip.mem[message + 1]!;
  if (category === 0 || category === ip.None) return ip.types.UserWarning.handle;
  if (!isType(ip, category) || !isSubtype(ip, ip.slotsOfType(category), ip.types.Warning))
    return ip.raise('TypeError', `category must be a Warning subclass, not '${typeName(ip, category)}'`);
  return category;
}
