/** The recorded past in a real browser: every moment of a run, by keyboard alone and in every view. */
import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './fixtures';
import { countOf, focusedName, tabTo, writeCode } from './pages/cell-actions';
import type { CellObject } from './pages/lesson-page';

const names = 'counting-references/names-and-objects';

const VIEWS = ['References', 'Heap graph', 'Collector', 'Timeline', 'Biography', 'Bytecode', 'Allocator', 'Difference'];

const PHOENIX = [
  'import gc',
  'class Phoenix:',
  '    def __del__(self):',
  '        ashes.append(self)',
  'class Node: pass',
  'ashes = []',
  'bird, nest = Phoenix(), Node()',
  'bird.home, nest.owner = nest, bird',
  'alone, other = Node(), Node()',
  'alone.next, other.next = other, alone',
  'del bird, nest, alone, other',
  'gc.collect()',
].join('\n');

/** Where the slider says that the reader stands. */
const place = (cell: CellObject) => cell.region.getByRole('slider', { name: / of the run$/ });

async function runPhoenix(page: Page, cell: CellObject) {
  await writeCode(page, cell, PHOENIX);
  await page.keyboard.press('Control+Enter');
  await expect(cell.output).toContainText('2');
}

test('the classic example, forwards and backwards by keyboard alone', async ({ lesson, page }) => {
  await lesson.open(names);
  const cell = lesson.cell(1);
  await expect(cell.run).toBeEnabled();
  await tabTo(page, 'Code of cell 1');
  await page.keyboard.press('Escape');
  await expect.poll(() => focusedName(page)).toBe('Run cell');
  await page.keyboard.press('Enter');
  await expect(countOf(cell, 'your_list')).toHaveText('1');
  await expect(place(cell)).toHaveAttribute('aria-valuetext', 'After line 3');

  // The focus is still on Run: the keys are the cell's.
  await page.keyboard.press(',');
  await expect(place(cell)).toHaveAttribute('aria-valuetext', 'After line 2');
  await expect(countOf(cell, 'my_list')).toHaveText('2');
  await expect(cell.region).toContainText('its count goes from 1 to 2');
  await page.keyboard.press('Home');
  await expect(cell.region).toContainText('there are no names yet');
  await page.keyboard.press('.');
  await expect(countOf(cell, 'my_list')).toHaveText('1');
  await page.keyboard.press('End');
  await expect(countOf(cell, 'your_list')).toHaveText('1');

  // By instruction, without leaving the view by line.
  await page.keyboard.press('Alt+,');
  await expect(place(cell)).not.toHaveAttribute('aria-valuetext', 'After line 3');
  await page.keyboard.press('End');
});

test('a collection with a finalizer that resurrects, phase by phase, by keyboard alone', async ({ lesson, page }) => {
  await lesson.open(names);
  const cell = lesson.cell(1);
  await runPhoenix(page, cell);
  await page.keyboard.press('Escape');
  await expect.poll(() => focusedName(page)).toBe('Run cell');

  // Back through the lines of the finalizer: before the `del` the four have their names.
  for (let line = 0; line < 8 && (await place(cell).getAttribute('aria-valuetext')) !== 'After line 10'; line += 1) {
    await page.keyboard.press(',');
    await page.waitForTimeout(100);
  }
  await expect(place(cell)).toHaveAttribute('aria-valuetext', 'After line 10');
  await expect(countOf(cell, 'bird')).toHaveText('2');
  await page.keyboard.press('End');

  const { collector } = cell;
  await expect(collector).toContainText('Resurrected');
  await tabTo(page, 'Previous phase');
  await tabTo(page, 'Next phase');
  for (const phase of ['Inside subtracted', 'Set aside', 'Moved back', 'Weak references', 'Finalizers']) {
    await page.keyboard.press('Enter');
    await expect(collector.getByRole('tab', { selected: true })).toContainText(phase);
  }
  await expect(collector).toContainText('Phoenix object');
  await page.keyboard.press('Enter');
  await expect(collector.getByRole('tab', { selected: true })).toContainText('Resurrection check');
  await page.keyboard.press('Enter');
  await expect(collector.getByRole('tab', { selected: true })).toContainText('Cleared');
});

test('an object that is selected is selected in every view, and the views stay open', async ({ lesson, page }) => {
  await lesson.open(names);
  const cell = lesson.cell(1);
  await cell.run.click();
  await cell.region.getByRole('button', { name: 'Heap graph', exact: true }).click();
  await cell.region.getByRole('button', { name: 'Biography', exact: true }).click();
  await cell.references
    .getByRole('button', { name: /\[1, 2, 3\]/ })
    .first()
    .click();
  const biography = cell.region.getByRole('region', { name: 'Biography', exact: true });
  await expect(biography).toContainText('line 1');
  await page.reload();
  await lesson.cell(1).run.click();
  await expect(lesson.cell(1).region.getByRole('region', { name: 'Biography', exact: true })).toBeVisible();
  await expect(lesson.cell(1).region.getByRole('region', { name: 'Heap graph', exact: true })).toBeVisible();
});

