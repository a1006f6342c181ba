/** print, input, open (Python/bltinmodule.c). */
import type { Handle } from '../heap/layout';
import type { MethodDef } from '../heap/object';
import { getAttrString, isStr, isTrue, typeName } from '../objects/abstract';
import { dictGetKnown } from '../objects/dict';
import { params, parseArgs } from '../objects/getargs';
import { fileFlush, fileWriteObject, fileWriteString } from '../objects/fileobject';
import { strFrom, strValue } from '../objects/str';
import type { Interpreter } from '../vm/interpreter';

const PRINT = params('print', '*, sep=, end=, file=, flush=');

/** `sys.stdout` and its like, borrowed; 0 with RuntimeError. */
function stream(ip: Interpreter, name: string): Handle {
  const file = dictGetKnown(ip, ip.sysDict, ip.id(name));
  return file === 0 ? ip.raise('RuntimeError', `lost sys.${name}`) : file;
}

function separator(ip: Interpreter, value: Handle, what: string): boolean {
  if (value === 0 || value === ip.None || isStr(ip, value)) return true;
  ip.raise('TypeError', `${what} must be None or a string, not ${typeName(ip, value)}`);
  return false;
}

function print(ip: Interpreter, args: Handle[], kwnames: Handle[] | null): Handle {
  const npos = args.length - (kwnames?.length ?? 0);
  const options = kwnames === null ? [0, 0, 0, 0] : parseArgs(ip, PRINT, args.slice(npos), kwnames);
  if (options === null) return 0;
  const [sep, end, fileArg, flush] = options as [Handle, Handle, Handle, Handle];
  let file = fileArg;
  if (file === 0 || file === ip.None) {
    file = stream(ip, 'stdout');
    if (file === 0) return 0;
    if (file === ip.None) return ip.None;
  }
  if (!separator(ip, sep, 'sep') || !separator(ip, end, 'end')) return 0;
  ip.incref(file);
  const ok = write(ip, file, args, npos, sep, end) && (flush === 0 || flushIfTrue(ip, file, flush));
  ip.decref(file);
  return ok ? ip.None : 0;
}

function write(ip: Interpreter, file: Handle, args: Handle[], n: number, sep: Handle, end: Handle): boolean {
  const put = (value: Handle, usual: string): boolean =>
    (value === 0 || value === ip.None ? fileWriteString(ip, usual, file) : fileWriteObject(ip, value, file, true)) ===
    0;
  for (let i = 0; i < n; i++) {
    if (i > 0 && !put(sep, ' ')) return false;
    if (fileWriteObject(ip, args[i]!, file, true) < 0) return false;
  }
  return put(end, '\n');
}

function flushIfTrue(ip: Interpreter, file: Handle, flush: Handle): boolean {
  const truth = isTrue(ip, flush);
  return truth === 0 || (truth === 1 && fileFlush(ip, file));
}

/** The next line of `sys.stdin` without its newline: new, or 0 with EOFError. */
function readLine(ip: Interpreter, stdin: Handle): Handle {
  if (stdin === dictGetKnown(ip, ip.sysDict, ip.id('__stdin__'))) {
    const line = ip.stdin();
    if (line === null || line === '') return ip.raise('EOFError', 'EOF when reading a line');
    return strFrom(ip, line.endsWith('\n') ? line.slice(0, -1) : line);
  }
  // `PyFile_GetLine`.
  const readline = getAttrString(ip, stdin, 'readline');
  const line = readline === 0 ? 0 : ip.call(readline, []);
  ip.xdecref(readline);
  if (line === 0) return 0;
  if (!isStr(ip, line)) {
    ip.decref(line);
    return ip.raise('TypeError', 'object.readline() returned non-string');
  }
  const text = strValue(ip, line);
  if (text !== '' && !text.endsWith('\n')) return line;
  ip.decref(line);
  return text === '' ? ip.raise('EOFError', 'EOF when reading a line') : strFrom(ip, text.slice(0, -1));
}

function input(ip: Interpreter, prompt: Handle): Handle {
  for (const name of ['stdin', 'stdout', 'stderr']) {
    const file = dictGetKnown(ip, ip.sysDict, ip.id(name));
    if (file === 0 || file === ip.None) return ip.raise('RuntimeError', `input(): lost sys.${name}`);
  }
  const stdin = ip.newRef(stream(ip, 'stdin'));
  const stdout = ip.newRef(stream(ip, 'stdout'));
  let r = 0;
  if (prompt === 0 || fileWriteObject(ip, prompt, stdout, true) === 0) {
    if (!fileFlush(ip, stdout)) ip.clearError();
    r = readLine(ip, stdin);
  }
  ip.decref(stdin);
  ip.decref(stdout);
  return r;
}

export const ioBuiltins: Record<string, MethodDef> = {
  print: { kind: 'keywords', varargs: '3.13', fn: (ip: Interpreter, _m, args, kwnames) => print(ip, args, kwnames) },
  input: { kind: 'fast', min: 0, max: 1, fn: (ip: Interpreter, _m, args) => input(ip, args[0] ?? 0) },
  open: { kind: 'keywords', fn: (ip: Interpreter, _m, args, kwnames) => open(ip, args, kwnames) },
};

/** The first call brings the module `_io`, whose own `open` stands here from then on. */
function open(ip: Interpreter, args: Handle[], kwnames: Handle[] | null): Handle {
  const module = ip.importModule(ip.id('_io'), 0, 0, 0);
  if (module === 0) {
    if (!ip.errorMatches('ModuleNotFoundError')) return 0;
    return ip.raise('OSError', 'files need the standard library, which is not loaded');
  }
  const own = getAttrString(ip, module, 'open');
  ip.decref(module);
  if (own === 0) return 0;
  const r = ip.call(own, args, kwnames);
  ip.decref(own);
  return r;
}
