/**
 * The import system (Python/import.c): `sys.modules`, then Lib/importlib (importlib.ts). Until a page has the library,
 * only modules of our own can be imported, and `NAME/__init__.py` and `NAME.py` along a path, read through `ip.host`;
 * these have no specs.
 */
import type { Handle } from '../heap/layout';
import {
  getAttr,
  getOptionalAttr,
  isDict,
  isStr,
  isTrue,
  reprText,
  richCompareBool,
  sequenceList,
  setAttr,
  typeName,
} from '../objects/abstract';
import type { CodeUnit } from '../compiler/code-unit';
import { CompareOp } from '../heap/object';
import { deserializeUnit } from '../compiler/serialize';
import { newCode } from '../objects/code';
import { dictDel, dictGet, dictGetKnown, dictSet } from '../objects/dict';
import { EXC_TRACEBACK, fieldWord } from '../objects/exceptions';
import { listItems, newList } from '../objects/list';
import { addToModule, moduleDict, newModule } from '../objects/module';
import { strFrom, strValue } from '../objects/str';
import { evalCode } from '../vm/eval-code';
import type { Library } from '../vm/host';
import type { Interpreter } from '../vm/interpreter';
import { STDLIB_MODULE_NAMES } from '../vm/stdlib-names';
import { compileSource } from './compile-source';
import { warn } from './warn';
import { makeNativeModule, type NativeModule } from './define';
import { codeOfUnit, importFunction, removeImportlibFrames, startImportlib } from './importlib';
import { setBuiltinModuleNames } from './sys';

/** Parts of the standard library that are not here: threads' and processes' helpers, compression, databases. */
const ELSEWHERE = new Set(
  '_bz2 _curses _dbm _gdbm _lsprof _lzma _multiprocessing _sqlite3 _ssl _tkinter _zstd curses mmap multiprocessing pyexpat readline sqlite3 ssl tkinter zlib'.split(
    ' ',
  ),
);

export class ImportSystem {
  /** Our own modules, by name. */
  private readonly native = new Map<string, NativeModule>();

  constructor(
    private readonly ip: Interpreter,
    /** Where modules written in Python are, once they can be read. */
    public library: Library | null,
  ) {}

  /** Makes native modules importable. A later one of the same name takes the place of an earlier. */
  register(modules: readonly NativeModule[]): void {
    const { ip } = this;
    for (const def of modules) {
      const known = this.native.has(def.name) ? dictGetKnown(ip, ip.modules, ip.id(def.name)) : 0;
      this.native.set(def.name, def);
      // Imported in its smaller form already.
      if (known !== 0 && ip.is(known, ip.types.module)) addToModule(ip, known, def.methods, def.values?.(ip) ?? {});
    }
    setBuiltinModuleNames(ip, [...this.native.keys(), 'builtins', 'sys', 'gc']);
  }

  isNative(name: string): boolean {
    return this.native.has(name) || name === 'sys' || name === 'builtins' || name === 'gc';
  }

  /** New, or 0 with an exception. */
  createNative(name: string): Handle {
    const def = this.native.get(name);
    return def === undefined
      ? this.ip.raise('ImportError', `no built-in module named ${name}`)
      : makeNativeModule(this.ip, def);
  }

  /** The compiled code of a file of the library, or null. */
  private compiledFile(path: string): CodeUnit | null {
    const { library } = this;
    if (library?.code === undefined || !path.startsWith(`${library.root}/`)) return null;
    const data = library.code(path.slice(library.root.length + 1));
    return data === null ? null : deserializeUnit(data);
  }

  /** The text of a file of the library or of the program's own, or null. */
  readFile(path: string): string | null {
    const { library } = this;
    if (library !== null && path.startsWith(library.root) && path[library.root.length] === '/')
      return library.read(path.slice(library.root.length + 1));
    return this.ip.host.readFile(path);
  }

