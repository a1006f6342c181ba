/**
 * The clocks of the module `time` (Modules/timemodule.c).
 * DIFFERS: `sleep` does not wait, the page would freeze: the clocks jump by as much.
 */
import type { MethodDef } from '../heap/object';
import { asDouble } from '../objects/number-convert';
import { newFloat } from '../objects/float';
import { intFromBigInt } from '../objects/int';
import type { Interpreter } from '../vm/interpreter';
import type { NativeModule } from './define';

type Clock = (ip: Interpreter) => number;

const wall: Clock = (ip) => (Date.now() + ip.skippedTime) / 1000;
const monotonic: Clock = (ip) => ((ip.host.now?.() ?? Date.now()) + ip.skippedTime) / 1000;

const seconds = (clock: Clock): MethodDef => ({ kind: 'noargs', fn: (ip: Interpreter) => newFloat(ip, clock(ip)) });
const nanoseconds = (clock: Clock): MethodDef => ({
  kind: 'noargs',
  fn: (ip: Interpreter) => intFromBigInt(ip, BigInt(Math.round(clock(ip) * 1e9))),
});

export const timeModule: NativeModule = {
  name: 'time',
  methods: {
    time: seconds(wall),
    time_ns: nanoseconds(wall),
    monotonic: seconds(monotonic),
    monotonic_ns: nanoseconds(monotonic),
    perf_counter: seconds(monotonic),
    perf_counter_ns: nanoseconds(monotonic),
    process_time: seconds((ip) => monotonic(ip) - ip.skippedTime / 1000),
    sleep: {
      kind: 'o',
      fn: (ip: Interpreter, _m, x) => {
        const n = asDouble(ip, x);
        if (n === null) return 0;
        if (n < 0) return ip.raise('ValueError', 'sleep length must be non-negative');
        ip.skippedTime += n * 1000;
        return ip.None;
      },
    },
  },
};
