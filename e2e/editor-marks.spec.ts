import { expect, expectAccessible, test } from './fixtures';
import { focusedName, writeCode } from './pages/cell-actions';

const names = 'counting-references/names-and-objects';

test('the line that ran, the one that comes next, and chips tied to their tokens', async ({ lesson, page }) => {
  await lesson.open(names);
  const cell = lesson.cell(1);
  await cell.run.click();
  await cell.region.getByRole('button', { name: 'Previous line' }).click();
  const mark = (kind: string) => cell.region.locator(`[data-line-mark=${kind}]`);
  await expect(mark('ran')).toHaveAttribute('data-line', '2');
  await expect(mark('next')).toHaveAttribute('data-line', '3');
  await expect(cell.code).toHaveAccessibleDescription(/Line 2 just ran\. Line 3 comes next\./);

  const chip = cell.region.getByRole('button', { name: 'my_list: count from 1 to 2' });
  const token = cell.region.locator('.code-token');
  await expect(token).toHaveCount(0);
  await chip.focus();
  await expect(token).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(chip).toHaveAttribute('aria-pressed', 'true');
  await expect(cell.references.getByRole('button', { pressed: true })).toHaveCount(2);
  await chip.blur();
  await expect(token).toHaveCount(0);

  await cell.region.getByText('by instruction').click();
  await expect(token).toHaveCount(1);
  await expectAccessible(page);
});

test('a name says its object, count and holders, by pointer and by caret; Escape closes that first', async ({
  lesson,
  page,
}) => {
  await lesson.open(names);
  const cell = lesson.cell(1);
  await cell.run.click();
  await cell.region.getByRole('button', { name: 'Previous line' }).click();
  const popover = cell.region.getByRole('tooltip');
  await cell.code.hover({ position: { x: 12, y: 12 } });
  await expect(popover).toContainText('count 2');
  await expect(popover.getByRole('listitem')).toHaveText(['the name my_list', 'the name your_list']);
  await page.keyboard.press('Escape');
  await expect(popover).toHaveCount(0);
  await page.mouse.move(0, 0);

  await cell.code.focus();
  await expect(cell.region.locator('.monaco-editor')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(popover).toContainText('your_list');
  await page.keyboard.press('Escape');
  await expect(popover).toHaveCount(0);
  await expect.poll(() => focusedName(page)).toBe('Code of cell 1');
});

test('stops are set in the gutter and by F9, walked between, and stay with their lines', async ({ lesson, page }) => {
  await lesson.open(names);
  const cell = lesson.cell(1);
  await writeCode(page, cell, 'kept = []\nfor n in range(3):\n    kept.append([n])\nlast = kept');
  await page.keyboard.press('Control+Enter');
  await page.keyboard.press('ControlOrMeta+Home');
  for (const key of ['ArrowDown', 'ArrowDown', 'F9']) await page.keyboard.press(key);
  const stop = (line: number) => cell.region.getByRole('button', { name: `Stop at line ${line}` });
  await expect(stop(3)).toHaveAttribute('aria-pressed', 'true');

  await expect(cell.region.getByRole('slider')).toHaveAttribute('aria-valuetext', 'After line 4');
  const back = cell.region.getByRole('button', { name: 'Back to the previous stop' });
  const next = cell.region.locator('[data-line-mark=next]');
  await back.click();
  await expect(next).toHaveAttribute('data-line', '3');
  await cell.region.getByRole('button', { name: 'Previous line' }).click();
  await back.click();
  await expect(next).toHaveAttribute('data-line', '3');

  await stop(1).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(stop(2)).toHaveAttribute('aria-pressed', 'true');

  await cell.code.focus();
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.insertText('first = 1\n');
  await expect(stop(4)).toHaveAttribute('aria-pressed', 'true');
  await expect(stop(3)).toHaveAttribute('aria-pressed', 'true');
  await expect(stop(2)).toHaveAttribute('aria-pressed', 'false');
});