  /** `PyImport_ImportModuleLevelObject`: `globals` and `fromlist` may be 0 or None. New, or 0 with an exception. */
  importModule(name: Handle, globals: Handle, fromlist: Handle, level: number): Handle {
    const { ip } = this;
    if (level < 0) return ip.raise('ValueError', 'level must be >= 0');
    const text = strValue(ip, name);
    if (text === '' && level === 0) return ip.raise('ValueError', 'Empty module name');
    const absolute = level === 0 ? text : this.resolve(text, globals, level);
    if (absolute === null) return 0;
    const module = this.findAndLoad(absolute);
    if (module === 0) return 0;
    const names = fromlist === 0 || fromlist === ip.None ? 0 : isTrue(ip, fromlist);
    if (names < 0) {
      ip.decref(module);
      return 0;
    }
    if (names === 1) return this.handleFromList(module, fromlist);
    const dot = text.indexOf('.');
    if (dot < 0) return module;
    // `import a.b` binds a.
    ip.decref(module);
    if (level === 0) return this.findAndLoad(text.slice(0, dot));
    return this.findAndLoad(absolute.slice(0, absolute.length - (text.length - dot)));
  }

  /** The package that a relative import starts from (`resolve_name`'s first half); null with an exception. */
  private packageOf(globals: Handle): string | null {
    const { ip } = this;
    const refuse = (type: 'KeyError' | 'TypeError', text: string): null => {
      ip.raise(type, text);
      return null;
    };
    if (globals === 0) return refuse('KeyError', "'__name__' not in globals");
    if (!isDict(ip, globals)) return refuse('TypeError', 'globals must be a dict');
    const item = (key: string): Handle => {
      const h = dictGetKnown(ip, globals, ip.id(key));
      return h === ip.None ? 0 : h;
    };
    const own = item('__package__');
    const spec = item('__spec__');
    if (own !== 0) {
      if (!isStr(ip, own)) return refuse('TypeError', 'package must be a string');
      const text = strValue(ip, own);
      if (spec === 0) return text;
      const parent = getAttr(ip, spec, ip.id('parent'));
      const same = parent === 0 ? -1 : richCompareBool(ip, own, parent, CompareOp.EQ);
      ip.xdecref(parent);
      if (same < 0) return null;
      if (same === 0 && !warn(ip, 'DeprecationWarning', '__package__ != __spec__.parent')) return null;
      return text;
    }
    if (spec !== 0) {
      const parent = getAttr(ip, spec, ip.id('parent'));
      if (parent === 0) return null;
      const text = isStr(ip, parent) ? strValue(ip, parent) : null;
      ip.decref(parent);
      return text ?? refuse('TypeError', '__spec__.parent must be a string');
    }
    const how = "can't resolve package from __spec__ or __package__, falling back on __name__ and __path__";
    if (!warn(ip, 'ImportWarning', how)) return null;
    const name = item('__name__');
    if (name === 0) return refuse('KeyError', "'__name__' not in globals");
    if (!isStr(ip, name)) return refuse('TypeError', '__name__ must be a string');
    const text = strValue(ip, name);
    if (dictGetKnown(ip, globals, ip.id('__path__')) !== 0) return text;
    return text.slice(0, Math.max(0, text.lastIndexOf('.')));
  }

  /** `resolve_name`: the absolute name of a relative import; null with ImportError. */
  private resolve(name: string, globals: Handle, level: number): string | null {
    const { ip } = this;
    const base = this.packageOf(globals);
    if (base === null) return null;
    if (base === '') {
      ip.raise('ImportError', 'attempted relative import with no known parent package');
      return null;
    }
    const parts = base.split('.');
    if (level > parts.length) {
      ip.raise('ImportError', 'attempted relative import beyond top-level package');
      return null;
    }
    const parent = parts.slice(0, parts.length - level + 1).join('.');
    return name === '' ? parent : `${parent}.${name}`;
  }

