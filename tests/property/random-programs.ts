/**
 * Small random programs over object graphs, for the ledger and for the comparison with CPython: aliases, containers,
 * attributes, closures, suspended generators and coroutines, kept exceptions and frames, weak references with callbacks,
 * finalizers that resurrect, context managers, classes made on the way, cycles, collections at random moments, the
 * collector's callbacks, functions with locals. A program seldom raises and prints nothing that depends on an address;
 * the same seed gives the same program.
 */
import { random } from './random';

const prologue: readonly string[] = [
  `import gc, sys, weakref`,
  `gc.collect()`,
  `class Node:
    def __init__(self, label):
        self.label = label
        self.number = int(label[1:])
    def __hash__(self): return self.number
    def __eq__(self, other): return self is other
    def me(self): return self`,
  `class Loud(Node):
    def __del__(self): print('del', self.label)`,
  `class Lazarus(Node):
    def __del__(self):
        print('rise', self.label)
        graveyard.append(self)`,
  `class Slotted:
    __slots__ = ('a', 'b', '__weakref__')`,
  `def hold(x, y=None):
    z = [x, y]
    return z`,
  `def closure(x):
    def inner(): return x
    return inner`,
  `def swap(x):
    old = None
    def inner(new):
        nonlocal old
        old, new = new, old
        return new
    return inner`,
  `def walk(x):
    held = [x]
    try:
        while True:
            got = yield held
            held.append(got)
    finally:
        print('walk ends', len(held))`,
  `def fail(x):
    local = {'x': x}
    raise ValueError(x)`,
  `def caught(x):
    try:
        fail(x)
    except ValueError as e:
        return e`,
  `def spread(*args, **kwargs):
    return args, kwargs`,
  `class Both(Slotted):
    __slots__ = ('c',)
    def __init__(self): self.a = self`,
  `class Managed:
    def __init__(self, held, quiet): self.held, self.quiet = held, quiet
    def __enter__(self): return self.held
    def __exit__(self, kind, value, tb):
        print('exit', kind and kind.__name__)
        self.last = value
        return self.quiet`,
  `class Meta(type):
    def __del__(cls): print('del class', cls.__name__)`,
  `class Lookup(Node):
    def __getattr__(self, name):
        if name == 'made':
            self.made = []
            return self.made
        raise AttributeError(name)
    @property
    def twin(self): return [self, self]`,
  `class Sub(list):
    def __del__(self): print('del list', len(self))`,
  `class Bad(Node):
    def __del__(self): raise KeyError(self.label)`,
  `async def task(x):
    try:
        await pause(x)
        return x
    finally:
        print('task ends')`,
  `class pause:
    def __init__(self, x): self.x = x
    def __await__(self): return (yield self.x)`,
  `def delegate(x):
    got = yield from walk(x)
    return got`,
  `def watch(phase, info): print(phase, info['generation'], info['collected'], info['uncollectable'])`,
  `def deep(x, n):
    if n == 0: raise LookupError(x)
    try:
        deep([x], n - 1)
    finally:
        x = n`,
  `graveyard = []`,
];

type Kind =
  | 'node'
  | 'slotted'
  | 'list'
  | 'dict'
  | 'tuple'
  | 'set'
  | 'gen'
  | 'func'
  | 'exc'
  | 'ref'
  | 'iter'
  | 'swap'
  | 'coro'
  | 'frame'
  | 'other';

export interface RandomProgram {
  readonly seed: number;
  /** Blocks of whole statements: what is left after some are taken out is a program still. */
  readonly chunks: readonly string[];
}

export interface ProgramOptions {
  /** Call gc.collect() with a generation, too. */
  readonly generations?: boolean;
  /** Print sizes, and whether an address is used again: only of a 64-bit CPython. */
  readonly sizes?: boolean;
  readonly statements?: number;
}

export function sourceOf(chunks: readonly string[]): string {
  return `${blocksOf(chunks).join('\n')}\n`;
}

/** The whole text in blocks of which some can be left out. */
export function blocksOf(chunks: readonly string[]): string[] {
  return [...prologue, ...chunks, "print('END')\nprint('END', file=sys.stderr)"];
}

