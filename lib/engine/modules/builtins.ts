/** The module `builtins` (Python/bltinmodule.c): the families of functions, the types and the constants. */
import type { Handle } from '../heap/layout';
import type { MethodDef } from '../heap/object';
import { asIndex, isStr } from '../objects/abstract';
import { dictGetKnown } from '../objects/dict';
import { addToModule, moduleDict, newModule } from '../objects/module';
import { EXCEPTION_BASES, type ExceptionName, type TypeName } from '../objects/type-names';
import { breakpoint } from './sys-runtime';
import type { Interpreter } from '../vm/interpreter';
import { buildClassBuiltin } from './build-class';
import { attributeBuiltins } from './builtins-attributes';
import { codeBuiltins } from './builtins-code';
import { ioBuiltins } from './builtins-io';
import { iterationBuiltins } from './builtins-iteration';
import { numberBuiltins } from './builtins-number';
import { objectBuiltins } from './builtins-object';

/** `__import__(name, globals=None, locals=None, fromlist=(), level=0)`. */
const importBuiltin: MethodDef = {
  kind: 'clinic',
  params: 'name, globals=, locals=, fromlist=, level=',
  fn: (ip: Interpreter, _m, [name, globals, , fromlist, level]) => {
    if (!isStr(ip, name!)) return ip.raise('TypeError', 'module name must be a string');
    const n = level === 0 ? 0 : asIndex(ip, level!, 'OverflowError');
    return n === null ? 0 : ip.importModule(name!, globals === ip.None ? 0 : globals!, fromlist!, n);
  },
};

/** In the order in which CPython's module has them. */
const FUNCTIONS: Record<string, MethodDef> = {
  __build_class__: buildClassBuiltin,
  __import__: importBuiltin,
  ...objectBuiltins,
  ...attributeBuiltins,
  ...iterationBuiltins,
  ...numberBuiltins,
  ...codeBuiltins,
  ...ioBuiltins,
  breakpoint: { kind: 'keywords', fn: (ip: Interpreter, _m, args, kwnames) => breakpoint(ip, args, kwnames) },
};

const TYPES: readonly TypeName[] = [
  'bool',
  'memoryview',
  'bytearray',
  'bytes',
  'classmethod',
  'complex',
  'dict',
  'enumerate',
  'filter',
  'float',
  'frozenset',
  'property',
  'int',
  'list',
  'map',
  'object',
  'range',
  'reversed',
  'set',
  'slice',
  'staticmethod',
  'str',
  'super',
  'tuple',
  'type',
  'zip',
];

/** Makes the module and sets what the interpreter keeps of it. New. */
export function makeBuiltins(ip: Interpreter): Handle {
  const module = newModule(ip, 'builtins');
  const values: Record<string, Handle> = {
    None: ip.None,
    Ellipsis: ip.Ellipsis,
    NotImplemented: ip.NotImplemented,
    False: ip.False,
    True: ip.True,
  };
  for (const name of TYPES) if (ip.types[name].handle !== 0) values[name] = ip.types[name].handle;
  values.__debug__ = ip.True;
  for (const name of Object.keys(EXCEPTION_BASES) as ExceptionName[]) {
    values[name] = ip.types[name].handle;
  }
  values.ExceptionGroup = ip.newRef(ip.exceptionGroup);
  values.EnvironmentError = ip.types.OSError.handle;
  values.IOError = ip.types.OSError.handle;
  addToModule(ip, module, FUNCTIONS, values);
  const dict = moduleDict(ip, module);
  ip.builtins = ip.newRef(dict);
  const named = (name: string): Handle => dictGetKnown(ip, dict, ip.id(name));
  ip.buildClass = named('__build_class__');
  ip.commonConstants.push(
    ip.types.AssertionError.handle,
    ip.types.NotImplementedError.handle,
    ip.types.tuple.handle,
    named('all'),
    named('any'),
  );
  return module;
}
