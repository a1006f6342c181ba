import { expect, expectAccessible, test } from './fixtures';
import { countOf, focusedName, tabTo, writeCode } from './pages/cell-actions';

const names = 'counting-references/names-and-objects';
const cycles = 'counting-references/when-counting-is-not-enough';

test('the classic example counts 1, 2, 1, and names who holds the list', async ({ lesson }) => {
  await lesson.open(names);
  const cell = lesson.cell(1);
  await cell.run.click();
  await expect(countOf(cell, 'your_list')).toHaveText('1');
  await expect(cell.references.getByRole('rowheader', { name: 'my_list', exact: true })).toHaveCount(0);

  const previous = cell.region.getByRole('button', { name: 'Previous line' });
  await previous.click();
  await expect(countOf(cell, 'my_list')).toHaveText('2');
  await expect(countOf(cell, 'your_list')).toHaveText('2');
  await expect(cell.region).toContainText('its count goes from 1 to 2');
  await cell.region.getByRole('button', { name: 'Holders of my_list' }).click();
  const holders = cell.references.getByRole('listitem');
  await expect(holders).toHaveText(['the name my_list', 'the name your_list']);

  await previous.click();
  await expect(countOf(cell, 'my_list')).toHaveText('1');
  await expect(cell.references.getByRole('rowheader')).toHaveCount(1);
});

test('the slider walks through the lines by the arrow keys and marks the line', async ({ lesson, page }) => {
  await lesson.open(names);
  const cell = lesson.cell(1);
  await cell.run.click();
  const slider = cell.region.getByRole('slider', { name: 'Line of the run' });
  await slider.focus();
  await expect(slider).toHaveAttribute('aria-valuetext', 'After line 3');
  await page.keyboard.press('ArrowLeft');
  await expect(slider).toHaveAttribute('aria-valuetext', 'After line 2');
  await expect(cell.region.locator('[data-line-mark=ran]')).toHaveAttribute('data-line', '2');
  await page.keyboard.press('Home');
  await expect(cell.region).toContainText('there are no names yet');
  await page.keyboard.press('End');
  await expect(countOf(cell, 'your_list')).toHaveText('1');
});

test('a third alias gives a new truth', async ({ lesson, page }) => {
  await lesson.open(names);
  const cell = lesson.cell(1);
  await writeCode(page, cell, 'my_list = [1, 2, 3]\nyour_list = my_list\ntheir_list = my_list\ndel my_list');
  await page.keyboard.press('Control+Enter');
  await expect(countOf(cell, 'their_list')).toHaveText('2');
  await expect(countOf(cell, 'your_list')).toHaveText('2');
  await cell.region.getByRole('button', { name: 'Previous line' }).click();
  await expect(countOf(cell, 'my_list')).toHaveText('3');
});

test('the cells of a page share one kernel, and run all runs what is in sight', async ({ lesson, page }) => {
  await lesson.open(names);
  await page.getByRole('button', { name: 'Run all' }).click();
  await expect(lesson.cell(2).output).toContainText('[1, 2, 3, 4]');
  await expect(lesson.cell(3).output).toContainText('True');
  await page.getByRole('button', { name: 'Restart kernel' }).click();
  await expect(page.getByText('All names and objects are gone')).toBeVisible();
  await lesson.cell(3).run.click();
  await expect(lesson.cell(3).output).toContainText("NameError: name 'my_list' is not defined");
});

test('a cycle survives del, and the collector finds the two', async ({ lesson, page }) => {
  await lesson.open(cycles);
  for (const number of [1, 2, 3]) await lesson.cell(number).run.click();
  await expect(countOf(lesson.cell(2), 'anna')).toHaveText('2');
  const names = lesson.cell(3);
  await expect(names.output).toContainText('Anna is alive: True');
  await expect(names.references.getByText('no name')).toHaveCount(2);

  const collected = lesson.cell(4);
  await collected.run.click();
  await expect(collected.output).toContainText('unreachable: 2');
  await expect(collected.output).toContainText('Anna is alive: False');
  await expect(collected.collector).toContainText('2 objects collected');
  await expect(collected.collector.getByText('Found unreachable')).toBeVisible();
  await expect(collected.collector.getByText(/Person object/).first()).toBeVisible();
  await expect(collected.region.getByRole('list', { name: 'Freed objects' })).toContainText('collected with its cycle');
  await expectAccessible(page);
});

test('the lesson can be done by keyboard alone', async ({ lesson, page }) => {
  await lesson.open(names);
  await expect(lesson.cell(1).run).toBeEnabled();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await tabTo(page, 'Code of cell 1');
  await page.keyboard.press('Shift+Enter');
  await expect(countOf(lesson.cell(1), 'your_list')).toHaveText('1');
  await expect.poll(() => focusedName(page)).toBe('Code of cell 2');

  await page.keyboard.press('Control+Enter');
  await expect(lesson.cell(2).output).toContainText('True');
  await expect.poll(() => focusedName(page)).toBe('Code of cell 2');

  // Out of the editor, which Tab alone would not leave, and on through the cell to the next one.
  await page.keyboard.press('Escape');
  await expect.poll(() => focusedName(page)).toBe('Run cell');
  await tabTo(page, 'Previous line');
  await page.keyboard.press('Enter');
  await tabTo(page, 'Line of the run');
  await tabTo(page, 'Holders of my_list');
  await page.keyboard.press('Enter');
  await expect(lesson.cell(2).references.getByText('the name').filter({ visible: true })).toHaveCount(2);
  await tabTo(page, 'Code of cell 3');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in a lesson that was worked through (${colorScheme})`, async ({ lesson, page }) => {
    await page.emulateMedia({ colorScheme });
    await lesson.open(names);
    await page.getByRole('button', { name: 'Run all' }).click();
    await expect(lesson.cell(4).references).toBeVisible();
    await lesson
      .cell(1)
      .region.getByRole('button', { name: /^Holders of/ })
      .click();
    await writeCode(page, lesson.cell(2), 'print(1 / 0)');
    await page.keyboard.press('Control+Enter');
    await expect(lesson.cell(2).output).toContainText('ZeroDivisionError');
    await expect(lesson.cell(2).region.locator('[data-line-mark=error]')).toHaveAttribute('data-line', '1');
    await expectAccessible(page);
  });
}

test('opening the editor moves nothing', async ({ lesson }) => {
  await lesson.open(names);
  const cell = lesson.cell(1);
  const place = (scope: string) =>
    cell.region.locator(scope).evaluate((root) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const at = walker.currentNode.textContent?.indexOf('del') ?? -1;
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(walker.currentNode, at);
        range.setEnd(walker.currentNode, at + 3);
        const { x, y, width } = range.getBoundingClientRect();
        return {
          x: x + scrollX,
          y: y + scrollY,
          width,
          color: getComputedStyle(walker.currentNode.parentElement!).color,
        };
      }
      return null;
    });
  const height = async () => (await cell.region.boundingBox())?.height;
  const before = { ...(await place('pre')), height: await height() };
  await cell.code.click();
  await expect(cell.region.locator('.view-lines')).toContainText('del');
  expect({ ...(await place('.view-lines')), height: await height() }).toEqual(before);
});
