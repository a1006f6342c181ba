/**
 * Small validators for data from the other side of a boundary. A parser takes `unknown` and returns the value with
 * its type, or throws a `ValidationError` that names the path; nothing is cast, and unknown extra fields are dropped.
 */

export class ValidationError extends Error {
  constructor(path: string, expected: string) {
    super(`${path || 'value'}: expected ${expected}`);
    this.name = 'ValidationError';
  }
}

export type Parser<T> = (value: unknown, path?: string) => T;
export type Parsed<P> = P extends Parser<infer T> ? T : never;

export const string: Parser<string> = (value, path = '') => {
  if (typeof value !== 'string') throw new ValidationError(path, 'a string');
  return value;
};

export const number: Parser<number> = (value, path = '') => {
  if (typeof value !== 'number' || Number.isNaN(value)) throw new ValidationError(path, 'a number');
  return value;
};

export const boolean: Parser<boolean> = (value, path = '') => {
  if (typeof value !== 'boolean') throw new ValidationError(path, 'true or false');
  return value;
};

/** Any JSON value, for payloads that their reader parses. */
export const unknown: Parser<unknown> = (value) => value;

export function literal<const T extends string | number | boolean | null>(...allowed: readonly T[]): Parser<T> {
  return (value, path = '') => {
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) throw new ValidationError(path, allowed.map((each) => JSON.stringify(each)).join(' or '));
    return found;
  };
}

export function nullable<T>(parse: Parser<T>): Parser<T | null> {
  return (value, path = '') => (value === null ? null : parse(value, path));
}

export function array<T>(parse: Parser<T>): Parser<readonly T[]> {
  return (value, path = '') => {
    if (!Array.isArray(value)) throw new ValidationError(path, 'an array');
    return value.map((item: unknown, index) => parse(item, `${path}[${index}]`));
  };
}

export function pair<T>(parse: Parser<T>): Parser<readonly [T, T]> {
  const list = array(parse);
  return (value, path = '') => {
    const [first, second, ...rest] = list(value, path);
    if (first === undefined || second === undefined || rest.length > 0) {
      throw new ValidationError(path, 'an array of two');
    }
    return [first, second];
  };
}

export function triple<T>(parse: Parser<T>): Parser<readonly [T, T, T]> {
  const list = array(parse);
  return (value, path = '') => {
    const [first, second, third, ...rest] = list(value, path);
    if (first === undefined || second === undefined || third === undefined || rest.length > 0) {
      throw new ValidationError(path, 'an array of three');
    }
    return [first, second, third];
  };
}

export function record<T>(parse: Parser<T>): Parser<Readonly<Record<string, T>>> {
  return (value, path = '') => {
    const result: Record<string, T> = {};
    for (const [key, item] of Object.entries(fields(value, path))) result[key] = parse(item, `${path}.${key}`);
    return result;
  };
}

/** What was parsed once is not parsed again: for parts that one value shares with another (changes.ts). */
export function once<T extends object>(parse: Parser<T>): Parser<T> {
  const known = new WeakMap<object, T>();
  return (value, path = '') => {
    if (typeof value !== 'object' || value === null) return parse(value, path);
    let result = known.get(value);
    if (result === undefined) {
      result = parse(value, path);
      known.set(value, result);
    }
    return result;
  };
}

type Shape = Readonly<Record<string, Parser<unknown>>>;
type Shaped<S extends Shape> = { readonly [K in keyof S]: Parsed<S[K]> };

export function object<S extends Shape>(shape: S): Parser<Shaped<S>> {
  return (value, path = '') => {
    const given = fields(value, path);
    const result: Record<string, unknown> = {};
    for (const [key, parse] of Object.entries(shape)) result[key] = parse(given[key], `${path}.${key}`);
    // Every key of the shape was parsed by its own parser just above, which is what the type says.
    return result as Shaped<S>;
  };
}

/** A union told apart by the string in one field. */
export function tagged<K extends string, V extends Readonly<Record<string, Parser<unknown>>>>(
  key: K,
  variants: V,
): Parser<Parsed<V[keyof V]>> {
  return (value, path = '') => {
    const tag = fields(value, path)[key];
    const parse = typeof tag === 'string' && Object.hasOwn(variants, tag) ? variants[tag] : undefined;
    if (parse === undefined) throw new ValidationError(`${path}.${key}`, Object.keys(variants).join(' or '));
    return parse(value, path) as Parsed<V[keyof V]>;
  };
}

function fields(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ValidationError(path, 'an object');
  return value as Readonly<Record<string, unknown>>;
}
