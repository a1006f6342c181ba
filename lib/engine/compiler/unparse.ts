/**
 * An expression as source text (Python/ast_unparse.c): what `from __future__ import annotations` stores.
 */
import type { Arg, Arguments, Comprehension, Expr } from '../parser/ast';
import type { Profile } from './code-unit';
import { constRepr, strRepr } from './const-repr';

/** Precedence levels, loosest first. */
enum Pr {
  NAMED_EXPR,
  TUPLE,
  TEST,
  OR,
  AND,
  NOT,
  CMP,
  BOR,
  BXOR,
  BAND,
  SHIFT,
  ARITH,
  TERM,
  FACTOR,
  POWER,
  AWAIT,
  ATOM,
}

const BINARY = {
  Add: [' + ', Pr.ARITH],
  Sub: [' - ', Pr.ARITH],
  Mult: [' * ', Pr.TERM],
  MatMult: [' @ ', Pr.TERM],
  Div: [' / ', Pr.TERM],
  Mod: [' % ', Pr.TERM],
  LShift: [' << ', Pr.SHIFT],
  RShift: [' >> ', Pr.SHIFT],
  BitOr: [' | ', Pr.BOR],
  BitXor: [' ^ ', Pr.BXOR],
  BitAnd: [' & ', Pr.BAND],
  FloorDiv: [' // ', Pr.TERM],
  Pow: [' ** ', Pr.POWER],
} as const;

const COMPARE = {
  Eq: ' == ',
  NotEq: ' != ',
  Lt: ' < ',
  LtE: ' <= ',
  Gt: ' > ',
  GtE: ' >= ',
  Is: ' is ',
  IsNot: ' is not ',
  In: ' in ',
  NotIn: ' not in ',
} as const;

export function unparse(e: Expr, profile: Profile): string {
  return new Unparser(profile).expr(e, Pr.TEST);
}

class Unparser {
  constructor(private readonly profile: Profile) {}

  private list(elts: readonly Expr[], level = Pr.TEST): string {
    return elts.map((elt) => this.expr(elt, level)).join(', ');
  }

  expr(e: Expr, level: Pr): string {
    const group = (inside: boolean, text: string): string => (inside ? `(${text})` : text);
    switch (e._type) {
      case 'BoolOp': {
        const pr = e.op === 'And' ? Pr.AND : Pr.OR;
        const text = e.values.map((v) => this.expr(v, pr + 1)).join(e.op === 'And' ? ' and ' : ' or ');
        return group(level > pr, text);
      }
      case 'BinOp': {
        const [op, pr] = BINARY[e.op];
        const rassoc = e.op === 'Pow' ? 1 : 0;
        const text = `${this.expr(e.left, pr + rassoc)}${op}${this.expr(e.right, pr + (1 - rassoc))}`;
        return group(level > pr, text);
      }
      case 'UnaryOp': {
        const pr = e.op === 'Not' ? Pr.NOT : Pr.FACTOR;
        const op = { Invert: '~', Not: 'not ', UAdd: '+', USub: '-' }[e.op];
        return group(level > pr, `${op}${this.expr(e.operand, pr)}`);
      }
      case 'Lambda': {
        const args = this.args(e.args);
        return group(level > Pr.TEST, `lambda${args === '' ? '' : ` ${args}`}: ${this.expr(e.body, Pr.TEST)}`);
      }
      case 'IfExp':
        return group(
          level > Pr.TEST,
          `${this.expr(e.body, Pr.TEST + 1)} if ${this.expr(e.test, Pr.TEST + 1)} else ${this.expr(e.orelse, Pr.TEST)}`,
        );
      case 'Dict':
        return `{${e.values
          .map((v, i) => {
            const key = e.keys[i];
            return key === null || key === undefined
              ? `**${this.expr(v, Pr.BOR)}`
              : `${this.expr(key, Pr.TEST)}: ${this.expr(v, Pr.TEST)}`;
          })
          .join(', ')}}`;
      case 'Set':
        return `{${this.list(e.elts)}}`;
      case 'GeneratorExp':
        return `(${this.expr(e.elt, Pr.TEST)}${this.comprehensions(e.generators)})`;
      case 'ListComp':
        return `[${this.expr(e.elt, Pr.TEST)}${this.comprehensions(e.generators)}]`;
      case 'SetComp':
        return `{${this.expr(e.elt, Pr.TEST)}${this.comprehensions(e.generators)}}`;
      case 'DictComp':
        return `{${this.expr(e.key, Pr.TEST)}: ${this.expr(e.value, Pr.TEST)}${this.comprehensions(e.generators)}}`;
      case 'Yield':
        return e.value === null ? '(yield)' : `(yield ${this.expr(e.value, Pr.TEST)})`;
      case 'YieldFrom':
        return `(yield from ${this.expr(e.value, Pr.TEST)})`;
      case 'Await':
        return group(level > Pr.AWAIT, `await ${this.expr(e.value, Pr.ATOM)}`);
      case 'Compare': {
        const rest = e.ops.map((op, i) => `${COMPARE[op]}${this.expr(e.comparators[i]!, Pr.CMP + 1)}`).join('');
        return group(level > Pr.CMP, `${this.expr(e.left, Pr.CMP + 1)}${rest}`);
      }
      case 'Call':
        return this.call(e);
      case 'JoinedStr':
        return this.stringLiteral(e.values, 'f', false);
      case 'TemplateStr':
        return this.stringLiteral(e.values, 't', false);
      case 'FormattedValue':
      case 'Interpolation':
        return this.stringLiteral([e], 'f', false);
      case 'Constant':
        return this.constant(e);
      case 'Attribute': {
        const value = this.expr(e.value, Pr.ATOM);
        // 1.real would read as a float.
        const isInt = e.value._type === 'Constant' && e.value.value.kind === 'int';
        return `${value}${isInt ? ' .' : '.'}${e.attr}`;
      }
      case 'Starred':
        return `*${this.expr(e.value, Pr.BOR)}`;
      case 'Name':
        return e.id;
      case 'List':
        return `[${this.list(e.elts)}]`;
      case 'Tuple': {
        if (e.elts.length === 0) return '()';
        const text = `${this.list(e.elts)}${e.elts.length === 1 ? ',' : ''}`;
        return group(level > Pr.TUPLE, text);
      }
      case 'Subscript':
        return `${this.expr(e.value, Pr.ATOM)}[${this.expr(e.slice, Pr.TUPLE)}]`;
      case 'Slice': {
        const lower = e.lower === null ? '' : this.expr(e.lower, Pr.TEST);
        const upper = e.upper === null ? '' : this.expr(e.upper, Pr.TEST);
        return `${lower}:${upper}${e.step === null ? '' : `:${this.expr(e.step, Pr.TEST)}`}`;
      }
      case 'NamedExpr':
        return group(level > Pr.NAMED_EXPR, `${this.expr(e.target, Pr.ATOM)} := ${this.expr(e.value, Pr.ATOM)}`);
    }
  }