  /** The module from `sys.modules`, or found and loaded there: new. */
  private findAndLoad(name: string): Handle {
    const { ip } = this;
    const key = strFrom(ip, name);
    const known = dictGet(ip, ip.modules, key);
    let module = 0;
    if (known === ip.None) this.raiseNotFound(`import of ${name} halted; None in sys.modules`, name);
    else if (known !== 0) module = ip.newRef(known);
    else if (ip.currentException === 0) module = this.loadMissing(name, key);
    ip.decref(key);
    return module;
  }

  /** `import_find_and_load`: by Lib/importlib where the library is at hand. */
  private loadMissing(name: string, key: Handle): Handle {
    const { ip } = this;
    if (!this.start()) return this.load(name, key);
    // A module of ours that importlib itself or the first lines of a program need.
    const isFirst = !ip.initializing.has(name);
    if (isFirst) ip.initializing.add(name);
    const find = getAttr(ip, this.importlib, ip.id('_find_and_load'));
    const module = find === 0 ? 0 : ip.call(find, [key, importFunction(ip)]);
    ip.xdecref(find);
    if (isFirst) ip.initializing.delete(name);
    if (module === 0) {
      removeImportlibFrames(ip);
      this.nameTheWay(name);
    }
    return module;
  }

  /** A module of CPython's that we do not have: the message says where it can be had. */
  private nameTheWay(name: string): void {
    const { ip } = this;
    const top = name.split('.')[0]!;
    if (!ELSEWHERE.has(top) || !ip.errorMatches('ModuleNotFoundError')) return;
    const word = fieldWord('ImportError', 'name');
    const missing = ip.mem[ip.currentException + word]!;
    if (missing === 0 || !isStr(ip, missing) || strValue(ip, missing) !== name) return;
    const traceback = ip.mem[ip.currentException + EXC_TRACEBACK]!;
    if (traceback !== 0) ip.incref(traceback);
    ip.clearError();
    this.raiseNotFound(`No module named '${name}': only the CPython kernel has it`, name);
    if (traceback !== 0) ip.heap.setRef(ip.currentException + EXC_TRACEBACK, traceback);
  }

  /** `_frozen_importlib`, borrowed from `sys.modules` (and held by `ip.moduleRefs`), or 0. */
  private importlib: Handle = 0;
  private state: 'none' | 'starting' | 'done' | 'failed' = 'none';

  /** Importlib can be asked. It is started when it is first needed. */
  private start(): boolean {
    const { ip, library } = this;
    if (this.importlib !== 0) return true;
    if (this.state !== 'none' || library === null || !this.native.has('_imp')) return false;
    this.state = 'starting';
    // As if it had been there from the start: the program's collections do not come sooner for it.
    const { heap } = ip;
    const [count, enabled] = [heap.gcCount0, heap.gcEnabled];
    heap.gcEnabled = false;
    const hold = (importlib: Handle): void => {
      this.importlib = ip.newRef(importlib);
      ip.moduleRefs.push(importlib);
    };
    const done = startImportlib(ip, this, hold) !== 0;
    heap.gcEnabled = enabled;
    heap.gcCount0 = count;
    this.state = done ? 'done' : 'failed';
    if (done) return true;
    ip.writeUnraisable('Exception ignored while starting importlib', 0);
    if (this.importlib !== 0) {
      ip.moduleRefs.splice(ip.moduleRefs.lastIndexOf(this.importlib), 1);
      ip.decref(this.importlib);
      this.importlib = 0;
    }
    return false;
  }

  /** The code of a file of the library, under a filename. New, or 0 with an exception. */
  libraryCode(path: string, filename: string): Handle {
    const { ip, library } = this;
    const compiled = library?.code?.(path) ?? null;
    const unit = compiled === null ? null : deserializeUnit(compiled);
    if (unit !== null) return codeOfUnit(ip, unit, filename);
    const source = library?.read(path) ?? null;
    if (source === null) return ip.raise('ImportError', `no file ${path} in the library`);
    return compileSource(ip, source, filename, 'exec');
  }

