/** Objects of `ast` as the compiler's tree (Python/Python-ast.c, `obj2ast_*`), checked as CPython checks them. */
import type { ConstValue } from '../../compiler/code-unit';
import type { Handle } from '../../heap/layout';
import { getOptionalAttr, isInt, isList, isType, reprText, typeName } from '../../objects/abstract';
import { bytesValue } from '../../objects/bytes';
import { complexValue } from '../../objects/complex';
import { floatValue } from '../../objects/float';
import { intToBigInt, intToIndex } from '../../objects/int';
import { listItem, listSize } from '../../objects/list';
import { setEntryKey, setNext } from '../../objects/set';
import { strValue } from '../../objects/str';
import { tupleItems } from '../../objects/tuple';
import { isSubtype } from '../../objects/type-lookup';
import type { Mod } from '../../parser/ast';
import type { Interpreter } from '../../vm/interpreter';
import { type Field, type Group, type NodeClass, SIMPLE_SUMS } from './asdl';
import { type AstState, astState } from './types';

export type Tree = { _type: string } & Record<string, unknown>;

/** Thrown inside this room when the Python exception is set. */
class Raised extends Error {}

/** A constant that no program can have; the validator names its type. */
export interface InvalidConstant {
  readonly kind: 'invalid';
  readonly type: string;
}

/** `PyAST_obj2mod`: null with an exception. */
export function treeFromObject(ip: Interpreter, h: Handle, mode: 'exec' | 'eval' | 'single' | 'func_type'): Mod | null {
  const state = astState(ip);
  if (state === null) return null;
  const wanted = { exec: 'Module', eval: 'Expression', single: 'Interactive', func_type: 'FunctionType' }[mode];
  if (!isInstance(ip, h, state.classes.get(wanted)!)) {
    ip.raise('TypeError', `expected ${wanted} node, got ${shortName(typeName(ip, h))}`);
    return null;
  }
  try {
    return new Reader(ip, state).sum(h, state.groups[0]!) as unknown as Mod;
  } catch (error) {
    if (error instanceof Raised) return null;
    throw error;
  }
}

/** `PyAST_Check`. */
export function isAstNode(ip: Interpreter, h: Handle): boolean {
  const base = ip.moduleTypes.get('ast.AST');
  return base !== undefined && isSubtype(ip, ip.tp(h), base);
}

function isInstance(ip: Interpreter, h: Handle, type: Handle): boolean {
  return isType(ip, type) && isSubtype(ip, ip.tp(h), ip.slotsOfType(type));
}

function shortName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

class Reader {
  private readonly groupOf = new Map<string, Group>();
  constructor(
    private readonly ip: Interpreter,
    private readonly state: AstState,
  ) {
    for (const group of state.groups) this.groupOf.set(group.node.name, group);
  }

  private fail(type: 'TypeError' | 'ValueError' | 'RuntimeError', message: string): never {
    this.ip.raise(type, message);
    throw new Raised();
  }

  /** The attribute, new; 0: there is none. */
  private attribute(h: Handle, name: string): Handle {
    const value = getOptionalAttr(this.ip, h, this.ip.id(name));
    if (value === 0 && this.ip.currentException !== 0) throw new Raised();
    return value;
  }

  /** A node of a sum, or a product; null for None. */
  sum(h: Handle, group: Group): Tree | null {
    const { ip, state } = this;
    if (h === ip.None) return null;
    if (!ip.enterRecursive(` while traversing '${group.node.name}' node`)) throw new Raised();
    try {
      const place = group.located ? this.place(h, group.node.name) : null;
      const node =
        group.members.length === 0
          ? group.node
          : group.members.find((m) => isInstance(ip, h, state.classes.get(m.name)!));
      if (node === undefined) {
        const text = reprText(ip, h);
        if (text === null) throw new Raised();
        return this.fail('TypeError', `expected some sort of ${group.node.name}, but got ${text}`);
      }
      return { ...this.fields(h, node), ...place };
    } finally {
      ip.leaveRecursive();
    }
  }

  private place(h: Handle, what: string): Record<string, number> {
    const read = (name: string, fallback: number | null): number => {
      const value = this.attribute(h, name);
      if (value === 0 || (value === this.ip.None && fallback !== null)) {
        if (fallback !== null) return fallback;
        return this.fail('TypeError', `required field "${name}" missing from ${what}`);
      }
      const n = this.int(value);
      this.ip.decref(value);
      return n;
    };
    const lineno = read('lineno', null);
    const col_offset = read('col_offset', null);
    return {
      lineno,
      col_offset,
      end_lineno: read('end_lineno', lineno),
      end_col_offset: read('end_col_offset', col_offset),
    };
  }

