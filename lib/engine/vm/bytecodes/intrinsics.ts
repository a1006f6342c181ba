/** CALL_INTRINSIC_1 and what awaits and delegation need (Python/intrinsics.c). */
import { Intrinsic1, Intrinsic2 } from '../../compiler/opcodes';
import { CO_ASYNC_GENERATOR, CO_COROUTINE } from '../../compiler/code-unit';
import type { Handle } from '../../heap/layout';
import { getAttrString } from '../../objects/abstract';
import { wrapValue } from '../../objects/async-generator';
import { codeRuntime } from '../../objects/code';
import { prepReraiseStar } from '../../objects/exception-group';
import { EXC_CAUSE, EXC_CONTEXT, EXC_EXTRA, EXC_SUPPRESS, newException } from '../../objects/exceptions';
import { FUNC_TYPEPARAMS } from '../../objects/funcobject';
import { F_CODE } from '../../objects/interpreter-frame';
import { listItems } from '../../objects/list';
import { strFrom } from '../../objects/str';
import { newTuple } from '../../objects/tuple';
import { isSubtype } from '../../objects/type-lookup';
import {
  makeParamSpec,
  makeTypeAlias,
  makeTypeVar,
  makeTypeVarTuple,
  setTypeParamDefault,
  subscriptGeneric,
} from '../../objects/typevar';
import type { Interpreter } from '../interpreter';
import { importStar } from './imports';
import { unaryOperator } from './operators';

/** New, or 0 with an exception; `value` borrowed. */
export function intrinsic1(ip: Interpreter, f: number, which: number, value: Handle): Handle {
  switch (which) {
    case Intrinsic1.PRINT: {
      if (ip.onDisplay !== null) return ip.onDisplay(value) ? ip.None : 0;
      const hook = getAttrString(ip, ip.sys, 'displayhook');
      if (hook === 0) return 0;
      const r = ip.call(hook, [value]);
      ip.decref(hook);
      return r;
    }
    case Intrinsic1.IMPORT_STAR:
      return importStar(ip, f, value) < 0 ? 0 : ip.None;
    case Intrinsic1.UNARY_POSITIVE:
      return unaryOperator(ip, value, 'nb_positive');
    case Intrinsic1.LIST_TO_TUPLE:
      return newTuple(
        ip,
        listItems(ip, value).map((x) => ip.newRef(x)),
      );
    case Intrinsic1.STOPITERATION_ERROR:
      return stopIterationError(ip, f, value);
    case Intrinsic1.ASYNC_GEN_WRAP:
      return wrapValue(ip, value);
    case Intrinsic1.TYPEVAR:
      return makeTypeVar(ip, value, 0, 0);
    case Intrinsic1.PARAMSPEC:
      return makeParamSpec(ip, value);
    case Intrinsic1.TYPEVARTUPLE:
      return makeTypeVarTuple(ip, value);
    case Intrinsic1.SUBSCRIPT_GENERIC:
      return subscriptGeneric(ip, value);
    case Intrinsic1.TYPEALIAS:
      return makeTypeAlias(ip, value);
    default:
      return ip.raise('NotImplementedError', `${Intrinsic1[which]} is not supported yet`);
  }
}

/** CALL_INTRINSIC_2: new, or 0 with an exception; both borrowed, `a` the deeper one. */
export function intrinsic2(ip: Interpreter, which: number, a: Handle, b: Handle): Handle {
  switch (which) {
    case Intrinsic2.PREP_RERAISE_STAR:
      return prepReraiseStar(ip, a, listItems(ip, b));
    case Intrinsic2.TYPEVAR_WITH_BOUND:
      return makeTypeVar(ip, a, b, 0);
    case Intrinsic2.TYPEVAR_WITH_CONSTRAINTS:
      return makeTypeVar(ip, a, 0, b);
    case Intrinsic2.SET_FUNCTION_TYPE_PARAMS:
      ip.heap.setRef(a + FUNC_TYPEPARAMS, ip.newRef(b));
      return ip.newRef(a);
    case Intrinsic2.SET_TYPEPARAM_DEFAULT:
      return setTypeParamDefault(ip, a, b);
    default:
      return ip.raise('NotImplementedError', `${Intrinsic2[which]} is not supported yet`);
  }
}

/** A StopIteration that escapes from a generator's body becomes RuntimeError (PEP 479). */
function stopIterationError(ip: Interpreter, f: number, exc: Handle): Handle {
  const { flags } = codeRuntime(ip, ip.mem[f + F_CODE]!).unit;
  const isAsync = (flags & CO_ASYNC_GENERATOR) !== 0;
  const what = isAsync ? 'async generator' : (flags & CO_COROUTINE) !== 0 ? 'coroutine' : 'generator';
  let raised: string | null = null;
  if (isSubtype(ip, ip.tp(exc), ip.types.StopIteration)) raised = 'StopIteration';
  else if (isAsync && isSubtype(ip, ip.tp(exc), ip.types.StopAsyncIteration)) raised = 'StopAsyncIteration';
  if (raised === null) return ip.newRef(exc);
  const e = newException(ip, 'RuntimeError', [strFrom(ip, `${what} raised ${raised}`)]);
  ip.heap.set(e + EXC_CAUSE, ip.newRef(exc));
  ip.heap.set(e + EXC_SUPPRESS, 1);
  ip.heap.set(e + EXC_CONTEXT, ip.newRef(exc));
  return e;
}

/** `_PyGen_FetchStopIterationValue`: takes the raised StopIteration, if any, and answers its value (new). */
export function stopIterationValue(ip: Interpreter): Handle {
  const e = ip.takeError();
  if (e === 0) return ip.None;
  const value = ip.newRef(ip.mem[e + EXC_EXTRA]! || ip.None);
  ip.decref(e);
  return value;
}
