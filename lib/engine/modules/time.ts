/** The clocks of the module `time` (Modules/timemodule.c). `sleep` does not wait: the page would freeze. */
import type { MethodDef } from '../heap/object';
import { asDouble } from '../objects/number-convert';
import { newFloat } from '../objects/float';
import { intFromBigInt } from '../objects/int';
import type { Interpreter } from '../vm/interpreter';
import type { NativeModule } from './define';

const wallSeconds = (): number => Date.now() / 1000;
const monotonicSeconds = (): number => performance.now() / 1000;

const seconds = (clock: () => number): MethodDef => ({ kind: 'noargs', fn: (ip: Interpreter) => newFloat(ip, clock()) });
const nanoseconds = (clock: () => number): MethodDef => ({
  kind: 'noargs', fn: (ip: Interpreter) => intFromBigInt(ip, BigInt(Math.round(clock() * 1e9))),
});

export const timeModule: NativeModule = {
  name: 'time',
  methods: {
    time: seconds(wallSeconds),
    time_ns: nanoseconds(wallSeconds),
    monotonic: seconds(monotonicSeconds),
    monotonic_ns: nanoseconds(monotonicSeconds),
    perf_counter: seconds(monotonicSeconds),
    perf_counter_ns: nanoseconds(monotonicSeconds),
    process_time: seconds(monotonicSeconds),
    sleep: {
      kind: 'o',
      fn: (ip: Interpreter, _m, x) => {
        const n = asDouble(ip, x);
        if (n === null) return 0;
        return n < 0 ? ip.raise('ValueError', 'sleep length must be non-negative') : ip.None;
      },
    },
  },
};
