/**
 * What is said of a step. A sentence is a list of parts so that names can be set as code; `plain` joins them for screen
 * readers and tests.
 */
export type Part = string | { readonly code: string };
export type Sentence = readonly Part[];

export const plain = (sentence: Sentence): string =>
  sentence.map((part) => (typeof part === 'string' ? part : part.code)).join('');

/** Clauses, each with its full stop, one after the other. */
export const joined = (clauses: readonly Sentence[]): Sentence =>
  clauses.flatMap((clause, at) => (at === 0 ? clause : [' ', ...clause]));

/** `a`, `b` and `c`. */
export function listed(items: readonly Sentence[]): Sentence {
  return items.flatMap((item, at) => {
    if (at === 0) return item;
    return [at === items.length - 1 ? ' and ' : ', ', ...item];
  });
}

/** Running code, as one speaks of it: `f()`, the body of class `Node`, the cell. */
export function frameWords(qualname: string, isClassBody = false): Sentence {
  const name = shortName(qualname);
  if (name === '<module>') return ['the cell'];
  if (isClassBody) return ['the body of class ', { code: name }];
  if (name === '<lambda>') return ['a lambda'];
  if (name === '<genexpr>') return ['a generator expression'];
  return [{ code: `${name}()` }];
}

/** Of a function within a function, its own name. */
export const shortName = (qualname: string): string => qualname.replace(/^.*<locals>\./, '');

export function capital(sentence: Sentence): Sentence {
  const [first, ...rest] = sentence;
  return typeof first === 'string' ? [first.charAt(0).toUpperCase() + first.slice(1), ...rest] : sentence;
}

/** `the list [1, 2]`; of an object whose repr tells its type, `the <Node object>`. */
export function objectWords({ type, repr }: { readonly type: string; readonly repr: string }): Part[] {
  const tells = repr.startsWith(`${type}(`) || repr.startsWith('<');
  return ['the ', ...(tells ? [] : [`${type} `]), { code: repr }];
}

/** The type, as one says it. */
export const typeWord = (type: string): string => (type === 'type' ? 'class' : type);
