/**
 * `time` (Modules/timemodule.c), all of it; the clocks are in modules/time.ts. The time zone is UTC.
 */
import type { Handle } from '../heap/layout';
import type { MethodDef } from '../heap/object';
import { asIndex, isStr, isTuple, typeName } from '../objects/abstract';
import { newFloat } from '../objects/float';
import { intFromBigInt, intFromNumber } from '../objects/int';
import { newNamespace } from '../objects/namespace';
import { asDouble } from '../objects/number-convert';
import { strFrom, strValue } from '../objects/str';
import { newTuple, tupleItem, tupleSize } from '../objects/tuple';
import { timeModule as clocks } from '../modules/time';
import type { NativeModule } from '../modules/define';
import type { Interpreter } from '../vm/interpreter';
import { newStructSequence, type StructSequence, structSequenceType } from './struct-sequence';

const STRUCT_TIME: StructSequence = {
  module: 'time',
  name: 'struct_time',
  fields: [
    ...['tm_year', 'tm_mon', 'tm_mday', 'tm_hour', 'tm_min', 'tm_sec', 'tm_wday', 'tm_yday', 'tm_isdst'],
    ...['tm_zone', 'tm_gmtoff'],
  ],
  visible: 9,
};

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October'],
  ...['November', 'December'],
];

/** year, month 1–12, day, hour, minute, second, weekday from Monday 0, day of the year from 1, dst. */
type Fields = [number, number, number, number, number, number, number, number, number];

/** Days since 1970 of a date in the Gregorian calendar. */
function daysOf(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yoe = y - era * 400;
  const doy = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146097 + yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy - 719468;
}

function fieldsOf(seconds: number): Fields {
  const days = Math.floor(seconds / 86400);
  const rest = seconds - days * 86400;
  const z = days + 719468;
  const era = Math.floor(z / 146097);
  const doe = z - era * 146097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const day = doy - Math.floor((153 * mp + 2) / 5) + 1;
  const month = mp < 10 ? mp + 3 : mp - 9;
  const year = yoe + era * 400 + (month <= 2 ? 1 : 0);
  const weekday = (((days + 3) % 7) + 7) % 7;
  return [
    year,
    month,
    day,
    Math.floor(rest / 3600),
    Math.floor(rest / 60) % 60,
    rest % 60,
    weekday,
    days - daysOf(year, 1, 1) + 1,
    0,
  ];
}

function structTime(ip: Interpreter, f: Fields): Handle {
  return newStructSequence(ip, STRUCT_TIME, [
    ...f.map((n) => intFromNumber(ip, n)),
    strFrom(ip, 'UTC'),
    intFromNumber(ip, 0),
  ]);
}

/** Seconds from an argument or now; null with an exception. */
function secondsArgument(ip: Interpreter, h: Handle | undefined): number | null {
  if (h === undefined || h === ip.None) return Math.floor(Date.now() / 1000);
  const x = asDouble(ip, h);
  if (x === null) {
    if (ip.errorMatches('TypeError'))
      ip.raise('TypeError', `'${typeName(ip, h)}' object cannot be interpreted as an integer`);
    return null;
  }
  if (Number.isNaN(x)) {
    ip.raise('ValueError', 'Invalid value NaN (not a number)');
    return null;
  }
  if (Math.abs(x) > 67768036191676800) {
    ip.raise('OverflowError', 'timestamp out of range for platform time_t');
    return null;
  }
  return Math.floor(x);
}

const broken: MethodDef = {
  kind: 'fast',
  min: 0,
  max: 1,
  fn: (ip: Interpreter, _m, [x]) => {
    const s = secondsArgument(ip, x);
    return s === null ? 0 : structTime(ip, fieldsOf(s));
  },
};

/** `gettmarg`: null with an exception. */
function tupleArgument(ip: Interpreter, h: Handle | undefined, what: string): Fields | null {
  if (h === undefined) return fieldsOf(Math.floor(Date.now() / 1000));
  if (!isTuple(ip, h)) {
    ip.raise('TypeError', 'Tuple or struct_time argument required');
    return null;
  }
  if (tupleSize(ip, h) !== 9) {
    ip.raise('TypeError', `${what}(): illegal time tuple argument`);
    return null;
  }
  const out: number[] = [];
  for (let i = 0; i < 9; i++) {
    const n = asIndex(ip, tupleItem(ip, h, i), 'OverflowError');
    if (n === null) return null;
    out.push(n);
  }
  return out as Fields;
}

/** `checktm`: false with ValueError. */
function checkRange(ip: Interpreter, f: Fields): boolean {
  const rules: [number, number, number, string][] = [
    [1, 0, 12, 'month out of range'],
    [2, 0, 31, 'day of month out of range'],
    [3, 0, 23, 'hour out of range'],
    [4, 0, 59, 'minute out of range'],
    [5, 0, 61, 'seconds out of range'],
    [7, 0, 366, 'day of year out of range'],
  ];
  for (const [i, low, high, message] of rules) {
    if (f[i]! >= low && f[i]! <= high) continue;
    ip.raise('ValueError', message);
    return false;
  }
  if (f[6] < -1) {
    ip.raise('ValueError', 'day of week out of range');
    return false;
  }
  if (f[1] === 0) f[1] = 1;
  if (f[2] === 0) f[2] = 1;
  if (f[7] === 0) f[7] = 1;
  return true;
}

