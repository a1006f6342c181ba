/**
 * Running a program as `__main__` and reporting how it ended (Python/pythonrun.c, Modules/main.c): uncaught
 * exceptions through `sys.excepthook`, SystemExit as an exit code.
 */
import type { Handle } from '../heap/layout';
import { getAttrString, isInt, isStr } from '../objects/abstract';
import { dictDel, dictGetKnown, dictSet } from '../objects/dict';
import { EXC_TRACEBACK } from '../objects/exceptions';
import { fileFlush, fileWriteObject, fileWriteString } from '../objects/fileobject';
import { intToBigInt } from '../objects/int';
import { moduleDict } from '../objects/module';
import { strFrom, strValue } from '../objects/str';
import { isInstanceOf } from '../objects/type-lookup';
import { evalLoop, PAUSED } from '../vm/ceval';
import { beginModule, endModule } from '../vm/eval-code';
import type { Interpreter } from '../vm/interpreter';
import { formatException } from '../vm/traceback-print';
import { compileSource } from './compile-source';

/**
 * `_PyRun_SimpleFile`: compiles and runs, and reports an exception.
 * @param file what `__file__` says; null for `-c`
 * @returns the exit code
 */
export function runMain(ip: Interpreter, main: Handle, source: string, filename: string, file: string | null): number {
  const dict = moduleDict(ip, main);
  // What came through a pipe cannot be read again.
  if (filename !== '<stdin>') ip.sources.set(filename, source);
  if (file !== null) {
    const text = strFrom(ip, file);
    dictSet(ip, dict, ip.id('__file__'), text);
    ip.decref(text);
    dictSet(ip, dict, ip.id('__cached__'), ip.None);
  }
  const arena: Handle[] = [];
  const code = compileSource(ip, source, filename, 'exec', { arena });
  ip.held.push(...arena);
  let result = 0;
  if (code !== 0) {
    ip.held.push(code);
    const func = beginModule(ip, code, dict);
    if (func !== 0) {
      do result = evalLoop(ip);
      while (result === PAUSED);
      endModule(ip, func);
    }
    ip.held.pop();
    ip.decref(code);
  }
  // The arena is freed when the code has run, before an exception is reported.
  ip.held.length -= arena.length;
  for (const h of arena) ip.decref(h);
  flushOutput(ip);
  if (result === 0) return printError(ip);
  ip.decref(result);
  for (const name of file === null ? [] : ['__file__', '__cached__'])
    if (dictDel(ip, dict, ip.id(name)) < 0) ip.clearError();
  return 0;
}

/** `pymain_run_module`: a module by its name as the program, through Lib/runpy.py. Returns the exit code. */
export function runModuleAsMain(ip: Interpreter, name: string): number {
  const runpy = ip.importModule(ip.id('runpy'), 0, 0, 0);
  const run = runpy === 0 ? 0 : getAttrString(ip, runpy, '_run_module_as_main');
  ip.xdecref(runpy);
  const text = strFrom(ip, name);
  const result = run === 0 ? 0 : ip.call(run, [text]);
  ip.xdecref(run);
  ip.decref(text);
  flushOutput(ip);
  if (result === 0) return printError(ip);
  ip.decref(result);
  return 0;
}

/** `flush_io`: a raised exception stays. */
function flushOutput(ip: Interpreter): void {
  const error = ip.takeError();
  for (const name of ['stderr', 'stdout']) {
    const file = dictGetKnown(ip, ip.sysDict, ip.id(name));
    if (file !== 0 && file !== ip.None && !fileFlush(ip, file)) ip.clearError();
  }
  ip.restoreError(error);
}

/** `PyErr_PrintEx`: the raised exception is reported and cleared. Returns the exit code. */
export function printError(ip: Interpreter): number {
  if (ip.errorMatches('SystemExit')) return exitCode(ip, ip.takeError());
  const exc = ip.takeError();
  const type = ip.mem[exc + 1]!;
  const traceback = ip.mem[exc + EXC_TRACEBACK]! || ip.None;
  const put = (name: string, value: Handle): void => {
    dictSet(ip, ip.sysDict, ip.id(name), value);
  };
  put('last_exc', exc);
  put('last_type', type);
  put('last_value', exc);
  put('last_traceback', traceback);
  const hook = dictGetKnown(ip, ip.sysDict, ip.id('excepthook'));
  let code = 1;
  if (hook === 0) show(ip, `sys.excepthook is missing\n${formatException(ip, exc)}`);
  else {
    ip.incref(hook);
    const r = ip.call(hook, [type, exc, traceback]);
    ip.decref(hook);
    if (r !== 0) ip.decref(r);
    else if (ip.errorMatches('SystemExit')) code = exitCode(ip, ip.takeError());
    else {
      const second = ip.takeError();
      show(
        ip,
        `Error in sys.excepthook:\n${formatException(ip, second)}\nOriginal exception was:\n${formatException(ip, exc)}`,
      );
      ip.decref(second);
    }
  }
  if (isInstanceOf(ip, exc, ip.types.KeyboardInterrupt)) code = 130;
  ip.decref(exc);
  return code;
}

function show(ip: Interpreter, text: string): void {
  const stderr = dictGetKnown(ip, ip.sysDict, ip.id('stderr'));
  if (stderr === 0 || stderr === ip.None || fileWriteString(ip, text, stderr) < 0) {
    ip.clearError();
    ip.writeStderr(text);
  }
}

/** `_Py_HandleSystemExit`: the exception is consumed. */
function exitCode(ip: Interpreter, exc: Handle): number {
  let value = getAttrString(ip, exc, 'code');
  if (value === 0) {
    ip.clearError();
    value = ip.newRef(exc);
  }
  ip.decref(exc);
  let code = 1;
  if (value === ip.None) code = 0;
  else if (isInt(ip, value)) code = Number(BigInt.asUintN(8, intToBigInt(ip, value)));
  else {
    const stderr = dictGetKnown(ip, ip.sysDict, ip.id('stderr'));
    if (stderr === 0 || stderr === ip.None) ip.writeStderr(isStr(ip, value) ? strValue(ip, value) : '');
    else if (fileWriteObject(ip, value, stderr, true) < 0) ip.clearError();
    show(ip, '\n');
  }
  ip.decref(value);
  return code;
}
