/**
 * Exceptions that cannot be passed on, from `__del__`, callbacks and generators that are closed (Python/errors.c,
 * `PyErr_FormatUnraisable`): told to `sys.unraisablehook`.
 */
import type { Handle } from '../heap/layout';
import { getAttrString, reprText, strText } from '../objects/abstract';
import { dictGetKnown, dictSize } from '../objects/dict';
import { EXC_TRACEBACK } from '../objects/exceptions';
import { fileFlush, fileWriteString } from '../objects/fileobject';
import { GEN_ORIGIN, GEN_QUALNAME } from '../objects/generator';
import { strFrom, strValue } from '../objects/str';
import { newStructSequence } from '../objects/structseq';
import { addTraceback } from '../objects/traceback';
import type { Interpreter } from './interpreter';
import { exceptionTypeText } from './traceback-print';
import { extractFrames, foldFrames, LineCache, plainFrame } from './traceback-frame';

/**
 * Reports the raised exception and clears it. 3.14 puts message and object into one text, 3.13 hands the object on.
 * @param object borrowed
 */
export function unraisableHook(ip: Interpreter, message: string, object: Handle): void {
  const exc = ip.takeError();
  if (exc === 0) return;
  if (ip.mem[exc + EXC_TRACEBACK] === 0 && ip.frame !== 0) addTraceback(ip, exc, ip.frame);
  let text: string | null = null;
  if (ip.facts.name !== '3.13') {
    const repr = object === 0 ? '' : reprText(ip, object);
    if (repr === null) ip.clearError();
    // A repr that fails takes the whole message with it.
    text = repr === '' ? message : repr === null ? null : `${message} ${repr}`;
    object = 0;
  } else if (object === 0) text = message;
  const hook = ip.sysDict === 0 ? 0 : dictGetKnown(ip, ip.sysDict, ip.id('unraisablehook'));
  if (hook === 0 || hook === ip.None || hook === ip.unraisableHookFunction) report(ip, exc, text, object);
  else callHook(ip, hook, exc, text, object);
  ip.decref(exc);
}

/** `sys.unraisablehook(unraisable)` of the program. Its own exception is told in turn, by the default way. */
function callHook(ip: Interpreter, hook: Handle, exc: Handle, text: string | null, object: Handle): void {
  const traceback = ip.mem[exc + EXC_TRACEBACK]! || ip.None;
  const args = newStructSequence(ip, 'UnraisableHookArgs', [
    ip.newRef(ip.mem[exc + 1]!),
    ip.newRef(exc),
    ip.newRef(traceback),
    text === null ? ip.None : strFrom(ip, text),
    object === 0 ? ip.None : ip.newRef(object),
  ]);
  ip.incref(hook);
  const r = ip.call(hook, [args]);
  if (r !== 0) ip.decref(r);
  else {
    const second = ip.takeError();
    report(ip, second, 'Exception ignored in sys.unraisablehook', hook);
    ip.decref(second);
  }
  ip.decref(hook);
  ip.decref(args);
}

/** `write_unraisable_exc_file`: C code of its own, without the marks and chains of a full traceback. */
export function report(ip: Interpreter, exc: Handle, text: string | null, object: Handle): void {
  const stderr = ip.sysDict === 0 ? 0 : dictGetKnown(ip, ip.sysDict, ip.id('stderr'));
  if (stderr === ip.None) return;
  let out = '';
  if (object !== 0) {
    const repr = reprText(ip, object);
    if (repr === null) ip.clearError();
    out += `${text ?? 'Exception ignored in'}: ${repr ?? '<object repr() failed>'}\n`;
  } else if (text !== null) out += `${text}:\n`;
  const frames = extractFrames(ip, ip.mem[exc + EXC_TRACEBACK]!);
  if (frames.length > 0) {
    out += 'Traceback (most recent call last):\n';
    const cache = new LineCache(ip);
    // Without modules there is nothing left to read a file with.
    const hasFiles = dictSize(ip, ip.modules) > 0;
    out += foldFrames(frames, (frame) => plainFrame(frame, hasFiles ? cache : null)).join('');
  }
  const value = strText(ip, exc);
  if (value === null) ip.clearError();
  out += `${exceptionTypeText(ip, exc)}: ${value ?? '<exception str() failed>'}\n`;
  if (stderr === 0) ip.writeStderr(out);
  else if (fileWriteString(ip, out, stderr) === 0) fileFlush(ip, stderr);
  ip.clearError();
}

/**
 * `_PyErr_WarnUnawaitedCoroutine`: by Lib/warnings.py where the program has imported it, or where it has to tell the
 * coroutine's origin.
 */
export function warnUnawaited(ip: Interpreter, coroutine: Handle): void {
  const qualname = strValue(ip, ip.mem[coroutine + GEN_QUALNAME]!);
  const known = dictGetKnown(ip, ip.modules, ip.id('warnings')) !== 0 || ip.mem[coroutine + GEN_ORIGIN] !== 0;
  const module = known ? ip.importModule(ip.id('warnings'), 0, 0, 0) : 0;
  const f = module === 0 ? 0 : getAttrString(ip, module, '_warn_unawaited_coroutine');
  ip.xdecref(module);
  let warned = false;
  // Without it, or where somebody has broken it, the plain warning.
  if (f === 0) ip.clearError();
  else {
    const r = ip.call(f, [coroutine]);
    ip.decref(f);
    warned = r !== 0 || ip.errorMatches('RuntimeWarning');
    ip.xdecref(r);
    if (r === 0) ip.writeUnraisable('Exception ignored in', coroutine);
  }
  if (warned || ip.warn('RuntimeWarning', `coroutine '${qualname}' was never awaited`, coroutine)) return;
  ip.writeUnraisable('Exception ignored in', coroutine);
}