export function randomProgram(seed: number, options: ProgramOptions = {}): RandomProgram {
  const writer = new Writer(seed, options);
  const { statements = 40 } = options;
  for (let i = 0; i < statements; i++) writer.statement();
  writer.tell();
  return { seed, chunks: writer.chunks };
}

class Writer {
  readonly chunks: string[] = [];
  private readonly next: () => number;
  private env = new Map<string, Kind>();
  private lines: string[] = [];
  private indent = '';
  private serial = 0;

  constructor(
    seed: number,
    private readonly options: ProgramOptions,
  ) {
    this.next = random(seed);
  }

  statement(): void {
    this.lines = [];
    this.indent = '';
    const roll = this.next();
    if (roll < 0.1) this.callOfFunction();
    else if (roll < 0.16) this.loop();
    else this.simple();
    this.chunks.push(this.lines.join('\n'));
  }

  /** Counts of everything that has a name. */
  tell(): void {
    this.lines = [];
    this.counts();
    this.line('print(gc.collect(), len(graveyard))');
    this.counts();
    this.chunks.push(...this.lines);
  }

  // ---- choosing ---------------------------------------------------------------------------------------------------

  private int(below: number): number {
    return Math.floor(this.next() * below);
  }
  private pick<T>(items: readonly T[]): T {
    return items[this.int(items.length)]!;
  }
  /** A bound name of one of the kinds. */
  private some(...kinds: Kind[]): string | null {
    const names = [...this.env].filter(([, kind]) => kinds.length === 0 || kinds.includes(kind)).map(([name]) => name);
    return names.length === 0 ? null : this.pick(names);
  }
  private any(): string {
    return this.some() ?? 'graveyard';
  }
  /** A name to bind: an old one, or a new one. */
  private target(): string {
    return this.indent === '' ? this.pick(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) : this.pick(['p', 'q', 'u', 'v']);
  }
  private line(text: string): void {
    this.lines.push(this.indent + text);
  }
  private bind(value: string, kind: Kind): void {
    const name = this.target();
    this.line(`${name} = ${value}`);
    this.env.set(name, kind);
  }

  // ---- statements -------------------------------------------------------------------------------------------------

  private simple(): void {
    const makers: [number, () => void][] = [
      [5, () => this.node()],
      [5, () => this.container()],
      [3, () => this.alias()],
      [3, () => this.unbind()],
      [5, () => this.attribute()],
      [6, () => this.listWork()],
      [4, () => this.dictWork()],
      [2, () => this.setWork()],
      [4, () => this.call()],
      [4, () => this.generator()],
      [3, () => this.exception()],
      [4, () => this.weakReference()],
      [3, () => this.collect()],
      [3, () => this.counts()],
      [3, () => this.copy()],
      [2, () => this.iterator()],
      [1, () => this.classWork()],
      [2, () => this.withStatement()],
      [2, () => this.tryStatement()],
      [2, () => this.look()],
      [2, () => this.coroutine()],
      [1, () => this.frameWork()],
      [1, () => this.watching()],
      [2, () => this.unpacking()],
      [1, () => this.madeClass()],
      ...(this.options.sizes === true ? [[4, () => this.sizes()] as [number, () => void]] : []),
    ];
    const total = makers.reduce((n, [weight]) => n + weight, 0);
    let at = this.next() * total;
    const before = this.lines.length;
    for (const [weight, make] of makers) {
      at -= weight;
      if (at > 0) continue;
      make();
      break;
    }
    // What was asked for needs a name that is not there yet.
    if (this.lines.length === before) this.node();
  }

  private node(): void {
    const label = `'n${++this.serial}'`;
    const type = this.pick(['Node', 'Loud', 'Loud', 'Lazarus', 'Slotted', 'Both', 'Lookup', 'Bad']);
    if (type === 'Slotted' || type === 'Both') this.bind(`${type}()`, 'slotted');
    else this.bind(`${type}(${label})`, 'node');
  }

  private container(): void {
    const x = this.any();
    const y = this.any();
    const node = this.some('node');
    const forms: [string, Kind][] = [
      [`[${x}, ${y}]`, 'list'],
      [`[${x}] * ${1 + this.int(3)}`, 'list'],
      ['[]', 'list'],
      [`Sub((${x}, ${y}))`, 'list'],
      [`(${x}, ${y})`, 'tuple'],
      [`{'k': ${x}, ${this.int(4)}: ${y}}`, 'dict'],
      [`dict(k=${x}, m=${y})`, 'dict'],
      ['{}', 'dict'],
      node === null ? ['set()', 'set'] : [`{${node}}`, 'set'],
    ];
    this.bind(...this.pick(forms));
  }

