/**
 * The classes of `ast` in the heap (Python/Python-ast.c, `init_types`): a base `AST` in native code, the others made
 * by calling `type`, as there. They are made once for an interpreter, when something needs them.
 */
import type { Handle } from '../../heap/layout';
import { TPFLAGS, type TypeSpec } from '../../heap/object';
import { getAttrString, getOptionalAttr, isDict, isStr, sequenceList, setAttr, typeName } from '../../objects/abstract';
import { dictGet, dictSet, newDict } from '../../objects/dict';
import { materializeDict, replaceDict } from '../../objects/dict-values';
import { genericGetAttr, genericSetAttr } from '../../objects/generic-attr';
import { listItems, newList } from '../../objects/list';
import { allocInstance, freeObject } from '../../objects/object';
import { strFrom, strValue } from '../../objects/str';
import { newTuple } from '../../objects/tuple';
import { moduleType } from '../../modules/define';
import { warn } from '../../modules/warn';
import type { Interpreter } from '../../vm/interpreter';
import { ATTRIBUTES, type Field, type Group, type NodeClass, SIMPLE_SUMS, asdl } from './asdl';
import { astRepr } from './repr';

const AST_DICT = 2;

export interface AstState {
  readonly groups: readonly Group[];
  /** Classes by name; the module's state owns them. */
  readonly classes: ReadonlyMap<string, Handle>;
  readonly nodes: ReadonlyMap<string, NodeClass>;
  /** `Load()`, `Add()`, …: the one instance of each; owned by the state. */
  readonly singletons: ReadonlyMap<string, Handle>;
  readonly located: ReadonlySet<string>;
}

/** The classes, made at the first call. null with an exception. */
export function astState(ip: Interpreter): AstState | null {
  const known = ip.moduleState.get('_ast') as AstState | undefined;
  if (known !== undefined) return known;
  const state = initTypes(ip);
  if (state !== null) ip.moduleState.set('_ast', state);
  return state;
}

/** Items of a class attribute that is a sequence, borrowed from a list; null with an exception. `absent`: none there. */
function sequenceAttribute(ip: Interpreter, type: Handle, name: string): { list: Handle; items: Handle[] } | null {
  const value = getOptionalAttr(ip, type, ip.id(name));
  if (value === 0) return ip.currentException !== 0 ? null : { list: 0, items: [] };
  const list = sequenceList(ip, value);
  ip.decref(value);
  return list === 0 ? null : { list, items: listItems(ip, list) };
}

/** `ast_type_init`. */
function astInit(ip: Interpreter, self: Handle, args: Handle[], kwnames: Handle[] | null): number {
  const type = ip.mem[self + 1]!;
  const fields = sequenceAttribute(ip, type, '_fields');
  if (fields === null) return -1;
  const r = initFields(ip, self, type, fields.items, args, kwnames ?? []);
  ip.xdecref(fields.list);
  return r;
}

function initFields(
  ip: Interpreter,
  self: Handle,
  type: Handle,
  fields: Handle[],
  args: Handle[],
  kwnames: Handle[],
): number {
  const npos = args.length - kwnames.length;
  const name = typeName(ip, self);
  if (npos > fields.length) {
    const s = fields.length === 1 ? '' : 's';
    return ip.raiseInt('TypeError', `${name} constructor takes at most ${fields.length} positional argument${s}`);
  }
  const texts = fields.map((f) => (isStr(ip, f) ? strValue(ip, f) : ''));
  const remaining = new Set(texts);
  for (let i = 0; i < npos; i++) {
    if (setAttr(ip, self, fields[i]!, args[i]!) < 0) return -1;
    remaining.delete(texts[i]!);
  }
  for (const [i, key] of kwnames.entries()) {
    const text = strValue(ip, key);
    if (texts.includes(text)) {
      if (!remaining.delete(text)) {
        return ip.raiseInt('TypeError', `${name} got multiple values for argument '${text}'`);
      }
    } else if (!isAttribute(ip, type, text)) {
      if (ip.currentException !== 0) return -1;
      const message = `${name}.__init__ got an unexpected keyword argument '${text}'. Support for arbitrary keyword arguments is deprecated and will be removed in Python 3.15.`;
      if (!warn(ip, 'DeprecationWarning', message)) return -1;
    }
    if (setAttr(ip, self, key, args[npos + i]!) < 0) return -1;
  }
  return remaining.size === 0 ? 0 : fillMissing(ip, self, type, fields, remaining);
}

