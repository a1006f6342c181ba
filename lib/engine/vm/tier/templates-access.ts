/** Names, attributes and items: the ways that inline caches make short. */
import { NB, Op } from '../../compiler/opcodes';
import { DICT_KEYS } from '../../objects/dict';
import { DK_VERSION } from '../../objects/dict-keys';
import { VALUES_ORDER } from '../../objects/dict-values';
import { F_GLOBALS, F_LOCALS } from '../../objects/interpreter-frame';
import { LIST_ALLOCATED, LIST_ITEMS, LIST_SIZE } from '../../objects/list';
import { TUPLE_ITEMS, TUPLE_SIZE } from '../../objects/tuple';
import { TP_VERSION } from '../../objects/type-lookup';
import type { Emitter } from './emitter';
import type { Template } from './templates';
import { intText, isSmallInt } from './templates';

/** The version of a dict's table of keys. */
function keysVersionText(dict: string): string {
  return `mem[mem[${dict} + ${DICT_KEYS}] + ${DK_VERSION}]`;
}

/** A new reference to a global or builtin, in a variable. */
function loadGlobal(e: Emitter, name: number, when: string): string {
  e.settle();
  const at = e.cache(3);
  const r = e.temp();
  e.emit(
    `if (${when}${keysVersionText(`mem[f + ${F_GLOBALS}]`)} === ic[${at}] && (ic[${at + 2}] === 0 || ${keysVersionText(`mem[f + ${F_GLOBALS + 1}]`)} === ic[${at + 2}])) { ${r} = mem[ic[${at + 1}]]; ${e.incref(r)} } ` +
      `else { ${e.slowText()} ${r} = ${e.slot(e.depth)}; ${when === '' ? '' : 'if (runsModule(f)) '}cacheGlobal(ic, ${at}, f, ${name}); }`,
  );
  return r;
}
const globalsAreLocals = `mem[f + ${F_LOCALS}] === mem[f + ${F_GLOBALS}] && `;

export const ACCESS: Template[] = [];

ACCESS[Op.LOAD_GLOBAL] = (e) => {
  e.pushOwn(loadGlobal(e, e.code.names[e.arg >> 1]!, ''));
  if ((e.arg & 1) !== 0) e.push({ kind: 'null', name: '', stored: false });
};
ACCESS[Op.LOAD_NAME] = (e) => e.pushOwn(loadGlobal(e, e.code.names[e.arg]!, globalsAreLocals));

function storeGlobal(e: Emitter, when: string): void {
  const top = e.depth - 1;
  e.settle();
  e.read(top);
  const at = e.cache(2);
  const old = e.temp();
  const slow = `${e.slowText()} ${when === '' ? '' : 'if (runsModule(f)) '}cacheStoreGlobal(ic, ${at}, f, ${e.code.names[e.arg]!});`;
  const item = e.pop();
  const value = e.temp();
  // What is stored is owned by the dict.
  const count =
    item.kind === 'borrow'
      ? e.incref(value)
      : item.kind === 'word'
        ? `if ((${item.name} & 1) !== 0) { ${e.incref(value)} }`
        : '';
  const handle = item.kind === 'word' ? `${item.name} & -2` : item.kind === 'borrow' ? item.name : e.word(item);
  e.emit(
    `if (${when}${keysVersionText(`mem[f + ${F_GLOBALS}]`)} === ic[${at}]) { ${value} = ${handle}; ${count} s = ic[${at + 1}]; ${old} = mem[s]; mem[s] = ${value}; ${e.decref(old, e.cold())} } else { ${slow} }`,
  );
}
ACCESS[Op.STORE_GLOBAL] = (e) => storeGlobal(e, '');
ACCESS[Op.STORE_NAME] = (e) => storeGlobal(e, globalsAreLocals);

// ---- attributes -------------------------------------------------------------------------------------------------------------

/** Text for the word of an inline value; `n` is a variable that holds the capacity. */
function valueText(obj: string, n: string, at: number): string {
  return `${obj} + ic[${at + 1}] + ${VALUES_ORDER} + ((${n} + 3) >> 2) + ic[${at + 2}]`;
}
function hasVersion(obj: string, at: number): string {
  return `mem[mem[${obj} + 1] + ${TP_VERSION}] === ic[${at}]`;
}

