/** exec, eval, compile (Python/bltinmodule.c). */
import { preprocess } from '../compiler/ast-preprocess';
import { CO_FAST_FREE, CO_FUTURE_ANNOTATIONS, type CompileMode, type Optimize } from '../compiler/code-unit';
import type { Handle } from '../heap/layout';
import type { MethodDef } from '../heap/object';
import { asIndex, isBytes, isDict, isStr, isTrue, strText, typeName } from '../objects/abstract';
import { bytesOf, getBuffer, hasBuffer, releaseBuffer } from '../objects/buffer';
import { bytesValue } from '../objects/bytes';
import { codeRuntime } from '../objects/code';
import { decodeBytes } from '../objects/codecs';
import { dictGetKnown, dictSet } from '../objects/dict';
import { F_CODE, currentBuiltins } from '../objects/interpreter-frame';
import { callSpecial } from '../objects/slotdefs';
import { strValue } from '../objects/str';
import { tupleItems, tupleSize } from '../objects/tuple';
import { typeLookup } from '../objects/type-lookup';
import type { Mod } from '../parser/ast';
import { PySyntaxError } from '../parser/parser';
import type { AstSupport } from '../vm/host';
import { evalCode } from '../vm/eval-code';
import type { Interpreter } from '../vm/interpreter';
import { frameGlobals, frameLocals } from './builtins-attributes';
import { compileSource, compileTree, parseSource, raiseSyntaxError } from './compile-source';

const MODES: readonly CompileMode[] = ['exec', 'eval', 'single'];

/** Future features of the code that is running (`PyEval_MergeCompilerFlags`). */
function inheritedFlags(ip: Interpreter): number {
  return ip.frame === 0 ? 0 : codeRuntime(ip, ip.mem[ip.frame + F_CODE]!).unit.flags & CO_FUTURE_ANNOTATIONS;
}

/** UTF-8; null with UnicodeDecodeError. */
function bytesText(ip: Interpreter, h: Handle): string | null {
  const text = decodeBytes(ip, bytesValue(ip, h), 'utf-8', 'strict');
  if (text === 0) return null;
  const value = strValue(ip, text);
  ip.decref(text);
  return value;
}

/** The coding that one of the first two lines names (PEP 263). */
const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;

