/**
 * `sys.monitoring` (Python/instrumentation.c): tools and their callbacks can be registered.
 * DIFFERS: events are not delivered, so that turning one on raises NotImplementedError.
 */
import type { Handle } from '../heap/layout';
import type { MethodDef } from '../heap/object';
import { asIndex, isStr } from '../objects/abstract';
import { intFromNumber } from '../objects/int';
import { addToModule, newModule } from '../objects/module';
import { newNamespace } from '../objects/namespace';
import { allocInstance } from '../objects/object';
import type { Interpreter } from '../vm/interpreter';

const TOOLS = 6;
const EVENTS: readonly (readonly [string, number])[] = [
  'PY_START',
  'PY_RESUME',
  'PY_RETURN',
  'PY_YIELD',
  'CALL',
  'LINE',
  'INSTRUCTION',
  'JUMP',
  'BRANCH_LEFT',
  'BRANCH_RIGHT',
  'STOP_ITERATION',
  'RAISE',
  'EXCEPTION_HANDLED',
  'PY_UNWIND',
  'PY_THROW',
  'RERAISE',
  'C_RETURN',
  'C_RAISE',
  'BRANCH',
].map((name, i) => [name, 1 << i]);
const EVENTS_313 = [
  'PY_START',
  'PY_RESUME',
  'PY_RETURN',
  'PY_YIELD',
  'CALL',
  'LINE',
  'INSTRUCTION',
  'JUMP',
  'BRANCH',
  'STOP_ITERATION',
  'RAISE',
  'EXCEPTION_HANDLED',
  'PY_UNWIND',
  'PY_THROW',
  'RERAISE',
  'C_RETURN',
  'C_RAISE',
].map((name, i) => [name, 1 << i] as const);

interface Tool {
  /** Owned by `ip.moduleRefs`. */
  name: Handle;
  readonly callbacks: Map<number, Handle>;
}

function tools(ip: Interpreter): (Tool | null)[] {
  let state = ip.moduleState.get('sys.monitoring') as (Tool | null)[] | undefined;
  if (state === undefined) {
    state = new Array<Tool | null>(TOOLS).fill(null);
    ip.moduleState.set('sys.monitoring', state);
  }
  return state;
}

function own(ip: Interpreter, h: Handle): Handle {
  ip.moduleRefs.push(ip.newRef(h));
  return h;
}

function disown(ip: Interpreter, h: Handle): void {
  const i = ip.moduleRefs.lastIndexOf(h);
  if (i < 0) return;
  ip.moduleRefs.splice(i, 1);
  ip.decref(h);
}

/** `check_valid_tool`: null with an exception. */
function toolId(ip: Interpreter, h: Handle): number | null {
  const id = asIndex(ip, h, 'OverflowError');
  if (id === null) return null;
  if (id >= 0 && id < TOOLS) return id;
  ip.raise('ValueError', `invalid tool ${id} (must be between 0 and 5)`);
  return null;
}

function clear(ip: Interpreter, tool: Tool): void {
  for (const h of tool.callbacks.values()) disown(ip, h);
  tool.callbacks.clear();
}

/** A tool that is in use: null with an exception. */
function usedTool(ip: Interpreter, h: Handle): Tool | null {
  const id = toolId(ip, h);
  if (id === null) return null;
  const tool = tools(ip)[id]!;
  if (tool === null) ip.raise('ValueError', `tool ${id} is not in use`);
  return tool;
}

function setEvents(ip: Interpreter, tool: Handle, events: Handle): Handle {
  const n = asIndex(ip, events, 'OverflowError');
  if (n === null || usedTool(ip, tool) === null) return 0;
  if (n < 0 || n >= 1 << 19) return ip.raise('ValueError', `invalid event set 0x${(n >>> 0).toString(16)}`);
  if (n === 0) return ip.None;
  return ip.raise(
    'NotImplementedError',
    'sys.monitoring delivers no events in Heapbook: use sys.settrace, or the CPython kernel',
  );
}

