/** `*args` and `**kwargs` at calls and in displays (CALL_FUNCTION_EX, DICT_MERGE, DICT_UPDATE). */
import type { Handle } from '../../heap/layout';
import { getOptionalAttr, isStr, typeName } from '../../objects/abstract';
import { dictContains, dictItemsArray, dictMerge as mergeDict, newDict } from '../../objects/dict';
import { strValue } from '../../objects/str';
import { tupleFromIterable } from '../../objects/tuple';
import type { Interpreter } from '../interpreter';

/** `_PyObject_FunctionStr`: how messages name what is called. */
export function functionText(ip: Interpreter, callable: Handle): string {
  const q = getOptionalAttr(ip, callable, ip.id('__qualname__'));
  if (q === 0 || !isStr(ip, q)) {
    ip.clearError();
    ip.xdecref(q);
    return `${typeName(ip, callable)} object`;
  }
  const m = getOptionalAttr(ip, callable, ip.id('__module__'));
  ip.clearError();
  const name = strValue(ip, q);
  const module = m !== 0 && isStr(ip, m) ? strValue(ip, m) : '';
  ip.decref(q);
  ip.xdecref(m);
  return module === '' || module === 'builtins' ? `${name}()` : `${module}.${name}()`;
}

/** A new tuple of a starred argument. */
export function starArguments(ip: Interpreter, iterable: Handle, callable: Handle): Handle {
  if (ip.tp(iterable).tp_iter === null && ip.tp(iterable).sq_item === null) {
    return ip.raise(
      'TypeError',
      `${functionText(ip, callable)} argument after * must be an iterable, not ${typeName(ip, iterable)}`,
    );
  }
  return tupleFromIterable(ip, iterable);
}

/** Appends the keywords of a dict to names and values, borrowed. */
export function splitKeywords(ip: Interpreter, kwargs: Handle, names: Handle[], values: Handle[]): boolean {
  for (const [k, v] of dictItemsArray(ip, kwargs)) {
    if (!isStr(ip, k)) {
      ip.raise('TypeError', 'keywords must be strings');
      return false;
    }
    names.push(k);
    values.push(v);
  }
  return true;
}

function isMapping(ip: Interpreter, h: Handle): boolean {
  if (ip.is(h, ip.types.dict)) return true;
  const keys = getOptionalAttr(ip, h, ip.id('keys'));
  if (keys === 0) return false;
  ip.decref(keys);
  return true;
}

/** `f(**mapping)`: 0 or -1. */
export function dictMerge(ip: Interpreter, dict: Handle, mapping: Handle, callable: Handle): number {
  if (!isMapping(ip, mapping)) {
    ip.clearError();
    return ip.raiseInt(
      'TypeError',
      `${functionText(ip, callable)} argument after ** must be a mapping, not ${typeName(ip, mapping)}`,
    );
  }
  // Twice the same keyword is an error: look before the merge.
  const other = ip.is(mapping, ip.types.dict) ? ip.newRef(mapping) : newDict(ip);
  if (other !== mapping && mergeDict(ip, other, mapping, true) < 0) {
    ip.decref(other);
    return -1;
  }
  for (const [k] of dictItemsArray(ip, other)) {
    const known = dictContains(ip, dict, k);
    if (known === 1) {
      const text = isStr(ip, k)
        ? `got multiple values for keyword argument '${strValue(ip, k)}'`
        : 'keywords must be strings';
      ip.decref(other);
      return ip.raiseInt('TypeError', isStr(ip, k) ? `${functionText(ip, callable)} ${text}` : text);
    }
    if (known < 0) {
      ip.decref(other);
      return -1;
    }
  }
  const r = mergeDict(ip, dict, other, true);
  ip.decref(other);
  return r;
}

/** A `{**mapping}` entry: 0 or -1. */
export function keyedUpdate(ip: Interpreter, dict: Handle, mapping: Handle): number {
  if (!isMapping(ip, mapping)) {
    ip.clearError();
    return ip.raiseInt('TypeError', `'${typeName(ip, mapping)}' object is not a mapping`);
  }
  return mergeDict(ip, dict, mapping, true);
}