  private int(h: Handle): number {
    if (!isInt(this.ip, h)) {
      const text = reprText(this.ip, h);
      if (text === null) throw new Raised();
      return this.fail('ValueError', `invalid integer value: ${text}`);
    }
    return intToIndex(this.ip, h);
  }

  private fields(h: Handle, node: NodeClass): Tree {
    const { ip } = this;
    const tree: Tree = { _type: node.name };
    for (const field of node.fields) {
      const key = field.name === 'kind' ? 'kindPrefix' : field.name;
      const value = this.attribute(h, field.name);
      if (value === 0) {
        if (field.kind === 'one') this.fail('TypeError', `required field "${field.name}" missing from ${node.name}`);
        tree[key] = field.kind === 'list' ? [] : field.type === 'int' ? 0 : null;
        continue;
      }
      try {
        if (field.kind === 'list') tree[key] = this.list(value, field, node);
        else if (field.kind === 'optional' && value === ip.None) tree[key] = field.type === 'int' ? 0 : null;
        else tree[key] = this.value(value, field);
      } finally {
        ip.decref(value);
      }
    }
    for (const field of node.fields) {
      if (field.kind === 'one' && tree[field.name] === null)
        this.fail('ValueError', `field '${field.name}' is required for ${node.name}`);
    }
    return tree;
  }

  private list(h: Handle, field: Field, node: NodeClass): unknown[] {
    const { ip } = this;
    if (!isList(ip, h)) {
      this.fail('TypeError', `${node.name} field "${field.name}" must be a list, not a ${typeName(ip, h)}`);
    }
    const size = listSize(ip, h);
    const out: unknown[] = [];
    for (let i = 0; i < size; i++) {
      const item = ip.newRef(listItem(ip, h, i));
      try {
        out.push(this.value(item, field));
      } finally {
        ip.decref(item);
      }
      if (listSize(ip, h) !== size)
        this.fail('RuntimeError', `${node.name} field "${field.name}" changed size during iteration`);
    }
    return out;
  }

  private value(h: Handle, field: Field): unknown {
    const { ip, state } = this;
    switch (field.type) {
      case 'identifier':
      case 'string':
        if (h === ip.None) return null;
        if (!ip.is(h, ip.types.str) && !(field.type === 'string' && ip.is(h, ip.types.bytes)))
          this.fail('TypeError', `AST ${field.type} must be of type str`);
        return ip.is(h, ip.types.str) ? strValue(ip, h) : '';
      case 'int':
        return this.int(h);
      case 'constant':
        // The source text of an interpolation is plain text in the tree.
        if (field.name === 'str') return ip.is(h, ip.types.str) ? strValue(ip, h) : '';
        return this.constant(h);
    }
    const group = this.groupOf.get(field.type)!;
    if (!SIMPLE_SUMS.has(field.type)) return this.sum(h, group);
    for (const member of group.members) if (isInstance(ip, h, state.classes.get(member.name)!)) return member.name;
    const text = reprText(ip, h);
    if (text === null) throw new Raised();
    return this.fail('TypeError', `expected some sort of ${field.type}, but got ${text}`);
  }

  private constant(h: Handle): ConstValue | InvalidConstant {
    const { ip } = this;
    const t = ip.types;
    if (h === ip.None) return { kind: 'none' };
    if (h === ip.Ellipsis) return { kind: 'ellipsis' };
    if (ip.is(h, t.bool)) return { kind: 'bool', value: h === ip.True };
    if (ip.is(h, t.int)) return { kind: 'int', value: intToBigInt(ip, h) };
    if (ip.is(h, t.float)) return { kind: 'float', value: floatValue(ip, h) };
    if (ip.is(h, t.complex)) return { kind: 'complex', ...complexValue(ip, h) };
    if (ip.is(h, t.str)) return { kind: 'str', value: strValue(ip, h) };
    if (ip.is(h, t.bytes)) return { kind: 'bytes', value: bytesValue(ip, h) };
    if (ip.is(h, t.tuple) || ip.is(h, t.frozenset)) {
      const items: ConstValue[] = [];
      for (const item of this.members(h)) {
        const value = this.constant(item);
        if (value.kind === 'invalid') return value;
        items.push(value);
      }
      return { kind: ip.is(h, t.tuple) ? 'tuple' : 'frozenset', items };
    }
    return { kind: 'invalid', type: typeName(ip, h) };
  }

  private members(h: Handle): Handle[] {
    const { ip } = this;
    if (ip.is(h, ip.types.tuple)) return [...tupleItems(ip, h)];
    const out: Handle[] = [];
    for (let pos = setNext(ip, h, 0); pos !== 0; pos = setNext(ip, h, pos)) out.push(setEntryKey(ip, h, pos));
    return out;
  }
}
