/** The instructions that generated code has a way of its own for. */
import { NB, Op } from '../../compiler/opcodes';
import { CELL_REF } from '../../objects/cell';
import { CO_CONSTS } from '../../objects/code';
import { DICT_KEYS } from '../../objects/dict';
import { DK_VERSION } from '../../objects/dict-keys';
import { VALUES_ORDER } from '../../objects/dict-values';
import { FLOAT_VALUE } from '../../objects/float';
import { INT_LEAF, INT_VALUE } from '../../objects/int';
import { LIST_ITEMS, LIST_SIZE } from '../../objects/list';
import { TP_VERSION, typeLookup } from '../../objects/type-lookup';
import { FLAG_BITS, F_CODE, F_FLAGS, F_GLOBALS, F_LOCALSPLUS, F_PC } from '../../objects/interpreter-frame';
import { TUPLE_ITEMS } from '../../objects/tuple';
import { AS_FLOAT, AS_INT, HAS_FORMS } from '../bytecodes/adaptive';
import type { Emitter } from './emitter';
import type { Item } from './operands';

/** False: not this time, a step of the plain loop does it. */
export type Template = (e: Emitter) => unknown;

const TEMPLATES: Template[] = [];

/** The template of an instruction, if it has one. */
export function templateOf(op: Op): Template | undefined {
  return TEMPLATES[op];
}

const nothing: Template = () => {};
TEMPLATES[Op.NOP] = nothing;
TEMPLATES[Op.NOT_TAKEN] = nothing;

// ---- stack ----------------------------------------------------------------------------------------------------------------

const popTop: Template = (e) => {
  const item = e.read(e.depth - 1);
  e.pop();
  if (e.mayRun(item)) e.flush();
  e.emit(e.closeText(item, false));
};
TEMPLATES[Op.POP_TOP] = popTop;
TEMPLATES[Op.END_FOR] = popTop;
TEMPLATES[Op.POP_ITER] = popTop;

TEMPLATES[Op.PUSH_NULL] = (e) => e.push({ kind: 'null', name: '', stored: false });

TEMPLATES[Op.COPY] = (e) => {
  const item = e.read(e.depth - e.arg);
  if (item.kind === 'own') e.emit(`inc(${item.name});`);
  if (item.kind === 'word') e.emit(`if (${item.name} !== 0) load(${item.name});`);
  e.push({ ...item, stored: false });
};

TEMPLATES[Op.SWAP] = (e) => {
  const top = e.depth - 1;
  const other = e.depth - e.arg;
  const a = e.read(top);
  const b = e.read(other);
  e.items[top] = { ...b, stored: false };
  e.items[other] = { ...a, stored: false };
};

// ---- loads and stores -------------------------------------------------------------------------------------------------------

/** The text names no object that is not the same for all code objects of that text. */
function constant(e: Emitter, h: number, index: number): void {
  if (e.ip.mem[h]! < 0) {
    const { mem, types } = e.ip;
    const isInt = mem[h + 1] === types.int.handle && mem[h + INT_LEAF] === 0;
    const int = isInt ? mem[h + INT_VALUE]! : undefined;
    e.push({ kind: 'immortal', name: `${h}`, handle: `${h}`, int, stored: false });
    return;
  }
  const t = e.temp();
  e.emit(`${t} = M[M[M[f + ${F_CODE}] + ${CO_CONSTS}] + ${TUPLE_ITEMS + index}];`);
  e.push({ kind: 'lazy', name: t, handle: t, stored: false });
}
TEMPLATES[Op.LOAD_CONST] = (e) => constant(e, e.code.consts[e.arg]!, e.arg);
TEMPLATES[Op.LOAD_SMALL_INT] = (e) => constant(e, e.ip.smallInts[e.arg + 5]!, 0);

