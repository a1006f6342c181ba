/**
 * Models `ast.dump(tree, include_attributes=True)` of Lib/ast.py (3.14): the tree as text, for comparing it with
 * CPython's. Empty lists and absent optional fields are left out, as there.
 */

import type { ConstantValue } from './ast';

const ATTRIBUTES = ['lineno', 'col_offset', 'end_lineno', 'end_col_offset'];

/** Fields in `_fields` order, `?` behind the optional ones, `*` behind lists. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Module: ['body*', 'type_ignores*'],
  Interactive: ['body*'],
  Expression: ['body'],
  FunctionDef: ['name', 'args', 'body*', 'decorator_list*', 'returns?', 'type_comment?', 'type_params*'],
  AsyncFunctionDef: ['name', 'args', 'body*', 'decorator_list*', 'returns?', 'type_comment?', 'type_params*'],
  ClassDef: ['name', 'bases*', 'keywords*', 'body*', 'decorator_list*', 'type_params*'],
  Return: ['value?'],
  Delete: ['targets*'],
  Assign: ['targets*', 'value', 'type_comment?'],
  TypeAlias: ['name', 'type_params*', 'value'],
  AugAssign: ['target', 'op', 'value'],
  AnnAssign: ['target', 'annotation', 'value?', 'simple'],
  For: ['target', 'iter', 'body*', 'orelse*', 'type_comment?'],
  AsyncFor: ['target', 'iter', 'body*', 'orelse*', 'type_comment?'],
  While: ['test', 'body*', 'orelse*'],
  If: ['test', 'body*', 'orelse*'],
  With: ['items*', 'body*', 'type_comment?'],
  AsyncWith: ['items*', 'body*', 'type_comment?'],
  Match: ['subject', 'cases*'],
  Raise: ['exc?', 'cause?'],
  Try: ['body*', 'handlers*', 'orelse*', 'finalbody*'],
  TryStar: ['body*', 'handlers*', 'orelse*', 'finalbody*'],
  Assert: ['test', 'msg?'],
  Import: ['names*'],
  ImportFrom: ['module?', 'names*', 'level'],
  Global: ['names*'],
  Nonlocal: ['names*'],
  Expr: ['value'],
  Pass: [],
  Break: [],
  Continue: [],
  BoolOp: ['op', 'values*'],
  NamedExpr: ['target', 'value'],
  BinOp: ['left', 'op', 'right'],
  UnaryOp: ['op', 'operand'],
  Lambda: ['args', 'body'],
  IfExp: ['test', 'body', 'orelse'],
  Dict: ['keys*', 'values*'],
  Set: ['elts*'],
  ListComp: ['elt', 'generators*'],
  SetComp: ['elt', 'generators*'],
  DictComp: ['key', 'value', 'generators*'],
  GeneratorExp: ['elt', 'generators*'],
  Await: ['value'],
  Yield: ['value?'],
  YieldFrom: ['value'],
  Compare: ['left', 'ops*', 'comparators*'],
  Call: ['func', 'args*', 'keywords*'],
  FormattedValue: ['value', 'conversion', 'format_spec?'],
  Interpolation: ['value', 'str', 'conversion', 'format_spec?'],
  JoinedStr: ['values*'],
  TemplateStr: ['values*'],
  Constant: ['value', 'kindPrefix?'],
  Attribute: ['value', 'attr', 'ctx'],
  Subscript: ['value', 'slice', 'ctx'],
  Starred: ['value', 'ctx'],
  Name: ['id', 'ctx'],
  List: ['elts*', 'ctx'],
  Tuple: ['elts*', 'ctx'],
  Slice: ['lower?', 'upper?', 'step?'],
  comprehension: ['target', 'iter', 'ifs*', 'is_async'],
  ExceptHandler: ['type?', 'name?', 'body*'],
  arguments: ['posonlyargs*', 'args*', 'vararg?', 'kwonlyargs*', 'kw_defaults*', 'kwarg?', 'defaults*'],
  arg: ['arg', 'annotation?', 'type_comment?'],
  keyword: ['arg?', 'value'],
  alias: ['name', 'asname?'],
  withitem: ['context_expr', 'optional_vars?'],
  match_case: ['pattern', 'guard?', 'body*'],
  MatchValue: ['value'],
  MatchSingleton: ['value'],
  MatchSequence: ['patterns*'],
  MatchMapping: ['keys*', 'patterns*', 'rest?'],
  MatchClass: ['cls', 'patterns*', 'kwd_attrs*', 'kwd_patterns*'],
  MatchStar: ['name?'],
  MatchAs: ['pattern?', 'name?'],
  MatchOr: ['patterns*'],
  TypeVar: ['name', 'bound?', 'default_value?'],
  ParamSpec: ['name', 'default_value?'],
  TypeVarTuple: ['name', 'default_value?'],
};

/** Fields whose value is the name of a node class without fields. */
const CLASS_FIELDS = new Set(['op', 'ops', 'ctx']);

