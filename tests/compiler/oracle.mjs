/**
 * CPython as the compiler's oracle: Python code that describes a compiled program as JSON, and the comparison of that
 * with a code unit of ours. Used by the tests beside this file and by scripts/compiler-hunt.mjs.
 */

export const ORACLE_PY = `
import ast, dis, json, struct, sys, zipfile, io, tokenize

def const(v):
    if v is None: return ['none']
    if v is Ellipsis: return ['ellipsis']
    t = type(v)
    if t is bool: return ['bool', v]
    if t is int: return ['int', hex(v)]
    if t is float: return ['float', struct.pack('>d', v).hex()]
    if t is complex: return ['complex', struct.pack('>d', v.real).hex(), struct.pack('>d', v.imag).hex()]
    if t is str: return ['str', v]
    if t is bytes: return ['bytes', v.hex()]
    if t is tuple: return ['tuple', [const(x) for x in v]]
    if t is frozenset: return ['frozenset', sorted((const(x) for x in v), key=repr)]
    if t is slice: return ['slice', const(v.start), const(v.stop), const(v.step)]
    return ['code']

def code(c):
    instrs = [i for i in dis.get_instructions(c, show_caches=False, adaptive=False) if i.opname != 'EXTENDED_ARG']
    index = {}
    pending = []
    n = 0
    for i in dis.get_instructions(c, show_caches=False, adaptive=False):
        pending.append(i.offset)
        if i.opname != 'EXTENDED_ARG':
            for o in pending: index[o] = n
            pending = []
            n += 1
    index[len(c.co_code)] = n
    rows = []
    for i in instrs:
        arg = 0 if i.arg is None else i.arg
        if i.jump_target is not None: arg = index[i.jump_target]
        elif i.opname == 'END_ASYNC_FOR' and i.arg is not None:
            arg = index.get(i.argval, -1) if i.argval != i.arg else index.get(i.offset + 2 - 2 * i.arg, -1)
        p = i.positions
        rows.append([i.opname, arg, [-1 if x is None else x for x in p]])
    table = []
    for e in dis._parse_exception_table(c):
        table.append([index[e.start], index[e.end], index[e.target], e.depth, int(e.lasti)])
    return {
        'name': c.co_name, 'qualname': c.co_qualname, 'firstlineno': c.co_firstlineno, 'argcount': c.co_argcount,
        'posonlyargcount': c.co_posonlyargcount, 'kwonlyargcount': c.co_kwonlyargcount, 'flags': c.co_flags,
        'stacksize': c.co_stacksize, 'varnames': c.co_varnames, 'cellvars': c.co_cellvars, 'freevars': c.co_freevars,
        'names': c.co_names, 'consts': [const(k) for k in c.co_consts], 'instrs': rows, 'table': table,
        'codes': [code(k) for k in c.co_consts if hasattr(k, 'co_code')],
    }

def tree(n):
    if isinstance(n, ast.AST):
        d = {'_type': type(n).__name__}
        for f in n._fields:
            v = getattr(n, f, None)
            if f == 'kind' and isinstance(n, ast.Constant): d['kindPrefix'] = v
            elif f in ('ctx', 'op') and v is not None: d[f] = type(v).__name__
            elif f == 'ops': d[f] = [type(x).__name__ for x in v]
            elif f == 'value' and isinstance(n, (ast.Constant, ast.MatchSingleton)): d[f] = {'$const': const(v)}
            else: d[f] = tree(v)
        for f in n._attributes:
            d[f] = getattr(n, f)
        if isinstance(n, ast.Interpolation if hasattr(ast, 'Interpolation') else ()): d['str'] = n.str
        return d
    if isinstance(n, list): return [tree(x) for x in n]
    return n

def describe(source, filename, with_tree, mode='exec'):
    import warnings
    warnings.simplefilter('ignore')
    out = {'code': code(compile(source, filename, mode, dont_inherit=True))}
    if with_tree: out['tree'] = tree(ast.parse(source, filename, mode))
    return json.dumps(out)

def error(source, filename, mode='exec'):
    try:
        compile(source, filename, mode, dont_inherit=True)
    except SyntaxError as e:
        return json.dumps([type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset])
    return 'null'

def warnings_of(source, filename):
    import warnings
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter('always')
        compile(source, filename, 'exec', dont_inherit=True)
    return json.dumps([[w.lineno, str(w.message)] for w in seen])

def _zip():
    for p in sys.path:
        if p.endswith('.zip'): return zipfile.ZipFile(p)

def list_stdlib():
    return [[n, None] for n in sorted(_zip().namelist()) if n.endswith('.py')]

def read_source(name):
    data = _zip().read(name)
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return io.TextIOWrapper(io.BytesIO(data), encoding, newline=None).read()
    except (SyntaxError, UnicodeDecodeError):
        return None
`;

const bits = (n) => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, n);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
};

const fromBits = (hex) => {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(`0x${hex}`));
  return view.getFloat64(0);
};

const hexInt = (n) => (n < 0n ? `-0x${(-n).toString(16)}` : `0x${n.toString(16)}`);

/** A constant of ours in the oracle's notation. */
function constJson(v) {
  switch (v.kind) {
    case 'bool':
      return ['bool', v.value];
    case 'int':
      return ['int', hexInt(v.value)];
    case 'float':
      return ['float', bits(v.value)];
    case 'complex':
      return ['complex', bits(v.real), bits(v.imag)];
    case 'str':
      return ['str', v.value];
    case 'bytes':
      return ['bytes', Buffer.from(v.value).toString('hex')];
    case 'tuple':
      return ['tuple', v.items.map(constJson)];
    case 'frozenset':
      return ['frozenset', v.items.map(constJson)];
    case 'slice':
      return ['slice', constJson(v.start), constJson(v.stop), constJson(v.step)];
    default:
      return [v.kind];
  }
}

