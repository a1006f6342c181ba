/**
 * Which CPython this engine mirrors, and what differs between the versions: profiles are data that one engine reads.
 * Facts: 64-bit, GIL build. 3.14 means 3.14.5 and later (the generational collector is back).
 */
import type { Profile } from './compiler/code-unit';

export type { Profile } from './compiler/code-unit';

export interface ProfileFacts {
  readonly name: Profile;
  /** `sys.version_info[:3]`. */
  readonly version: readonly [number, number, number];
  /** What `sys.getrefcount` says of an immortal object (Include/internal/pycore_object.h, refcount.h). */
  readonly immortalRefcount: number;
  /** The interpreter keeps ints from -5 up to this one, immortal. */
  readonly smallIntMax: number;
  /** 3.14: loads of locals may borrow (LOAD_FAST_BORROW), and stack references carry a tag. */
  readonly borrowedLoads: boolean;
  /** Frames release their slots from the top of the stack down (3.14) or from the first slot up (3.13). */
  readonly reverseTeardown: boolean;
  /** 3.13: a dict of atoms is untracked until something trackable goes in. */
  readonly lazyDictTracking: boolean;
  /** 3.14: a collection untracks tuples of atoms before it looks for garbage, 3.13 afterwards. */
  readonly untracksFirst: boolean;
  /** 3.14: a tuple display of atoms is never tracked; 3.13: tracked until a collection looks at it. */
  readonly atomTuplesUntracked: boolean;
  /** 3.14: instances with fields beside their `__dict__`, a builtin's or `__slots__`, keep inline values too. */
  readonly inlineBehindFields: boolean;
  /** How many freed objects of a type wait for reuse (pycore_freelist_state.h). */
  readonly freelists: Readonly<Record<FreelistName, number>>;
}

export type FreelistName =
  | 'float'
  | 'int'
  | 'tuple'
  | 'list'
  | 'dict'
  | 'dictkeys'
  | 'slice'
  | 'range'
  | 'range_iterator'
  | 'list_iterator'
  | 'tuple_iterator'
  | 'method'
  | 'builtin_method';

const FREELISTS_313: Record<FreelistName, number> = {
  float: 100,
  int: 0,
  tuple: 2000,
  list: 80,
  dict: 80,
  dictkeys: 80,
  slice: 1,
  range: 0,
  range_iterator: 0,
  list_iterator: 0,
  tuple_iterator: 0,
  method: 0,
  builtin_method: 0,
};

export const PROFILES: Readonly<Record<Profile, ProfileFacts>> = {
  '3.13': {
    name: '3.13',
    version: [3, 13, 2],
    immortalRefcount: 4294967295,
    smallIntMax: 256,
    borrowedLoads: false,
    reverseTeardown: false,
    lazyDictTracking: true,
    untracksFirst: false,
    atomTuplesUntracked: false,
    inlineBehindFields: false,
    freelists: FREELISTS_313,
  },
  '3.14': {
    name: '3.14',
    version: [3, 14, 5],
    immortalRefcount: 3221225472,
    smallIntMax: 256,
    borrowedLoads: true,
    reverseTeardown: true,
    lazyDictTracking: false,
    untracksFirst: true,
    atomTuplesUntracked: true,
    inlineBehindFields: true,
    freelists: {
      ...FREELISTS_313,
      int: 100,
      range: 6,
      range_iterator: 6,
      list_iterator: 10,
      tuple_iterator: 10,
      method: 20,
      builtin_method: 16,
    },
  },
};
