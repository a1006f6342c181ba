import { expect, test } from './fixtures';
import { writeCode } from './pages/cell-actions';

const names = 'counting-references/names-and-objects';

test('`while True: pass` stops at once, the page never freezes, and the names are still there', async ({
  lesson,
  page,
}) => {
  await lesson.open(names);
  await lesson.cell(1).run.click();
  await expect(lesson.cell(1).references).toBeVisible();

  const cell = lesson.cell(2);
  await writeCode(page, cell, 'while True: pass');
  await page.keyboard.press('Control+Enter');
  await expect(cell.interrupt).toBeVisible();
  // The longest time between two frames while the loop runs.
  const longest = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const start = performance.now();
        let last = start;
        let gap = 0;
        const tick = (now: number) => {
          gap = Math.max(gap, now - last);
          last = now;
          if (now - start > 1_500) resolve(gap);
          else requestAnimationFrame(tick);
        };
        requestAnimationFrame(tick);
      }),
  );
  expect(longest).toBeLessThan(500);

  const asked = Date.now();
  await cell.interrupt.click();
  await expect(cell.output).toContainText('KeyboardInterrupt');
  expect(Date.now() - asked).toBeLessThan(2_000);
  await expect(cell.interrupt).toBeHidden();
  await expect(cell.run).toBeFocused();

  await writeCode(page, cell, 'print(your_list)');
  await page.keyboard.press('Control+Enter');
  await expect(cell.output).toHaveText('[1, 2, 3]');
});

test('a loop that prints without end is cut off, and can be stopped', async ({ lesson, page }) => {
  await lesson.open(names);
  const cell = lesson.cell(1);
  await writeCode(page, cell, 'while True: print("again")');
  await page.keyboard.press('Control+Enter');
  await expect(cell.output).toContainText('again');
  await cell.interrupt.click();
  await expect(cell.output).toContainText('Output truncated');
  await expect(cell.output).toContainText('KeyboardInterrupt');
});

test('restarting the kernel ends a loop, too', async ({ lesson, page }) => {
  await lesson.open(names);
  const cell = lesson.cell(1);
  await writeCode(page, cell, 'while True: pass');
  await page.keyboard.press('Control+Enter');
  await expect(cell.interrupt).toBeVisible();
  await page.getByRole('button', { name: 'Restart kernel' }).click();
  await expect(cell.interrupt).toBeHidden();
  await lesson.cell(2).run.click();
  await expect(lesson.cell(2).output).toContainText('True');
});
