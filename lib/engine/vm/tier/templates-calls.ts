/** CALL: Python functions and classes with a Python `__init__` get their frames here; the rest is `native`. */
import { Op } from '../../compiler/opcodes';
import { CO_POSITIONAL } from '../../objects/code';
import { FUNC_CODE } from '../../objects/funcobject';
import { F_FUNC, F_LOCALSPLUS } from '../../objects/interpreter-frame';
import { TP_VERSION } from '../../objects/type-lookup';
import type { Emitter } from './emitter';
import type { Item } from './operands';
import type { Template } from './templates';

export const CALLS: Template[] = [];

/** Text that moves the arguments into the slots of the frame `g`, from slot `first` on. */
function moveArguments(e: Emitter, g: string, args: readonly Item[], first: number): string {
  return args.map((item, i) => `mem[${g} + ${F_LOCALSPLUS + first + i}] = ${e.word(item)};`).join(' ');
}

CALLS[Op.CALL] = (e) => {
  const n = e.arg;
  const base = e.depth - n - 2;
  // What lies below must be in the frame, and is counted in any case; so are the arguments.
  e.settle(n + 2);
  for (let i = base; i < e.depth; i++) {
    e.read(i);
    if (i !== base) e.settleAt(i);
  }
  const callable = e.handle(n + 1);
  const items = e.items.splice(base);
  e.flush();
  const func = items[0]!;
  const self = items[1]!;
  const args = items.slice(2);
  const r = e.temp();
  const g = e.temp();
  const { types } = e.ip;
  const below = e.depth;
  // The frame owns the function: a borrowed one is counted now.
  const own =
    func.kind === 'own'
      ? ''
      : func.kind === 'word'
        ? `if ((${func.name} & 1) !== 0) { ${e.incref(callable)} }`
        : e.incref(callable);
  const run = `${e.place(below)}if ((s = run(${g}, ${callable})) < 0) ${e.out} ${r} = s;`;
  const enter = (passed: readonly Item[], count: number, when: string) =>
    `if (${when}mem[${callable} + 1] === ${types.function.handle} && mem[mem[${callable} + ${FUNC_CODE}] + ${CO_POSITIONAL}] === ${count} && (${g} = push(f, ${callable}, ${count})) !== 0) ` +
    `{ ${own} mem[${g} + ${F_FUNC}] = ${callable}; ${moveArguments(e, g, passed, 0)} ${run} } else `;
  let text = '';
  if (self.kind === 'null') {
    text += enter(args, n, '');
    // A class: the instance waits on the stack while __init__ runs.
    const at = e.cache(3);
    const close = e.closeText(func, '');
    const instance = e.temp();
    e.push({ kind: 'own', name: instance, stored: false });
    text +=
      `if (mem[${callable} + 1] === ${types.type.handle} && mem[${callable} + ${TP_VERSION}] === ic[${at}] && (${g} = pushInit(f, ${callable}, ic[${at + 1}], ${n + 1})) !== 0) ` +
      `{ ${instance} = mem[${g} + ${F_LOCALSPLUS}]; ${e.slot(below)} = ${instance}; ${moveArguments(e, g, args, 1)} ${close} ` +
      `${e.place(below + 1)}if ((s = run(${g}, ic[${at + 1}])) < 0) ${e.out} if (s !== ${e.ip.None} && (s = notNone(s)) < 0) ${e.out} ${r} = ${instance}; } else `;
    e.pop();
    e.items.push(...items);
    text += slow(
      e,
      n,
      below,
      r,
      `if (mem[${callable} + 1] === ${types.type.handle}) cacheInit(ic, ${at}, ${callable}); `,
    );
  } else {
    e.items.push(...items);
    text += enter([self, ...args], n + 1, self.kind === 'word' ? `${self.name} !== 0 && ` : '');
    text += slow(e, n, below, r, '');
  }
  e.emit(text);
  e.items.length = base;
  e.pushOwn(r);
};

/** Native code, and all that is not a plain call. */
function slow(e: Emitter, n: number, below: number, r: string, before: string): string {
  return `{ ${before}${e.stores()}${e.place(e.depth)}if ((s = native(f, ${e.pc}, f + ${e.stackIndex(below)}, ${n})) < 0) ${e.out} ${r} = ${e.slot(below)}; }`;
}