function registerCallback(ip: Interpreter, [toolArg, eventArg, func]: Handle[]): Handle {
  const id = toolId(ip, toolArg!);
  const event = id === null ? null : asIndex(ip, eventArg!, 'OverflowError');
  if (id === null || event === null) return 0;
  if (event <= 0 || (event & (event - 1)) !== 0)
    return ip.raise('ValueError', 'The callback can only be set for one event at a time');
  if (event >= 1 << 19) return ip.raise('ValueError', `invalid event ${event}`);
  const state = tools(ip);
  state[id] ??= { name: 0, callbacks: new Map() };
  const { callbacks } = state[id];
  const old = callbacks.get(event) ?? 0;
  if (func === ip.None) callbacks.delete(event);
  else callbacks.set(event, own(ip, func!));
  const result = ip.newRef(old || ip.None);
  if (old !== 0) disown(ip, old);
  return result;
}

const METHODS: Record<string, MethodDef> = {
  use_tool_id: {
    kind: 'fast',
    min: 2,
    max: 2,
    fn(ip: Interpreter, _m, [toolArg, name]) {
      const id = toolId(ip, toolArg!);
      if (id === null) return 0;
      if (!isStr(ip, name!)) return ip.raise('ValueError', 'tool name must be a str');
      const state = tools(ip);
      if (state[id] !== null && state[id]!.name !== 0) return ip.raise('ValueError', `tool ${id} is already in use`);
      state[id] = { name: own(ip, name!), callbacks: state[id]?.callbacks ?? new Map() };
      return ip.None;
    },
  },
  clear_tool_id: {
    kind: 'o',
    fn(ip: Interpreter, _m, toolArg) {
      const id = toolId(ip, toolArg);
      if (id === null) return 0;
      const tool = tools(ip)[id]!;
      if (tool !== null) clear(ip, tool);
      return ip.None;
    },
  },
  free_tool_id: {
    kind: 'o',
    fn(ip: Interpreter, _m, toolArg) {
      const id = toolId(ip, toolArg);
      if (id === null) return 0;
      const state = tools(ip);
      const tool = state[id]!;
      state[id] = null;
      if (tool !== null) {
        clear(ip, tool);
        disown(ip, tool.name);
      }
      return ip.None;
    },
  },
  get_tool: {
    kind: 'o',
    fn(ip: Interpreter, _m, toolArg) {
      const id = toolId(ip, toolArg);
      if (id === null) return 0;
      return ip.newRef(tools(ip)[id]?.name || ip.None);
    },
  },
  register_callback: { kind: 'fast', min: 3, max: 3, fn: (ip: Interpreter, _m, args) => registerCallback(ip, args) },
  get_events: {
    kind: 'o',
    fn: (ip: Interpreter, _m, tool) => (toolId(ip, tool) === null ? 0 : intFromNumber(ip, 0)),
  },
  set_events: { kind: 'fast', min: 2, max: 2, fn: (ip: Interpreter, _m, [tool, n]) => setEvents(ip, tool!, n!) },
  get_local_events: {
    kind: 'fast',
    min: 2,
    max: 2,
    fn: (ip: Interpreter, _m, [tool]) => (toolId(ip, tool!) === null ? 0 : intFromNumber(ip, 0)),
  },
  set_local_events: {
    kind: 'fast',
    min: 3,
    max: 3,
    fn: (ip: Interpreter, _m, [tool, , n]) => setEvents(ip, tool!, n!),
  },
  restart_events: { kind: 'noargs', fn: (ip: Interpreter) => ip.None },
  _all_events: { kind: 'noargs', fn: (ip: Interpreter) => ip.call(ip.types.dict.handle, []) },
};

/** New. */
export function makeMonitoring(ip: Interpreter): Handle {
  const module = newModule(ip, 'sys.monitoring');
  const is313 = ip.facts.name === '3.13';
  const number = (n: number): Handle => intFromNumber(ip, n);
  const events: Record<string, Handle> = {};
  for (const [name, n] of is313 ? EVENTS_313 : EVENTS) events[name] = number(n);
  events.NO_EVENTS = number(0);
  const sentinel = (): Handle => allocInstance(ip, ip.types.object);
  const { clear_tool_id, ...older } = METHODS;
  addToModule(ip, module, is313 ? older : { ...older, clear_tool_id: clear_tool_id! }, {
    DISABLE: sentinel(),
    MISSING: sentinel(),
    events: newNamespace(ip, events),
    DEBUGGER_ID: number(0),
    COVERAGE_ID: number(1),
    PROFILER_ID: number(2),
    OPTIMIZER_ID: number(5),
  });
  return module;
}