  private alias(): void {
    const x = this.some();
    if (x === null) return;
    const y = this.some();
    if (y !== null && y !== x && this.next() < 0.3) {
      this.line(`${x}, ${y} = ${y}, ${x}`);
      const [kx, ky] = [this.env.get(x)!, this.env.get(y)!];
      this.env.set(x, ky).set(y, kx);
    } else this.bind(x, this.env.get(x)!);
  }

  private unbind(): void {
    const x = this.some();
    if (x === null) return;
    this.line(`del ${x}`);
    this.env.delete(x);
  }

  private attribute(): void {
    const x = this.some('node', 'slotted', 'func', 'exc');
    if (x === null) return;
    const kind = this.env.get(x)!;
    const name = this.pick(kind === 'slotted' ? ['a', 'b'] : ['left', 'right', 'extra']);
    const roll = this.next();
    if (roll < 0.7) this.line(`${x}.${name} = ${this.any()}`);
    else if (roll < 0.85) this.line(`if hasattr(${x}, '${name}'): del ${x}.${name}`);
    else if (kind === 'node') {
      if (this.next() < 0.5) this.bind(`${x}.__dict__`, 'dict');
      else this.bind(`${x}.me`, 'func');
    } else this.bind(`getattr(${x}, '${name}', None) or []`, 'tuple');
  }

  private listWork(): void {
    const x = this.some('list');
    if (x === null) return;
    const y = this.any();
    this.line(
      this.pick([
        `${x}.append(${y})`,
        `${x}.append(${y})`,
        `${x}.insert(0, ${y})`,
        `if ${x}: ${x}.pop()`,
        `if ${x}: ${x}.pop(0)`,
        `if ${x}: ${x}[0] = ${y}`,
        `if ${x}: del ${x}[-1]`,
        `${x}.clear()`,
        `${x}.reverse()`,
        `${x}[1:2] = [${y}, ${y}]`,
        `${x}.extend((${y}, ${this.any()}))`,
        `if len(${x}) < 9: ${x} += ${x}`,
        `${x}.sort(key=lambda _: 0)`,
        `del ${x}[::2]`,
      ]),
    );
  }

  private dictWork(): void {
    const x = this.some('dict');
    if (x === null) return;
    const y = this.any();
    const key = this.pick(["'k'", "'m'", '0', '1', '(2, 3)']);
    this.line(
      this.pick([
        `${x}[${key}] = ${y}`,
        `${x}[${key}] = ${y}`,
        `${x}.pop(${key}, None)`,
        `${x}.setdefault(${key}, ${y})`,
        `${x}.update({'k': ${y}, 7: ${this.any()}})`,
        `${x}.pop('label', None) and ${x}.update(label='n0')`,
        `for key in [k for k in ${x} if k != 'label' and k != 'number']: del ${x}[key]`,
        `len(${x}) and ${x}.get(${key})`,
      ]),
    );
  }

  private setWork(): void {
    const x = this.some('set');
    const y = this.some('node');
    if (x === null || y === null) return;
    this.line(this.pick([`${x}.add(${y})`, `${x}.add(${y})`, `${x}.discard(${y})`, `${x} |= {${y}}`, `${x}.clear()`]));
    if (this.lines.at(-1)?.includes('|=')) this.env.set(x, 'set');
  }

  private call(): void {
    const x = this.any();
    const y = this.any();
    const f = this.some('func');
    const s = this.some('swap');
    const forms: [string, Kind][] = [
      [`hold(${x}, ${y})`, 'list'],
      [`hold(y=${x}, x=${y})`, 'list'],
      [`closure(${x})`, 'func'],
      [`swap(${x})`, 'swap'],
      [`spread(${x}, ${y}, key=${x})`, 'tuple'],
      [`spread(*[${x}, ${y}], **{'key': ${x}})`, 'tuple'],
      [`lambda default=${x}: default`, 'func'],
      ...(f === null ? [] : ([[`[${f}()]`, 'list']] as [string, Kind][])),
      ...(s === null ? [] : ([[`[${s}(${x})]`, 'list']] as [string, Kind][])),
    ];
    this.bind(...this.pick(forms));
  }