/** Comparable text; the order in a frozenset does not count. */
function constText(c) {
  if (c[0] === 'frozenset') return `frozenset{${c[1].map(constText).sort().join()}}`;
  if (c[0] === 'tuple') return `tuple(${c[1].map(constText).join()})`;
  if (c[0] === 'slice') return `slice(${c.slice(1).map(constText).join()})`;
  return JSON.stringify(c);
}

function constFromJson(c) {
  switch (c[0]) {
    case 'bool':
      return { kind: 'bool', value: c[1] };
    case 'int':
      return { kind: 'int', value: c[1].startsWith('-') ? -BigInt(c[1].slice(1)) : BigInt(c[1]) };
    case 'float':
      return { kind: 'float', value: fromBits(c[1]) };
    case 'complex':
      return { kind: 'complex', real: fromBits(c[1]), imag: fromBits(c[2]) };
    case 'str':
      return { kind: 'str', value: c[1] };
    case 'bytes':
      return { kind: 'bytes', value: new Uint8Array(Buffer.from(c[1], 'hex')) };
    default:
      return { kind: c[0] };
  }
}

/** The oracle's tree as our AST. */
export function oracleTree(node) {
  if (Array.isArray(node)) return node.map(oracleTree);
  if (typeof node !== 'object' || node === null) return node;
  if (node.$const !== undefined) return constFromJson(node.$const);
  return Object.fromEntries(Object.entries(node).map(([k, v]) => [k, oracleTree(v)]));
}

const FREE = 0x80;
const CELL = 0x40;
const LOCAL = 0x20;

/** Compares a unit and all units in it; each difference says where and what. */
export function compareUnit(unit, expected, opcodes) {
  const differences = [];
  let units = 0;
  let stacksizeDiffers = 0;
  const walk = (u, e, path) => {
    units++;
    const differ = (kind, detail) => differences.push({ unit: path, kind, detail });
    const same = (kind, ours, theirs) => {
      const a = JSON.stringify(ours);
      const b = JSON.stringify(theirs);
      if (a !== b) differ(kind, `  ours   ${a}\n  theirs ${b}`);
    };
    const slots = (test) => u.localsplusnames.filter((_, i) => test(u.localspluskinds[i]));
    const rows = Array.from(u.ops, (op, i) => [
      opcodes[op].name,
      u.args[i],
      Array.from(u.positions.slice(i * 4, i * 4 + 4)),
    ]);
    const n = Math.max(rows.length, e.instrs.length);
    let instructionsEqual = true;
    for (let i = 0; i < n; i++) {
      const [a, b] = [rows[i], e.instrs[i]];
      if (a === undefined || b === undefined || a[0] !== b[0] || a[1] !== b[1]) {
        instructionsEqual = false;
        const text = (list) =>
          list
            .slice(Math.max(0, i - 4), i + 5)
            .map(
              (r, j) =>
                `    ${Math.max(0, i - 4) + j === i ? '>' : ' '} ${Math.max(0, i - 4) + j} ${r[0]} ${r[1]} @${r[2].join()}`,
            )
            .join('\n');
        differ('instructions', `  ours\n${text(rows)}\n  theirs\n${text(e.instrs)}`);
        break;
      }
    }
    if (instructionsEqual) {
      // Positions are [line, end line, column, end column] on both sides.
      const i = rows.findIndex((r, k) => r[2].join() !== e.instrs[k][2].join());
      if (i >= 0) differ('positions', `  ${i} ${rows[i][0]} ours ${rows[i][2]} theirs ${e.instrs[i][2]}`);
      const table = [];
      for (let k = 0; k < u.exceptiontable.length; k += 5) table.push(Array.from(u.exceptiontable.slice(k, k + 5)));
      same('exception table', table, e.table);
    }
    const ourConsts = u.consts.map(constJson).map(constText);
    const theirConsts = e.consts.map(constText);
    if (ourConsts.join('\n') !== theirConsts.join('\n')) {
      const i = ourConsts.findIndex((c, k) => c !== theirConsts[k]);
      differ(
        'consts',
        `  at ${i}: ours (${ourConsts.length}) ${ourConsts.slice(Math.max(0, i - 1), i + 3).join(' | ')}\n` +
          `  theirs (${theirConsts.length}) ${theirConsts.slice(Math.max(0, i - 1), i + 3).join(' | ')}`,
      );
    }
    same('names', u.names, e.names);
    same(
      'varnames',
      slots((k) => (k & LOCAL) !== 0),
      e.varnames,
    );
    same(
      'cellvars',
      slots((k) => (k & CELL) !== 0),
      e.cellvars,
    );
    same(
      'freevars',
      slots((k) => (k & FREE) !== 0),
      e.freevars,
    );
    for (const field of ['name', 'qualname', 'firstlineno', 'argcount', 'posonlyargcount', 'kwonlyargcount', 'flags']) {
      same(field, u[field], e[field]);
    }
    if (u.stacksize !== e.stacksize) {
      stacksizeDiffers++;
      if (globalThis.SHOW_STACK) console.log(path, u.stacksize, e.stacksize);
    }
    const codes = u.consts.filter((c) => c.kind === 'code').map((c) => c.value);
    if (codes.length !== e.codes.length) differ('nested code', `  ours ${codes.length} theirs ${e.codes.length}`);
    for (const [i, c] of codes.slice(0, e.codes.length).entries()) {
      walk(c, e.codes[i], `${path}.${c.name}:${c.firstlineno}`);
    }
  };
  walk(unit, expected, unit.name);
  return { differences, units, stacksizeDiffers };
}