function loadFast(e: Emitter, slot: number): void {
  const t = e.temp();
  e.emit(`${t} = ${e.local(slot)};`);
  e.push({ kind: 'lazy', name: t, local: slot, stored: false });
}
function loadFastBorrow(e: Emitter, slot: number): void {
  const t = e.temp();
  e.emit(`${t} = ${e.local(slot)} & -2;`);
  e.push({ kind: 'borrow', name: t, local: slot, stored: false });
}
function storeFast(e: Emitter, slot: number): void {
  const top = e.depth - 1;
  e.settleLocal(slot);
  e.settleAt(top);
  const item = e.read(top);
  e.pop();
  e.flush();
  e.ran = true;
  e.emit(`store(f, ${F_LOCALSPLUS + slot}, ${e.word(item)}, ${e.pc}, ${e.at(e.depth)});`);
}
TEMPLATES[Op.LOAD_FAST] = (e) => loadFast(e, e.arg);
TEMPLATES[Op.LOAD_FAST_BORROW] = (e) => loadFastBorrow(e, e.arg);
TEMPLATES[Op.LOAD_FAST_LOAD_FAST] = (e) => {
  loadFast(e, e.arg >> 4);
  loadFast(e, e.arg & 15);
};
TEMPLATES[Op.LOAD_FAST_BORROW_LOAD_FAST_BORROW] = (e) => {
  loadFastBorrow(e, e.arg >> 4);
  loadFastBorrow(e, e.arg & 15);
};
TEMPLATES[Op.STORE_FAST] = (e) => storeFast(e, e.arg);
TEMPLATES[Op.STORE_FAST_LOAD_FAST] = (e) => {
  storeFast(e, e.arg >> 4);
  loadFast(e, e.arg & 15);
};
TEMPLATES[Op.STORE_FAST_STORE_FAST] = (e) => {
  storeFast(e, e.arg >> 4);
  storeFast(e, e.arg & 15);
};
TEMPLATES[Op.LOAD_FAST_CHECK] = (e) => {
  e.settle(0);
  e.emit(`if (${e.local(e.arg)} === 0) { ${e.stores()}${e.check('r', `step(${e.here})`)} }`);
  loadFast(e, e.arg);
};
TEMPLATES[Op.LOAD_FAST_AND_CLEAR] = (e) => {
  e.settleLocal(e.arg);
  if (e.watched) return false;
  const t = e.temp();
  e.emit(`${t} = ${e.local(e.arg)}; ${e.local(e.arg)} = 0;`);
  e.push({ kind: 'word', name: t, stored: false });
  return true;
};
TEMPLATES[Op.DELETE_FAST] = (e) => {
  e.settleLocal(e.arg);
  e.flush();
  e.emit(e.check('r', `deleteFast(${e.here}, ${F_LOCALSPLUS + e.arg})`));
};
TEMPLATES[Op.LOAD_DEREF] = (e) => {
  e.settle(0);
  const t = e.temp();
  e.emit(
    `if ((${t} = M[${e.local(e.arg)} + ${CELL_REF}]) === 0) { ${e.stores()}${e.check('r', `step(${e.here})`)} } inc(${t});`,
  );
  e.pushOwn(t);
};

TEMPLATES[Op.STORE_DEREF] = (e) => {
  e.settleAt(e.depth - 1);
  const item = e.read(e.depth - 1);
  e.pop();
  e.flush();
  e.ran = true;
  e.emit(`setCell(${e.here}, ${e.local(e.arg)}, own(${e.word(item)}));`);
};

// ---- jumps ------------------------------------------------------------------------------------------------------------------

const waits = 'if (--ip.fuel < 0 || heap.gcRequested || ip.interruptRequested)';
TEMPLATES[Op.RESUME] = (e) => {
  // After `yield from` nobody looks: the innermost one has.
  if ((e.arg & 3) >= 2) {
    e.emit('--ip.fuel;');
    return;
  }
  e.flush();
  e.emit(`${waits} { ${e.check('r', `look(${e.here})`)} }`);
};
const jump: Template = (e) => {
  e.flush();
  e.jumpTo(e.targetBlock());
};
TEMPLATES[Op.JUMP_FORWARD] = jump;
TEMPLATES[Op.JUMP_BACKWARD_NO_INTERRUPT] = jump;
TEMPLATES[Op.JUMP_BACKWARD] = (e) => {
  e.flush();
  if (e.watched) e.emit(`M[f + ${F_FLAGS}] &= ${(1 << FLAG_BITS) - 1};`);
  e.emit(`${waits} { ${e.check('r', `lookBack(f, ${e.arg}, ${e.at(e.depth)})`)} }`);
  e.jumpTo(e.targetBlock());
};

function test(e: Emitter): string {
  const item = e.read(e.depth - 1);
  return item.kind === 'test' ? item.name : `${item.name} === ${e.ip.True}`;
}
function jumpIf(wanted: boolean): Template {
  return (e) => {
    const text = test(e);
    e.pop();
    e.flush();
    const go = e.gotoText(e.targetBlock());
    if (go !== '') e.emit(`if (${wanted ? text : `!(${text})`}) { ${go} }`);
  };
}
TEMPLATES[Op.POP_JUMP_IF_TRUE] = jumpIf(true);
TEMPLATES[Op.POP_JUMP_IF_FALSE] = jumpIf(false);
function jumpIfNone(wanted: boolean): Template {
  return (e) => {
    const h = e.handle(0);
    const item = e.read(e.depth - 1);
    e.pop();
    e.flush();
    const close = e.closeText(item, false);
    const go = e.gotoText(e.targetBlock());
    if (close === '') e.emit(`if (${h} ${wanted ? '===' : '!=='} ${e.ip.None}) { ${go} }`);
    else {
      e.emit(`r = +(${h} ${wanted ? '===' : '!=='} ${e.ip.None}); ${close}`);
      e.emit(`if (r) { ${go} }`);
    }
  };
}
TEMPLATES[Op.POP_JUMP_IF_NONE] = jumpIfNone(true);
TEMPLATES[Op.POP_JUMP_IF_NOT_NONE] = jumpIfNone(false);

TEMPLATES[Op.UNARY_NOT] = (e) => {
  const q = e.temp();
  e.emit(`${q} = +!(${test(e)});`);
  e.pop();
  e.push({ kind: 'test', name: q, stored: false });
};

// ---- operators --------------------------------------------------------------------------------------------------------------

