import { expect, test } from './fixtures';
import { writeCode } from './pages/cell-actions';

const names = 'counting-references/names-and-objects';

test('a changed cell is there again after a reload, until Reset brings the author’s code back', async ({
  lesson,
  page,
}) => {
  await lesson.open(names);
  const cell = lesson.cell(1);
  await writeCode(page, cell, 'mine = [1]');
  await expect(cell.region.getByText('edited', { exact: true })).toBeVisible();

  await page.reload();
  await expect(cell.code).toHaveValue('mine = [1]');
  await cell.run.click();
  await expect(cell.references.getByRole('rowheader', { name: 'mine' })).toBeVisible();

  await cell.reset.click();
  await expect(cell.code).toHaveValue(/^my_list = \[1, 2, 3\]/);
  await cell.region.getByRole('button', { name: 'Undo reset' }).click();
  await expect(cell.code).toHaveValue('mine = [1]');
  await cell.reset.click();
  await page.reload();
  await expect(cell.code).toHaveValue(/^my_list = \[1, 2, 3\]/);
  await expect(cell.region.getByText('edited', { exact: true })).toBeHidden();
});

test('what was typed just before leaving is kept', async ({ lesson, page }) => {
  await lesson.open(names);
  await writeCode(page, lesson.cell(2), 'last_words = []');
  await lesson.open('counting-references/what-happens-at-zero');
  await lesson.open(names);
  await expect(lesson.cell(2).code).toHaveValue('last_words = []');
  await expect(lesson.cell(1).code).toHaveValue(/^my_list/);
});

test('on a phone the plain editor does the same', async ({ browser, baseURL }) => {
  const context = await browser.newContext({
    baseURL,
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const page = await context.newPage();
  await page.goto(`/learn/${names}/`);
  const code = page.getByRole('textbox', { name: 'Code of cell 1' });
  const run = page.getByRole('region', { name: 'Cell 1', exact: true }).getByRole('button', { name: 'Run cell' });
  await expect(run).toBeEnabled();
  await code.fill('pocket = [1]');
  await run.tap();
  await expect(page.getByRole('rowheader', { name: 'pocket' })).toBeVisible();
  await expect(page.locator('.monaco-editor')).toHaveCount(0);
  await page.reload();
  await expect(code).toHaveValue('pocket = [1]');
  await context.close();
});
