/** `faulthandler` (Modules/faulthandler.c): a page has no signals to catch; switched on, it stays without effect. */
import type { MethodDef } from '../heap/object';
import type { NativeModule } from '../modules/define';
import type { Interpreter } from '../vm/interpreter';

const nothing: MethodDef = { kind: 'keywords', fn: (ip: Interpreter) => ip.None };
const KEY = 'faulthandler';

const set = (enabled: boolean): MethodDef => ({
  kind: 'keywords',
  fn: (ip: Interpreter) => {
    ip.moduleState.set(KEY, enabled);
    return ip.None;
  },
});

export const faulthandlerModule: NativeModule = {
  name: 'faulthandler',
  methods: {
    enable: set(true),
    disable: set(false),
    is_enabled: { kind: 'noargs', fn: (ip: Interpreter) => ip.bool(ip.moduleState.get(KEY) === true) },
    register: nothing,
    unregister: nothing,
    dump_traceback: nothing,
    dump_traceback_later: nothing,
    cancel_dump_traceback_later: nothing,
  },
};