ACCESS[Op.LOAD_ATTR] = (e) => {
  const name = e.code.names[e.arg >> 1]!;
  e.settle(1);
  const at = e.cache(4);
  const obj = e.handle(0);
  const top = e.depth - 1;
  const r = e.temp();
  if ((e.arg & 1) !== 0) {
    const self = e.temp();
    e.settle();
    const owner = e.read(top);
    const keep = owner.kind === 'null' ? '0' : e.word(owner);
    e.emit(
      `if (${hasVersion(obj, at)} && (ic[${at + 2}] === 0 || mem[${obj} + ic[${at + 2}]] !== 0)) { ${r} = ic[${at + 1}]; ${e.incref(r)} ${self} = ${keep}; } ` +
        `else { cacheMethod(ic, ${at}, ${obj}, ${name}); ${e.slowText()} ${r} = ${e.slot(top)}; ${self} = ${e.slot(top + 1)}; }`,
    );
    e.pop();
    e.pushOwn(r);
    e.push({ kind: 'word', name: self, stored: false });
    return;
  }
  const n = e.temp();
  const owner = e.read(top);
  const slow = `cacheAttribute(ic, ${at}, ${obj}, ${name}); ${e.slowText()} ${r} = ${e.slot(top)};`;
  e.pop();
  // The owner goes when the value is safe on the stack.
  e.pushOwn(r);
  const close = e.closeText(owner, e.cold());
  e.pop();
  e.emit(
    `if (${hasVersion(obj, at)} && (${n} = mem[${obj} + ic[${at + 1}]]) > ic[${at + 2}] && (${r} = mem[${valueText(obj, n, at)}]) !== 0) { ${e.incref(r)} ${close} } else { ${slow} }`,
  );
  e.pushOwn(r);
};

ACCESS[Op.STORE_ATTR] = (e) => {
  const name = e.code.names[e.arg]!;
  e.settle();
  const at = e.cache(4);
  const obj = e.handle(0);
  const top = e.depth - 1;
  const [value, owner] = [e.read(top - 1), e.read(top)];
  const n = e.temp();
  const old = e.temp();
  const slow = `cacheStoreAttribute(ic, ${at}, ${obj}, ${name}); ${e.slowText()}`;
  e.pop();
  e.pop();
  const h = e.temp();
  const take = takeText(e, value, h);
  const cold = e.cold();
  const close = e.closeText(owner, cold);
  e.emit(
    `if (${hasVersion(obj, at)} && (${n} = mem[${obj} + ic[${at + 1}]]) > ic[${at + 2}]) ` +
      `{ ${n} = ${valueText(obj, n, at)}; ${take} ${old} = mem[${n}]; mem[${n}] = ${h}; ` +
      `if (${old} === 0) attributeAdded(${obj} + ic[${at + 1}], ic[${at + 2}]); else ${e.decref(old, cold)} ${close} } else { ${slow} }`,
  );
};

/** Text that puts an owned reference of an operand into a variable. */
function takeText(e: Emitter, item: ReturnType<Emitter['pop']>, h: string): string {
  switch (item.kind) {
    case 'borrow':
      return `${h} = ${item.name}; ${e.incref(h)}`;
    case 'word':
      return `${h} = ${item.name} & -2; if ((${item.name} & 1) !== 0) { ${e.incref(h)} }`;
    case 'lazy':
      return `${h} = ${item.name} & -2; ${e.incref(h)}`;
    default:
      return `${h} = ${e.word(item)};`;
  }
}

// ---- items ------------------------------------------------------------------------------------------------------------------

/** `container[key]` of an exact list or tuple and a small int. */
function subscript(e: Emitter): void {
  e.settle(2);
  const top = e.depth - 1;
  const key = e.handle(0);
  const obj = e.handle(1);
  const [container, index] = [e.read(top - 1), e.read(top)];
  const r = e.temp();
  const i = e.temp();
  const { types } = e.ip;
  const small = isSmallInt(e, index, key);
  const slow = `${e.slowText()} ${r} = ${e.slot(top - 1)};`;
  e.pop();
  e.pop();
  e.pushOwn(r);
  const cold = e.cold();
  const close = e.closeText(container, cold) + e.closeText(index, '');
  e.pop();
  const bounded = (size: string) =>
    index.int !== undefined && index.int >= 0
      ? `(${i} = ${index.int}) < ${size}`
      : `((${i} = ${intText(index, key)}) >= 0 ? ${i} < ${size} : (${i} += ${size}) >= 0)`;
  e.emit(
    `if (${small === '' ? '' : `${small} && `}mem[${obj} + 1] === ${types.list.handle} && ${bounded(`mem[${obj} + ${LIST_SIZE}]`)}) { ${r} = mem[mem[${obj} + ${LIST_ITEMS}] + ${i}]; ${e.incref(r)} ${close} } ` +
      `else if (mem[${obj} + 1] === ${types.tuple.handle} && ${small === '' ? '' : `${small} && `}${bounded(`mem[${obj} + ${TUPLE_SIZE}]`)}) { ${r} = mem[${obj} + ${TUPLE_ITEMS} + ${i}]; ${e.incref(r)} ${close} } ` +
      `else if (mem[${obj} + 1] === ${types.dict.handle} && (${r} = dictItem(${obj}, ${key})) !== 0) { ${e.incref(r)} ${close.replace(e.closeText(index, ''), e.closeText(index, cold))} } ` +
      `else { ${slow} }`,
  );
  e.pushOwn(r);
}
ACCESS[Op.BINARY_SUBSCR] = subscript;
export const binarySubscript: Template = (e) => (e.arg === NB.SUBSCR ? subscript(e) : false);

