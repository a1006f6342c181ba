import fc from 'fast-check';
import { expect, it } from 'vitest';
import { changeBetween, changed } from './changes';

const row = fc.record({ serial: fc.nat(6), label: fc.constantFrom('a', 'b', '__proto__'), tags: fc.array(fc.nat(2)) });
const plain = fc.record({
  at: fc.record({ run: fc.nat(2), step: fc.nat(3) }),
  rows: fc.array(row, { maxLength: 60 }),
  next: fc.option(row),
  any: fc.jsonValue(),
});

it('what changed makes the later value of the earlier one, also after it crossed as a message', () => {
  fc.assert(
    fc.property(plain, plain, (before, after) => {
      const change = structuredClone(changeBetween(before, after));
      expect(changed(before, change)).toEqual(after);
    }),
  );
});

it('nothing is told of what is equal, and a little of what changed a little', () => {
  const rows = Array.from({ length: 1_000 }, (_, serial) => ({ serial, names: ['x', String(serial)] }));
  const before = { rows, total: 1_000 };
  expect(changeBetween(before, structuredClone(before))).toBeNull();
  const later = structuredClone(rows);
  later[10] = { serial: 10, names: [] };
  later.splice(500, 20);
  later.push({ serial: 1_000, names: ['new'] });
  const change = changeBetween(before, { rows: later, total: 981 });
  expect(JSON.stringify(change).length).toBeLessThan(250);
  const after = changed(before, change) as typeof before;
  expect(after).toEqual({ rows: later, total: 981 });
  // What is the same is the same object.
  expect(after.rows[400]).toBe(rows[400]);
  expect(after.rows[600]).toBe(rows[620]);
});

it('refuses what is no change of the value', () => {
  for (const wrong of [3, 'x', {}, { list: [] }, { fields: 1 }]) expect(() => changed({ a: 1 }, wrong)).toThrow();
  expect(() => changed([1], { fields: {} })).toThrow();
  expect(() => changed([1], { list: [{ from: 0 }] })).toThrow();
});
