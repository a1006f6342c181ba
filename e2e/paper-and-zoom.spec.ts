/** Where there is little room, on paper, and in the reader's own colours: the same page, whole. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { writeCode } from './pages/cell-actions';
import type { CellObject, LessonPage } from './pages/lesson-page';

const names = 'counting-references/names-and-objects';
const VIEWS = ['References', 'Heap graph', 'Collector', 'Timeline', 'Biography', 'Bytecode', 'Allocator', 'Difference'];

/** Names and values wider than any phone. */
const LONG = [
  `class ${'A'.repeat(70)}: pass`,
  `${'a_long_name_'.repeat(6)} = ${'A'.repeat(70)}()`,
  `text = ${"'long '"} * 100`,
  `number = 12345678901234567890 ** 30`,
].join('\n');

/** The first cell, run, with every view open and its list selected. */
async function everythingOpen(lesson: LessonPage, also = ''): Promise<CellObject> {
  await lesson.open(names);
  const cell = lesson.cell(1);
  if (also !== '') await cell.code.fill(`${await cell.code.inputValue()}\n${also}`);
  await cell.run.click();
  for (const view of VIEWS) {
    const toggle = cell.region.getByRole('button', { name: view, exact: true });
    if ((await toggle.getAttribute('aria-pressed')) === 'false') await toggle.click();
    await expect(cell.region.getByRole('region', { name: view, exact: true })).toBeVisible();
  }
  await cell.references
    .getByRole('button', { name: /\[1, 2, 3\]/ })
    .first()
    .click();
  await expect(cell.region.getByRole('region', { name: 'Allocator', exact: true })).toContainText('Size classes');
  return cell;
}

const tooWide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

test('at 400 % zoom nothing is wider than the window', async ({ lesson, page }) => {
  await page.setViewportSize({ width: 320, height: 256 });
  const cell = await everythingOpen(lesson, LONG);
  expect(await tooWide(page)).toBeLessThanOrEqual(0);
  // Nothing is cut off at the edge of its view either, but where the view scrolls; and no word stands letter by letter.
  const cut = await cell.region.evaluate((region) =>
    [...region.querySelectorAll('figure :is(td, th, li, p)')]
      .filter((part) => part.closest('.overflow-x-auto') === null)
      .filter((part) => part.getBoundingClientRect().right > region.getBoundingClientRect().right + 1)
      .map((part) => part.textContent),
  );
  expect(cut).toEqual([]);
  const widths = await cell.references
    .locator('td button code')
    .evaluateAll((chips) =>
      chips.filter((chip) => chip.checkVisibility()).map((chip) => chip.getBoundingClientRect().width),
    );
  expect(Math.min(...widths)).toBeGreaterThan(50);
});

test("in the reader's own colours the editor serves, and what is selected has an edge", async ({ lesson, page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  const cell = await everythingOpen(lesson);
  const chosen = cell.references.getByRole('button', { pressed: true }).first();
  expect(await chosen.evaluate((button) => getComputedStyle(button).outlineStyle)).toBe('solid');
  await cell.code.fill('other = [4]');
  await cell.code.press('Control+Enter');
  await expect(cell.references).toContainText('other');
});

test('on paper the code and the pictures are whole, and there is nothing to press', async ({ lesson, page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  const cell = await everythingOpen(lesson);
  const long = `text = '${'long '.repeat(30)}'`;
  const other = lesson.cell(2);
  await writeCode(page, other, long);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(other.region.locator('.printed-code')).toHaveText(`1${long}\u200b`);
  await expect(other.region.locator('.printed-code')).toBeVisible();
  await expect(other.region.locator('.monaco-editor')).toBeHidden();
  for (const control of [cell.run, cell.reset, cell.region.getByRole('slider').first()])
    await expect(control).toBeHidden();
  for (const name of ['Copy as text', 'Close References', 'Tidy up', 'Show 24 classes more', 'Heap graph'])
    await expect(cell.region.getByRole('button', { name, exact: true })).toBeHidden();
  const ink = await cell.region.evaluate((region) => getComputedStyle(region).color);
  expect(ink).toBe('rgb(27, 28, 32)');
});