  /** `_find_and_load_unlocked`: parents first; afterwards the module becomes an attribute of its parent. */
  private load(name: string, key: Handle): Handle {
    const { ip } = this;
    const dot = name.lastIndexOf('.');
    if (dot < 0) return this.loadFrom(name, key, null);
    const parentName = name.slice(0, dot);
    const parent = this.findAndLoad(parentName);
    if (parent === 0) return 0;
    const path = getOptionalAttr(ip, parent, ip.id('__path__'));
    let module = 0;
    const already = ip.currentException === 0 ? dictGet(ip, ip.modules, key) : 0;
    if (already !== 0) module = ip.newRef(already);
    else if (path === 0) {
      ip.clearError();
      this.raiseNotFound(`No module named '${name}'; '${parentName}' is not a package`, name);
    } else {
      const dirs = this.strings(path);
      if (dirs !== null) module = this.loadFrom(name, key, dirs);
    }
    ip.xdecref(path);
    if (module !== 0) {
      const child = strFrom(ip, name.slice(dot + 1));
      if (setAttr(ip, parent, child, module) < 0) ip.clearError();
      ip.decref(child);
    }
    ip.decref(parent);
    return module;
  }

  /** @param dirs where to look; null: our own modules and then `sys.path` */
  private loadFrom(name: string, key: Handle, dirs: string[] | null): Handle {
    const { ip } = this;
    if (dirs === null) {
      const native = this.native.get(name);
      if (native !== undefined) {
        const module = makeNativeModule(ip, native);
        if (module === 0) return 0;
        dictSet(ip, ip.modules, key, module);
        return module;
      }
    }
    const stem = name.slice(name.lastIndexOf('.') + 1);
    for (const dir of dirs ?? this.searchPath()) {
      const base = dir === '' ? stem : `${dir}/${stem}`;
      for (const file of [`${base}/__init__.py`, `${base}.py`]) {
        const compiled = this.compiledFile(file);
        const source = compiled === null ? this.readFile(file) : '';
        if (source !== null)
          return this.loadSource(name, key, file, source, file === `${base}/__init__.py` ? base : null, compiled);
      }
    }
    const message = `No module named '${name}'`;
    if (!STDLIB_MODULE_NAMES.has(name.split('.')[0]!)) return this.raiseNotFound(message, name);
    return this.raiseNotFound(`${message}: Heapbook does not have this part of the standard library yet`, name);
  }

  /** The entries of `sys.path` that are text. */
  private searchPath(): string[] {
    const path = dictGetKnown(this.ip, this.ip.sysDict, this.ip.id('path'));
    const dirs = path === 0 ? [] : this.strings(path);
    this.ip.clearError();
    return dirs ?? [];
  }

  private strings(iterable: Handle): string[] | null {
    const { ip } = this;
    const list = sequenceList(ip, iterable);
    if (list === 0) return null;
    const out = listItems(ip, list)
      .filter((h) => isStr(ip, h))
      .map((h) => strValue(ip, h));
    ip.decref(list);
    return out;
  }

