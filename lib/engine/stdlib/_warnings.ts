/** `_warnings` (Python/_warnings.c): what a program calls; the work is in modules/warn.ts. */
import type { Handle } from '../heap/layout';
import type { MethodDef } from '../heap/object';
import { asIndex, getAttrString, isDict, isStr, isTuple, typeName } from '../objects/abstract';
import { dictGetKnown } from '../objects/dict';
import { moduleDict } from '../objects/module';
import { strFrom } from '../objects/str';
import { strValue } from '../objects/str';
import { tupleItems } from '../objects/tuple';
import type { NativeModule } from '../modules/define';
import { warnExplicit, warnFromFrame, warningCategory, warningsState } from '../modules/warn';
import type { Interpreter } from '../vm/interpreter';

function warnFunction(ip: Interpreter, args: Handle[]): Handle {
  const [message, categoryArg, level, source, skip] = args as [Handle, Handle, Handle, Handle, Handle];
  const category = warningCategory(ip, message, categoryArg);
  if (category === 0) return 0;
  const stackLevel = level === 0 ? 1 : asIndex(ip, level, 'OverflowError');
  if (stackLevel === null) return 0;
  const prefixes: string[] = [];
  if (skip !== 0) {
    if (!isTuple(ip, skip))
      return ip.raise('TypeError', `warn() argument 'skip_file_prefixes' must be tuple, not ${typeName(ip, skip)}`);
    for (const item of tupleItems(ip, skip)) {
      if (!isStr(ip, item))
        return ip.raise('TypeError', `Found non-str '${typeName(ip, item)}' in skip_file_prefixes.`);
      prefixes.push(strValue(ip, item));
    }
  }
  return warnFromFrame(ip, category, message, stackLevel, source, prefixes) < 0 ? 0 : ip.None;
}

/** The line of source from the module's loader (`get_source_line`): undefined with an exception. */
function sourceLine(ip: Interpreter, globals: Handle, lineno: number): string | null | undefined {
  const loader = dictGetKnown(ip, globals, ip.id('__loader__'));
  const name = dictGetKnown(ip, globals, ip.id('__name__'));
  if (loader === 0 || loader === ip.None || name === 0) return null;
  const getSource = getAttrString(ip, loader, 'get_source');
  if (getSource === 0) {
    ip.clearError();
    return null;
  }
  const source = ip.call(getSource, [name]);
  ip.decref(getSource);
  if (source === 0) return undefined;
  const text = isStr(ip, source) ? strValue(ip, source) : null;
  ip.decref(source);
  return text === null ? null : (text.split('\n')[lineno - 1] ?? null);
}

function warnExplicitFunction(ip: Interpreter, args: Handle[]): Handle {
  const [message, categoryArg, filename, lineArg, module, registry, globals, source] = args as Handle[] & {
    length: 8;
  };
  const category = warningCategory(ip, message!, categoryArg!);
  if (category === 0) return 0;
  if (!isStr(ip, filename!))
    return ip.raise('TypeError', `warn_explicit() argument 'filename' must be str, not ${typeName(ip, filename!)}`);
  const lineno = asIndex(ip, lineArg!, 'OverflowError');
  if (lineno === null) return 0;
  let line: string | null = null;
  if (globals !== 0 && globals !== ip.None) {
    if (!isDict(ip, globals!))
      return ip.raise('TypeError', `module_globals must be a dict, not '${typeName(ip, globals!)}'`);
    const found = sourceLine(ip, globals!, lineno);
    if (found === undefined) return 0;
    line = found;
  }
  const own =
    module !== 0 && module !== undefined
      ? ip.newRef(module)
      : strFrom(ip, strValue(ip, filename!).replace(/\.py$/, '') || '<unknown>');
  const r = warnExplicit(ip, category, message!, filename!, lineno, own, registry!, source!, line);
  ip.decref(own);
  return r < 0 ? 0 : ip.None;
}

const none: MethodDef = { kind: 'noargs', fn: (ip: Interpreter) => ip.None };
const mutated: MethodDef = {
  kind: 'noargs',
  fn: (ip: Interpreter) => {
    warningsState(ip).filtersVersion++;
    return ip.None;
  },
};

export const warningsModule: NativeModule = {
  name: '_warnings',
  methods: {
    warn: {
      kind: 'clinic',
      params: 'message, category=, stacklevel=, source=, *, skip_file_prefixes=',
      fn: (ip: Interpreter, _m, args) => warnFunction(ip, args),
    },
    warn_explicit: {
      kind: 'clinic',
      params: 'message, category, filename, lineno, module=, registry=, module_globals=, source=',
      fn: (ip: Interpreter, _m, args) => warnExplicitFunction(ip, args),
    },
    _filters_mutated: mutated,
    _filters_mutated_lock_held: mutated,
    _acquire_lock: none,
    _release_lock: none,
  },
  values: (ip) => {
    const st = warningsState(ip);
    const values: Record<string, Handle> = {
      filters: ip.newRef(st.filters),
      _onceregistry: ip.newRef(st.onceRegistry),
      _defaultaction: ip.newRef(st.defaultAction),
    };
    if (ip.facts.name !== '3.13') {
      const module = ip.importModule(ip.id('_contextvars'), 0, 0, 0);
      if (module === 0) return null;
      const cls = dictGetKnown(ip, moduleDict(ip, module), ip.id('ContextVar'));
      values._warnings_context = ip.call(cls, [ip.id('warnings_context')]);
      ip.decref(module);
    }
    return values;
  },
};
