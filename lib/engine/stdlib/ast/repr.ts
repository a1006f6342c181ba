/** `repr` of a node in 3.14 (`ast_repr_max_depth`): three levels deep, long lists by their ends. */
import type { Handle } from '../../heap/layout';
import { getAttr, isList, isStr, isTuple, reprText, sequenceList } from '../../objects/abstract';
import { listItems } from '../../objects/list';
import { strFrom, strValue } from '../../objects/str';
import { tupleItems } from '../../objects/tuple';
import { isInstanceOf } from '../../objects/type-lookup';
import type { Interpreter } from '../../vm/interpreter';

const MAX_DEPTH = 3;

export function astRepr(ip: Interpreter, self: Handle): Handle {
  const text = nodeText(ip, self, MAX_DEPTH);
  return text === null ? 0 : strFrom(ip, text);
}

function isNode(ip: Interpreter, h: Handle): boolean {
  const base = ip.moduleTypes.get('ast.AST');
  return base !== undefined && isInstanceOf(ip, h, base);
}

function valueText(ip: Interpreter, value: Handle, depth: number): string | null {
  if (isList(ip, value) || isTuple(ip, value)) return sequenceText(ip, value, depth);
  return isNode(ip, value) ? nodeText(ip, value, depth - 1) : reprText(ip, value);
}

/** The first and the last item; what lies between is left out. */
function sequenceText(ip: Interpreter, value: Handle, depth: number): string | null {
  const items = isList(ip, value) ? listItems(ip, value) : tupleItems(ip, value);
  const [open, close] = isList(ip, value) ? '[]' : '()';
  const shown: string[] = [];
  for (let i = 0; i < items.length; i++) {
    if (i > 0 && i < items.length - 1) {
      if (i === 1) shown.push('...');
      continue;
    }
    const item = items[i]!;
    const text = isNode(ip, item) ? nodeText(ip, item, depth - 1) : reprText(ip, item);
    if (text === null) return null;
    shown.push(text);
  }
  return `${open}${shown.join(', ')}${close}`;
}

function nodeText(ip: Interpreter, self: Handle, depth: number): string | null {
  const { name } = ip.tp(self);
  const short = name.slice(name.lastIndexOf('.') + 1);
  if (depth <= 0) return `${short}(...)`;
  if (ip.reprEnter(self)) return `${short}(...)`;
  const text = fieldsText(ip, self, short, depth);
  ip.reprLeave(self);
  return text;
}

function fieldsText(ip: Interpreter, self: Handle, short: string, depth: number): string | null {
  const attr = getAttr(ip, ip.mem[self + 1]!, ip.id('_fields'));
  if (attr === 0) return null;
  const fields = sequenceList(ip, attr);
  ip.decref(attr);
  if (fields === 0) return null;
  const parts: string[] = [];
  for (const field of listItems(ip, fields)) {
    if (!isStr(ip, field)) continue;
    const value = getAttr(ip, self, field);
    const text = value === 0 ? null : valueText(ip, value, depth);
    ip.xdecref(value);
    if (text === null) {
      ip.decref(fields);
      return null;
    }
    parts.push(`${strValue(ip, field)}=${text}`);
  }
  ip.decref(fields);
  return `${short}(${parts.join(', ')})`;
}