function isAttribute(ip: Interpreter, type: Handle, name: string): boolean {
  const attributes = sequenceAttribute(ip, type, '_attributes');
  if (attributes === null) return false;
  const found = attributes.items.some((h) => isStr(ip, h) && strValue(ip, h) === name);
  ip.xdecref(attributes.list);
  return found;
}

/** What was not given: a new list, `Load()`, None from the class, or a warning. */
function fillMissing(
  ip: Interpreter,
  self: Handle,
  type: Handle,
  fields: Handle[],
  remaining: ReadonlySet<string>,
): number {
  const types = getOptionalAttr(ip, type, ip.id('_field_types'));
  if (types === 0) return ip.currentException !== 0 ? -1 : 0;
  const state = astState(ip)!;
  let r = 0;
  for (const field of fields) {
    const text = strValue(ip, field);
    if (r < 0 || !remaining.has(text)) continue;
    const kind = isDict(ip, types) ? dictGet(ip, types, field) : 0;
    if (ip.currentException !== 0) r = -1;
    else if (kind === 0) {
      const message = `Field '${text}' is missing from ${typeName(ip, self)}._field_types. This will become an error in Python 3.15.`;
      r = warn(ip, 'DeprecationWarning', message) ? 0 : -1;
    } else if (ip.is(kind, ip.types['typing.Union'])) continue;
    else if (ip.is(kind, ip.types['types.GenericAlias'])) {
      const list = newList(ip, []);
      r = setAttr(ip, self, field, list);
      ip.decref(list);
    } else if (kind === state.classes.get('expr_context')) {
      r = setAttr(ip, self, field, state.singletons.get('Load')!);
    } else {
      const message = `${typeName(ip, self)}.__init__ missing 1 required positional argument: '${text}'. This will become an error in Python 3.15.`;
      r = warn(ip, 'DeprecationWarning', message) ? 0 : -1;
    }
  }
  ip.decref(types);
  return r;
}

/** `ast_type_reduce`: the class, its positional fields, and what else the instance has. */
function astReduce(ip: Interpreter, self: Handle): Handle {
  const dict = getOptionalAttr(ip, self, ip.id('__dict__'));
  const type = ip.mem[self + 1]!;
  if (dict === 0) return ip.currentException !== 0 ? 0 : newTuple(ip, [ip.newRef(type), ip.emptyTuple]);
  const fields = sequenceAttribute(ip, type, '_fields');
  if (fields === null) return 0;
  const positional: Handle[] = [];
  const rest = ip.call(ip.types.dict.handle, [dict]);
  for (const field of fields.items) {
    const value = dictGet(ip, dict, field);
    if (value === 0) break;
    positional.push(ip.newRef(value));
  }
  ip.xdecref(fields.list);
  ip.decref(dict);
  return newTuple(ip, [ip.newRef(type), newTuple(ip, positional), rest]);
}

/** `ast_type_replace` (3.14): a copy with some fields changed. */
function astReplace(ip: Interpreter, self: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const npos = args.length - (kwnames?.length ?? 0);
  if (npos > 0) return ip.raise('TypeError', '__replace__() takes no positional arguments');
  const type = ip.mem[self + 1]!;
  const dict = getAttrString(ip, self, '__dict__');
  if (dict === 0) return 0;
  const fields = sequenceAttribute(ip, type, '_fields');
  const attributes = fields === null ? null : sequenceAttribute(ip, type, '_attributes');
  if (fields === null || attributes === null) return 0;
  const known = new Set([...fields.items, ...attributes.items].map((h) => strValue(ip, h)));
  const all = ip.call(ip.types.dict.handle, [dict]);
  ip.decref(dict);
  const missing = new Set(fields.items.map((h) => strValue(ip, h)));
  for (const h of fields.items)
    if (dictGet(ip, all, h) !== 0 || hasDefault(ip, type, h)) missing.delete(strValue(ip, h));
  for (const [i, key] of (kwnames ?? []).entries()) {
    const text = strValue(ip, key);
    missing.delete(text);
    if (!known.has(text)) {
      ip.decref(all);
      return ip.raise('TypeError', `${typeName(ip, self)}.__replace__ got an unexpected keyword argument '${text}'.`);
    }
    dictSet(ip, all, key, args[i]!);
  }
  ip.xdecref(fields.list);
  ip.xdecref(attributes.list);
  if (missing.size > 0) {
    ip.decref(all);
    const names = [...missing].sort().map((n) => `'${n}'`);
    const s = names.length === 1 ? '' : 's';
    return ip.raise(
      'TypeError',
      `${typeName(ip, self)}.__replace__ missing ${names.length} keyword argument${s}: ${names.join(', ')}.`,
    );
  }
  const r = callWithDict(ip, type, all);
  ip.decref(all);
  return r;
}