  private generator(): void {
    const it = this.some('gen');
    if (it === null || this.next() < 0.4) {
      this.bind(`walk(${this.any()})`, 'gen');
      return;
    }
    this.line(
      this.pick([
        `next(${it}, None)`,
        `next(${it}, None)`,
        `try: ${it}.send(${this.any()})\n${this.indent}except (TypeError, StopIteration): print('not sent')`,
        `${it}.close()`,
        `try: ${it}.throw(KeyError('thrown'))\n${this.indent}except (KeyError, StopIteration): print('thrown')`,
      ]),
    );
  }

  private exception(): void {
    const e = this.some('exc');
    if (e === null || this.next() < 0.5) this.bind(`caught(${this.any()})`, 'exc');
    else {
      this.line(
        this.pick([
          `${e}.__traceback__ = None`,
          `${e}.__context__ = None`,
          `${e}.args = (${this.any()},)`,
          `try: raise ${e}\n${this.indent}except ValueError as err: ${e} = err`,
          `${e}.__cause__ = caught(${this.any()})`,
        ]),
      );
    }
  }

  private weakReference(): void {
    const x = this.some('node', 'slotted', 'func', 'gen', 'set');
    const r = this.some('ref');
    if (r !== null && this.next() < 0.4) {
      this.line(`print(${r}() is None)`);
      return;
    }
    if (x === null) return;
    const n = ++this.serial;
    const callback = this.pick([
      '',
      `, lambda r: print('dead ${n}')`,
      `, lambda r, keep=${this.any()}: print('dead ${n}')`,
    ]);
    this.bind(`weakref.ref(${x}${callback})`, 'ref');
  }

  private collect(): void {
    const argument = this.options.generations === true ? this.pick(['', '', '0', '1', '2']) : '';
    this.line(this.pick([`print(gc.collect(${argument}))`, `gc.collect(${argument})`, `print(len(gc.garbage))`]));
  }

  private counts(): void {
    const names = [...this.env.keys()].toSorted();
    if (names.length > 0) this.line(`print('counts', ${names.map((n) => `sys.getrefcount(${n})`).join(', ')})`);
  }

  private copy(): void {
    const x = this.some('list', 'dict', 'tuple', 'set');
    if (x === null) return;
    const forms: [string, Kind][] = [
      [`list(${x})`, 'list'],
      [`[*${x}, ${this.any()}]`, 'list'],
      [`tuple(${x})`, 'tuple'],
      [`{i: x for i, x in enumerate(${x})}`, 'dict'],
      [`[y := x for x in ${x} if x is not None]`, 'list'],
      [`(*${x}, ${this.any()})`, 'tuple'],
      [`list(map(lambda x: (x, ${x}), ${x}))`, 'list'],
      [`[x for x in ${x}]`, 'list'],
      [`[(x, y) for x in ${x} for y in (0, x)]`, 'list'],
    ];
    const kind = this.env.get(x)!;
    if (kind === 'dict')
      forms.push([`{**${x}}`, 'dict'], [`list(${x}.values())`, 'list'], [`list(${x}.items())`, 'list']);
    else if (kind === 'set') forms.push([`${x}.copy()`, 'set']);
    else forms.push([`${x}[:]`, kind], [`${x}[::-1]`, kind], [`${x} + ${x}`, kind]);
    // Lists that double again and again would take all the time.
    this.line(`if len(${x}) < 12:`);
    this.indent += '    ';
    const [value, made] = this.pick(forms);
    const name = this.some(made);
    this.line(name === null ? `graveyard.append(${value})` : `${name} = ${value}`);
    this.indent = this.indent.slice(4);
  }

  private iterator(): void {
    const it = this.some('iter');
    if (it !== null && this.next() < 0.6) {
      this.line(`try: next(${it}, None)\n${this.indent}except RuntimeError: print('changed')`);
      return;
    }
    const x = this.some('list', 'tuple', 'dict', 'set');
    if (x === null) return;
    this.bind(
      this.pick([
        `iter(${x})`,
        `enumerate(${x})`,
        `zip(${x}, ${x})`,
        `map(hold, ${x})`,
        `(x for x in ${x})`,
        `filter(None, ${x})`,
      ]),
      'iter',
    );
  }

