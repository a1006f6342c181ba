import { expect, it } from 'vitest';
import { ViewArchive } from './saved-views';

const storage = (initial: Record<string, string> = {}) => {
  const items = new Map(Object.entries(initial));
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
};

it('keeps what was opened and closed, cell by cell', () => {
  const kept = storage();
  new ViewArchive('a/b', kept).save(1, { heap: true });
  new ViewArchive('a/b', kept).save(2, { collector: false });
  const archive = new ViewArchive('a/b', kept);
  expect(archive.restore(1)).toEqual({ heap: true });
  expect(archive.restore(2)).toEqual({ collector: false });
  expect(archive.restore(3)).toEqual({});
  expect(new ViewArchive('a/c', kept).restore(1)).toEqual({});
});

it('forgets what is not of its form', () => {
  for (const text of ['{', 'null', '[1]', '{"1":{"heap":"yes"}}']) {
    expect(new ViewArchive('a', storage({ 'heapbook:views:a': text })).restore(1)).toEqual({});
  }
});
