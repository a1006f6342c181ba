import { expect, test } from 'vitest';
import { bootInterpreter } from '../boot';
import { newList } from '../objects/list';
import { History } from './history';

test('what died while nothing was recorded has no name any more, nor has what lies there now', () => {
  const { ip } = bootInterpreter({ profile: '3.14', words: 1 << 22 });
  const history = new History(ip);
  const [gone, buried, kept] = [newList(ip, []), newList(ip, []), newList(ip, [])];
  history.adopt(ip);
  for (const h of [gone, buried, kept]) history.noteName(h, `n${h}`, true, 1);
  const serial = history.serialOf(buried);
  history.mark(ip);
  ip.decref(gone);
  ip.decref(buried);
  const other = newList(ip, []);
  expect(other).toBe(buried);
  history.adopt(ip);
  expect([...history.named.values()].map(({ handle }) => handle)).toEqual([kept]);
  expect(history.serialOf(other)).toBeGreaterThan(serial);
});
