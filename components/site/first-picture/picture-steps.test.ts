import { expect, test } from 'vitest';
import recorded from '@/content/home/first-picture.json';
import { describeStep, pictureSteps } from './picture-steps';

test('the recorded example reads 1, 2, 1', () => {
  const steps = pictureSteps(recorded.steps);
  expect(steps.map(({ count, change }) => [count, change])).toEqual([
    [1, 1],
    [2, 1],
    [1, -1],
  ]);
  expect(steps.map(describeStep)).toEqual([
    '1 reference: my_list',
    '2 references: my_list and your_list',
    '1 reference: your_list',
  ]);
  expect(steps[2]?.names).toEqual([
    { name: 'my_list', state: 'lost' },
    { name: 'your_list', state: 'held' },
  ]);
});
