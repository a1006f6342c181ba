/**
 * Lib/importlib at work (Python/pylifecycle.c, `init_importlib`, `init_importlib_external`): the import system written in
 * Python, over `_imp`, started when the first module that is not imported yet is asked for.
 *
 * Its modules come from the library under their frozen names, and the library itself is found by a `zipimporter`.
 */
import type { CodeUnit } from '../compiler/code-unit';
import type { Handle } from '../heap/layout';
import { getAttrString } from '../objects/abstract';
import { newBytes } from '../objects/bytes';
import { codeRuntime, newCode } from '../objects/code';
import { dictGetKnown, dictSet } from '../objects/dict';
import { EXC_TRACEBACK } from '../objects/exceptions';
import { F_CODE } from '../objects/interpreter-frame';
import { frameOf } from '../objects/frame';
import { addToModule, moduleDict, newModule } from '../objects/module';
import { strFrom, strValue } from '../objects/str';
import { TB_FRAME, TB_NEXT } from '../objects/traceback';
import { evalCode } from '../vm/eval-code';
import type { Interpreter } from '../vm/interpreter';
import { compileSource } from './compile-source';
import type { ImportSystem } from './import';

const BOOTSTRAP = '<frozen importlib._bootstrap>';
const EXTERNAL = '<frozen importlib._bootstrap_external>';

/** The loader of the library: what Lib/zipimport.py does, with the archive already opened by the engine. */
const ZIPIMPORT = `
import _frozen_importlib_external as _bootstrap_external
import _frozen_importlib as _bootstrap
import _library
import sys

__all__ = ['ZipImportError', 'zipimporter']


class ZipImportError(ImportError):
    pass


class zipimporter(_bootstrap_external._LoaderBasics):
    def __init__(self, path):
        if not isinstance(path, str):
            raise TypeError(f"expected str, not {type(path)!r}")
        root = _library.root
        if path != root and not path.startswith(root + '/'):
            raise ZipImportError(f'not a Zip file: {path!r}', path=path)
        self.archive = root
        prefix = path[len(root) + 1:]
        self.prefix = prefix + '/' if prefix and not prefix.endswith('/') else prefix

    def _locate(self, fullname):
        stem = self.prefix + fullname.rpartition('.')[2]
        for path, is_package in (stem + '/__init__.py', True), (stem + '.py', False):
            if _library.has(path):
                return path, is_package
        return None, False

    def _require(self, fullname):
        path, is_package = self._locate(fullname)
        if path is None:
            raise ZipImportError(f"can't find module {fullname!r}", name=fullname)
        return path, is_package

    def find_spec(self, fullname, target=None):
        path, is_package = self._locate(fullname)
        if path is None:
            return None
        return _bootstrap.spec_from_loader(fullname, self, is_package=is_package)

    def get_code(self, fullname):
        return _library.code(self._require(fullname)[0])

    def get_source(self, fullname):
        return _library.read(self._require(fullname)[0])

    def get_filename(self, fullname):
        return self.archive + '/' + self._require(fullname)[0]

    def get_data(self, pathname):
        key = pathname.removeprefix(self.archive + '/')
        if not _library.has(key):
            raise OSError(0, '', key)
        return _library.read(key).encode()

    def is_package(self, fullname):
        return self._require(fullname)[1]

    def invalidate_caches(self):
        pass

    def __repr__(self):
        return f'<zipimporter object "{self.archive}/{self.prefix}">'


sys.path_hooks.insert(0, zipimporter)
`;

export function renameUnit(unit: CodeUnit, filename: string): CodeUnit {
  const consts = unit.consts.map((c) =>
    c.kind === 'code' ? { kind: 'code' as const, value: renameUnit(c.value, filename) } : c,
  );
  return { ...unit, filename, consts };
}

/** Runs a text or a file of the library as a module by that name. Borrowed from `sys.modules`, or 0. */
function runModule(
  ip: Interpreter,
  imports: ImportSystem,
  name: string,
  file: string | null,
  filename: string,
): Handle {
  const code = file === null ? compileSource(ip, ZIPIMPORT, filename, 'exec') : imports.libraryCode(file, filename);
  if (code === 0) return 0;
  const module = newModule(ip, name);
  const dict = moduleDict(ip, module);
  dictSet(ip, dict, ip.id('__builtins__'), ip.builtins);
  dictSet(ip, ip.modules, ip.id(name), module);
  ip.decref(module);
  const r = evalCode(ip, code, dict, dict);
  ip.decref(code);
  if (r === 0) return 0;
  ip.decref(r);
  return module;
}