const OPERATORS: Partial<Record<NB, string>> = {
  [NB.ADD]: 'add',
  [NB.SUBTRACT]: 'sub',
  [NB.MULTIPLY]: 'mul',
  [NB.TRUE_DIVIDE]: 'div',
  [NB.REMAINDER]: 'mod',
  [NB.FLOOR_DIVIDE]: 'floordiv',
  [NB.AND]: 'and',
  [NB.OR]: 'or',
  [NB.XOR]: 'xor',
  [NB.LSHIFT]: 'lshift',
  [NB.RSHIFT]: 'rshift',
};

/** Text that is true of two exact ints of one word. */
function areInts(e: Emitter, a: Item, ha: string, b: Item, hb: string): string {
  const open = [a.int === undefined ? ha : '', b.int === undefined ? hb : ''].filter((h) => h !== '');
  const types = open.map((h) => `M[${h} + 1] === ${e.ip.types.int.handle}`);
  const leaves = open.map((h) => `M[${h} + ${INT_LEAF}]`).join(' | ');
  return open.length === 0 ? 'true' : `${types.join(' && ')} && (${leaves}) === 0`;
}
const intText = (item: Item, h: string): string => (item.int === undefined ? `M[${h} + ${INT_VALUE}]` : `${item.int}`);
/** Text that is true of two exact floats; '' if they cannot be. */
function areFloats(e: Emitter, a: Item, ha: string, b: Item, hb: string): string {
  if (a.int !== undefined || b.int !== undefined) return '';
  return [ha, hb].map((h) => `M[${h} + 1] === ${e.ip.types.float.handle}`).join(' && ');
}
const floatText = (h: string): string => `D[(${h} >> 1) + ${FLOAT_VALUE >> 1}]`;

/** What two ints give: a condition beside that they are ints, and the int; `n` is a variable. Null: by the helper. */
function intResult(op: NB, x: string, y: string, n: string, right: number | undefined): [string, string] | null {
  switch (op) {
    case NB.ADD:
      return ['', `${x} + ${y}`];
    case NB.SUBTRACT:
      return ['', `${x} - ${y}`];
    case NB.MULTIPLY: {
      const most = Number.MAX_SAFE_INTEGER;
      return [` && (${n} = ${x} * ${y}) <= ${most} && ${n} >= -${most}`, `${n} + 0`];
    }
    case NB.AND:
      return ['', `${x} & ${y}`];
    case NB.OR:
      return ['', `${x} | ${y}`];
    case NB.XOR:
      return ['', `${x} ^ ${y}`];
  }
  if (right === undefined || right < 0) return null;
  switch (op) {
    case NB.REMAINDER:
      return right === 0 ? null : ['', `(${n} = ${x} % ${right}) < 0 ? ${n} + ${right} : ${n} + 0`];
    case NB.FLOOR_DIVIDE:
      return right === 0 ? null : ['', `Math.floor(${x} / ${right}) + 0`];
    case NB.RSHIFT:
      return right > 31 ? null : ['', `${x} >> ${right}`];
    case NB.LSHIFT:
      return right > 20 ? null : ['', `${x} * ${1 << right}`];
  }
  return null;
}
const FLOAT_OPERATORS: Partial<Record<NB, string>> = { [NB.ADD]: '+', [NB.SUBTRACT]: '-', [NB.MULTIPLY]: '*' };

TEMPLATES[Op.BINARY_OP] = (e) => {
  if (e.arg === NB.SUBSCR) return subscript(e);
  const op = (e.arg >= NB.INPLACE_ADD ? e.arg - NB.INPLACE_ADD : e.arg) as NB;
  const name = OPERATORS[op];
  if (name === undefined) return value('binary', 2, true)(e);
  e.settle(2);
  const hb = e.handle(0);
  const ha = e.handle(1);
  const [a, b] = [e.read(e.depth - 2), e.read(e.depth - 1)];
  const r = e.temp();
  const owned = ownership([a, b]);
  const slow = `${e.stores()}${e.check(r, `binary(${e.here}, ${e.arg})`)}`;
  const into = accumulates(e, a, b);
  const n = e.temp();
  const ints = intResult(op, intText(a, ha), intText(b, hb), n, b.int);
  const floats = FLOAT_OPERATORS[op];
  // The form that the instruction had when this was made, or has when it runs.
  const hasForms = HAS_FORMS[e.arg] !== 0;
  const made = e.code.warm[e.pc]!;
  const isKnown = made === AS_INT || made === AS_FLOAT;
  const form = isKnown ? `${made}` : `W[${e.pc}]`;
  const isForm = (wanted: number) => (!hasForms || isKnown ? '' : `${form} === ${wanted} && `);
  e.pop();
  e.pop();
  let text = '';
  if (ints !== null && !(hasForms && made === AS_FLOAT)) {
    const make = hasForms && !['1', '2'].includes(owned) ? 'warmInt' : 'intOf';
    const int = owned === '0' ? `int(${ints[1]})` : `${make}(${ints[1]}, ${ha}, ${hb}, ${owned})`;
    text += `if (${isForm(AS_INT)}${areInts(e, a, ha, b, hb)}${ints[0]}) ${r} = ${int}; else `;
  }
  const guard = areFloats(e, a, ha, b, hb);
  if (ints !== null && floats !== undefined && guard !== '' && made !== AS_INT) {
    const x = `${floatText(ha)} ${floats} ${floatText(hb)}`;
    const float = owned === '0' ? `float(${x})` : `floatInto(${x}, ${ha}, ${hb}, ${owned})`;
    text += `if (${isForm(AS_FLOAT)}${guard}) ${r} = ${float}; else `;
  }
  const args = hasForms ? `f, ${e.pc}, ${ha}, ${hb}, ${owned}, ${form}` : `${ha}, ${hb}, ${owned}`;
  text += `if ((${r} = ${name}(${args})) === 0) { ${slow} }`;
  if (into >= 0) {
    // x = x + y: the local's own object takes the new value, if nobody else has it.
    e.settleLocal(into);
    e.flush();
    e.emit(`if (addTo(f, ${F_LOCALSPLUS + into}, ${hb}, ${name === 'add' ? 1 : -1}, ${form}) === 0) { ${text}`);
    e.pc++;
    e.ran = true;
    e.emit(`store(f, ${F_LOCALSPLUS + into}, ${r}, ${e.pc}, ${e.at(e.depth)}); }`);
    return true;
  }
  e.emit(text);
  e.pushOwn(r);
  return true;
};

