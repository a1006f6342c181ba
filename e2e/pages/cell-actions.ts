import { expect, type Locator, type Page } from '@playwright/test';
import type { CellObject } from './lesson-page';

/** Replaces a cell's code as a learner does: by entering the editor and typing over everything. */
export async function writeCode(page: Page, cell: CellObject, code: string) {
  await cell.code.focus();
  // Typing works before Monaco is there, too; waiting for it makes the test take the usual way.
  await expect(cell.region.locator('.monaco-editor')).toBeVisible();
  await expect(cell.code).toBeFocused();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(code);
}

/** The Count column of the row for a name. */
export function countOf(cell: CellObject, name: string): Locator {
  const header = cell.region.page().getByRole('rowheader', { name, exact: true });
  return cell.references.getByRole('row').filter({ has: header }).getByRole('cell').nth(1);
}

export function focusedName(page: Page): Promise<string | null> {
  return page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null);
}

/** Presses Tab until the control with this name has the focus; a page never needs this many. */
export async function tabTo(page: Page, name: string) {
  for (let presses = 0; presses < 90; presses += 1) {
    if ((await focusedName(page)) === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reached “${name}”`);
}