  private classWork(): void {
    const name = `C${++this.serial}`;
    this.line(`class ${name}(Node):`);
    this.line(`    held = ${this.any()}`);
    this.line(`    def get(self): return self.held`);
    this.bind(this.pick([`${name}('n${++this.serial}')`, `${name}('n${++this.serial}')`]), 'node');
    this.line(`del ${name}`);
  }

  private withStatement(): void {
    const x = this.any();
    const quiet = this.pick(['True', 'False']);
    const outer = this.indent;
    const ends = quiet === 'True' ? ['fail(held)', 'raise KeyError', 'held = None', 'pass'] : ['held = None', 'pass'];
    const manager = this.some('node') === null || this.next() < 0.7 ? `Managed(${x}, ${quiet})` : 'suppressed';
    if (manager === 'suppressed') this.line(`suppressed = Managed(${x}, ${quiet})`);
    this.line(`with ${manager} as held:`);
    this.indent = `${outer}    `;
    this.counts();
    this.line(this.pick(ends));
    this.indent = outer;
    if (manager === 'suppressed' && this.next() < 0.5) this.line('del suppressed');
  }

  private tryStatement(): void {
    const x = this.any();
    const e = this.some('exc');
    const forms = [
      `try:\n    deep(${x}, ${1 + this.int(3)})\nexcept LookupError as err:\n    print(sys.getrefcount(err), len(err.args))`,
      `try:\n    try: fail(${x})\n    finally: print('finally')\nexcept ValueError: pass`,
      `try:\n    try: fail(${x})\n    except ValueError as err: raise KeyError from err\nexcept KeyError as err:\n    graveyard.append(err)`,
      `try:\n    try: fail(${x})\n    except ValueError: {}['missing']\nexcept KeyError as err:\n    print(sys.getrefcount(err.__context__))`,
      `try: raise ExceptionGroup('g', [ValueError(${x}), KeyError()])\nexcept* ValueError as group: graveyard.append(group)\nexcept* KeyError: pass`,
      `for each in (1, 2):\n    try: continue\n    finally: hold(${x})\neach = None`,
      ...(e === null ? [] : [`try: raise ${e}\nexcept Exception as err: print(sys.getrefcount(err))`]),
    ];
    for (const text of this.pick(forms).split('\n')) this.line(text);
  }

  /** Prints what can be known of an object without changing anything. */
  private look(): void {
    const x = this.any();
    const y = this.any();
    const node = this.some('node');
    this.line(
      this.pick([
        `print(${x} is ${y}, gc.is_tracked(${x}))`,
        `print(len(gc.get_referents(${x})), gc.is_finalized(${x}))`,
        `print(weakref.getweakrefcount(${x}))`,
        `print(bool(gc.get_referrers(${x})), type(${x}).__name__)`,
        ...(node === null
          ? []
          : [
              `print(sys.getrefcount(${node}.__dict__), len(vars(${node})))`,
              `print(sys.getrefcount(${node}.label) if ${node}.number > 9 else 0)`,
              `print(getattr(${node}, 'left', None) is ${y})`,
              `print(sys.getrefcount(getattr(${node}, 'twin', None) or []))`,
              `print(len(getattr(${node}, 'made', ())))`,
            ]),
      ]),
    );
  }

  private coroutine(): void {
    const co = this.some('coro');
    if (co === null || this.next() < 0.4) {
      // Closed when it dies without having been awaited, so that nothing is warned of.
      const name = this.target();
      this.line(`${name} = task(${this.any()})`);
      this.line(`${name}.send(None)`);
      this.env.set(name, 'coro');
      return;
    }
    this.line(
      this.pick([
        `${co}.close()`,
        `try: ${co}.send(None)\n${this.indent}except (StopIteration, RuntimeError): print('done')`,
        `try: ${co}.throw(KeyError)\n${this.indent}except (KeyError, RuntimeError): print('thrown')`,
        `print(${co}.cr_frame is None, ${co}.cr_running)`,
      ]),
    );
  }

