/** `_ast`: the node classes, and the flags of `compile` that ask for a tree. */
import type { Handle } from '../../heap/layout';
import { intFromNumber } from '../../objects/int';
import type { NativeModule } from '../../modules/define';
import { tooNew } from './feature-version';
import { objectFromTree } from './from-tree';
import { isAstNode, type Tree, treeFromObject } from './to-tree';
import { astState } from './types';
import { InvalidTree, validateTree } from './validate';

export const PyCF_ONLY_AST = 0x400;
export const PyCF_TYPE_COMMENTS = 0x1000;
export const PyCF_ALLOW_TOP_LEVEL_AWAIT = 0x2000;
export const PyCF_OPTIMIZED_AST = 0x8000 | PyCF_ONLY_AST;

export const astModule: NativeModule = {
  name: '_ast',
  methods: {},
  values(ip) {
    const state = astState(ip);
    if (state === null) return null;
    ip.ast = {
      isNode: (h) => isAstNode(ip, h),
      fromTree: (tree) => objectFromTree(ip, tree),
      tooNew,
      toTree(h, mode) {
        const tree = treeFromObject(ip, h, mode);
        if (tree === null) return null;
        try {
          validateTree(tree as unknown as Tree);
        } catch (error) {
          if (!(error instanceof InvalidTree)) throw error;
          ip.raise(error.type, error.message);
          return null;
        }
        return tree;
      },
    };
    const values: Record<string, Handle> = {};
    for (const [name, h] of state.classes) values[name] = ip.newRef(h);
    for (const [name, n] of Object.entries({
      PyCF_ALLOW_TOP_LEVEL_AWAIT,
      PyCF_ONLY_AST,
      PyCF_TYPE_COMMENTS,
      PyCF_OPTIMIZED_AST,
    }))
      values[name] = intFromNumber(ip, n);
    return values;
  },
};
