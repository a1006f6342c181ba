import { expect, expectAccessible, test } from './fixtures';

const pages = [
  '/',
  '/learn/',
  '/reference/divergences/',
  '/learn/counting-references/names-and-objects/',
  '/no-such-page/',
];

test('the home page leads to the first lesson in one click', async ({ home, lesson, page }) => {
  await home.open();
  await home.start.click();
  await expect(page).toHaveURL(/\/learn\/counting-references\/names-and-objects\/$/);
  await expect(lesson.course.locator('[aria-current=page]')).toBeVisible();
});

test('lessons lead from one to the next and back', async ({ lesson, page }) => {
  await lesson.open('counting-references/names-and-objects');
  const first = await lesson.title.textContent();
  await page.getByRole('navigation', { name: 'Previous and next lesson' }).getByRole('link', { name: /^Next/ }).click();
  await expect(lesson.title).not.toHaveText(String(first));
  await page
    .getByRole('navigation', { name: 'Previous and next lesson' })
    .getByRole('link', { name: /^Previous/ })
    .click();
  await expect(lesson.title).toHaveText(String(first));
});

test('the footer leads to the differences from CPython, each with what both print', async ({ home, page }) => {
  await home.open();
  await page.getByRole('contentinfo').getByRole('link', { name: 'Known differences from CPython' }).click();
  const entries = page.getByRole('main').getByRole('article');
  // The fourth is there once the page is: a count would be of the page before.
  await expect(entries.nth(3)).toBeVisible();
  for (const entry of await entries.all()) {
    const [cpython, heapbook] = await entry.locator('dd > code').allTextContents();
    expect(cpython).toBeTruthy();
    expect(heapbook).toBeTruthy();
    expect(heapbook).not.toBe(cpython);
  }
});

test('the theme follows the system, and a choice is remembered', async ({ home, page }) => {
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ colorScheme: 'light' });
  await home.open();
  const light = await background();
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await background();
  expect(dark).not.toBe(light);
  await expect(home.theme).toHaveAttribute('aria-pressed', 'true');
  await home.theme.click();
  await expect(home.theme).toHaveAttribute('aria-pressed', 'false');
  expect(await background()).toBe(light);
  await page.reload();
  expect(await background()).toBe(light);
});

test('on a phone the course is a disclosure above the lesson, and nothing is wider than the screen', async ({
  lesson,
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await lesson.open('counting-references/names-and-objects');
  const links = lesson.course.getByRole('link');
  await expect(links.first()).toBeHidden();
  await lesson.course.getByText('Course', { exact: true }).click();
  await expect(links.first()).toBeVisible();
  for (const path of pages) {
    await page.goto(path);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, path).toBe(0);
  }
});

test('the first stop of the keyboard skips to the content', async ({ lesson, page }) => {
  await lesson.open('counting-references/names-and-objects');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to the content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#main$/);
});

test('an address that does not exist says so and leads on', async ({ page }) => {
  const answer = await page.goto('/no-such-page/');
  expect(answer?.status()).toBe(404);
  await page.getByRole('main').getByRole('link', { name: 'See all lessons' }).click();
  await expect(page).toHaveURL(/\/learn\/$/);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing (${colorScheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    for (const path of pages) {
      await page.goto(path);
      await expectAccessible(page);
    }
  });
}