  /** Runs a file as a module. `packageDir`: it is a package's `__init__.py`. New. */
  private loadSource(
    name: string,
    key: Handle,
    file: string,
    source: string,
    packageDir: string | null,
    compiled: CodeUnit | null,
  ): Handle {
    const { ip } = this;
    const module = newModule(ip, name);
    const dict = moduleDict(ip, module);
    const put = (attr: string, value: Handle): void => {
      dictSet(ip, dict, ip.id(attr), value);
      ip.decref(value);
    };
    put('__package__', strFrom(ip, packageDir !== null ? name : name.slice(0, Math.max(0, name.lastIndexOf('.')))));
    if (packageDir !== null) put('__path__', newList(ip, [strFrom(ip, packageDir)]));
    put('__file__', strFrom(ip, file));
    dictSet(ip, dict, ip.id('__cached__'), ip.None);
    dictSet(ip, dict, ip.id('__builtins__'), ip.builtins);
    dictSet(ip, ip.modules, key, module);
    ip.initializing.add(name);
    const code = compiled === null ? compileSource(ip, source, file, 'exec') : newCode(ip, compiled);
    const result = code === 0 ? 0 : evalCode(ip, code, dict, dict);
    ip.xdecref(code);
    ip.initializing.delete(name);
    if (result === 0) {
      const error = ip.takeError();
      if (dictDel(ip, ip.modules, key) < 0) ip.clearError();
      ip.decref(module);
      ip.restoreError(error);
      return 0;
    }
    ip.decref(result);
    // The module may have put another object in its place.
    const final = dictGet(ip, ip.modules, key);
    if (final !== 0 && final !== module) {
      ip.incref(final);
      ip.decref(module);
      return final;
    }
    return module;
  }

  /** `_handle_fromlist`: names that are not there yet may be submodules. `module` is consumed. */
  private handleFromList(module: Handle, fromlist: Handle): Handle {
    const { ip } = this;
    const path = getOptionalAttr(ip, module, ip.id('__path__'));
    if (path === 0) {
      if (ip.currentException === 0) return module;
      ip.decref(module);
      return 0;
    }
    ip.decref(path);
    const ok = this.importNames(module, fromlist, true);
    if (ok) return module;
    ip.decref(module);
    return 0;
  }

  private importNames(module: Handle, fromlist: Handle, star: boolean): boolean {
    const { ip } = this;
    const list = sequenceList(ip, fromlist);
    if (list === 0) return false;
    let ok = true;
    for (const name of listItems(ip, list)) {
      if (!isStr(ip, name)) {
        const own = this.nameOf(module);
        ip.raise(
          'TypeError',
          star
            ? `Item in \`\`from list'' must be str, not ${typeName(ip, name)}`
            : `Item in ${own}.__all__ must be str, not ${typeName(ip, name)}`,
        );
        ok = false;
      } else if (strValue(ip, name) === '*') {
        const all = star ? getOptionalAttr(ip, module, ip.id('__all__')) : 0;
        if (all !== 0) {
          ok = this.importNames(module, all, false);
          ip.decref(all);
        } else ok = ip.currentException === 0;
      } else ok = this.importName(module, name);
      if (!ok) break;
    }
    ip.decref(list);
    return ok;
  }

  private importName(module: Handle, name: Handle): boolean {
    const { ip } = this;
    const value = getOptionalAttr(ip, module, name);
    if (value !== 0) {
      ip.decref(value);
      return true;
    }
    if (ip.currentException !== 0) return false;
    const own = this.nameOf(module);
    if (own === null) return false;
    const full = `${own}.${strValue(ip, name)}`;
    const sub = this.findAndLoad(full);
    if (sub !== 0) {
      ip.decref(sub);
      return true;
    }
    // That it does not exist is for IMPORT_FROM to say; any other error goes on.
    if (!ip.errorMatches('ModuleNotFoundError')) return false;
    const missing = ip.mem[ip.currentException + fieldWord('ImportError', 'name')]!;
    if (missing === 0 || !isStr(ip, missing) || strValue(ip, missing) !== full) return false;
    ip.clearError();
    return true;
  }

  private nameOf(module: Handle): string | null {
    const h = getAttr(this.ip, module, this.ip.id('__name__'));
    if (h === 0) return null;
    const text = isStr(this.ip, h) ? strValue(this.ip, h) : reprText(this.ip, h);
    this.ip.decref(h);
    return text;
  }

  private raiseNotFound(message: string, name: string): 0 {
    const { ip } = this;
    ip.raise('ModuleNotFoundError', message);
    const exc = ip.currentException;
    ip.heap.setRef(exc + fieldWord('ImportError', 'name'), strFrom(ip, name));
    return 0;
  }
}