const two = (n: number): string => String(n).padStart(2, '0');
const asctime = (f: Fields): string =>
  `${DAYS[((f[6] % 7) + 7) % 7]!.slice(0, 3)} ${MONTHS[f[1] - 1]!.slice(0, 3)} ${String(f[2]).padStart(2)} ${two(f[3])}:${two(f[4])}:${two(f[5])} ${f[0]}`;

/** ISO 8601's year and week. */
function isoWeek(f: Fields): [number, number] {
  const weekday = (((f[6] + 1 + 6) % 7) + 7) % 7;
  const week = Math.floor((f[7] - 1 - weekday + 10) / 7);
  const weeksIn = (year: number): number => {
    const jan1 = (((daysOf(year, 1, 1) + 3) % 7) + 7) % 7;
    const leap = daysOf(year + 1, 1, 1) - daysOf(year, 1, 1) === 366;
    return jan1 === 3 || (leap && jan1 === 2) ? 53 : 52;
  };
  if (week < 1) return [f[0] - 1, weeksIn(f[0] - 1)];
  return week > weeksIn(f[0]) ? [f[0] + 1, 1] : [f[0], week];
}

/** C's `strftime` in the C locale. */
function format(template: string, f: Fields): string {
  const weekday = ((f[6] % 7) + 7) % 7;
  const sunday = (weekday + 1) % 7;
  const hour12 = f[3] % 12 === 0 ? 12 : f[3] % 12;
  const directive = (c: string): string | null => {
    switch (c) {
      case 'a':
        return DAYS[weekday]!.slice(0, 3);
      case 'A':
        return DAYS[weekday]!;
      case 'b':
      case 'h':
        return MONTHS[f[1] - 1]!.slice(0, 3);
      case 'B':
        return MONTHS[f[1] - 1]!;
      case 'c':
        return asctime(f);
      case 'C':
        return two(Math.floor(f[0] / 100));
      case 'd':
        return two(f[2]);
      case 'D':
      case 'x':
        return `${two(f[1])}/${two(f[2])}/${two(((f[0] % 100) + 100) % 100)}`;
      case 'e':
        return String(f[2]).padStart(2);
      case 'F':
        return `${f[0]}-${two(f[1])}-${two(f[2])}`;
      case 'g':
        return two(isoWeek(f)[0] % 100);
      case 'G':
        return String(isoWeek(f)[0]);
      case 'H':
        return two(f[3]);
      case 'I':
        return two(hour12);
      case 'j':
        return String(f[7]).padStart(3, '0');
      case 'k':
        return String(f[3]).padStart(2);
      case 'l':
        return String(hour12).padStart(2);
      case 'm':
        return two(f[1]);
      case 'M':
        return two(f[4]);
      case 'n':
        return '\n';
      case 'p':
        return f[3] < 12 ? 'AM' : 'PM';
      case 'P':
        return f[3] < 12 ? 'am' : 'pm';
      case 'r':
        return `${two(hour12)}:${two(f[4])}:${two(f[5])} ${f[3] < 12 ? 'AM' : 'PM'}`;
      case 'R':
        return `${two(f[3])}:${two(f[4])}`;
      case 's':
        return String(daysOf(f[0], f[1], f[2]) * 86400 + f[3] * 3600 + f[4] * 60 + f[5]);
      case 'S':
        return two(f[5]);
      case 't':
        return '\t';
      case 'T':
      case 'X':
        return `${two(f[3])}:${two(f[4])}:${two(f[5])}`;
      case 'u':
        return String(weekday + 1);
      case 'U':
        return two(Math.floor((f[7] - 1 + 7 - sunday) / 7));
      case 'V':
        return two(isoWeek(f)[1]);
      case 'w':
        return String(sunday);
      case 'W':
        return two(Math.floor((f[7] - 1 + 7 - weekday) / 7));
      case 'y':
        return two(((f[0] % 100) + 100) % 100);
      case 'Y':
        return String(f[0]);
      case 'z':
        return '+0000';
      case 'Z':
        return 'UTC';
      case '%':
        return '%';
      default:
        return null;
    }
  };
  return template.replace(/%([-_0^#]*)(\d*)([EO]?)([a-zA-Z%])/gs, (all, flag: string, width: string, _m, c: string) => {
    let text = directive(c);
    if (text === null) return all;
    if (flag.includes('-')) text = text.replace(/^0+(?=\d)/, '').trimStart();
    if (flag.includes('^')) text = text.toUpperCase();
    if (flag.includes('_')) text = text.replace(/^0+(?=\d)/, (z) => ' '.repeat(z.length));
    return width === '' ? text : text.padStart(Math.min(Number(width), 1000), /^[-+]?\d+$/.test(text) ? '0' : ' ');
  });
}

const METHODS: Record<string, MethodDef> = {
  sleep: {
    kind: 'o',
    fn: (ip: Interpreter, _m, x) => {
      const n = asDouble(ip, x);
      if (n === null) return 0;
      if (Number.isNaN(n)) return ip.raise('ValueError', 'Invalid value NaN (not a number)');
      if (n < 0) return ip.raise('ValueError', 'sleep length must be non-negative');
      if (n > 9223372036) return ip.raise('OverflowError', 'timestamp too large to convert to C PyTime_t');
      ip.host.sleep?.(n * 1000);
      return ip.None;
    },
  },
  gmtime: broken,
  localtime: broken,
  mktime: {
    kind: 'o',
    fn: (ip: Interpreter, _m, x) => {
      const f = tupleArgument(ip, x, 'mktime');
      if (f === null) return 0;
      const month = f[1] - 1;
      const days = daysOf(f[0] + Math.floor(month / 12), (((month % 12) + 12) % 12) + 1, 1) + f[2] - 1;
      return newFloat(ip, days * 86400 + f[3] * 3600 + f[4] * 60 + f[5]);
    },
  },
  asctime: {
    kind: 'fast',
    min: 0,
    max: 1,
    fn: (ip: Interpreter, _m, [x]) => {
      const f = tupleArgument(ip, x, 'asctime');
      return f === null || !checkRange(ip, f) ? 0 : strFrom(ip, asctime(f));
    },
  },
  ctime: {
    kind: 'fast',
    min: 0,
    max: 1,
    fn: (ip: Interpreter, _m, [x]) => {
      const s = secondsArgument(ip, x);
      return s === null ? 0 : strFrom(ip, asctime(fieldsOf(s)));
    },
  },
  strftime: {
    kind: 'fast',
    min: 1,
    max: 2,
    fn: (ip: Interpreter, _m, [template, x]) => {
      if (!isStr(ip, template!))
        return ip.raise('TypeError', `strftime() argument 1 must be str, not ${typeName(ip, template!)}`);
      const f = tupleArgument(ip, x, 'strftime');
      return f === null || !checkRange(ip, f) ? 0 : strFrom(ip, format(strValue(ip, template!), f));
    },
  },
  strptime: {
    kind: 'fast',
    min: 1,
    max: 2,
    fn: (ip: Interpreter, _m, args) => {
      const module = ip.importModule(ip.id('_strptime'), 0, 0, 0);
      if (module === 0) return 0;
      const f = ip.tp(module).tp_getattro!(ip, module, ip.id('_strptime_time'));
      ip.decref(module);
      if (f === 0) return 0;
      const r = ip.call(f, args);
      ip.decref(f);
      return r;
    },
  },
  tzset: { kind: 'noargs', fn: (ip: Interpreter) => ip.None },
  thread_time: clocks.methods.process_time!,
  thread_time_ns: clocks.methods.perf_counter_ns!,
  process_time_ns: clocks.methods.perf_counter_ns!,
  clock_gettime: { kind: 'o', fn: (ip: Interpreter, _m, id) => newFloat(ip, clock(ip, id) / 1000) },
  clock_gettime_ns: {
    kind: 'o',
    fn: (ip: Interpreter, _m, id) => intFromBigInt(ip, BigInt(Math.round(clock(ip, id) * 1e6))),
  },
  clock_getres: { kind: 'o', fn: (ip: Interpreter) => newFloat(ip, 1e-9) },
  get_clock_info: {
    kind: 'o',
    fn: (ip: Interpreter, _m, name) => {
      const text = isStr(ip, name) ? strValue(ip, name) : '';
      if (!['time', 'monotonic', 'perf_counter', 'process_time', 'thread_time'].includes(text))
        return ip.raise('ValueError', 'unknown clock');
      const wall = text === 'time';
      return newNamespace(ip, {
        implementation: strFrom(ip, `clock_gettime(CLOCK_${wall ? 'REALTIME' : 'MONOTONIC'})`),
        monotonic: ip.bool(!wall),
        adjustable: ip.bool(wall),
        resolution: newFloat(ip, 1e-9),
      });
    },
  },
};

const clock = (ip: Interpreter, id: Handle): number =>
  id === ip.smallInts[5] ? Date.now() : (ip.host.now?.() ?? Date.now());

export const timeModule: NativeModule = {
  name: 'time',
  methods: { ...clocks.methods, ...METHODS },
  values: (ip) => ({
    struct_time: ip.newRef(structSequenceType(ip, STRUCT_TIME).handle),
    timezone: intFromNumber(ip, 0),
    altzone: intFromNumber(ip, 0),
    daylight: intFromNumber(ip, 0),
    tzname: newTuple(ip, [strFrom(ip, 'UTC'), strFrom(ip, 'UTC')]),
    CLOCK_REALTIME: intFromNumber(ip, 0),
    CLOCK_MONOTONIC: intFromNumber(ip, 1),
    CLOCK_PROCESS_CPUTIME_ID: intFromNumber(ip, 2),
    CLOCK_THREAD_CPUTIME_ID: intFromNumber(ip, 3),
    _STRUCT_TM_ITEMS: intFromNumber(ip, 11),
  }),
};