const NOT_PRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Zs}]/u;

/** repr() of a str. */
export function reprStr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = quote;
  for (const char of text) {
    const cp = char.codePointAt(0) ?? 0;
    if (char === quote || char === '\\') out += `\\${char}`;
    else if (char === '\n') out += '\\n';
    else if (char === '\r') out += '\\r';
    else if (char === '\t') out += '\\t';
    else if (cp >= 32 && cp < 127) out += char;
    else if (NOT_PRINTABLE.test(char)) {
      const hex = cp.toString(16);
      out +=
        cp < 0x100
          ? `\\x${hex.padStart(2, '0')}`
          : cp < 0x10000
            ? `\\u${hex.padStart(4, '0')}`
            : `\\U${hex.padStart(8, '0')}`;
    } else out += char;
  }
  return out + quote;
}

function reprBytes(bytes: Uint8Array): string {
  const quote = bytes.includes(39) && !bytes.includes(34) ? '"' : "'";
  let out = `b${quote}`;
  for (const byte of bytes) {
    const char = String.fromCharCode(byte);
    if (char === quote || char === '\\') out += `\\${char}`;
    else if (char === '\n') out += '\\n';
    else if (char === '\r') out += '\\r';
    else if (char === '\t') out += '\\t';
    else out += byte >= 32 && byte < 127 ? char : `\\x${byte.toString(16).padStart(2, '0')}`;
  }
  return out + quote;
}

/** repr() of a float; without `.0` where a complex number is written. */
export function reprFloat(value: number, pointZero = true): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return pointZero ? '-0.0' : '-0';
  if (value === 0) return pointZero ? '0.0' : '0';
  const [mantissa = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const size = Math.abs(exponent);
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${size < 10 ? '0' : ''}${size}`;
  }
  const sign = mantissa.startsWith('-') ? '-' : '';
  const digits = mantissa.replace(/[-.]/g, '');
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) {
    return `${sign}${digits.padEnd(exponent + 1, '0')}${pointZero ? '.0' : ''}`;
  }
  return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

function reprConstant(value: ConstantValue): string {
  switch (value.kind) {
    case 'none':
      return 'None';
    case 'ellipsis':
      return 'Ellipsis';
    case 'bool':
      return value.value ? 'True' : 'False';
    case 'int':
      return value.value.toString();
    case 'float':
      return reprFloat(value.value);
    case 'complex':
      return `${reprFloat(value.imag, false)}j`;
    case 'str':
      return reprStr(value.value);
    case 'bytes':
      return reprBytes(value.value);
  }
}

type Node = Readonly<Record<string, unknown>>;

function formatField(value: unknown, field: string): string {
  if (value === null) return 'None';
  if (Array.isArray(value)) return `[${value.map((item) => formatField(item, field)).join(', ')}]`;
  if (typeof value === 'string') return CLASS_FIELDS.has(field) ? `${value}()` : reprStr(value);
  if (typeof value === 'number') return String(value);
  const node = value as Node;
  if (typeof node._type === 'string') return dump(node);
  return reprConstant(value as ConstantValue);
}

export function dump(tree: object): string {
  const node = tree as Node;
  const type = node._type as string;
  const args: string[] = [];
  for (const spec of FIELDS[type] ?? []) {
    const optional = spec.endsWith('?');
    const list = spec.endsWith('*');
    const field = optional || list ? spec.slice(0, -1) : spec;
    const value = node[field];
    if ((optional && value === null) || (list && (value as unknown[]).length === 0)) continue;
    args.push(`${field === 'kindPrefix' ? 'kind' : field}=${formatField(value, field)}`);
  }
  for (const attribute of ATTRIBUTES) {
    if (node[attribute] !== undefined) args.push(`${attribute}=${node[attribute] as number}`);
  }
  return `${type}(${args.join(', ')})`;
}