test('any run of the session can be gone to', async ({ lesson }) => {
  await lesson.open(names);
  const cell = lesson.cell(1);
  await cell.run.click();
  await expect(countOf(cell, 'your_list')).toHaveText('1');
  await lesson.cell(2).run.click();
  await expect(lesson.cell(2).references).toBeVisible();
  await cell.run.click();
  const chooser = cell.region.getByRole('combobox', { name: 'Run', exact: true });
  await chooser.selectOption({ label: 'cell 2' });
  await expect(cell.region).toContainText('You are looking at');
  await cell.region.getByRole('button', { name: /^Back to this cell/ }).click();
  await expect(cell.region).not.toContainText('You are looking at');
});

const GROWING = [
  'class Node:',
  '    def __init__(self, up):',
  '        self.up = up',
  'nodes = [Node(None)]',
  'for turn in range(25):',
  '    nodes.append(Node(nodes[-1]))',
  '    if turn % 3 == 0:',
  '        gone = nodes.pop(0)',
  '    last = [turn]',
].join('\n');

/** All that the cell says of the moment: each open view, the sentence, the marks beside the code. */
const toldBy = (cell: CellObject) =>
  cell.region.evaluate((region) => {
    const texts = [...region.querySelectorAll('[data-view]')].map((view) => view.textContent);
    const marks = [...region.querySelectorAll('[data-line-mark]')].map((mark) => {
      const { lineMark, line } = (mark as HTMLElement).dataset;
      return `${lineMark} ${line}`;
    });
    const chips = [...region.querySelectorAll('[data-chip]')].map((chip) => chip.getAttribute('aria-label'));
    const story = region.querySelector('[aria-live]')?.textContent;
    return [...texts, ...marks.sort(), ...chips, story];
  });

/** Moves the slider from place to place: without a pause once a frame, as a pointer that is quick does. */
const drag = (cell: CellObject, places: readonly number[], pause = 0) =>
  place(cell).evaluate(
    async (slider, [all, ms]) => {
      const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value') ?? {};
      for (const each of all) {
        set?.call(slider, String(each));
        slider.dispatchEvent(new Event('input', { bubbles: true }));
        if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
        else await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    },
    [places, pause] as const,
  );

test('after a quick drag every open view shows the moment where it ended', async ({ lesson, page }) => {
  test.slow();
  await lesson.open(names);
  const cell = lesson.cell(1);
  await writeCode(page, cell, GROWING);
  await page.keyboard.press('Control+Enter');
  await expect.poll(async () => Number(await place(cell).getAttribute('max'))).toBeGreaterThan(80);
  for (const view of VIEWS) {
    const toggle = cell.region.getByRole('button', { name: view, exact: true });
    if ((await toggle.getAttribute('aria-pressed')) === 'false') await toggle.click();
  }
  const length = Number(await place(cell).getAttribute('max'));
  const there = Math.round(length / 2);
  // Every object gets its letter when it is first met: here, so that they are the same before and after.
  await drag(cell, [...Array(length + 1).keys()], 150);
  // Where the drag will end, come to with a single move and time to draw.
  await place(cell).fill(String(there));
  await page.waitForTimeout(3_000);
  const wanted = await toldBy(cell);
  expect(wanted.join(' ')).toContain('Node');

  const way = Array.from({ length: 60 }, (_, at) => Math.round((length * at) / 60));
  await drag(cell, [...way, ...way.toReversed(), there]);
  await expect(place(cell)).toHaveValue(String(there));
  await expect.poll(() => toldBy(cell), { timeout: 15_000 }).toEqual(wanted);

  // The keys go on from there, at once.
  await page.keyboard.press('Escape');
  await page.keyboard.press('.');
  await expect(place(cell)).toHaveValue(String(there + 1));
  await expect.poll(async () => (await toldBy(cell)).join()).not.toEqual(wanted.join());
});

for (const [colorScheme, width] of [
  ['light', 1280],
  ['dark', 390],
] as const) {
  test(`axe finds nothing with every view open (${colorScheme}, ${width} px)`, async ({ lesson, page }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await lesson.open(names);
    const cell = lesson.cell(1);
    await cell.run.click();
    await expect(place(cell)).toBeVisible();
    for (const view of VIEWS) {
      const toggle = cell.region.getByRole('button', { name: view, exact: true });
      if ((await toggle.getAttribute('aria-pressed')) === 'false') await toggle.click();
      await expect(cell.region.getByRole('region', { name: view, exact: true })).toBeVisible();
    }
    await cell.references
      .getByRole('button', { name: /\[1, 2, 3\]/ })
      .first()
      .click();
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wider).toBeLessThanOrEqual(0);
    await expectAccessible(page);
  });
}
