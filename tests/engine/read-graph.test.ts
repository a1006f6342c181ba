/** The picture of the heap shows what the program made, not what it imported. */
import { expect, it } from 'vitest';
import { traced } from '../widgets/traced';

it('a class of the library is one object, a class of the notebook has its methods', async () => {
  const past = await traced(
    'from collections import OrderedDict\nclass Own:\n    def method(self): pass\nx = OrderedDict(a=Own())\n',
  );
  const { graph } = past.ask({ what: 'moment', at: past.end, options: { graph: true, around: [] } });
  const nodes = graph!.nodes.filter(({ leaf }) => !leaf);
  expect(nodes.some(({ object }) => object.type === 'method_descriptor')).toBe(false);
  const own = nodes.find(({ names }) => names.includes('Own'))!;
  const labels = graph!.edges.filter(({ from }) => from === own.object.serial).map(({ label }) => label);
  expect(labels.join(' ')).toContain('namespace of a class');
  expect(nodes.find(({ names }) => names.includes('OrderedDict'))).toMatchObject({ omitted: 0 });
});