function hasDefault(ip: Interpreter, type: Handle, field: Handle): boolean {
  const value = getOptionalAttr(ip, type, field);
  ip.clearError();
  ip.xdecref(value);
  return value !== 0;
}

function callWithDict(ip: Interpreter, type: Handle, dict: Handle): Handle {
  const keys = sequenceList(ip, dict);
  if (keys === 0) return 0;
  const names = listItems(ip, keys);
  const r = ip.call(
    type,
    names.map((k) => dictGet(ip, dict, k)),
    names,
  );
  ip.decref(keys);
  return r;
}

function astSpec(minor: number): TypeSpec {
  return {
    name: 'AST',
    module: 'ast',
    gc: true,
    flags: TPFLAGS.BASETYPE,
    words: 1,
    basicsize: 24,
    dictoffset: AST_DICT,
    slots: {
      tp_new(ip: Interpreter, type) {
        return allocInstance(ip, ip.slotsOfType(type));
      },
      tp_init: (ip: Interpreter, h, args, kwnames) => astInit(ip, h, args, kwnames),
      tp_dealloc(ip: Interpreter, h) {
        ip.heap.gcUntrack(h);
        ip.heap.clearRef(h + AST_DICT);
        freeObject(ip, h);
      },
      tp_traverse(ip: Interpreter, h, visit) {
        if (ip.mem[h + AST_DICT] !== 0) visit(ip.mem[h + AST_DICT]!, h + AST_DICT);
      },
      tp_clear: (ip: Interpreter, h) => ip.heap.clearRef(h + AST_DICT),
      tp_getattro: genericGetAttr,
      tp_setattro: genericSetAttr,
      ...(minor >= 14 ? { tp_repr: (ip: Interpreter, h: Handle) => astRepr(ip, h) } : {}),
    },
    methods: {
      __reduce__: { kind: 'noargs', fn: (ip: Interpreter, h) => astReduce(ip, h) },
      ...(minor >= 14
        ? { __replace__: { kind: 'keywords' as const, fn: (ip: Interpreter, h, a, k) => astReplace(ip, h, a, k) } }
        : {}),
    } as TypeSpec['methods'],
    getset: {
      __dict__: {
        get: (ip: Interpreter, h) => ip.newRef(materializeDict(ip, h, ip.tp(h))),
        set(ip: Interpreter, h, value) {
          if (value !== 0 && !isDict(ip, value))
            return ip.raiseInt('TypeError', `__dict__ must be set to a dictionary, not a '${typeName(ip, value)}'`);
          replaceDict(ip, h, ip.tp(h), value);
          return 0;
        },
      },
    },
  };
}

/** Makes the classes one by one, in CPython's order. */
class Maker {
  readonly classes = new Map<string, Handle>();
  readonly nodes = new Map<string, NodeClass>();
  readonly singletons = new Map<string, Handle>();
  readonly located = new Set<string>();
  failed = false;

  constructor(private readonly ip: Interpreter) {}

  /** Sets an attribute to a value that is given up. */
  private put(h: Handle, name: string, value: Handle): void {
    if (value === 0 || setAttr(this.ip, h, this.ip.id(name), value) < 0) this.failed = true;
    this.ip.xdecref(value);
  }

