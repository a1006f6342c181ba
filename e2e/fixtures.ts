/** What every browser test starts from: our page objects, and a page that has made no complaint. */
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { HomePage } from './pages/home-page';
import { LessonPage } from './pages/lesson-page';

interface Fixtures {
  home: HomePage;
  lesson: LessonPage;
  /** Fails the test when the page logs an error, breaks its own policy, or asks another host for something. */
  complaints: string[];
}

export const test = base.extend<Fixtures>({
  home: async ({ page }, use) => use(new HomePage(page)),
  lesson: async ({ page }, use) => use(new LessonPage(page)),
  complaints: [
    async ({ page, baseURL }, use) => {
      const complaints: string[] = [];
      const own = new URL(baseURL ?? 'http://localhost').origin;
      page.on('pageerror', (error) => complaints.push(`page error: ${error.message}`));
      page.on('console', (message) => {
        // The browser logs a 404 that a test asked for; everything else is ours.
        const isAnswer = message.text().startsWith('Failed to load resource');
        if (message.type() === 'error' && !isAnswer) complaints.push(`console: ${message.text()}`);
      });
      page.on('request', (request) => {
        const { origin, protocol } = new URL(request.url());
        if (/^https?:$/.test(protocol) && origin !== own) complaints.push(`asked another host: ${request.url()}`);
      });
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** No violation of any rule that axe knows, best practices included. */
export async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`)).toEqual(
    [],
  );
}