ACCESS[Op.STORE_SUBSCR] = (e) => {
  e.settle();
  const top = e.depth - 1;
  const key = e.handle(0);
  const obj = e.handle(1);
  const [value, container, index] = [e.read(top - 2), e.read(top - 1), e.read(top)];
  const i = e.temp();
  const old = e.temp();
  const h = e.temp();
  const { types } = e.ip;
  const small = isSmallInt(e, index, key);
  const slow = e.slowText();
  for (let k = 0; k < 3; k++) e.pop();
  const cold = e.cold();
  const take = takeText(e, value, h);
  const [closeKey, closeObj] = [e.closeText(index, ''), e.closeText(container, cold)];
  const close = e.reversed ? closeKey + closeObj : closeObj + closeKey;
  const size = `mem[${obj} + ${LIST_SIZE}]`;
  e.emit(
    `if (${small === '' ? '' : `${small} && `}mem[${obj} + 1] === ${types.list.handle} && ((${i} = ${intText(index, key)}) >= 0 ? ${i} < ${size} : (${i} += ${size}) >= 0)) ` +
      `{ ${i} += mem[${obj} + ${LIST_ITEMS}]; ${take} ${old} = mem[${i}]; mem[${i}] = ${h}; ${e.decref(old, cold)} ${close} } else { ${slow} }`,
  );
};

// ---- containers -------------------------------------------------------------------------------------------------------------

ACCESS[Op.LIST_APPEND] = (e) => {
  e.settle();
  const top = e.depth - 1;
  const item = e.read(top);
  const list = e.handle(e.arg);
  const h = e.temp();
  const n = e.temp();
  const take = takeText(e, item, h);
  e.pop();
  e.emit(
    `${take} if ((${n} = mem[${list} + ${LIST_SIZE}]) < mem[${list} + ${LIST_ALLOCATED}]) { mem[mem[${list} + ${LIST_ITEMS}] + ${n}] = ${h}; mem[${list} + ${LIST_SIZE}] = ${n} + 1; } else append(${list}, ${h});`,
  );
};

/** Puts owned references to the top operands into the frame, where the builder finds them. */
function gather(e: Emitter, n: number): string[] {
  const from = e.depth - n;
  e.settle();
  const names: string[] = [];
  for (let i = from; i < e.depth; i++) {
    e.read(i);
    const h = e.temp();
    e.emit(takeText(e, e.items[i]!, h));
    names.push(h);
  }
  for (let i = 0; i < n; i++) e.pop();
  return names;
}
ACCESS[Op.BUILD_TUPLE] = (e) => {
  if (e.arg > 8) return false;
  const names = gather(e, e.arg);
  const r = e.temp();
  e.emit(`${r} = tuple([${names.join(', ')}]);`);
  e.pushOwn(r);
};
ACCESS[Op.BUILD_LIST] = (e) => {
  if (e.arg > 8) return false;
  const names = gather(e, e.arg);
  const r = e.temp();
  e.emit(`${r} = list([${names.join(', ')}]);`);
  e.pushOwn(r);
};
ACCESS[Op.UNPACK_SEQUENCE] = (e) => {
  const n = e.arg;
  if (n === 0 || n > 8) return false;
  e.settle();
  const top = e.depth - 1;
  const seq = e.handle(0);
  const item = e.read(top);
  const names = Array.from({ length: n }, () => e.temp());
  const slow = e.slowText();
  const read = names.map((t, i) => `${t} = ${e.slot(top + n - 1 - i)};`).join(' ');
  e.pop();
  for (let i = n - 1; i >= 0; i--) e.pushOwn(names[i]!);
  const close = e.closeText(item, e.cold());
  const { types } = e.ip;
  const from = (base: string) => names.map((t, i) => `${t} = mem[${base} + ${i}]; ${e.incref(t)}`).join(' ');
  e.emit(
    `if (mem[${seq} + 1] === ${types.tuple.handle} && mem[${seq} + ${TUPLE_SIZE}] === ${n}) { ${from(`${seq} + ${TUPLE_ITEMS}`)} ${close} } ` +
      `else if (mem[${seq} + 1] === ${types.list.handle} && mem[${seq} + ${LIST_SIZE}] === ${n}) { s = mem[${seq} + ${LIST_ITEMS}]; ${from('s')} ${close} } ` +
      `else { ${slow} ${read} }`,
  );
};