/** Bits for two operands: 1 the stack owns the left one, 2 the right one. Of a word it is seen when it runs. */
function ownership(items: readonly Item[]): string {
  let fixed = 0;
  let text = '';
  items.forEach((item, i) => {
    if (item.kind === 'own') fixed |= 1 << i;
    else if (item.kind === 'word') text += i === 0 ? ` | (~${item.name} & 1)` : ` | ((~${item.name} & 1) << 1)`;
  });
  return text === '' ? `${fixed}` : `(${fixed}${text})`;
}

/** The local that an addition changes in place, or -1: the next instruction stores what was read from it. */
function accumulates(e: Emitter, a: Item, b: Item): number {
  const plain = e.arg >= NB.INPLACE_ADD ? e.arg - NB.INPLACE_ADD : e.arg;
  if (e.watched || (plain !== NB.ADD && plain !== NB.SUBTRACT) || !e.hasNext) return -1;
  if (a.kind !== 'borrow' && a.kind !== 'lazy') return -1;
  if (b.kind !== 'borrow' && b.kind !== 'lazy' && b.kind !== 'immortal') return -1;
  const next = e.pc + 1;
  if (a.local === undefined || e.code.ops[next] !== Op.STORE_FAST || e.code.args[next] !== a.local) return -1;
  return a.local;
}

const COMPARISONS = ['lt', 'le', 'eq', 'ne', 'gt', 'ge'];
const COMPARED = ['<', '<=', '===', '!==', '>', '>='];
TEMPLATES[Op.COMPARE_OP] = (e) => {
  const { True, False } = e.ip;
  const q = e.temp();
  e.settle(2);
  const hb = e.handle(0);
  const ha = e.handle(1);
  const [a, b] = [e.read(e.depth - 2), e.read(e.depth - 1)];
  // Without the bit a comparison may answer any object.
  const wantsTest = (e.arg & 16) !== 0;
  const r = wantsTest ? '' : e.temp();
  const after = wantsTest ? `${q} = +(${q} === ${True});` : `${r} = ${q};`;
  const ends = [a, b].every((item) => item.kind === 'own' || item.kind === 'word');
  const close =
    e.reversed && ends
      ? `compared(f, ${e.pc}, ${a.name}, ${b.name});`
      : (e.reversed ? [b, a] : [a, b])
          .map((item) => e.closeText(item, true))
          .join(' ')
          .trim();
  const slow = `${e.stores()}${e.check(q, `compare(${e.here}, ${e.arg})`)} ${after}`;
  const operator = COMPARED[e.arg >> 5]!;
  const floats = areFloats(e, a, ha, b, hb);
  const text =
    `if (${areInts(e, a, ha, b, hb)}) ${q} = +(${intText(a, ha)} ${operator} ${intText(b, hb)}); else ` +
    (floats === '' ? '' : `if (${floats}) ${q} = +(${floatText(ha)} ${operator} ${floatText(hb)}); else `);
  const long = `${q} = ${COMPARISONS[e.arg >> 5]!}(${ha}, ${hb})`;
  if (close === '') e.emit(`${text}if ((${long}) < 0) { ${slow} }`);
  else e.emit(`${text}${long}; if (${q} < 0) { ${slow} } else { ${close} }`);
  e.pop();
  e.pop();
  if (wantsTest) {
    e.push({ kind: 'test', name: q, stored: false });
    return;
  }
  // The short way's answer is a bool.
  e.emit(`if (${q} === 0 || ${q} === 1) ${r} = ${q} ? ${True} : ${False};`);
  e.pushOwn(r);
};

TEMPLATES[Op.IS_OP] = (e) => {
  const hb = e.handle(0);
  const ha = e.handle(1);
  const [a, b] = [e.read(e.depth - 2), e.read(e.depth - 1)];
  const q = e.temp();
  e.emit(`${q} = +(${ha} ${e.arg === 0 ? '===' : '!=='} ${hb});`);
  e.pop();
  e.pop();
  e.push({ kind: 'test', name: q, stored: false });
  if (e.mayRun(a) || e.mayRun(b)) e.flush();
  for (const item of e.reversed ? [b, a] : [a, b]) e.emit(e.closeText(item, false));
};

