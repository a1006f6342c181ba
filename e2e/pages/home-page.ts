import type { Locator, Page } from '@playwright/test';

export class HomePage {
  readonly start: Locator;
  readonly theme: Locator;

  constructor(readonly page: Page) {
    this.start = page.getByRole('link', { name: 'Start the first lesson' });
    this.theme = page.getByRole('button', { name: 'Dark theme' });
  }

  open = () => this.page.goto('/');
}
