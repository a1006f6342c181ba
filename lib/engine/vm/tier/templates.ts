/** The instructions that generated code has a way of its own for. */
import { NB, Op } from '../../compiler/opcodes';
import { CELL_REF } from '../../objects/cell';
import { INT_LEAF, INT_VALUE } from '../../objects/int';
import { IT_INDEX, IT_SEQ } from '../../objects/iter';
import { LIST_ITEMS, LIST_SIZE } from '../../objects/list';
import { RI_LEAF, RI_LEFT, RI_NEXT, RI_STEP } from '../../objects/range';
import { TUPLE_ITEMS, TUPLE_SIZE } from '../../objects/tuple';
import type { Emitter } from './emitter';
import { ACCESS, binarySubscript } from './templates-access';
import { CALLS } from './templates-calls';
import type { Item } from './operands';

/** False: not this time, a step of the plain loop does it. */
export type Template = (e: Emitter) => unknown;

const TEMPLATES: Template[] = [];

/** The template of an instruction, if it has one. */
export function templateOf(op: Op): Template | undefined {
  return TEMPLATES[op] ?? ACCESS[op] ?? CALLS[op];
}

const nothing: Template = () => {};
TEMPLATES[Op.NOP] = nothing;
TEMPLATES[Op.NOT_TAKEN] = nothing;

// ---- stack ----------------------------------------------------------------------------------------------------------------

const popTop: Template = (e) => {
  e.read(e.depth - 1);
  const item = e.pop();
  e.settle();
  e.close(item, e.cold());
};
TEMPLATES[Op.POP_TOP] = popTop;
TEMPLATES[Op.END_FOR] = popTop;
TEMPLATES[Op.POP_ITER] = popTop;

TEMPLATES[Op.PUSH_NULL] = (e) => e.push({ kind: 'null', name: '', stored: false });

