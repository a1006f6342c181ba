import { expect, test } from 'vitest';
import { packFiles, unpackFiles } from './library-pack';

test('what is packed comes out, empty files and names beyond ASCII included', () => {
  const files = new Map([
    ['json/__init__.py', new Uint8Array([1, 2, 3])],
    ['empty.py', new Uint8Array(0)],
    ['größe.py', new Uint8Array([255])],
  ]);
  expect(unpackFiles(packFiles(files))).toEqual(files);
});

test('a pack may lie in a larger buffer', () => {
  const pack = packFiles(new Map([['a.py', new Uint8Array([7])]]));
  const larger = new Uint8Array(pack.length + 5);
  larger.set(pack, 5);
  expect(unpackFiles(larger.subarray(5)).get('a.py')).toEqual(new Uint8Array([7]));
});