TEMPLATES[Op.TO_BOOL] = (e) => {
  if (e.read(e.depth - 1).kind === 'test') return;
  const h = e.handle(0);
  const item = e.read(e.depth - 1);
  if (e.mayRun(item)) e.flush(1);
  else e.settle(1);
  const q = e.temp();
  const slow = `${e.stores()}${e.check(q, `slow(${e.here})`)} ${q} = +(${q} === ${e.ip.True});`;
  e.pop();
  const close = e.closeText(item, false);
  e.emit(`if ((${q} = truth(${h})) < 0) { ${slow} }${close === '' ? '' : ` else ${close}`}`);
  e.push({ kind: 'test', name: q, stored: false });
};

// ---- names ------------------------------------------------------------------------------------------------------------------

function loadGlobal(e: Emitter, short: string, long: string, name: number): void {
  e.settle(0);
  const at = e.cache(3);
  const r = e.temp();
  const known =
    short === 'global'
      ? `if (ic[${at + 2}] === 0 && M[M[M[f + ${F_GLOBALS}] + ${DICT_KEYS}] + ${DK_VERSION}] === ic[${at}]) { ${r} = M[ic[${at + 1}]]; inc(${r}); } else `
      : '';
  e.emit(
    `${known}if ((${r} = ${short}(f, ic, ${at})) === 0) { ${e.stores()}${e.check(r, `${long}(${e.here}, ic, ${at}, ${name})`)} }`,
  );
  e.pushOwn(r);
}
TEMPLATES[Op.LOAD_GLOBAL] = (e) => {
  loadGlobal(e, 'global', 'slowGlobal', e.code.names[e.arg >> 1]!);
  if ((e.arg & 1) !== 0) e.push({ kind: 'null', name: '', stored: false });
};
TEMPLATES[Op.LOAD_NAME] = (e) => loadGlobal(e, 'name', 'slowName', e.code.names[e.arg]!);
function storeGlobal(long: string): Template {
  return (e) => {
    e.flush();
    e.emit(e.check('r', `${long}(${e.here}, ic, ${e.cache(2)}, ${e.code.names[e.arg]!})`));
    e.pop();
  };
}
TEMPLATES[Op.STORE_GLOBAL] = storeGlobal('storeGlobal');
TEMPLATES[Op.STORE_NAME] = storeGlobal('storeName');

// ---- attributes -------------------------------------------------------------------------------------------------------------

TEMPLATES[Op.LOAD_ATTR] = (e) => {
  const name = e.code.names[e.arg >> 1]!;
  const at = e.cache(3);
  const obj = e.handle(0);
  const top = e.depth - 1;
  const r = e.temp();
  if ((e.arg & 1) !== 0) {
    e.settle(0);
    const owner = e.read(top);
    const self = e.temp();
    const slow = `${e.stores()}${e.check(r, `slowMethod(${e.here}, ${obj}, ${name}, ic, ${at})`)} ${r} = ${e.slot(top)}; ${self} = ${e.slot(top + 1)};`;
    e.emit(`if ((${r} = method(${obj}, ${name})) === 0) { ${slow} } else ${self} = ${e.word(owner)};`);
    e.pop();
    e.push({ kind: 'own', name: r, stored: false, method: name });
    e.push({ kind: 'word', name: self, stored: false });
    return;
  }
  const owner = e.read(top);
  if (e.mayRun(owner)) e.flush(1);
  else e.settle(1);
  const slow = `${e.stores()}${e.check(r, `slowAttr(${e.here}, ${obj}, ${name})`)}`;
  e.pop();
  e.pushOwn(r);
  // The value is on the stack when the owner goes.
  const close = e.mayRun(owner) ? ` else { ${e.slot(top)} = ${r}; ${e.closeText(owner, false)} }` : '';
  e.emit(`${instanceValue(e, obj, at, r)} else ${r} = 0;`);
  e.emit(`if (${r} !== 0) inc(${r}); else ${r} = attr(${obj}, ${name}, ic, ${at});`);
  e.emit(`if (${r} === 0) { ${slow} }${close}`);
};

TEMPLATES[Op.LOAD_SUPER_ATTR] = (e) => {
  e.flush();
  e.emit(e.check('r', `superAttr(${e.here}, ${e.arg}, ${e.code.names[e.arg >> 2]!})`));
  e.unread(e.depth - 2 + (e.arg & 1));
};

/** Text: an own value of an instance of the type that the cache knows. */
function instanceValue(e: Emitter, obj: string, at: number, r: string): string {
  const base = e.temp();
  const capacity = e.temp();
  return (
    `if (M[M[${obj} + 1] + ${TP_VERSION}] === ic[${at}] && ic[${at + 2}] < (${capacity} = M[${base} = ${obj} + ic[${at + 1}]])) ` +
    `${r} = M[${base} + ${VALUES_ORDER} + ((${capacity} + 3) >> 2) + ic[${at + 2}]];`
  );
}

/** Text that is true if the object dies with its operand: then the value is on the stack still, and the long way has it there. */
function lastOwner(e: Emitter, owner: Item, obj: string): string {
  if (!e.mayRun(owner)) return '';
  // A borrowed word does not own it.
  return owner.kind === 'word' ? `(M[${obj}] === 1 && (${owner.name} & 1) === 0) || ` : `M[${obj}] === 1 || `;
}

