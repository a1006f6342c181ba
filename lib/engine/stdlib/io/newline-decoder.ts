/** `io.IncrementalNewlineDecoder` (Modules/_io/textio.c): line ends of a decoder's text, made uniform. */
import type { Handle } from '../../heap/layout';
import type { TypeSpec } from '../../heap/object';
import { asIndex, isBytes, isStr, isTrue, isTuple, typeName } from '../../objects/abstract';
import { params, parseArgs } from '../../objects/getargs';
import { intFromBigInt, intToBigInt } from '../../objects/int';
import type { Runtime } from '../../objects/runtime';
import { strFrom, strValue } from '../../objects/str';
import { newTuple, tupleItem, tupleSize } from '../../objects/tuple';
import { seenNewlines } from './stringio';
import { callDone, callMethod, IO_REFS, ioType, setState, stateOf } from './support';

interface State {
  translates: boolean;
  pendingCr: boolean;
  seen: number;
}

const DECODER = IO_REFS;
const INIT = params('IncrementalNewlineDecoder', 'decoder, translate, errors=');
const DECODE = params('decode', 'input, final=');

function decode(rt: Runtime, h: Handle, args: Handle[], kwnames: Handle[] | null): Handle {
  const a = parseArgs(rt, DECODE, args, kwnames);
  const st = stateOf<State>(rt, h);
  if (a === null || st === null) return 0;
  const isFinal = a[1] === 0 ? 0 : isTrue(rt, a[1]!);
  if (isFinal < 0) return 0;
  const decoder = rt.mem[h + DECODER]!;
  const piece =
    decoder === rt.None ? rt.newRef(a[0]!) : callMethod(rt, decoder, 'decode', [a[0]!, rt.bool(isFinal === 1)]);
  if (piece === 0) return 0;
  if (!isStr(rt, piece)) {
    rt.raise('TypeError', `decoder should return a string result, not '${typeName(rt, piece)}'`);
    rt.decref(piece);
    return 0;
  }
  let text = strValue(rt, piece);
  rt.decref(piece);
  if (st.pendingCr && (text !== '' || isFinal === 1)) {
    text = `\r${text}`;
    st.pendingCr = false;
  }
  if (text.endsWith('\r') && isFinal === 0) {
    text = text.slice(0, -1);
    st.pendingCr = true;
  }
  if (text.includes('\r\n')) st.seen |= 4;
  if (/\r(?!\n)/.test(text)) st.seen |= 1;
  if (/(?<!\r)\n/.test(text)) st.seen |= 2;
  return strFrom(rt, st.translates ? text.replace(/\r\n?/g, '\n') : text);
}

export const newlineDecoderSpec: TypeSpec = ioType({
  name: 'IncrementalNewlineDecoder',
  refs: 1,
  basicsize: 40,
  slots: {
    tp_init(rt: Runtime, h, args, kwnames) {
      const a = parseArgs(rt, INIT, args, kwnames);
      const truth = a === null ? -1 : isTrue(rt, a[1]!);
      if (a === null || truth < 0) return -1;
      const st: State = { translates: truth === 1, pendingCr: false, seen: 0 };
      setState(rt, h, st);
      rt.heap.setRef(h + DECODER, rt.newRef(a[0]!));
      return 0;
    },
  },
  methods: {
    decode: { kind: 'keywords', fn: decode },
    getstate: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        const st = stateOf<State>(rt, h);
        if (st === null) return 0;
        let buffer = rt.emptyBytes;
        let flag = 0n;
        const decoder = rt.mem[h + DECODER]!;
        if (decoder !== rt.None) {
          const r = callMethod(rt, decoder, 'getstate');
          if (r === 0) return 0;
          if (!isTuple(rt, r) || tupleSize(rt, r) !== 2 || !isBytes(rt, tupleItem(rt, r, 0))) {
            rt.decref(r);
            return rt.raise('TypeError', 'illegal decoder state');
          }
          buffer = rt.newRef(tupleItem(rt, r, 0));
          flag = intToBigInt(rt, tupleItem(rt, r, 1));
          rt.decref(r);
        }
        return newTuple(rt, [buffer, intFromBigInt(rt, (flag << 1n) | (st.pendingCr ? 1n : 0n))]);
      },
    },
    setstate: {
      kind: 'o',
      fn: (rt: Runtime, h, state) => {
        const st = stateOf<State>(rt, h);
        if (st === null) return 0;
        if (!isTuple(rt, state)) return rt.raise('TypeError', 'state argument must be a tuple');
        const flag = asIndex(rt, tupleItem(rt, state, 1), 'OverflowError');
        if (flag === null) return 0;
        st.pendingCr = (flag & 1) !== 0;
        const decoder = rt.mem[h + DECODER]!;
        if (decoder === rt.None) return rt.None;
        const next = newTuple(rt, [rt.newRef(tupleItem(rt, state, 0)), intFromBigInt(rt, BigInt(flag) >> 1n)]);
        const r = callMethod(rt, decoder, 'setstate', [next]);
        rt.decref(next);
        return r;
      },
    },
    reset: {
      kind: 'noargs',
      fn: (rt: Runtime, h) => {
        const st = stateOf<State>(rt, h);
        if (st === null) return 0;
        st.seen = 0;
        st.pendingCr = false;
        const decoder = rt.mem[h + DECODER]!;
        return decoder === rt.None || callDone(rt, decoder, 'reset') ? rt.None : 0;
      },
    },
  },
  getset: {
    newlines: {
      get: (rt: Runtime, h) => {
        const st = stateOf<State>(rt, h);
        return st === null ? 0 : seenNewlines(rt, st.seen);
      },
    },
  },
});
