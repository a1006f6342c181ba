/** `ast.parse(…, feature_version=(3, N))`: what newer grammars brought is refused (Parser/action_helpers.c, CHECK_VERSION). */

export interface TooNew {
  readonly message: string;
  readonly lineno: number;
}

type Node = Readonly<Record<string, unknown>> & { readonly _type?: string; readonly lineno?: number };

/** What a node needs, and the minor version that first has it; null: nothing. */
function needs(node: Node): readonly [what: string, minor: number] | null {
  const some = (key: string): boolean => (node[key] as readonly unknown[] | undefined)?.length !== 0;
  switch (node._type) {
    case 'NamedExpr':
      return ['Assignment expressions are', 8];
    case 'arguments':
      return some('posonlyargs') ? ['Positional-only parameters are', 8] : null;
    case 'TryStar':
      return ['Exception groups are', 11];
    case 'Match':
      return ['Pattern matching is', 10];
    case 'TypeAlias':
      return ['Type statement is', 12];
    case 'FunctionDef':
    case 'ClassDef':
      return some('type_params') ? ['Type parameter lists are', 12] : null;
    case 'AsyncFunctionDef':
      return some('type_params') ? ['Type parameter lists are', 12] : ['Async functions are', 5];
    case 'TypeVar':
    case 'ParamSpec':
    case 'TypeVarTuple':
      return node.default_value === null ? null : ['Type parameter defaults are', 13];
    case 'AnnAssign':
      return ['Variable annotation syntax is', 6];
    case 'Await':
      return ['Await expressions are', 5];
    case 'AsyncFor':
      return ['Async for loops are', 5];
    case 'AsyncWith':
      return ['Async with statements are', 5];
    case 'comprehension':
      return node.is_async === 1 ? ['Async comprehensions are', 6] : null;
    case 'BinOp':
    case 'AugAssign':
      return node.op === 'MatMult' ? ["The '@' operator is", 5] : null;
  }
  return null;
}

/** The first thing in the tree that is newer than 3.`minor`. */
export function tooNew(tree: unknown, minor: number, lineno = 1): TooNew | null {
  if (typeof tree !== 'object' || tree === null) return null;
  if (Array.isArray(tree)) {
    for (const item of tree) {
      const found = tooNew(item, minor, lineno);
      if (found !== null) return found;
    }
    return null;
  }
  const node = tree as Node;
  const line = node.lineno ?? lineno;
  const need = needs(node);
  if (need !== null && minor < need[1])
    return { message: `${need[0]} only supported in Python 3.${need[1]} and greater`, lineno: line };
  for (const value of Object.values(node)) {
    const found = tooNew(value, minor, line);
    if (found !== null) return found;
  }
  return null;
}