TEMPLATES[Op.STORE_ATTR] = (e) => {
  const name = e.code.names[e.arg]!;
  const at = e.cache(3);
  const obj = e.handle(0);
  const top = e.depth - 1;
  e.flush(2);
  e.settleAt(top - 1);
  const [value, owner] = [e.read(top - 1), e.read(top)];
  const slow = `${e.stores()}${e.check('r', `slowSetAttr(${e.here}, ${obj}, ${name})`)}`;
  e.pop();
  e.pop();
  const close = e.closeText(owner, false);
  e.emit(
    `if (${lastOwner(e, owner, obj)}setAttr(${e.here}, ${obj}, ${name}, ${e.word(value)}, ic, ${at}, ${e.mayRun(owner) || owner.kind === 'lazy' ? 0 : 1}) === 0) { ${slow} }${close === '' ? '' : ` else ${close}`}`,
  );
};

// ---- items ------------------------------------------------------------------------------------------------------------------

const subscript: Template = (e) => {
  const key = e.handle(0);
  const obj = e.handle(1);
  const top = e.depth - 1;
  const [container, index] = [e.read(top - 1), e.read(top)];
  if (e.mayRun(container)) e.flush(2);
  else e.settle(2);
  const r = e.temp();
  const i = e.temp();
  const slow = `${e.stores()}${e.check(r, e.is313 ? `slow(${e.here})` : `binary(${e.here}, 26)`)}`;
  e.pop();
  e.pop();
  e.pushOwn(r);
  const close = `${e.closeText(container, false)} ${e.closeText(index, true)}`.trim();
  const safe = e.mayRun(container) ? `${e.slot(top - 1)} = ${r}; ` : '';
  const inside = itemOfList(e, obj, key, index, r, i);
  const long = `${r} = item(${obj}, ${key})`;
  if (close === '') e.emit(`${inside} else if ((${long}) === 0) { ${slow} }`);
  else e.emit(`${inside} else ${long}; if (${r} === 0) { ${slow} } else { ${safe}${close} }`);
};
/** Text: the item of a list at an index from its start. */
function itemOfList(e: Emitter, obj: string, key: string, index: Item, r: string, i: string): string {
  const isInt = `M[${key} + 1] === ${e.ip.types.int.handle} && M[${key} + ${INT_LEAF}] === 0 && `;
  const known = index.int === undefined ? isInt : '';
  return (
    `if (M[${obj} + 1] === ${e.ip.types.list.handle} && ${known}(${i} = ${intText(index, key)}) >= 0 && ` +
    `${i} < M[${obj} + ${LIST_SIZE}]) { ${r} = M[M[${obj} + ${LIST_ITEMS}] + ${i}]; inc(${r}); }`
  );
}
TEMPLATES[Op.BINARY_SUBSCR] = subscript;

TEMPLATES[Op.STORE_SUBSCR] = (e) => {
  const key = e.handle(0);
  const obj = e.handle(1);
  const top = e.depth - 1;
  e.flush(3);
  e.settleAt(top - 2);
  const [value, container, index] = [e.read(top - 2), e.read(top - 1), e.read(top)];
  const slow = `${e.stores()}${e.check('r', `setOrDelete(${e.here}, 1)`)}`;
  for (let i = 0; i < 3; i++) e.pop();
  const closeKey = e.closeText(index, true);
  const closeObj = e.closeText(container, false);
  const close = (e.reversed ? `${closeKey} ${closeObj}` : `${closeObj} ${closeKey}`).trim();
  e.emit(
    `if (${lastOwner(e, container, obj)}setItem(${e.here}, ${obj}, ${key}, ${e.word(value)}, ${[container, index].every((item) => item.kind === 'borrow' || item.kind === 'immortal') ? 1 : 0}) === 0) { ${slow} }${close === '' ? '' : ` else { ${close} }`}`,
  );
};

TEMPLATES[Op.LIST_APPEND] = (e) => {
  e.settleAt(e.depth - 1);
  const item = e.read(e.depth - 1);
  const list = e.handle(e.arg);
  e.emit(`append(${list}, own(${e.word(item)}));`);
  e.pop();
};

function build(name: string): Template {
  return (e) => {
    const n = e.arg;
    e.flush();
    const r = e.temp();
    e.emit(`${r} = ${name}(f, ${e.at(e.depth)}, ${n});`);
    for (let i = 0; i < n; i++) e.pop();
    e.pushOwn(r);
  };
}
TEMPLATES[Op.BUILD_TUPLE] = build('tuple');
TEMPLATES[Op.BUILD_LIST] = build('list');

TEMPLATES[Op.UNPACK_SEQUENCE] = (e) => {
  if (e.arg === 0) return false;
  e.flush();
  e.emit(e.check('r', `unpack(${e.here}, ${e.arg})`));
  e.unread(e.depth - 1 + e.arg);
  return true;
};

