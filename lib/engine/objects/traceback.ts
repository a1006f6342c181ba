/** Traceback objects (Python/traceback.c): one link for each frame an exception passed through. */
import type { Handle } from '../heap/layout';
import type { TypeSpec } from '../heap/object';
import { asIndex, typeName } from './abstract';
import { EXC_TRACEBACK } from './exceptions';
import { frameObject, frameOf } from './frame';
import { genericGetAttr } from './generic-attr';
import { params, parseArgs } from './getargs';
import { intFromNumber } from './int';
import { F_CODE, F_PC } from './interpreter-frame';
import { byteOffset, codeRuntime, instructionAt, lineOf } from './code';
import { newList } from './list';
import { freeObject, newObject } from './object';
import type { Runtime } from './runtime';
import { strFrom } from './str';

export const TB_NEXT = 2;
export const TB_FRAME = 3;
/** Index of the instruction; or a byte offset of no instruction, given by a program, with the bit LASTI_GIVEN. */
export const TB_LASTI = 4;
export const TB_LINENO = 5;

/** `PyTraceBack_Here`: puts the frame in front of the exception's traceback. */
export function addTraceback(rt: Runtime, exc: Handle, f: number): void {
  const { heap, mem } = rt;
  const h = newObject(rt, rt.types.traceback);
  const pc = Math.max(0, mem[f + F_PC]! - 1);
  const frame = frameObject(rt, f);
  heap.incref(frame);
  // A newborn's first words need no event.
  mem[h + TB_NEXT] = mem[exc + EXC_TRACEBACK]!;
  mem[h + TB_FRAME] = frame;
  mem[h + TB_LASTI] = pc;
  mem[h + TB_LINENO] = lineOf(codeRuntime(rt, mem[f + F_CODE]!), pc);
  heap.gcTrack(h);
  heap.set(exc + EXC_TRACEBACK, h);
}

const WORDS = [TB_NEXT, TB_FRAME];
const LASTI_GIVEN = 1 << 30;

/** `tb_create_raw`'s checks and `traceback_new`. */
function tracebackNew(rt: Runtime, _type: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const a = parseArgs(rt, params('traceback', 'tb_next, tb_frame, tb_lasti, tb_lineno'), args, kwnames);
  if (a === null) return 0;
  const [next, frame] = [a[0]!, a[1]!];
  if (!rt.is(frame, rt.types.frame))
    return rt.raise('TypeError', `traceback() argument 'tb_frame' must be frame, not ${typeName(rt, frame)}`);
  const lasti = cInt(rt, a[2]!);
  const lineno = lasti === null ? null : cInt(rt, a[3]!);
  if (lineno === null) return 0;
  if (next !== rt.None && !rt.is(next, rt.types.traceback))
    return rt.raise('TypeError', `expected traceback object or None, got '${typeName(rt, next)}'`);
  const h = newObject(rt, rt.types.traceback);
  const code = rt.mem[frameOf(rt, frame) + F_CODE]!;
  const pc = instructionAt(rt, code, lasti!);
  rt.heap.set(h + TB_NEXT, next === rt.None ? 0 : rt.newRef(next));
  rt.heap.set(h + TB_FRAME, rt.newRef(frame));
  rt.heap.set(h + TB_LASTI, pc >= 0 ? pc : (lasti! & ~LASTI_GIVEN & 0x7fffffff) | LASTI_GIVEN);
  rt.heap.set(h + TB_LINENO, lineno === -1 && pc >= 0 ? lineOf(codeRuntime(rt, code), pc) : lineno);
  rt.heap.gcTrack(h);
  return h;
}

/** `PyLong_AsInt`: null with an exception. */
function cInt(rt: Runtime, h: Handle): number | null {
  const i = asIndex(rt, h, 'OverflowError');
  if (i === null || i === (i | 0)) return i;
  rt.raise('OverflowError', 'Python int too large to convert to C int');
  return null;
}

/** `tb_next_set_impl`. */
function setNext(rt: Runtime, h: Handle, v: Handle): number {
  if (v === 0) return rt.raiseInt('TypeError', "can't delete tb_next attribute");
  if (v !== rt.None && !rt.is(v, rt.types.traceback))
    return rt.raiseInt('TypeError', `expected traceback object, got '${typeName(rt, v)}'`);
  const next = v === rt.None ? 0 : v;
  for (let tb = next; tb !== 0; tb = rt.mem[tb + TB_NEXT]!) {
    if (tb === h) return rt.raiseInt('ValueError', 'traceback loop detected');
  }
  rt.heap.setRef(h + TB_NEXT, next === 0 ? 0 : rt.newRef(next));
  return 0;
}

function lastiOf(rt: Runtime, h: Handle): number {
  const lasti = rt.mem[h + TB_LASTI]!;
  if ((lasti & LASTI_GIVEN) !== 0) return (lasti << 2) >> 2;
  return byteOffset(rt, rt.mem[frameOf(rt, rt.mem[h + TB_FRAME]!) + F_CODE]!, lasti);
}

const MEMBERS = ['tb_frame', 'tb_next', 'tb_lasti', 'tb_lineno'];

export const tracebackSpecs: TypeSpec[] = [
  {
    name: 'traceback',
    gc: true,
    words: 4,
    basicsize: 40,
    slots: {
      tp_new: tracebackNew,
      tp_dealloc(rt: Runtime, h) {
        rt.heap.gcUntrack(h);
        rt.heap.clearRef(h + TB_NEXT);
        rt.heap.clearRef(h + TB_FRAME);
        freeObject(rt, h);
      },
      tp_traverse(rt: Runtime, h, visit) {
        for (const w of WORDS) if (rt.mem[h + w] !== 0) visit(rt.mem[h + w]!, h + w);
      },
      tp_clear(rt: Runtime, h) {
        for (const w of WORDS) rt.heap.clearRef(h + w);
      },
      tp_getattro: genericGetAttr,
    },
    methods: {
      __dir__: {
        kind: 'noargs',
        fn: (rt: Runtime) =>
          newList(
            rt,
            MEMBERS.map((name) => strFrom(rt, name)),
          ),
      },
    },
    getset: {
      tb_next: {
        get: (rt: Runtime, h) => rt.newRef(rt.mem[h + TB_NEXT]! || rt.None),
        set: setNext,
      },
      tb_frame: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + TB_FRAME]!) },
      tb_lasti: { get: (rt: Runtime, h) => intFromNumber(rt, lastiOf(rt, h)) },
      tb_lineno: { get: (rt: Runtime, h) => intFromNumber(rt, rt.mem[h + TB_LINENO]!) },
    },
  },
];