  private constant(e: Extract<Expr, { _type: 'Constant' }>): string {
    if (e.value.kind === 'ellipsis') return '...';
    const prefix = e.kindPrefix ?? '';
    // An infinity has no literal: a number that overflows stands for it.
    return `${prefix}${constRepr(e.value).replaceAll(/\binf\b/g, '1e309')}`;
  }

  private call(e: Extract<Expr, { _type: 'Call' }>): string {
    const func = this.expr(e.func, Pr.ATOM);
    const only = e.args[0];
    if (e.args.length === 1 && e.keywords.length === 0 && only?._type === 'GeneratorExp') {
      return `${func}${this.expr(only, Pr.TEST)}`;
    }
    const parts = e.args.map((arg) => this.expr(arg, Pr.TEST));
    for (const k of e.keywords) {
      parts.push(k.arg === null ? `**${this.expr(k.value, Pr.TEST)}` : `${k.arg}=${this.expr(k.value, Pr.TEST)}`);
    }
    return `${func}(${parts.join(', ')})`;
  }

  private arg(arg: Arg): string {
    return arg.annotation === null ? arg.arg : `${arg.arg}: ${this.expr(arg.annotation, Pr.TEST)}`;
  }

  private args(a: Arguments): string {
    const parts: string[] = [];
    const positional = [...a.posonlyargs, ...a.args];
    positional.forEach((arg, i) => {
      const value = a.defaults[i - (positional.length - a.defaults.length)];
      parts.push(`${this.arg(arg)}${value === undefined ? '' : `=${this.expr(value, Pr.TEST)}`}`);
      if (a.posonlyargs.length > 0 && i + 1 === a.posonlyargs.length) parts.push('/');
    });
    if (a.vararg !== null || a.kwonlyargs.length > 0) parts.push(`*${a.vararg === null ? '' : this.arg(a.vararg)}`);
    a.kwonlyargs.forEach((arg, i) => {
      const value = a.kw_defaults[i] ?? null;
      parts.push(`${this.arg(arg)}${value === null ? '' : `=${this.expr(value, Pr.TEST)}`}`);
    });
    if (a.kwarg !== null) parts.push(`**${this.arg(a.kwarg)}`);
    return parts.join(', ');
  }

  private comprehensions(generators: readonly Comprehension[]): string {
    return generators
      .map((gen) => {
        const target = this.expr(gen.target, Pr.TUPLE);
        const head = `${gen.is_async === 1 ? ' async for ' : ' for '}${target} in ${this.expr(gen.iter, Pr.TEST + 1)}`;
        return head + gen.ifs.map((test) => ` if ${this.expr(test, Pr.TEST + 1)}`).join('');
      })
      .join('');
  }

  /** The body of an f- or t-string, quoted as its own repr. */
  private stringLiteral(values: readonly Expr[], prefix: string, isSpec: boolean): string {
    const body = values.map((v) => this.stringElement(v, isSpec)).join('');
    return isSpec ? body : `${prefix}${strRepr(body)}`;
  }

  private stringElement(e: Expr, isSpec: boolean): string {
    switch (e._type) {
      case 'Constant':
        return e.value.kind === 'str' ? e.value.value.replaceAll('{', '{{').replaceAll('}', '}}') : '';
      case 'JoinedStr':
        return this.stringLiteral(e.values, 'f', isSpec);
      case 'TemplateStr':
        return this.stringLiteral(e.values, 't', isSpec);
      case 'FormattedValue':
      case 'Interpolation': {
        const text = e._type === 'Interpolation' && this.profile !== '3.13' ? e.str : this.expr(e.value, Pr.TEST + 1);
        const conversion = e.conversion > 0 ? `!${String.fromCharCode(e.conversion)}` : '';
        const spec = e.format_spec === null ? '' : `:${this.stringElement(e.format_spec, true)}`;
        return `${text.startsWith('{') ? '{ ' : '{'}${text}${conversion}${spec}}`;
      }
      default:
        return this.expr(e, Pr.TEST);
    }
  }
}