/** An instruction of steps.ts that takes `n` operands and leaves a value. */
function value(name: string, n: number, withArg: boolean): Template {
  return (e) => {
    e.flush();
    const r = e.temp();
    e.emit(e.check(r, `${name}(${e.here}${withArg ? `, ${e.arg}` : ''})`));
    for (let i = 0; i < n; i++) e.pop();
    e.pushOwn(r);
  };
}
TEMPLATES[Op.BINARY_SLICE] = value('slice', 3, false);
TEMPLATES[Op.GET_ITER] = value('iter', 1, false);
TEMPLATES[Op.BUILD_STRING] = (e) => value('join', e.arg, true)(e);
TEMPLATES[Op.FORMAT_SIMPLE] = (e) => format(e, 0);
TEMPLATES[Op.FORMAT_WITH_SPEC] = (e) => format(e, 1);
function format(e: Emitter, withSpec: number): void {
  e.flush();
  const r = e.temp();
  e.emit(e.check(r, `format(${e.here}, ${withSpec})`));
  for (let i = 0; i <= withSpec; i++) e.pop();
  e.pushOwn(r);
}
/** One that leaves the truth of something. */
function truthOf(name: string, n: number, withArg: boolean): Template {
  return (e) => {
    e.flush();
    const q = e.temp();
    e.emit(e.check(q, `${name}(${e.here}${withArg ? `, ${e.arg}` : ''})`));
    for (let i = 0; i < n; i++) e.pop();
    e.push({ kind: 'test', name: q, stored: false });
  };
}
TEMPLATES[Op.CONTAINS_OP] = (e) => {
  const container = e.handle(0);
  const item = e.handle(1);
  const [a, b] = [e.read(e.depth - 2), e.read(e.depth - 1)];
  if (e.mayRun(a) || e.mayRun(b)) e.flush(2);
  else e.settle(2);
  const q = e.temp();
  const slow = `${e.stores()}${e.check(q, `has(${e.here}, ${e.arg})`)}`;
  e.pop();
  e.pop();
  const close = (e.reversed ? [b, a] : [a, b])
    .map((it) => e.closeText(it, false))
    .join(' ')
    .trim();
  const invert = e.arg === 0 ? '' : `${q} ^= 1; `;
  const after = `${invert}${close}` === '' ? '' : ` else { ${invert}${close} }`;
  e.emit(`if ((${q} = holds(${container}, ${item})) < 0) { ${slow} }${after}`);
  e.push({ kind: 'test', name: q, stored: false });
};
TEMPLATES[Op.CHECK_EXC_MATCH] = truthOf('excMatches', 1, false);
/** One that leaves nothing. */
function effect(name: string, n: number, arg: (e: Emitter) => string): Template {
  return (e) => {
    e.flush();
    e.emit(e.check('r', `${name}(${e.here}${arg(e)})`));
    for (let i = 0; i < n; i++) e.pop();
  };
}
TEMPLATES[Op.DELETE_SUBSCR] = effect('setOrDelete', 2, () => ', 0');
TEMPLATES[Op.MAP_ADD] = (e) => {
  const value = e.handle(0);
  const key = e.handle(1);
  const dict = e.handle(e.arg + 1);
  const [a, b] = [e.read(e.depth - 2), e.read(e.depth - 1)];
  e.flush(2);
  const slow = `${e.stores()}${e.check('r', `slowMapAdd(${e.here}, ${e.arg})`)}`;
  e.pop();
  e.pop();
  // The dict takes over what the stack owns.
  const owned = (a.kind === 'own' ? 1 : 0) + (b.kind === 'own' ? 2 : 0);
  const close = [a, b].map((item) => (item.kind === 'word' ? e.closeText(item, true) : '')).join('');
  const after = close === '' ? '' : ` else { ${close} }`;
  e.emit(`if (mapAdd(${dict}, ${key}, ${value}, ${owned}) === 0) { ${slow} }${after}`);
};

// ---- functions, cells, exceptions -------------------------------------------------------------------------------------------

TEMPLATES[Op.MAKE_CELL] = (e) => e.emit(`makeCell(f, ${e.arg});`);
TEMPLATES[Op.COPY_FREE_VARS] = (e) => e.emit(`copyFreeVars(f, ${e.code.nlocalsplus - e.arg}, ${e.arg});`);
TEMPLATES[Op.MAKE_FUNCTION] = value('makeFunction', 1, false);
TEMPLATES[Op.SET_FUNCTION_ATTRIBUTE] = (e) => {
  e.flush();
  e.emit(`functionAttribute(${e.here}, ${e.arg});`);
  e.unread(e.depth - 1);
};
TEMPLATES[Op.PUSH_EXC_INFO] = (e) => {
  e.flush();
  e.emit(`pushExcInfo(f, ${e.at(e.depth)});`);
  e.unread(e.depth + 1);
};
TEMPLATES[Op.POP_EXCEPT] = (e) => {
  e.flush();
  e.ran = true;
  e.emit(`popExcept(${e.here});`);
  e.pop();
};

/** Control never comes behind it. */
function raising(name: string): Template {
  return (e) => {
    e.flush();
    e.emit(`r = ${name}(${e.here}, ${e.arg}); ${e.fail('r')}`);
  };
}
TEMPLATES[Op.RAISE_VARARGS] = raising('raise');
TEMPLATES[Op.RERAISE] = raising('reraise');

// ---- generators -------------------------------------------------------------------------------------------------------------

