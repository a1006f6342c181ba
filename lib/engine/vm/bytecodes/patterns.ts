/** MATCH_KEYS and MATCH_CLASS (Python/ceval.c, `_PyEval_MatchKeys`, `_PyEval_MatchClass`). */
import type { Handle } from '../../heap/layout';
import { TPFLAGS } from '../../heap/object';
import { getAttr, getOptionalAttr, isStr, isTuple, isType, reprText, typeName } from '../../objects/abstract';
import { isInstance } from '../../objects/isinstance';
import { newObject } from '../../objects/object';
import { newSet, setAdd, setContains } from '../../objects/set';
import { strValue } from '../../objects/str';
import { newTuple, tupleItem, tupleItems, tupleSize } from '../../objects/tuple';
import type { Interpreter } from '../interpreter';

/** A tuple of the values, or None if a key is missing. New, or 0. */
export function matchKeys(ip: Interpreter, subject: Handle, keys: Handle): Handle {
  if (tupleSize(ip, keys) === 0) return ip.emptyTuple;
  const get = getAttr(ip, subject, ip.id('get'));
  if (get === 0) return 0;
  const missing = newObject(ip, ip.types.object);
  const seen = newSet(ip);
  const values: Handle[] = [];
  let result = -1;
  for (const key of tupleItems(ip, keys)) {
    const known = setContains(ip, seen, key);
    if (known !== 0 || setAdd(ip, seen, key) < 0) {
      const text = known === 1 ? reprText(ip, key) : null;
      if (text !== null) ip.raise('ValueError', `mapping pattern checks duplicate key (${text})`);
      result = 0;
      break;
    }
    const v = ip.call(get, [key, missing]);
    if (v === 0 || v === missing) {
      ip.xdecref(v);
      result = v === 0 ? 0 : ip.None;
      break;
    }
    values.push(v);
  }
  ip.decref(get);
  ip.decref(seen);
  ip.decref(missing);
  if (result < 0) return newTuple(ip, values);
  for (const v of values) ip.decref(v);
  return result;
}

const MATCH_SELF =
  TPFLAGS.LONG_SUBCLASS |
  TPFLAGS.LIST_SUBCLASS |
  TPFLAGS.TUPLE_SUBCLASS |
  TPFLAGS.BYTES_SUBCLASS |
  TPFLAGS.UNICODE_SUBCLASS |
  TPFLAGS.DICT_SUBCLASS;

/** A tuple of the attributes, or None if the subject does not match. New, or 0. */
export function matchClass(ip: Interpreter, subject: Handle, type: Handle, npos: number, kwnames: Handle): Handle {
  if (!isType(ip, type)) return ip.raise('TypeError', 'called match pattern must be a class');
  const slots = ip.slotsOfType(type);
  const fits = isInstance(ip, subject, type);
  if (fits <= 0) return fits < 0 ? 0 : ip.None;
  const out: Handle[] = [];
  const fail = (result: Handle): Handle => {
    for (const h of out) ip.decref(h);
    return result;
  };
  const seen = new Set<string>();
  if (npos > 0) {
    const args = getOptionalAttr(ip, type, ip.id('__match_args__'));
    if (args === 0 && ip.currentException !== 0) return 0;
    const matchesSelf =
      args === 0 &&
      ((slots.flags & MATCH_SELF) !== 0 || ['float', 'set', 'frozenset', 'bytearray'].includes(slots.name));
    if (args !== 0 && !isTuple(ip, args)) {
      ip.raise('TypeError', `${slots.name}.__match_args__ must be a tuple (got ${typeName(ip, args)})`);
      ip.decref(args);
      return 0;
    }
    const allowed = matchesSelf ? 1 : args === 0 ? 0 : tupleSize(ip, args);
    if (allowed < npos) {
      ip.xdecref(args);
      return ip.raise(
        'TypeError',
        `${slots.name}() accepts ${allowed} positional sub-pattern${allowed === 1 ? '' : 's'} (${npos} given)`,
      );
    }
    if (matchesSelf) out.push(ip.newRef(subject));
    else {
      for (let i = 0; i < npos; i++) {
        const r = attribute(ip, subject, tupleItem(ip, args, i), seen, slots.name);
        if (r === 0) {
          ip.xdecref(args);
          return fail(ip.currentException !== 0 ? 0 : ip.None);
        }
        out.push(r);
      }
    }
    ip.xdecref(args);
  }
  for (const name of tupleItems(ip, kwnames)) {
    const r = attribute(ip, subject, name, seen, slots.name);
    if (r === 0) return fail(ip.currentException !== 0 ? 0 : ip.None);
    out.push(r);
  }
  return newTuple(ip, out);
}

function attribute(ip: Interpreter, subject: Handle, name: Handle, seen: Set<string>, type: string): Handle {
  if (!isStr(ip, name))
    return ip.raise('TypeError', `__match_args__ elements must be strings (got ${typeName(ip, name)})`);
  const text = strValue(ip, name);
  if (seen.has(text))
    return ip.raise('TypeError', `${type}() got multiple sub-patterns for attribute ${reprText(ip, name)}`);
  seen.add(text);
  return getOptionalAttr(ip, subject, name);
}