/** Bytes of source text: a byte order mark or a comment tells the encoding; null with SyntaxError. */
function sourceBytes(ip: Interpreter, data: Uint8Array): string | null {
  const marked = data[0] === 0xef && data[1] === 0xbb && data[2] === 0xbf;
  if (marked) data = data.subarray(3);
  const head = String.fromCharCode(...data.subarray(0, 400)).split('\n', 2);
  const first = COOKIE.exec(head[0] ?? '');
  const cookie = first ?? (/^[ \t\f]*(#.*)?\r?$/.test(head[0] ?? '') ? COOKIE.exec(head[1] ?? '') : null);
  const encoding = cookie === null ? 'utf-8' : cookie[1]!;
  const text = decodeBytes(ip, data, encoding, 'strict');
  if (text === 0) {
    if (ip.errorMatches('LookupError')) {
      ip.clearError();
      ip.raise('SyntaxError', `unknown encoding: ${encoding}`);
    } else if (ip.errorMatches('UnicodeDecodeError')) {
      const error = ip.takeError();
      const said = strText(ip, error);
      ip.decref(error);
      ip.raise('SyntaxError', `(unicode error) ${said ?? ''}`);
    }
    return null;
  }
  const value = strValue(ip, text);
  ip.decref(text);
  return value;
}

/** `_Py_SourceAsString`: null with TypeError. */
function sourceText(ip: Interpreter, source: Handle, fname: string, what: string): string | null {
  if (isStr(ip, source)) return strValue(ip, source);
  if (isBytes(ip, source)) return sourceBytes(ip, bytesValue(ip, source));
  if (hasBuffer(ip, source)) {
    const buffer = getBuffer(ip, source);
    if (buffer === null) return null;
    const text = sourceBytes(ip, bytesOf(buffer));
    releaseBuffer(ip, buffer);
    return text;
  }
  ip.raise('TypeError', `${fname}() arg 1 must be a ${what}`);
  return null;
}

/** A code object for what `exec` or `eval` was given: new. A text's tree lives while it runs: `arena`. */
function codeFor(ip: Interpreter, source: Handle, fname: 'exec' | 'eval', arena: Handle[], closure: Handle): Handle {
  if (ip.is(source, ip.types.code)) {
    const n = codeRuntime(ip, source).unit.localspluskinds.filter((kind) => (kind & CO_FAST_FREE) !== 0).length;
    if (n === 0 && closure !== 0) return ip.raise('TypeError', 'cannot use a closure with this code object');
    const fits =
      closure !== 0 &&
      ip.is(closure, ip.types.tuple) &&
      tupleSize(ip, closure) === n &&
      tupleItems(ip, closure).every((cell) => ip.is(cell, ip.types.cell));
    if (n > 0 && !fits) {
      return ip.raise(
        'TypeError',
        fname === 'exec'
          ? `code object requires a closure of exactly length ${n}`
          : 'code object passed to eval() may not contain free variables',
      );
    }
    return ip.newRef(source);
  }
  if (closure !== 0) return ip.raise('TypeError', 'closure can only be used when source is a code object');
  let text = sourceText(ip, source, fname, 'string, bytes or code object');
  if (text === null) return 0;
  if (fname === 'eval') text = text.replace(/^[ \t]+/, '');
  return compileSource(ip, text, '<string>', fname, { flags: inheritedFlags(ip), arena });
}

/** The namespaces to run in, both new; null with an exception. */
function namespaces(ip: Interpreter, fname: 'exec' | 'eval', globals: Handle, locals: Handle): [Handle, Handle] | null {
  const given = (h: Handle): Handle => (h === ip.None ? 0 : h);
  let g = given(globals);
  let l = given(locals);
  if (l !== 0 && !isDict(ip, l) && ip.tp(l).mp_subscript === null) {
    ip.raise(
      'TypeError',
      fname === 'exec' ? `locals must be a mapping or None, not ${typeName(ip, l)}` : 'locals must be a mapping',
    );
    return null;
  }
  if (g !== 0 && !isDict(ip, g)) {
    if (fname === 'exec') ip.raise('TypeError', `exec() globals must be a dict, not ${typeName(ip, g)}`);
    else
      ip.raise(
        'TypeError',
        ip.tp(g).mp_subscript !== null
          ? 'globals must be a real dict; try eval(code, {}, mapping)'
          : 'globals must be a dict',
      );
    return null;
  }
  if (g === 0) {
    g = frameGlobals(ip);
    if (g === 0) return null;
    l = l === 0 ? frameLocals(ip) : ip.newRef(l);
    if (l === 0) {
      ip.decref(g);
      return null;
    }
  } else {
    ip.incref(g);
    l = ip.newRef(l === 0 ? g : l);
  }
  if (dictGetKnown(ip, g, ip.id('__builtins__')) === 0) dictSet(ip, g, ip.id('__builtins__'), currentBuiltins(ip));
  return [g, l];
}

function run(
  ip: Interpreter,
  fname: 'exec' | 'eval',
  source: Handle,
  globals: Handle,
  locals: Handle,
  closure: Handle,
): Handle {
  const spaces = namespaces(ip, fname, globals, locals);
  if (spaces === null) return 0;
  let result = 0;
  const cells = closure === ip.None ? 0 : closure;
  const arena: Handle[] = [];
  const code = codeFor(ip, source, fname, arena, cells);
  ip.held.push(...arena);
  if (code !== 0) {
    result = evalCode(ip, code, spaces[0], spaces[1], cells);
    ip.decref(code);
  }
  ip.held.length -= arena.length;
  for (const h of arena) ip.decref(h);
  ip.decref(spaces[0]);
  ip.decref(spaces[1]);
  return result;
}

const PyCF_ONLY_AST = 0x400;
const PyCF_OPTIMIZED_AST = 0x8000;
/** Flags that `compile` knows (`PyCF_MASK`, `PyCF_COMPILE_MASK` and the obsolete ones). */
const PyCF_KNOWN =
  0x1ff0000 | 0x20000000 | 0x10 | 0x100 | 0x200 | PyCF_ONLY_AST | 0x1000 | 0x2000 | 0x4000 | PyCF_OPTIMIZED_AST;

/** `PyUnicode_FSDecoder`, also for what has `__fspath__`; null with an exception. */
function fileName(ip: Interpreter, h: Handle): string | null {
  if (isStr(ip, h)) return strValue(ip, h);
  if (isBytes(ip, h)) return bytesText(ip, h);
  const f = typeLookup(ip, ip.tp(h), ip.id('__fspath__'));
  if (f === 0) {
    ip.raise('TypeError', `expected str, bytes or os.PathLike object, not ${typeName(ip, h)}`);
    return null;
  }
  const path = callSpecial(ip, h, '__fspath__', []);
  if (path === 0) return null;
  const text = isStr(ip, path) ? strValue(ip, path) : isBytes(ip, path) ? bytesText(ip, path) : null;
  if (text === null && ip.currentException === 0) {
    const type = typeName(ip, h);
    ip.raise('TypeError', `expected ${type}.__fspath__() to return str or bytes, not ${typeName(ip, path)}`);
  }
  ip.decref(path);
  return text;
}

/** The module `_ast`, imported if nobody did; null with an exception. */
function astSupport(ip: Interpreter): AstSupport | null {
  if (ip.ast === null) {
    const module = ip.importModule(ip.id('_ast'), 0, 0, 0);
    if (module === 0) return null;
    ip.decref(module);
  }
  return ip.ast;
}

/** `builtin_compile_impl`. */
function compileBuiltin(
  ip: Interpreter,
  [source, filename, mode, flags, dontInherit, optimize, feature]: Handle[],
): Handle {
  const file = fileName(ip, filename!);
  if (file === null) return 0;
  if (!isStr(ip, mode!))
    return ip.raise('TypeError', `compile() argument 'mode' must be str, not ${typeName(ip, mode!)}`);
  const bits = flags === 0 ? 0 : asIndex(ip, flags!, 'OverflowError');
  if (bits === null) return 0;
  const alone = dontInherit === 0 ? 0 : isTrue(ip, dontInherit!);
  if (alone < 0) return 0;
  const level = optimize === 0 ? -1 : asIndex(ip, optimize!, 'OverflowError');
  if (level === null) return 0;
  if ((bits & ~PyCF_KNOWN) !== 0) return ip.raise('ValueError', 'compile(): unrecognised flags');
  if (level < -1 || level > 2) return ip.raise('ValueError', 'compile(): invalid optimize value');
  const onlyAst = (bits & PyCF_ONLY_AST) !== 0;
  const wanted = MODES.find((m) => m === strValue(ip, mode!));
  if (wanted === undefined) {
    if (strValue(ip, mode!) === 'func_type')
      return ip.raise(
        'ValueError',
        onlyAst
          ? "compile() mode 'func_type' is not supported"
          : "compile() mode 'func_type' requires flag PyCF_ONLY_AST",
      );
    return ip.raise(
      'ValueError',
      onlyAst
        ? "compile() mode must be 'exec', 'eval', 'single' or 'func_type'"
        : "compile() mode must be 'exec', 'eval' or 'single'",
    );
  }
  const options = { flags: bits | (alone === 1 ? 0 : inheritedFlags(ip)), optimize: Math.max(level, 0) as Optimize };
  if (ip.ast?.isNode(source!) === true) {
    const optimized = (bits & PyCF_OPTIMIZED_AST) !== 0;
    if (onlyAst && !optimized) return ip.newRef(source!);
    const tree = ip.ast.toTree(source!, wanted);
    if (tree === null) return 0;
    return onlyAst ? optimizedTree(ip, tree, options) : compileTree(ip, tree, file, wanted, options);
  }
  const text = sourceText(ip, source!, 'compile', 'string, bytes or AST object');
  if (text === null) return 0;
  if (!onlyAst) return compileSource(ip, text, file, wanted, options);
  const support = astSupport(ip);
  const tree = support === null ? null : parseSource(ip, text, file, wanted, options);
  if (tree === null) return 0;
  const minor = feature === 0 ? -1 : asIndex(ip, feature!, 'OverflowError');
  if (minor === null) return 0;
  const refused = minor >= 0 ? support!.tooNew(tree, minor) : null;
  if (refused !== null) {
    return raiseSyntaxError(
      ip,
      new PySyntaxError('SyntaxError', refused.message, file, refused.lineno, 1, refused.lineno, 1, null),
    );
  }
  return (bits & PyCF_OPTIMIZED_AST) !== 0 ? optimizedTree(ip, tree, options) : support!.fromTree(tree);
}

function optimizedTree(ip: Interpreter, tree: Mod, options: { flags: number; optimize: Optimize }): Handle {
  const flags = options.flags & CO_FUTURE_ANNOTATIONS;
  return astSupport(ip)!.fromTree(preprocess(tree, ip.facts.name, flags, [], options.optimize));
}

export const codeBuiltins: Record<string, MethodDef> = {
  exec: {
    kind: 'clinic',
    params: 'source, /, globals=, locals=, *, closure=',
    fn: (ip: Interpreter, _m, [source, globals, locals, closure]) => {
      const r = run(ip, 'exec', source!, globals! || ip.None, locals! || ip.None, closure!);
      if (r === 0) return 0;
      ip.decref(r);
      return ip.None;
    },
  },
  eval: {
    kind: 'clinic',
    params: 'source, /, globals=, locals=',
    fn: (ip: Interpreter, _m, [source, globals, locals]) =>
      run(ip, 'eval', source!, globals! || ip.None, locals! || ip.None, 0),
  },
  compile: {
    kind: 'clinic',
    params: 'source, filename, mode, flags=, dont_inherit=, optimize=, *, _feature_version=',
    fn: (ip: Interpreter, _m, args) => compileBuiltin(ip, args),
  },
};