TEMPLATES[Op.GET_YIELD_FROM_ITER] = (e) => {
  const h = e.handle(0);
  e.flush();
  e.emit(`if (M[${h} + 1] !== ${e.ip.types.generator.handle}) { ${e.check('r', `step(${e.here})`)} }`);
  e.unread(e.depth);
};
TEMPLATES[Op.SEND] = (e) => {
  e.flush();
  e.emit(e.check('r', `send(${e.here})`));
  e.emit(`if (M[f + ${F_PC}] === ${e.arg}) { ${e.gotoText(e.targetBlock())} }`);
  e.unread(e.depth);
};
TEMPLATES[Op.END_SEND] = (e) => {
  const item = e.read(e.depth - 1);
  const receiver = e.read(e.depth - 2);
  e.pop();
  e.pop();
  e.push({ ...item, stored: false });
  e.flush();
  e.emit(e.closeText(receiver, false));
};

// ---- iteration --------------------------------------------------------------------------------------------------------------

TEMPLATES[Op.FOR_ITER] = (e) => {
  e.flush();
  const r = e.temp();
  const next = `${r} = next(${e.here})`;
  e.ran = true;
  let end = '';
  if (e.is313) {
    // The iterator goes with the jump.
    const item = e.read(e.depth - 1);
    e.pop();
    end = e.closeText(item, false);
    e.push(item);
  }
  const into = e.storedNext();
  if (into >= 0) {
    e.settleLocal(into);
    e.ran = true;
    e.emit(
      `if ((${r} = nextInto(${e.here}, ${F_LOCALSPLUS + into})) <= 0) { if (${r} < 0) ${e.fail(r)} ${end} ${e.gotoText(e.targetBlock())} }`,
    );
    e.skip = true;
    return;
  }
  const leave = `if (${r} < 0) ${e.fail(r)} ${end} ${e.gotoText(e.targetBlock())}`;
  if (e.unpacksPair()) {
    const line = e.goesOn(1);
    e.emit(`if ((${r} = nextPair(${e.here})) <= 0) { ${leave} }`);
    e.emit(`if (${r} === 2) { ${line}${e.check('r', `unpack(f, ${e.pc + 1}, ${e.at(e.depth + 1)}, 2)`)} }`);
    e.unread(e.depth + 2);
    e.skip = true;
    return;
  }
  e.emit(`if ((${next}) <= 0) { ${leave} }`);
  e.pushOwn(r);
};

// ---- calls ------------------------------------------------------------------------------------------------------------------

TEMPLATES[Op.CALL] = (e) => {
  if (e.arg === 1 && e.items[e.depth - 3]!.method === e.ip.id('append')) return callAppend(e);
  e.flush();
  const r = e.temp();
  e.emit(e.check(r, `call(${e.here}, ${e.arg})`));
  for (let i = 0; i < e.arg + 2; i++) e.pop();
  e.pushOwn(r);
};

/** `list.append(item)` where the list has room. */
function callAppend(e: Emitter): void {
  const { ip } = e;
  e.flush(3);
  const top = e.depth - 1;
  e.settleAt(top);
  const [callable, self, item] = [e.read(top - 2), e.read(top - 1), e.read(top)];
  const list = e.handle(1);
  const r = e.temp();
  const append = typeLookup(ip, ip.types.list, ip.id('append'));
  const slow = `${e.stores()}${e.check(r, `call(${e.here}, 1)`)}`;
  for (let i = 0; i < 3; i++) e.pop();
  const ends = [callable, self].map((operand) => e.closeText(operand, false));
  if (e.reversed) ends.reverse();
  const look = e.check('r', `look(f, ${e.pc}, ${e.at(e.depth + 1)})`);
  e.emit(
    `if (${callable.name} === ${append} && M[${list} + 1] === ${ip.types.list.handle}) { append(${list}, own(${e.word(item)})); ` +
      `${ends.join(' ')} ${r} = ${ip.None}; ${waits} { ${e.slot(e.depth)} = ${r}; ${look} } } else { ${slow} }`,
  );
  e.pushOwn(r);
}

// ---- leaving ----------------------------------------------------------------------------------------------------------------

function returnFrom(e: Emitter): void {
  e.settleAt(e.depth - 1);
  const item = e.read(e.depth - 1);
  e.pop();
  e.flush();
  const value = item.kind === 'own' || item.kind === 'immortal' ? item.name : `own(${e.word(item)})`;
  e.emit(`return ret(f, ${e.at(e.depth)}, ${value});`);
}
TEMPLATES[Op.RETURN_VALUE] = returnFrom;
TEMPLATES[Op.RETURN_CONST] = (e) => {
  constant(e, e.code.consts[e.arg]!, e.arg);
  returnFrom(e);
};
TEMPLATES[Op.RETURN_GENERATOR] = (e) => {
  e.flush();
  e.emit(`return makeGenerator(${e.here});`);
  e.push({ kind: 'word', name: '', stored: true });
};
TEMPLATES[Op.YIELD_VALUE] = (e) => {
  e.settleAt(e.depth - 1);
  const item = e.read(e.depth - 1);
  e.pop();
  e.flush();
  const value = item.kind === 'own' || item.kind === 'immortal' ? item.name : `own(${e.word(item)})`;
  e.emit(`return suspend(${e.here}, ${value});`);
  e.push({ kind: 'word', name: '', stored: true });
};
