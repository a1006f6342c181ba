/**
 * Instructions done from generated code without a run of the plain loop: what the loop does, with the frame and the
 * operands in memory. `done` says: 0, or a negative number of `failed`. F_PC stands behind the instruction, as there.
 */
import type { CompareOp } from '../../heap/object';
import type { Handle } from '../../heap/layout';
import type { NativeMethod } from '../../objects/method-object';
import type { Interpreter } from '../interpreter';
import type * as Imports from './imports';

interface Base {
  failed(f: number, pc: number, result: number): number;
  step(f: number, pc: number, sp: number): number;
  slow(f: number, pc: number, sp: number): number;
  callFrame(g: number): number;
  drop(h: number): void;
  inc(h: number): void;
  dropWord(f: number, pc: number, sp: number, word: number): void;
  raiseIt(exc: number, cause: number): boolean;
  raisePastEnd(): void;
  matches(exc: number, type: number): number;
}

/** Made from its text (tier.ts): it may name nothing of this module or another but types. */
export function makeSteps(imports: typeof Imports, ip: Interpreter, base: Base) {
  const {
    contains,
    getIter,
    isTrue,
    richCompare,
    setItem,
    codeRuntime,
    dictSet,
    F_PC,
    F_SP,
    closeRef,
    steal,
    AS_APPEND,
    AS_INT,
    F_CODE,
    F_LOCALSPLUS,
    HAS_FORMS,
    appendForm,
    comparesLeftFirst,
    formNow,
    binaryOperator,
    binarySlice,
    formatBound,
    formatValue,
    nativeMethod,
    typeLookup,
    joinPieces,
    pythonGetItem,
    FAILED,
    loadSuperAttr,
    INT_LEAF,
    INT_VALUE,
    TP_VERSION,
    FAILED_AGAIN,
  } = imports;
  const { mem, heap, types } = ip;
  const { failed } = base;
  const reversed = ip.facts.reverseTeardown;
  const is313 = ip.facts.name === '3.13';
  const superType = types.super.handle;
  const listType = types.list.handle;
  /** What `super().name` has found for a method call: version of the instance's type, class, name, function. */
  const superMethods = new Int32Array(256);

  const intType = types.int.handle;
  const strType = types.str.handle;
  const formatName = ip.id('__format__');
  const intFormat = nativeMethod(ip, typeLookup(ip, types.int, formatName));
  const strFormat = nativeMethod(ip, typeLookup(ip, types.str, formatName));
  /** The `__format__` of an int or str where its spec is a str that says something. */
  function formatMethod(type: Handle, spec: Handle): NativeMethod | null {
    if (mem[spec + 1] !== strType || spec === ip.emptyStr) return null;
    return type === intType ? intFormat : type === strType ? strFormat : null;
  }
  /** The frame stands behind the instruction, with its operands; answers the word after the last operand. */
  function place(f: number, pc: number, sp: number): number {
    mem[f + F_PC] = pc + 1;
    mem[f + F_SP] = f + sp;
    return f + sp;
  }
  return {
    /** BINARY_OP: the value, or negative. */
    binary(f: number, pc: number, sp: number, op: number): number {
      const top = place(f, pc, sp);
      const b = mem[top - 1]!;
      const a = mem[top - 2]!;
      if (op === 26) {
        // An index that `item` has not found.
        if (
          mem[(a & -2) + 1] === listType &&
          mem[(b & -2) + 1] === intType &&
          mem[(b & -2) + INT_LEAF] === 0 &&
          !is313
        ) {
          base.raisePastEnd();
          return failed(f, pc, FAILED);
        }
        if (ip.tp(a & -2).isHeapType && pythonGetItem(ip, a & -2) !== 0) return base.slow(f, pc, sp);
      }
      const form = HAS_FORMS[op] === 0 ? 0 : formNow(ip, f, codeRuntime(ip, mem[f + F_CODE]!), pc, a & -2, b & -2);
      if (form === AS_APPEND) {
        mem[f + F_SP] = top - 2;
        const slot = codeRuntime(ip, mem[f + F_CODE]!).args[pc + 1]!;
        if (!appendForm(ip, f, slot, a, b)) return failed(f, pc, FAILED);
        // The STORE_FAST that follows puts it back.
        const word = f + F_LOCALSPLUS + slot;
        const r = mem[word]!;
        heap.set(word, 0);
        return r;
      }
      const r = binaryOperator(ip, a & -2, b & -2, op);
      // 3.14 leaves the operands of a failure to the unwinding, which takes them from the top.
      if (r === 0 && !is313) return failed(f, pc, FAILED);
      mem[f + F_SP] = top - 2;
      closeRef(ip, form === AS_INT ? b : a);
      closeRef(ip, form === AS_INT ? a : b);
      return r === 0 ? failed(f, pc, FAILED) : r;
    },
    /** COMPARE_OP: the value, or negative. */
    compare(f: number, pc: number, sp: number, arg: number): number {
      const top = place(f, pc, sp);
      const b = mem[top - 1]!;
      const a = mem[top - 2]!;
      let r = richCompare(ip, a & -2, b & -2, (arg >> 5) as CompareOp);
      mem[f + F_SP] = top - 2;
      const leftFirst =
        !reversed ||
        (mem[a & -2] === 1 &&
          mem[b & -2] === 1 &&
          comparesLeftFirst(ip, codeRuntime(ip, mem[f + F_CODE]!), pc, a & -2, b & -2));
      closeRef(ip, leftFirst ? a : b);
      closeRef(ip, leftFirst ? b : a);
      if (r === 0) return failed(f, pc, FAILED);
      if ((arg & 16) !== 0 && r !== ip.True && r !== ip.False) {
        const t = isTrue(ip, r);
        heap.decref(r);
        if (t < 0) return failed(f, pc, FAILED);
        r = ip.bool(t === 1);
      }
      return r;
    },
    /** CONTAINS_OP: 1, 0, or negative. */
    has(f: number, pc: number, sp: number, arg: number): number {
      const top = place(f, pc, sp);
      const container = mem[top - 1]!;
      const item = mem[top - 2]!;
      const r = contains(ip, container & -2, item & -2);
      mem[f + F_SP] = top - 2;
      closeRef(ip, reversed ? container : item);
      closeRef(ip, reversed ? item : container);
      return r < 0 ? failed(f, pc, FAILED) : r ^ arg;
    },
    /** STORE_SUBSCR, and DELETE_SUBSCR with `values` 0. */
    setOrDelete(f: number, pc: number, sp: number, values: number): number {
      const top = place(f, pc, sp);
      const key = mem[top - 1]!;
      const obj = mem[top - 2]!;
      const value = values === 0 ? 0 : mem[top - 3]!;
      const r = setItem(ip, obj & -2, key & -2, value & -2);
      mem[f + F_SP] = top - 2 - values;
      if (reversed) {
        closeRef(ip, key);
        closeRef(ip, obj);
        closeRef(ip, value);
      } else {
        closeRef(ip, value);
        closeRef(ip, obj);
        closeRef(ip, key);
      }
      return r < 0 ? failed(f, pc, FAILED) : 0;
    },
    /** BINARY_SLICE: the value, or negative. */
    slice(f: number, pc: number, sp: number): number {
      const top = place(f, pc, sp);
      const [container, start, stop] = [mem[top - 3]!, mem[top - 2]!, mem[top - 1]!];
      const r = binarySlice(ip, container & -2, start & -2, stop & -2);
      mem[f + F_SP] = top - 3;
      closeRef(ip, start);
      closeRef(ip, stop);
      closeRef(ip, container);
      return r === 0 ? failed(f, pc, FAILED) : r;
    },
    /** MAP_ADD to the dict `depth` below. */
    slowMapAdd(f: number, pc: number, sp: number, depth: number): number {
      const top = place(f, pc, sp);
      const value = mem[top - 1]!;
      const key = mem[top - 2]!;
      const d = mem[top - 2 - depth]! & -2;
      const r = dictSet(ip, d, key & -2, value & -2);
      mem[f + F_SP] = top - 2;
      closeRef(ip, key);
      closeRef(ip, value);
      return r < 0 ? failed(f, pc, FAILED) : 0;
    },
    /** FORMAT_SIMPLE and FORMAT_WITH_SPEC: the value, or negative. */
    format(f: number, pc: number, sp: number, withSpec: number): number {
      const top = place(f, pc, sp);
      const spec = withSpec === 0 ? 0 : mem[top - 1]!;
      const value = mem[top - 1 - withSpec]!;
      const method = withSpec === 0 ? null : formatMethod(mem[(value & -2) + 1]!, spec & -2);
      const r =
        method === null ? formatValue(ip, value & -2, spec & -2) : formatBound(ip, value & -2, spec & -2, method);
      if (withSpec === 0 && r === 0) return failed(f, pc, FAILED);
      mem[f + F_SP] = top - 1 - withSpec;
      closeRef(ip, value);
      closeRef(ip, spec);
      return r === 0 ? failed(f, pc, FAILED) : r;
    },
    /** BUILD_STRING. */
    join(f: number, pc: number, sp: number, n: number): number {
      const top = place(f, pc, sp);
      const r = joinPieces(ip, top - n, n);
      mem[f + F_SP] = top - n;
      for (let i = top - n; i < top; i++) closeRef(ip, mem[i]!);
      return r === 0 ? failed(f, pc, FAILED) : r;
    },
    /** GET_ITER: the iterator, or negative. */
    iter(f: number, pc: number, sp: number): number {
      const top = place(f, pc, sp);
      const ref = mem[top - 1]!;
      const it = getIter(ip, ref & -2);
      mem[f + F_SP] = top - 1;
      if (it !== 0) {
        mem[top - 1] = it;
        mem[f + F_SP] = top;
      }
      closeRef(ip, ref);
      return it === 0 ? failed(f, pc, FAILED) : it;
    },

    // ---- exceptions -------------------------------------------------------------------------------------------------------

    pushExcInfo(f: number, sp: number): void {
      const at = f + sp;
      const top = ip.excItems.length - 1;
      const exc = mem[at - 1]!;
      const previous = ip.excItems[top]!;
      mem[at - 1] = previous === 0 ? ip.None : previous;
      mem[at] = exc;
      base.inc(exc & -2);
      ip.excItems[top] = exc & -2;
    },
    popExcept(f: number, pc: number, sp: number): void {
      const at = place(f, pc, sp - 1);
      const ref = steal(ip, mem[at]!);
      const top = ip.excItems.length - 1;
      const old = ip.excItems[top]!;
      ip.excItems[top] = ref === ip.None ? 0 : ref;
      if (old !== 0) base.drop(old);
    },
    /** CHECK_EXC_MATCH: 1, 0, or negative. */
    excMatches(f: number, pc: number, sp: number): number {
      const top = place(f, pc, sp);
      const type = mem[top - 1]!;
      const r = base.matches(mem[top - 2]! & -2, type & -2);
      if (r < 0) return failed(f, pc, FAILED);
      mem[f + F_SP] = top - 1;
      if ((type & 1) === 0) base.drop(type);
      return r;
    },

    /** RAISE_VARARGS. */
    raise(f: number, pc: number, sp: number, n: number): number {
      const top = place(f, pc, sp);
      const cause = n === 2 ? steal(ip, mem[top - 1]!) : 0;
      const exc = n >= 1 ? steal(ip, mem[top - n]!) : 0;
      mem[f + F_SP] = top - n;
      return failed(f, pc, base.raiseIt(exc, cause) ? FAILED_AGAIN : FAILED);
    },
    reraise(f: number, pc: number, sp: number, depth: number): number {
      const top = place(f, pc, sp);
      const exc = steal(ip, mem[top - 1]!);
      mem[f + F_SP] = top - 1;
      // The instruction that the exception came from, for its line.
      if (depth !== 0) mem[f + F_PC] = mem[(mem[top - 1 - depth]! & -2) + INT_VALUE]! + 1;
      ip.restoreError(exc);
      return failed(f, pc, FAILED_AGAIN);
    },
    /** LOAD_SUPER_ATTR from its second run on: like LOAD_ATTR, 0 or negative, with one or two words on the stack. */
    superAttr(f: number, pc: number, sp: number, arg: number, name: number): number {
      const top = f + sp;
      const [sup, cls, self] = [mem[top - 3]!, mem[top - 2]!, mem[top - 1]!];
      const code = codeRuntime(ip, mem[f]!);
      if (code.warm[pc] === 0 || (sup & -2) !== superType || (cls & -2) === 0) return base.step(f, pc, sp);
      place(f, pc, sp);
      const version = mem[mem[(self & -2) + 1]! + TP_VERSION]!;
      const at = ((version ^ (cls >> 1) ^ (name >> 1)) & 63) << 2;
      let v: number;
      let found = false;
      if (
        (arg & 1) !== 0 &&
        version !== 0 &&
        superMethods[at] === version &&
        superMethods[at + 1] === (cls & -2) &&
        superMethods[at + 2] === name
      ) {
        v = superMethods[at + 3]!;
        base.inc(v);
        found = true;
      } else {
        v = loadSuperAttr(ip, cls & -2, self & -2, name, (arg & 1) !== 0);
        if (v === 0) return failed(f, pc, FAILED);
        found = ip.methodFound;
        if (found && version !== 0 && version === mem[mem[(self & -2) + 1]! + TP_VERSION]) {
          superMethods[at] = version;
          superMethods[at + 1] = cls & -2;
          superMethods[at + 2] = name;
          superMethods[at + 3] = v;
        }
      }
      mem[top - 3] = v;
      if ((arg & 1) !== 0) mem[top - 2] = found ? self : 0;
      mem[f + F_SP] = top - 2 + (arg & 1);
      closeRef(ip, sup);
      closeRef(ip, cls);
      if ((arg & 1) === 0 || !found) closeRef(ip, self);
      return 0;
    },
  };
}
