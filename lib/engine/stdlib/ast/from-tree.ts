/** The parser's tree as objects (Python/Python-ast.c, `ast2obj_*`). */
import type { ConstValue } from '../../compiler/code-unit';
import type { Handle } from '../../heap/layout';
import { setAttr } from '../../objects/abstract';
import { newBytes } from '../../objects/bytes';
import { newComplex } from '../../objects/complex';
import { newFloat } from '../../objects/float';
import { intFromBigInt, intFromNumber } from '../../objects/int';
import { newList } from '../../objects/list';
import { allocInstance } from '../../objects/object';
import { frozensetFromIterable } from '../../objects/set';
import { internMortal, strFrom } from '../../objects/str';
import { newTuple } from '../../objects/tuple';
import type { Interpreter } from '../../vm/interpreter';
import { ATTRIBUTES, type Field, SIMPLE_SUMS } from './asdl';
import { type AstState, astState } from './types';

type Node = Readonly<Record<string, unknown>> & { readonly _type: string };

/** `PyAST_mod2obj`: new, or 0 with an exception. */
export function objectFromTree(ip: Interpreter, tree: object): Handle {
  const state = astState(ip);
  return state === null ? 0 : nodeObject(ip, state, tree as Node);
}

/** New. */
export function constantObject(ip: Interpreter, value: ConstValue): Handle {
  switch (value.kind) {
    case 'none':
      return ip.None;
    case 'ellipsis':
      return ip.Ellipsis;
    case 'bool':
      return ip.bool(value.value);
    case 'int':
      return intFromBigInt(ip, value.value);
    case 'float':
      return newFloat(ip, value.value);
    case 'complex':
      return newComplex(ip, value.real, value.imag);
    case 'str':
      return strFrom(ip, value.value);
    case 'bytes':
      return newBytes(ip, value.value);
    case 'tuple':
      return newTuple(
        ip,
        value.items.map((v) => constantObject(ip, v)),
      );
    case 'frozenset': {
      const items = newTuple(
        ip,
        value.items.map((v) => constantObject(ip, v)),
      );
      const set = frozensetFromIterable(ip, items);
      ip.decref(items);
      return set;
    }
    default:
      return ip.raise('SystemError', 'a tree holds no such constant');
  }
}

function nodeObject(ip: Interpreter, state: AstState, tree: Node): Handle {
  if (!ip.enterRecursive(' during  ast construction')) return 0;
  const type = ip.slotsOfType(state.classes.get(tree._type)!);
  const node = state.nodes.get(tree._type)!;
  const h = allocInstance(ip, type);
  let ok = true;
  const put = (name: string, value: Handle): void => {
    ok = value !== 0 && setAttr(ip, h, ip.id(name), value) >= 0;
    ip.xdecref(value);
  };
  for (const field of node.fields) {
    if (!ok) break;
    const value = tree[field.name === 'kind' ? 'kindPrefix' : field.name];
    put(field.name, field.kind === 'list' ? list(ip, state, field, value as unknown[]) : one(ip, state, field, value));
  }
  if (state.located.has(node.sum ?? node.name)) {
    for (const name of ATTRIBUTES) if (ok) put(name, intFromNumber(ip, tree[name] as number));
  }
  ip.leaveRecursive();
  if (ok) return h;
  ip.decref(h);
  return 0;
}

function list(ip: Interpreter, state: AstState, field: Field, values: readonly unknown[]): Handle {
  const items: Handle[] = [];
  for (const value of values) {
    const item = one(ip, state, field, value);
    if (item === 0) {
      for (const h of items) ip.decref(h);
      return 0;
    }
    items.push(item);
  }
  return newList(ip, items);
}

function one(ip: Interpreter, state: AstState, field: Field, value: unknown): Handle {
  if (value === null || value === undefined) return ip.None;
  switch (field.type) {
    case 'identifier':
      return internMortal(ip, value as string);
    case 'string':
      return strFrom(ip, value as string);
    case 'int':
      return intFromNumber(ip, value as number);
    case 'constant':
      // The source text of an interpolation is plain text in the tree.
      return typeof value === 'string' ? strFrom(ip, value) : constantObject(ip, value as ConstValue);
  }
  if (SIMPLE_SUMS.has(field.type)) return ip.newRef(state.singletons.get(value as string)!);
  return nodeObject(ip, state, value as Node);
}
