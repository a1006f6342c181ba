import { expect, it } from 'vitest';
import { HURRY_MS, Pacer } from './pacer';

/** A clock that stands still but for what is drawn. */
function paced() {
  let now = 1_000;
  const frames: (() => void)[] = [];
  const drawn: string[] = [];
  const pacer = new Pacer({
    now: () => now,
    onFrame: (callback) => frames.push(callback),
    drawNow: (draw) => draw(),
  });
  const view = (name: string) => {
    const key = { name };
    const drawing = (moment: number, ms: number) => () => {
      drawn.push(`${name}${moment}`);
      now += ms;
    };
    return {
      later: (moment: number, ms: number) => pacer.later(key, drawing(moment, ms)),
      soon: (moment: number) => pacer.soon(key, drawing(moment, 0)),
      forget: () => pacer.forget(key),
    };
  };
  const frame = () => {
    for (const callback of frames.splice(0)) callback();
    return drawn.splice(0).join(' ');
  };
  const wait = (ms: number) => {
    now += ms;
  };
  return { pacer, view, frame, frames, drawn, wait };
}

it('draws as many views in a frame as there is time for, each in its turn, and each with the newest', () => {
  const { view, frame, frames } = paced();
  const [a, b, c] = [view('a'), view('b'), view('c')];
  const seen: string[] = [];
  for (let moment = 1; moment <= 5; moment++) {
    a.later(moment, 2);
    b.later(moment, 9);
    c.later(moment, 1);
    seen.push(frame());
  }
  // b takes more than a frame has: c comes first in the next one, with what it was given by then.
  expect(seen).toEqual(['a1 b1', 'c2 a2 b2', 'a3 b3', 'c4 a4 b4', 'a5 b5']);
  expect(frames).toHaveLength(1);
  expect(frame()).toBe('c5');
  expect(frames).toHaveLength(0);
});

it('goes on until every view has come to the last moment', () => {
  const { view, frame } = paced();
  const views = ['a', 'b', 'c', 'd'].map(view);
  for (let moment = 1; moment <= 3; moment++) {
    for (const each of views) each.later(moment, 8);
    frame();
  }
  const rest = [frame(), frame(), frame(), frame(), frame()];
  expect(rest.filter((text) => text !== '').sort()).toEqual(['a3', 'b3', 'd3']);
});

it('does not draw what is gone, and a fault of one view does not keep the others waiting', () => {
  const { pacer, view, frame, frames } = paced();
  const [a, b] = [view('a'), view('b')];
  a.later(1, 1);
  pacer.later({}, () => {
    throw new Error('torn');
  });
  b.later(1, 1);
  a.forget();
  expect(frame).toThrow('torn');
  expect(frames).toHaveLength(1);
  expect(frame()).toBe('b1');
});

it('a single move is no hurry; moves in a row are, until none has come for a while', () => {
  const { pacer, view, frame, wait } = paced();
  const a = view('a');
  expect(pacer.move(false)).toBe(false);
  a.soon(1);
  wait(HURRY_MS / 2);
  expect(pacer.move(false)).toBe(true);
  a.soon(2);
  a.soon(3);
  expect(frame()).toBe('a1 a3');
  expect(pacer.toRest).toBe(HURRY_MS);
  wait(HURRY_MS + 1);
  expect(pacer.toRest).toBe(0);
  a.soon(4);
  expect(frame()).toBe('a4');
  // A drag is one from its first move on.
  wait(1_000);
  expect(pacer.move(true)).toBe(true);
});
