import type { Locator, Page } from '@playwright/test';

export class LessonPage {
  readonly course: Locator;
  readonly title: Locator;

  constructor(readonly page: Page) {
    this.course = page.getByRole('navigation', { name: 'Course' });
    this.title = page.getByRole('heading', { level: 1 });
  }

  open = (id: string) => this.page.goto(`/learn/${id}/`);
  cell = (index: number) => new CellObject(this.page, index);
}

/** One notebook cell, by the names that screen readers hear. */
export class CellObject {
  readonly region: Locator;
  readonly run: Locator;
  readonly reset: Locator;
  readonly interrupt: Locator;
  readonly output: Locator;
  readonly code: Locator;
  readonly references: Locator;
  readonly collector: Locator;

  constructor(page: Page, index: number) {
    this.region = page.getByRole('region', { name: `Cell ${index}`, exact: true });
    this.run = this.region.getByRole('button', { name: 'Run cell' });
    this.reset = this.region.getByRole('button', { name: 'Reset cell' });
    this.interrupt = this.region.getByRole('button', { name: 'Interrupt' });
    this.output = this.region.getByRole('log', { name: `Output of cell ${index}` });
    this.code = this.region.getByRole('textbox', { name: `Code of cell ${index}` });
    this.references = this.region.getByRole('table', { name: 'References' });
    this.collector = this.region.getByRole('region', { name: 'Collector', exact: true });
  }
}