  private frameWork(): void {
    const e = this.some('exc');
    const f = this.some('frame');
    if (f !== null && this.next() < 0.6) {
      this.line(
        this.pick([
          `try: ${f}.clear()\n${this.indent}except RuntimeError: print('runs')`,
          `print(sorted(map(str, ${f}.f_locals.keys() & {'x', 'local', 'e'})))`,
          `print(sys.getrefcount(${f}), ${f}.f_back is None)`,
        ]),
      );
    } else if (e !== null) {
      const name = this.target();
      this.line(`${name} = ${e}.__traceback__ and ${e}.__traceback__.tb_next`);
      this.line(`${name} = ${name}.tb_frame if ${name} else sys._getframe()`);
      this.env.set(name, 'frame');
    }
  }

  /** The collector's callbacks. */
  private watching(): void {
    this.line(this.pick(['gc.callbacks.append(watch)', 'gc.callbacks.clear()', 'gc.callbacks.clear()']));
  }

  private unpacking(): void {
    const x = this.some('list', 'tuple');
    const y = this.any();
    if (x === null) return;
    this.line(
      this.pick([
        `*graveyard[:0], _ = ${x}, ${y}`,
        `first, *rest = ${y}, *${x}`,
        `(p1, p2), p3 = (${x}, ${y}), ${y}\n${this.indent}del p1, p2, p3`,
        `match ${x}:\n${this.indent}    case [one, *_]: print('one', sys.getrefcount(one))\n${this.indent}    case _: print('none')\n${this.indent}one = None`,
        `print(sys.getrefcount(${x}[0]) if ${x} else -1)`,
        `print(sum(1 for each in ${x} if each is ${y}))`,
      ]),
    );
  }

  private madeClass(): void {
    const n = ++this.serial;
    const y = this.any();
    this.bind(
      this.pick([
        `Meta('M${n}', (), {'held': ${y}})`,
        `Meta('M${n}', (Node,), {'held': ${y}})('n${n}')`,
        `type('T${n}', (Loud,), {'__slots__': ('extra',), 'held': ${y}})('n${n}')`,
      ]),
      'other',
    );
  }

  private sizes(): void {
    const x = this.any();
    const name = this.target();
    const made = this.pick([
      '[]',
      '{}',
      'Slotted()',
      "Node('n0')",
      '(1, [])',
      'set()',
      'lambda: 0',
      "b'x' * 20",
      '1.5 + len(graveyard)',
    ]);
    this.line(
      this.pick([
        `print('size', sys.getsizeof(${x}))`,
        `print('size', sys.getsizeof(${x}))`,
        `place = id(${made}); print('again', place == id(${made}))`,
        `place = id(${x}); ${name} = None; fresh = ${made}; print('taken', place == id(fresh)); fresh = None`,
      ]),
    );
    if (this.lines.at(-1)?.includes(`${name} = None`)) this.env.delete(name);
  }

  // ---- blocks -----------------------------------------------------------------------------------------------------

  /** A function with locals of its own, called once. */
  private callOfFunction(): void {
    const x = this.some();
    const y = this.some();
    if (x === null || y === null) {
      this.simple();
      return;
    }
    const name = `f${++this.serial}`;
    const outer = this.env;
    this.line(`def ${name}(p, q):`);
    this.env = new Map([
      ['p', outer.get(x)!],
      ['q', outer.get(y)!],
    ]);
    this.indent = '    ';
    const n = 2 + this.int(5);
    for (let i = 0; i < n; i++) this.simple();
    const result = this.some();
    this.line(result === null ? 'return None' : `return ${result}`);
    const kind = result === null ? null : this.env.get(result)!;
    this.env = outer;
    this.indent = '';
    if (kind === null) this.line(`${name}(${x}, ${y})`);
    else this.bind(`${name}(${x}, ${y})`, kind);
    if (this.next() < 0.5) this.line(`del ${name}`);
  }

  private loop(): void {
    const list = this.some('list', 'tuple');
    const rounds = list !== null && this.next() < 0.5 ? `${list}[:4]` : `range(${1 + this.int(3)})`;
    this.line(`for each in ${rounds}:`);
    this.indent = '    ';
    // Nothing is unbound in a loop: the second round would miss it.
    const bound = new Map(this.env);
    const x = this.some('list');
    if (x !== null) this.line(`if len(${x}) < 9: ${x}.append(each)`);
    this.attribute();
    this.collect();
    this.env = bound;
    this.indent = '';
    this.line('each = None');
  }
}
