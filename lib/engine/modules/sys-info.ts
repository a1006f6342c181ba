/** The constants of `sys` (Python/sysmodule.c): versions, limits and the tuples that describe the build. */
import type { Handle } from '../heap/layout';
import { newFloat } from '../objects/float';
import { intFromBigInt, intFromNumber } from '../objects/int';
import { newDict } from '../objects/dict';
import { newList } from '../objects/list';
import { newNamespace } from '../objects/namespace';
import { strFrom } from '../objects/str';
import { newStructSequence } from '../objects/structseq';
import { frozensetFromIterable } from '../objects/set';
import { newTuple } from '../objects/tuple';
import { STDLIB_MODULE_NAMES } from '../vm/stdlib-names';
import type { Interpreter } from '../vm/interpreter';

const MAXSIZE = (1n << 63n) - 1n;

function versionInfo(ip: Interpreter): Handle {
  const [major, minor, micro] = ip.facts.version;
  return newStructSequence(ip, 'sys.version_info', [
    intFromNumber(ip, major),
    intFromNumber(ip, minor),
    intFromNumber(ip, micro),
    strFrom(ip, 'final'),
    intFromNumber(ip, 0),
  ]);
}

function flags(ip: Interpreter): Handle {
  const ints = [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0].map((n) => intFromNumber(ip, n));
  return newStructSequence(ip, 'sys.flags', [
    ...ints,
    ip.False,
    intFromNumber(ip, 0),
    intFromNumber(ip, 0),
    ip.False,
    intFromNumber(ip, 4300),
  ]);
}

function floatInfo(ip: Interpreter): Handle {
  const f = (x: number): Handle => newFloat(ip, x);
  const i = (n: number): Handle => intFromNumber(ip, n);
  return newStructSequence(ip, 'sys.float_info', [
    f(Number.MAX_VALUE),
    i(1024),
    i(308),
    f(2.2250738585072014e-308),
    i(-1021),
    i(-307),
    i(15),
    i(53),
    f(Number.EPSILON),
    i(2),
    i(1),
  ]);
}

function hashInfo(ip: Interpreter): Handle {
  const i = (n: number): Handle => intFromNumber(ip, n);
  return newStructSequence(ip, 'sys.hash_info', [
    i(64),
    intFromBigInt(ip, (1n << 61n) - 1n),
    i(314159),
    i(0),
    i(1000003),
    strFrom(ip, 'siphash13'),
    i(64),
    i(128),
    i(0),
  ]);
}

function stdlibModuleNames(ip: Interpreter): Handle {
  const names = newTuple(
    ip,
    [...STDLIB_MODULE_NAMES].map((name) => strFrom(ip, name)),
  );
  const set = frozensetFromIterable(ip, names);
  ip.decref(names);
  return set;
}

/** New references by name. */
export function sysConstants(ip: Interpreter): Record<string, Handle> {
  const i = (n: number): Handle => intFromNumber(ip, n);
  const s = (text: string): Handle => strFrom(ip, text);
  const [major, minor, micro] = ip.facts.version;
  const hexversion = (major << 24) | (minor << 16) | (micro << 8) | 0xf0;
  const tag = `cpython-${major}${minor}`;
  return {
    version: s(`${major}.${minor}.${micro} (main) [Heapbook]`),
    version_info: versionInfo(ip),
    hexversion: i(hexversion),
    api_version: i(1013),
    implementation: newNamespace(ip, {
      name: s('cpython'),
      cache_tag: s(tag),
      version: versionInfo(ip),
      hexversion: i(hexversion),
      _multiarch: s('x86_64-linux-gnu'),
      ...(minor >= 14 ? { supports_isolated_interpreters: ip.True } : {}),
    }),
    copyright: s(''),
    platform: s('linux'),
    byteorder: s('little'),
    maxsize: intFromBigInt(ip, MAXSIZE),
    maxunicode: i(0x10ffff),
    flags: flags(ip),
    float_info: floatInfo(ip),
    float_repr_style: s('short'),
    int_info: newStructSequence(ip, 'sys.int_info', [i(30), i(4), i(4300), i(640)]),
    hash_info: hashInfo(ip),
    thread_info: newStructSequence(ip, 'sys.thread_info', [s('pthread'), s('semaphore'), s('NPTL 2.36')]),
    dont_write_bytecode: ip.True,
    executable: s(''),
    prefix: s('/usr'),
    base_prefix: s('/usr'),
    exec_prefix: s('/usr'),
    base_exec_prefix: s('/usr'),
    pycache_prefix: ip.None,
    abiflags: s(''),
    warnoptions: newList(ip, []),
    _xoptions: newDict(ip),
    _git: newTuple(ip, [s('CPython'), s(''), s('')]),
    _framework: s(''),
    _home: ip.None,
    _stdlib_dir: ip.None,
    _base_executable: s(''),
    platlibdir: s('lib'),
    stdlib_module_names: stdlibModuleNames(ip),
  };
}
