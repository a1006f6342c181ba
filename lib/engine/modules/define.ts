/**
 * How a module written in TypeScript is declared: its functions, and types and values made when it is first imported.
 */
import type { Handle } from '../heap/layout';
import type { MethodDef, TypeSlots, TypeSpec } from '../heap/object';
import { addToModule, newModule } from '../objects/module';
import { newNativeType } from '../objects/type-ready';
import type { Interpreter } from '../vm/interpreter';

export interface NativeModule {
  readonly name: string;
  readonly methods: Record<string, MethodDef>;
  /** New references by name; types are made here, by `moduleType`. null with an exception. */
  values?(ip: Interpreter): Record<string, Handle> | null;
  /** Called with the module when it is complete. */
  ready?(ip: Interpreter, module: Handle): void;
}

/** New, or 0 with an exception. */
export function makeNativeModule(ip: Interpreter, def: NativeModule): Handle {
  const values = def.values?.(ip) ?? {};
  if (ip.currentException !== 0) return 0;
  const module = newModule(ip, def.name);
  addToModule(ip, module, def.methods, values);
  def.ready?.(ip, module);
  return module;
}

/**
 * A type of a native module, made at its first import and kept in the module's state. `spec.module` is the
 * `__module__` that CPython shows.
 * @param kind as in CPython's C file: 'heap' (`PyType_FromModuleAndSpec`) or 'static'
 * @returns the slots; for `values`, give `moduleTypeRef`
 */
export function moduleType(
  ip: Interpreter,
  spec: TypeSpec,
  kind: 'static' | 'heap' = 'heap',
  base: TypeSlots = ip.types.object,
): TypeSlots {
  const key = `${spec.module ?? 'builtins'}.${spec.name}`;
  const known = ip.moduleTypes.get(key);
  if (known !== undefined) return known;
  const type = newNativeType(ip, spec, kind, base);
  ip.moduleTypes.set(key, type);
  return type;
}

/** The type that `moduleType` made: for native code that makes instances. The module must have been imported. */
export function typeOfModule(ip: Interpreter, key: string): TypeSlots {
  return ip.moduleTypes.get(key)!;
}

/** A new reference to a module's type, for its dict. */
export function moduleTypeRef(
  ip: Interpreter,
  ...args: Parameters<typeof moduleType> extends [unknown, ...infer R] ? R : never
): Handle {
  return ip.newRef(moduleType(ip, ...args).handle);
}
