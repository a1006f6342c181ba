/** Traceback objects (Python/traceback.c): one link for each frame an exception passed through. */
import type { Handle } from '../heap/layout';
import type { TypeSpec } from '../heap/object';
import { EXC_TRACEBACK } from './exceptions';
import { frameObject, frameOf } from './frame';
import { genericGetAttr } from './generic-attr';
import { intFromNumber } from './int';
import { F_CODE, F_PC } from './interpreter-frame';
import { byteOffset, codeRuntime, lineOf } from './code';
import { newList } from './list';
import { freeObject, newObject } from './object';
import type { Runtime } from './runtime';
import { strFrom } from './str';

export const TB_NEXT = 2;
export const TB_FRAME = 3;
/** Index of the instruction. */
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
const MEMBERS = ['tb_frame', 'tb_next', 'tb_lasti', 'tb_lineno'];

export const tracebackSpecs: TypeSpec[] = [
  {
    name: 'traceback',
    gc: true,
    words: 4,
    basicsize: 40,
    slots: {
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
        set: (rt: Runtime, h, v) => {
          if (v !== rt.None && (v === 0 || !rt.is(v, rt.types.traceback)))
            return rt.raiseInt('TypeError', 'expected traceback object or None');
          rt.heap.setRef(h + TB_NEXT, v === rt.None ? 0 : rt.newRef(v));
          return 0;
        },
      },
      tb_frame: { get: (rt: Runtime, h) => rt.newRef(rt.mem[h + TB_FRAME]!) },
      tb_lasti: {
        get: (rt: Runtime, h) =>
          intFromNumber(
            rt,
            byteOffset(rt, rt.mem[frameOf(rt, rt.mem[h + TB_FRAME]!) + F_CODE]!, rt.mem[h + TB_LASTI]!),
          ),
      },
      tb_lineno: { get: (rt: Runtime, h) => intFromNumber(rt, rt.mem[h + TB_LINENO]!) },
    },
  },
];
