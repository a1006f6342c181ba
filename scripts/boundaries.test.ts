import { expect, test } from 'vitest';
import { importsOf, judge } from './boundaries.mjs';

const value = (specifier: string) => ({ specifier, isType: false });
const type = (specifier: string) => ({ specifier, isType: true });

test('every form of import is seen, on its line', () => {
  const source = `import a from './a';
import type { B } from './b';
import { type C, d } from './c';
export * from './e';
export type { F } from './f';
import './g.css';
// import h from './h';
/* import i from './i'; */
const j = await import('./j');
new Worker(new URL('./k.ts', import.meta.url), { type: 'module' });
await import(\`@/content/\${l}/page.mdx\`);
`;
  expect(importsOf(source).map(({ specifier, isType, line }) => [specifier, isType, line])).toEqual([
    ['./a', false, 1],
    ['./b', true, 2],
    ['./c', false, 3],
    ['./g.css', false, 6],
    ['./e', false, 4],
    ['./f', true, 5],
    ['./j', false, 9],
    ['@/content/', false, 11],
    ['./k.ts', false, 10],
  ]);
});

test.each([
  ['lib/notebook/store.ts', value('x'), 'components/ui/button.tsx'],
  ['lib/kernel/kernel.ts', value('x'), 'lib/engine/vm/ceval.ts'],
  ['lib/kernel/kernel.ts', value('x'), 'lib/notebook/store.ts'],
  ['lib/engine/heap/heap.ts', value('x'), 'lib/engine/objects/list.ts'],
  ['lib/engine/gc/collector.ts', type('x'), 'lib/engine/objects/list.ts'],
  ['lib/engine/objects/list.ts', value('x'), 'lib/engine/gc/collector.ts'],
  ['lib/engine/parser/parser.ts', value('x'), 'lib/engine/compiler/codegen.ts'],
  ['lib/engine/vm/ceval.ts', value('x'), 'lib/engine/compiler/codegen.ts'],
  ['components/widgets/references/table.tsx', value('x'), 'lib/engine/snapshot/snapshot.ts'],
  ['components/widgets/references/table.tsx', value('x'), 'lib/kernel/connection.ts'],
  ['lib/engine/heap/heap.ts', value('node:fs'), undefined],
  ['lib/engine/session.ts', value('node:fs'), undefined],
  ['lib/engine/session.ts', value('x'), 'lib/kernel/kernel.ts'],
  ['lib/notebook/store.ts', value('react'), undefined],
  ['components/notebook/code-cell.tsx', value('monaco-editor'), undefined],
  ['server/app.ts', value('x'), 'components/site/theme.ts'],
])('%s may not import %o %s', (path, found, target) => {
  expect(judge(path, found, target)).toMatch(/may not|may import only types/);
});

test.each([
  ['app/page.tsx', value('x'), 'lib/content/outline.ts'],
  ['lib/kernel/kernel.ts', value('x'), 'lib/engine/index.ts'],
  ['lib/engine/index.ts', value('x'), 'lib/engine/vm/ceval.ts'],
  ['lib/engine/vm/ceval.ts', value('x'), 'lib/engine/compiler/code-unit.ts'],
  ['lib/engine/gc/collector.ts', value('x'), 'lib/engine/heap/object.ts'],
  ['components/widgets/references/table.tsx', type('x'), 'lib/engine/snapshot/snapshot.ts'],
  ['components/editor/code-editor.tsx', value('monaco-editor/editor'), undefined],
  ['app/page.tsx', value('next/link'), undefined],
  ['lib/kernel/kernel.test.ts', value('vitest'), undefined],
])('%s may import %o %s', (path, found, target) => {
  expect(judge(path, found, target)).toBeUndefined();
});
