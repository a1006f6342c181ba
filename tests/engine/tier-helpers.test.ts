/** The helpers of generated code are made from their text: a name from outside of them would not be there. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeFunctions } from '../../lib/engine/vm/tier/functions';
import { makeGenerating } from '../../lib/engine/vm/tier/generating';
import { makeHelpers } from '../../lib/engine/vm/tier/helpers';
import * as imports from '../../lib/engine/vm/tier/imports';
import { makeRaising } from '../../lib/engine/vm/tier/raising';
import { makeSteps } from '../../lib/engine/vm/tier/steps';

const FOLDER = new URL('../../lib/engine/vm/tier/', import.meta.url);
const AT_THE_TOP = /^(import type |export function |interface |\/\*\*| \*|\} from |\) \{$|\}|$)/;

describe('the helpers of generated code', () => {
  it.each(['functions.ts', 'generating.ts', 'helpers.ts', 'raising.ts', 'steps.ts'])(
    '%s has types and functions only beside its one function',
    (file) => {
      const text = readFileSync(new URL(file, FOLDER), 'utf8');
      const others = text.split('\n').filter((line) => /^\S/.test(line) && !AT_THE_TOP.test(line));
      expect(others).toEqual([]);
      expect(text.match(/^export function /gm)).toHaveLength(1);
    },
  );

  it('get each name that they take out of the imports', () => {
    for (const make of [makeFunctions, makeGenerating, makeHelpers, makeRaising, makeSteps]) {
      const taken = /const \{([^}]*)\} = imports/.exec(make.toString())?.[1]?.match(/\w+(?=\s*[:,}\n])/g) ?? [];
      expect(taken.length).toBeGreaterThan(20);
      expect(taken.filter((name) => (imports as Record<string, unknown>)[name] === undefined)).toEqual([]);
    }
  });
});