function call(ip: Interpreter, module: Handle, name: string, args: Handle[]): boolean {
  const f = getAttrString(ip, module, name);
  if (f === 0) return false;
  const r = ip.call(f, args);
  ip.decref(f);
  ip.xdecref(r);
  return r !== 0;
}

/** The module `_library`, for the loader alone. */
function makeLibraryModule(ip: Interpreter, imports: ImportSystem): void {
  const { library } = imports;
  if (library === null) return;
  const module = newModule(ip, '_library');
  addToModule(
    ip,
    module,
    {
      has: { kind: 'o', fn: (rt: Interpreter, _m, path) => rt.bool(library.has(strValue(rt, path))) },
      read: { kind: 'o', fn: (rt: Interpreter, _m, path) => strFrom(rt, library.read(strValue(rt, path)) ?? '') },
      code: {
        kind: 'o',
        fn: (rt: Interpreter, _m, path) => {
          const file = strValue(rt, path);
          return imports.libraryCode(file, `${library.root}/${file}`);
        },
      },
    },
    { root: strFrom(ip, library.root) },
  );
  dictSet(ip, ip.modules, ip.id('_library'), module);
  ip.decref(module);
}

/** `init_importlib` and `init_importlib_external`: `_frozen_importlib`, borrowed; 0 with an exception. */
export function startImportlib(ip: Interpreter, imports: ImportSystem, ready: (importlib: Handle) => void): Handle {
  const bootstrap = runModule(ip, imports, '_frozen_importlib', 'importlib/_bootstrap.py', BOOTSTRAP);
  if (bootstrap === 0) return 0;
  const imp = imports.createNative('_imp');
  if (imp === 0) return 0;
  dictSet(ip, ip.modules, ip.id('_imp'), imp);
  const installed = call(ip, bootstrap, '_install', [ip.sys, imp]);
  ip.decref(imp);
  if (!installed) return 0;
  ready(bootstrap);
  const file = 'importlib/_bootstrap_external.py';
  const external = runModule(ip, imports, '_frozen_importlib_external', file, EXTERNAL);
  if (external === 0) return 0;
  // CPython's byte code in __pycache__ folders is not ours.
  const magic = newBytes(ip, Uint8Array.of(0x48, 0x42, 13, 10));
  dictSet(ip, moduleDict(ip, external), ip.id('MAGIC_NUMBER'), magic);
  ip.decref(magic);
  if (!call(ip, bootstrap, '_install_external_importers', [])) return 0;
  makeLibraryModule(ip, imports);
  if (runModule(ip, imports, 'zipimport', null, '<frozen zipimport>') === 0) return 0;
  return bootstrap;
}

/** `remove_importlib_frames`: the raised exception's traceback without what the import system itself did. */
export function removeImportlibFrames(ip: Interpreter): void {
  const exc = ip.currentException;
  if (exc === 0) return;
  const { mem, heap } = ip;
  const always = ip.errorMatches('ImportError');
  let link = exc + EXC_TRACEBACK;
  let outer = link;
  let inside = false;
  for (let tb = mem[link]!; tb !== 0; ) {
    const next = mem[tb + TB_NEXT]!;
    const { filename, name } = codeRuntime(ip, mem[frameOf(ip, mem[tb + TB_FRAME]!) + F_CODE]!).unit;
    const now = filename === BOOTSTRAP || filename === EXTERNAL;
    if (now && !inside) outer = link;
    inside = now;
    if (inside && (always || name === '_call_with_frames_removed')) {
      if (next !== 0) ip.incref(next);
      heap.setRef(outer, next);
      link = outer;
    } else link = tb + TB_NEXT;
    tb = next;
  }
}

/** The code of a unit under another name. New. */
export function codeOfUnit(ip: Interpreter, unit: CodeUnit, filename: string): Handle {
  return newCode(ip, unit.filename === filename ? unit : renameUnit(unit, filename));
}

/** `sys.modules['builtins'].__import__`, borrowed. */
export function importFunction(ip: Interpreter): Handle {
  return dictGetKnown(ip, ip.builtins, ip.id('__import__'));
}