  private names(list: readonly string[]): Handle {
    const { ip } = this;
    return newTuple(
      ip,
      list.map((n) => ip.newRef(ip.id(n))),
    );
  }

  base(h: Handle): void {
    this.classes.set('AST', h);
    this.put(h, '_fields', this.ip.emptyTuple);
    this.put(h, '__match_args__', this.ip.emptyTuple);
    this.put(h, '_attributes', this.ip.emptyTuple);
  }

  /** `make_type`: `type(name, (base,), {...})`. */
  make(node: NodeClass, base: string): void {
    const { ip } = this;
    const namespace = newDict(ip);
    const names = this.names(node.fields.map((f) => f.name));
    const doc = strFrom(ip, node.signature);
    for (const [key, value] of [
      ['_fields', names],
      ['__match_args__', names],
      ['__module__', ip.id('ast')],
      ['__doc__', doc],
    ] as const)
      dictSet(ip, namespace, ip.id(key), value);
    ip.decref(names);
    ip.decref(doc);
    const bases = newTuple(ip, [ip.newRef(this.classes.get(base)!)]);
    const h = ip.call(ip.types.type.handle, [ip.id(node.name), bases, namespace]);
    ip.decref(bases);
    ip.decref(namespace);
    if (h === 0) {
      this.failed = true;
      return;
    }
    ip.moduleRefs.push(h);
    this.classes.set(node.name, h);
    this.nodes.set(node.name, node);
    for (const field of node.fields) if (field.kind === 'optional') this.put(h, field.name, ip.None);
  }

  attributes(node: NodeClass, located: boolean): void {
    const h = this.classes.get(node.name)!;
    this.put(h, '_attributes', located ? this.names(ATTRIBUTES) : this.ip.emptyTuple);
    if (!located) return;
    this.located.add(node.name);
    this.put(h, 'end_lineno', this.ip.None);
    this.put(h, 'end_col_offset', this.ip.None);
  }

  singleton(name: string): void {
    const { ip } = this;
    const h = ip.call(this.classes.get(name)!, []);
    if (h === 0) {
      this.failed = true;
      return;
    }
    ip.moduleRefs.push(h);
    this.singletons.set(name, h);
  }

  /** New. */
  private fieldType(field: Field): Handle {
    const { ip } = this;
    const builtin = { identifier: 'str', string: 'str', int: 'int', constant: 'object' }[field.type];
    const type =
      builtin === undefined ? this.classes.get(field.type)! : ip.types[builtin as 'str' | 'int' | 'object'].handle;
    if (field.kind === 'optional') return ip.unionOf(type, ip.None);
    if (field.kind === 'list') return ip.call(ip.types['types.GenericAlias'].handle, [ip.types.list.handle, type]);
    return ip.newRef(type);
  }

  /** `add_ast_annotations`. */
  annotate(node: NodeClass): void {
    const { ip } = this;
    const dict = newDict(ip);
    for (const field of node.fields) {
      const type = this.fieldType(field);
      if (type === 0) {
        this.failed = true;
        break;
      }
      dictSet(ip, dict, ip.id(field.name), type);
      ip.decref(type);
    }
    const h = this.classes.get(node.name)!;
    this.put(h, '_field_types', ip.newRef(dict));
    this.put(h, '__annotations__', dict);
  }
}

function initTypes(ip: Interpreter): AstState | null {
  const minor = ip.facts.version[1];
  const groups = asdl(minor);
  const maker = new Maker(ip);
  const ast = moduleType(ip, astSpec(minor));
  ast.flags &= ~TPFLAGS.IMMUTABLETYPE;
  maker.base(ast.handle);
  for (const { node, located, members } of groups) {
    maker.make(node, 'AST');
    if (maker.failed) return null;
    maker.attributes(node, located);
    for (const member of members) {
      maker.make(member, node.name);
      if (maker.failed) return null;
      if (SIMPLE_SUMS.has(node.name)) maker.singleton(member.name);
    }
  }
  for (const { node, members } of groups) {
    if (members.length === 0) maker.annotate(node);
    for (const member of members) maker.annotate(member);
  }
  const { classes, nodes, singletons, located } = maker;
  return maker.failed ? null : { groups, classes, nodes, singletons, located };
}