TEMPLATES[Op.COPY] = (e) => {
  const item = e.read(e.depth - e.arg);
  if (item.kind === 'own') e.emit(e.incref(item.name));
  if (item.kind === 'word') e.emit(`if (${item.name} !== 0 && (${item.name} & 1) === 0) { ${e.incref(item.name)} }`);
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

function constant(e: Emitter, h: number): Item {
  const known = e.ip.is(h, e.ip.types.int) && e.mem[h + INT_LEAF] === 0 ? { int: e.mem[h + INT_VALUE]! } : {};
  return { kind: e.mem[h]! < 0 ? 'immortal' : 'lazy', name: `${h}`, handle: `${h}`, stored: false, ...known };
}
TEMPLATES[Op.LOAD_CONST] = (e) => e.push(constant(e, e.code.consts[e.arg]!));
TEMPLATES[Op.LOAD_SMALL_INT] = (e) => e.push(constant(e, e.ip.smallInts[e.arg + 5]!));

function loadFast(e: Emitter, slot: number): void {
  const t = e.temp();
  e.emit(`${t} = ${e.local(slot)};`);
  e.push({ kind: 'lazy', name: t, local: slot, stored: false });
}
function loadFastBorrow(e: Emitter, slot: number): void {
  const t = e.temp();
  e.emit(`${t} = ${e.local(slot)} & -2;`);
  e.push({ kind: 'borrow', name: t, stored: false });
}
function storeFast(e: Emitter, slot: number): void {
  const top = e.depth - 1;
  e.settleLocal(slot);
  e.settleAt(top);
  const item = e.read(top);
  e.pop();
  e.settle();
  const old = e.temp();
  e.emit(`${old} = ${e.local(slot)}; ${e.local(slot)} = ${e.word(item)};`);
  e.emit(`if (${old} !== 0 && (${old} & 1) === 0) { ${e.decref(old, e.cold())} }`);
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
  e.settle();
  e.emit(`if (${e.local(e.arg)} === 0) { ${e.slowText()} }`);
  loadFast(e, e.arg);
};
TEMPLATES[Op.LOAD_FAST_AND_CLEAR] = (e) => {
  e.settleLocal(e.arg);
  const t = e.temp();
  e.emit(`${t} = ${e.local(e.arg)}; ${e.local(e.arg)} = 0;`);
  e.push({ kind: 'word', name: t, stored: false });
};
TEMPLATES[Op.LOAD_DEREF] = (e) => {
  e.settle();
  const t = e.temp();
  e.emit(`${t} = mem[${e.local(e.arg)} + ${CELL_REF}];`);
  e.emit(`if (${t} === 0) { ${e.slowText()} }`);
  e.emit(e.incref(t));
  e.pushOwn(t);
};
TEMPLATES[Op.STORE_DEREF] = (e) => {
  e.read(e.depth - 1);
  const item = e.pop();
  e.settle();
  const value = e.steal(item);
  const old = e.temp();
  const cell = e.temp();
  e.emit(`${cell} = ${e.local(e.arg)} + ${CELL_REF}; ${old} = mem[${cell}]; mem[${cell}] = ${value};`);
  e.emit(`if (${old} !== 0) { ${e.decref(old, e.cold())} }`);
};

// ---- jumps ------------------------------------------------------------------------------------------------------------------

/** The fuel's measure and the requests that wait, at a back edge or a call. */
function looking(e: Emitter, before: string): void {
  e.emit(`if (--ip.fuel < 0 || heap.gcRequested || ip.interruptRequested) { ${before}if ((s = look()) < 0) ${e.out} }`);
}
TEMPLATES[Op.RESUME] = (e) => {
  if ((e.arg & 3) >= 2) return false;
  e.flush();
  looking(e, e.place(e.depth));
};
const jump: Template = (e) => {
  e.flush();
  e.jumpTo(e.targetBlock());
};
TEMPLATES[Op.JUMP_FORWARD] = jump;
TEMPLATES[Op.JUMP_BACKWARD_NO_INTERRUPT] = jump;
TEMPLATES[Op.JUMP_BACKWARD] = (e) => {
  e.flush();
  // The frame stands at the target while it looks; an exception belongs to the jump itself.
  const target = e.arg;
  e.emit(
    `if (--ip.fuel < 0 || heap.gcRequested || ip.interruptRequested) { ${e.placeAt(target)}if ((s = lookBack(f)) < 0) ${e.outAt(target)} }`,
  );
  e.jumpTo(e.targetBlock());
};

function test(e: Emitter): string {
  const item = e.read(e.depth - 1);
  if (item.kind === 'test') return item.name;
  return `${item.name} === ${e.ip.True}`;
}
function jumpIf(wanted: boolean): Template {
  return (e) => {
    const text = test(e);
    e.pop();
    e.flush();
    const go = e.gotoText(e.targetBlock());
    if (go !== '') e.emit(`if (${wanted ? '' : '!'}(${text})) { ${go} }`);
  };
}
TEMPLATES[Op.POP_JUMP_IF_TRUE] = jumpIf(true);
TEMPLATES[Op.POP_JUMP_IF_FALSE] = jumpIf(false);
function jumpIfNone(wanted: boolean): Template {
  return (e) => {
    const h = e.handle(0);
    const q = e.temp();
    e.emit(`${q} = ${h} ${wanted ? '===' : '!=='} ${e.ip.None};`);
    const item = e.read(e.depth - 1);
    e.pop();
    e.settle();
    e.close(item, e.cold());
    e.flush();
    const go = e.gotoText(e.targetBlock());
    if (go !== '') e.emit(`if (${q}) { ${go} }`);
  };
}
TEMPLATES[Op.POP_JUMP_IF_NONE] = jumpIfNone(true);
TEMPLATES[Op.POP_JUMP_IF_NOT_NONE] = jumpIfNone(false);

TEMPLATES[Op.UNARY_NOT] = (e) => {
  const q = e.temp();
  e.emit(`${q} = !(${test(e)});`);
  e.pop();
  e.push({ kind: 'test', name: q, stored: false });
};

// ---- ints and floats --------------------------------------------------------------------------------------------------------

/** Text that is true if the operand is an exact int of one word; '' if it is known to be. */
export function isSmallInt(e: Emitter, item: Item, h: string): string {
  if (item.int !== undefined) return '';
  return `mem[${h} + 1] === ${e.ip.types.int.handle} && mem[${h} + ${INT_LEAF}] === 0`;
}
export function intText(item: Item, h: string): string {
  return item.int !== undefined ? `${item.int}` : `mem[${h} + ${INT_VALUE}]`;
}
function both(a: string, b: string): string {
  return [a, b].filter((t) => t !== '').join(' && ') || 'true';
}

/** Text for a new int of a number that is an integer. */
export function intResult(e: Emitter, r: string, value: string): string {
  const small = e.ip.smallInts;
  const step = small[1]! - small[0]!;
  const max = e.ip.facts.smallIntMax;
  // They lie in one row, as boot made them.
  const even = small.every((h, i) => h === small[0]! + i * step);
  if (!even) return `${r} = int(${value});`;
  return `s = ${value}; ${r} = s >= -5 && s <= ${max} ? ${small[5]!} + s * ${step} : int(s);`;
}

const INT_OPS: Partial<Record<NB, (x: string, y: string) => { when?: string; value: string }>> = {
  [NB.ADD]: (x, y) => ({ value: `${x} + ${y}` }),
  [NB.SUBTRACT]: (x, y) => ({ value: `${x} - ${y}` }),
  [NB.MULTIPLY]: (x, y) => ({
    when: `(s = ${x} * ${y}) <= 9007199254740991 && s >= -9007199254740991`,
    value: 's + 0',
  }),
  [NB.AND]: (x, y) => ({ value: `${x} & ${y}` }),
  [NB.OR]: (x, y) => ({ value: `${x} | ${y}` }),
  [NB.XOR]: (x, y) => ({ value: `${x} ^ ${y}` }),
  [NB.REMAINDER]: (x, y) => ({ when: `${y} > 0`, value: `((s = ${x} % ${y}) < 0 ? s + ${y} : s + 0)` }),
  [NB.FLOOR_DIVIDE]: (x, y) => ({ when: `${y} > 0`, value: `Math.floor(${x} / ${y}) + 0` }),
  [NB.RSHIFT]: (x, y) => ({ when: `${y} >= 0 && ${y} < 32`, value: `${x} >> ${y}` }),
  [NB.LSHIFT]: (x, y) => ({ when: `${y} >= 0 && ${y} <= 20`, value: `${x} * (1 << ${y})` }),
};
const FLOAT_OPS: Partial<Record<NB, { symbol: string; divides?: boolean }>> = {
  [NB.ADD]: { symbol: '+' },
  [NB.SUBTRACT]: { symbol: '-' },
  [NB.MULTIPLY]: { symbol: '*' },
  [NB.TRUE_DIVIDE]: { symbol: '/', divides: true },
};
/** The double of a float: handles are even, and the value lies in the two words behind the type. */
function floatText(h: string): string {
  return `f64[(${h} >> 1) + 1]`;
}

TEMPLATES[Op.BINARY_OP] = (e) => {
  const { arg } = e;
  if (arg === NB.SUBSCR) return binarySubscript(e);
  const plain = (arg >= NB.INPLACE_ADD ? arg - NB.INPLACE_ADD : arg) as NB;
  const intOp = INT_OPS[plain];
  const floatOp = FLOAT_OPS[plain];
  if (intOp === undefined && floatOp === undefined) return false;
  e.settle(2);
  const hb = e.handle(0);
  const ha = e.handle(1);
  const [a, b] = [e.read(e.depth - 2), e.read(e.depth - 1)];
  const r = e.temp();
  const close = e.closeText(a, '') + e.closeText(b, '');
  let text = '';
  if (intOp !== undefined) {
    const { when, value } = intOp(intText(a, ha), intText(b, hb));
    const ints = both(isSmallInt(e, a, ha), isSmallInt(e, b, hb));
    text += `if (${ints}${when === undefined ? '' : ` && ${when}`}) { ${intResult(e, r, value)} ${close} } else `;
  }
  if (floatOp !== undefined) {
    const float = e.ip.types.float.handle;
    const isInt = (x: Item) => x.int !== undefined;
    if (!isInt(a) && !isInt(b)) {
      const zero = floatOp.divides === true ? ` && ${floatText(hb)} !== 0` : '';
      text += `if (mem[${ha} + 1] === ${float} && mem[${hb} + 1] === ${float}${zero}) { ${r} = float(${floatText(ha)} ${floatOp.symbol} ${floatText(hb)}); ${close} } else `;
    }
  }
  e.emit(`${text}{ ${e.slowText()} ${r} = ${e.slot(e.depth - 2)}; }`);
  e.pop();
  e.pop();
  e.pushOwn(r);
};

const COMPARE = ['<', '<=', '===', '!==', '>', '>='];
TEMPLATES[Op.COMPARE_OP] = (e) => {
  e.settle(2);
  const hb = e.handle(0);
  const ha = e.handle(1);
  const [a, b] = [e.read(e.depth - 2), e.read(e.depth - 1)];
  const symbol = COMPARE[e.arg >> 5]!;
  const q = e.temp();
  const close = e.reversed ? e.closeText(b, '') + e.closeText(a, '') : e.closeText(a, '') + e.closeText(b, '');
  const ints = both(isSmallInt(e, a, ha), isSmallInt(e, b, hb));
  const float = e.ip.types.float.handle;
  const floats =
    a.int === undefined && b.int === undefined
      ? `if (mem[${ha} + 1] === ${float} && mem[${hb} + 1] === ${float}) { ${q} = ${floatText(ha)} ${symbol} ${floatText(hb)} ? 1 : 0; ${close} } else `
      : '';
  const result = e.slot(e.depth - 2);
  // Without the bit a comparison may answer any object.
  const toBool = (e.arg & 16) !== 0;
  if (toBool) {
    e.emit(
      `if (${ints}) { ${q} = ${intText(a, ha)} ${symbol} ${intText(b, hb)} ? 1 : 0; ${close} } else ${floats}{ ${e.slowText()} ${q} = ${result} === ${e.ip.True} ? 1 : 0; }`,
    );
    e.pop();
    e.pop();
    e.push({ kind: 'test', name: q, stored: false });
    return;
  }
  const { True, False } = e.ip;
  e.emit(
    `if (${ints}) { ${q} = ${intText(a, ha)} ${symbol} ${intText(b, hb)} ? ${True} : ${False}; ${close} } else { ${e.slowText()} ${q} = ${result}; }`,
  );
  e.pop();
  e.pop();
  e.pushOwn(q);
};

TEMPLATES[Op.IS_OP] = (e) => {
  const hb = e.handle(0);
  const ha = e.handle(1);
  const [a, b] = [e.read(e.depth - 2), e.read(e.depth - 1)];
  const q = e.temp();
  e.emit(`${q} = ${ha} ${e.arg === 0 ? '===' : '!=='} ${hb} ? 1 : 0;`);
  e.pop();
  e.pop();
  e.settle();
  e.push({ kind: 'test', name: q, stored: false });
  const cold = e.cold();
  for (const item of e.reversed ? [b, a] : [a, b]) e.close(item, cold);
};

TEMPLATES[Op.TO_BOOL] = (e) => {
  const top = e.read(e.depth - 1);
  if (top.kind === 'test') return;
  const h = e.handle(0);
  e.settle(1);
  const item = e.read(e.depth - 1);
  const q = e.temp();
  const { True, False, None } = e.ip;
  const small = isSmallInt(e, item, h);
  const result = e.slot(e.depth - 1);
  e.emit(
    `if (${h} === ${True}) ${q} = 1; else if (${h} === ${False} || ${h} === ${None}) ${q} = 0; ` +
      `else if (${small || 'true'}) { ${q} = ${intText(item, h)} !== 0 ? 1 : 0; ${e.closeText(item, '')} } ` +
      `else { ${e.slowText()} ${q} = ${result} === ${True} ? 1 : 0; }`,
  );
  e.pop();
  e.push({ kind: 'test', name: q, stored: false });
};

// ---- iteration --------------------------------------------------------------------------------------------------------------

TEMPLATES[Op.FOR_ITER] = (e) => {
  e.flush();
  const it = e.handle(0);
  const { types } = e.ip;
  const r = e.temp();
  const n = e.temp();
  const seq = e.temp();
  const is = (type: { handle: number }) => `mem[${it} + 1] === ${type.handle}`;
  const sequence = (type: { handle: number }, size: number, item: string) =>
    `else if (${is(type)} && (${seq} = mem[${it} + ${IT_SEQ}]) !== 0 && (${n} = mem[${it} + ${IT_INDEX}]) < mem[${seq} + ${size}]) ` +
    `{ mem[${it} + ${IT_INDEX}] = ${n} + 1; ${r} = mem[${item} + ${n}]; ${e.incref(r)} }`;
  e.emit(
    [
      `if (${is(types.range_iterator)} && mem[${it} + ${RI_LEAF}] === 0) {`,
      `if ((${n} = mem[${it} + ${RI_LEFT}]) > 0) { mem[${it} + ${RI_LEFT}] = ${n} - 1; ${n} = mem[${it} + ${RI_NEXT}]; mem[${it} + ${RI_NEXT}] = ${n} + mem[${it} + ${RI_STEP}]; ${intResult(e, r, n)} } else ${r} = 0; }`,
      sequence(types.list_iterator, LIST_SIZE, `mem[${seq} + ${LIST_ITEMS}]`),
      sequence(types.tuple_iterator, TUPLE_SIZE, `${seq} + ${TUPLE_ITEMS}`),
      `else { ${e.place(e.depth)}if ((s = next(${it})) < 0) ${e.out} ${r} = s; }`,
    ].join('\n'),
  );
  if (e.is313) {
    // The iterator goes with the jump.
    const item = e.pop();
    const cold = e.cold();
    e.emit(`if (${r} === 0) { ${e.closeText(item, cold)} ${e.gotoText(e.targetBlock())} }`);
    e.push(item);
  } else e.emit(`if (${r} === 0) { ${e.gotoText(e.targetBlock())} }`);
  e.pushOwn(r);
  e.flush();
};

// ---- leaving ----------------------------------------------------------------------------------------------------------------

function returnFrom(e: Emitter, value: string): void {
  e.flush();
  e.emit(`${e.place(e.depth)}leave(f); return ${value};`);
}
TEMPLATES[Op.RETURN_VALUE] = (e) => {
  e.read(e.depth - 1);
  returnFrom(e, e.steal(e.pop()));
};
TEMPLATES[Op.RETURN_CONST] = (e) => {
  e.push(constant(e, e.code.consts[e.arg]!));
  returnFrom(e, e.steal(e.pop()));
};
TEMPLATES[Op.YIELD_VALUE] = (e) => {
  e.read(e.depth - 1);
  const value = e.steal(e.pop());
  e.flush();
  e.emit(`${e.place(e.depth)}suspend(f); return ${value};`);
  e.push({ kind: 'word', name: '', stored: true });
};
