/** How a module written in TypeScript is declared: its functions, and values made when it is first imported. */
import type { MethodDef } from '../heap/object';
import type { Handle } from '../heap/layout';
import { addToModule, newModule } from '../objects/module';
import type { Interpreter } from '../vm/interpreter';

export interface NativeModule {
  readonly name: string;
  readonly methods: Record<string, MethodDef>;
  /** New references by name. */
  values?(ip: Interpreter): Record<string, Handle>;
}

/** New. */
export function makeNativeModule(ip: Interpreter, def: NativeModule): Handle {
  const module = newModule(ip, def.name);
  addToModule(ip, module, def.methods, def.values?.(ip) ?? {});
  return module;
}
