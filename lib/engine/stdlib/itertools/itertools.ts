/** The module itertools (Modules/itertoolsmodule.c). */
import { moduleTypeRef, type NativeModule } from '../../modules/define';
import type { Handle } from '../../heap/layout';
import type { Interpreter } from '../../vm/interpreter';
import { accumulate, chain, count, cycle, repeat, starmap, zipLongest } from './chaining';
import { combinations, combinationsWithReplacement, permutations, product } from './combinatorics';
import { iteratorSpec, type IteratorType } from './common';
import { batched, groupby, grouper, pairwise } from './grouping';
import { compress, dropwhile, filterfalse, islice, takewhile } from './selecting';
import { tee, teeBranchSpec, teeNodeSpec } from './tee';

/** In the order in which itertoolsmodule_exec makes them. */
const BEFORE_TEE: readonly IteratorType[] = [
  accumulate,
  batched,
  combinations,
  combinationsWithReplacement,
  cycle,
  dropwhile,
  takewhile,
  islice,
  starmap,
  chain,
  compress,
  filterfalse,
  count,
  pairwise,
  permutations,
  product,
  repeat,
  groupby,
  grouper,
];

export const itertoolsModule: NativeModule = {
  name: 'itertools',
  methods: { tee: { kind: 'fast', min: 1, max: 2, fn: tee, doc: 'Independent iterators over one iterable.' } },
  values(ip: Interpreter) {
    const values: Record<string, Handle> = {};
    for (const type of [...BEFORE_TEE, zipLongest]) values[type.name] = moduleTypeRef(ip, iteratorSpec(ip, type));
    values._tee = moduleTypeRef(ip, teeBranchSpec(ip));
    values._tee_dataobject = moduleTypeRef(ip, teeNodeSpec(ip));
    return values;
  },
};
