// npm run pictures [-- NAME…]: takes the pictures of the README and of docs/ from the running site, in light and dark,
// into docs/images/. Cells are run and views are opened as a reader does, so what the pictures show is what a reader sees.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser, ensureBuilt } from './ensure.mjs';
import { root } from './sources.mjs';

const port = process.env.PORT ?? '3220';
const executablePath = await ensureBrowser();
await ensureBuilt();
const { chromium } = await import('playwright');

const lesson = (id) => `http://localhost:${port}/learn/${id}/`;
const cellOf = (page, number) => page.getByRole('region', { name: `Cell ${number}`, exact: true });
const viewOf = (cell, name) => cell.getByRole('region', { name, exact: true });

async function run(page, numbers) {
  for (const number of numbers) {
    const cell = cellOf(page, number);
    await cell.getByRole('button', { name: 'Run cell' }).click();
    await cell.getByText(`[${number}]`).waitFor();
    await cell
      .getByRole('slider')
      .or(cell.getByRole('button', { name: 'References', exact: true }))
      .first()
      .waitFor();
  }
}

async function open(cell, ...names) {
  for (const name of names) {
    const toggle = cell.getByRole('button', { name, exact: true });
    if ((await toggle.getAttribute('aria-pressed')) === 'false') await toggle.click();
    await viewOf(cell, name).waitFor();
  }
}

/** The lesson's leaking program, run up to cell `last`. */
async function leak(page, last) {
  await page.goto(lesson('finding-leaks/a-leak-found'));
  await run(
    page,
    [...Array(last).keys()].map((at) => at + 1),
  );
  return cellOf(page, last);
}

/** Selects what a name refers to, in the cell's References. */
async function select(cell, name) {
  await open(cell, 'References');
  const header = cell.page().getByRole('rowheader', { name, exact: true });
  const row = cell.getByRole('table', { name: 'References' }).getByRole('row').filter({ has: header });
  await row.getByRole('button', { pressed: false }).first().click();
}

/** By name of the picture: brings a page there, and says which part of it is the picture; null: the window. */
const pictures = {
  'first-lesson': async (page) => {
    await page.goto(lesson('counting-references/names-and-objects'));
    await run(page, [1]);
    const cell = cellOf(page, 1);
    await cell.getByRole('table', { name: 'References' }).waitFor();
    await open(cell, 'Heap graph');
    await cell.getByRole('button', { name: 'Previous line' }).click();
    await cell.evaluate((element) => window.scrollTo(0, element.getBoundingClientRect().top + window.scrollY - 90));
    return null;
  },
  'leak-growth': async (page) => {
    const cell = await leak(page, 3);
    await open(cell, 'Difference');
    return viewOf(cell, 'Difference');
  },
  'leak-why': async (page) => {
    const cell = await leak(page, 6);
    const before = cellOf(page, 5);
    await select(before, 'suspect');
    await viewOf(cell, 'Biography').getByText('server').first().waitFor();
    return viewOf(cell, 'Biography');
  },
  'leak-graph': async (page) => {
    await leak(page, 6);
    const cell = cellOf(page, 5);
    await open(cell, 'Heap graph');
    await select(cell, 'suspect');
    return viewOf(cell, 'Heap graph');
  },
};

/** The top of a long view, without what floats over the page. */
async function takePart(page, part, path) {
  await page.addStyleTag({ content: 'header { position: static !important; }' });
  await part.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await part.evaluate((element) => {
    const box = element.getBoundingClientRect();
    return { x: box.x + scrollX, y: box.y + scrollY, width: box.width, height: box.height };
  });
  const margin = 12;
  const clip = { x: x - margin, y, width: width + 2 * margin, height: Math.min(height, 760) };
  await page.screenshot({ path, clip, fullPage: true });
}

const wanted = process.argv.slice(2);
const server = spawn(process.execPath, ['scripts/start.mjs'], {
  cwd: root,
  env: { ...process.env, PORT: port },
  stdio: 'pipe',
});
await new Promise((resolve) => server.stdout.once('data', resolve));
const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
try {
  mkdirSync(join(root, 'docs/images'), { recursive: true });
  for (const [name, arrive] of Object.entries(pictures)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    for (const colorScheme of ['light', 'dark']) {
      const page = await browser.newPage({ viewport: { width: 1180, height: 860 }, deviceScaleFactor: 2, colorScheme });
      const part = await arrive(page);
      // What moves into place has arrived by then.
      await page.waitForTimeout(1_500);
      const path = join(root, `docs/images/${name}-${colorScheme}.png`);
      if (part === null) await page.screenshot({ path });
      else await takePart(page, part, path);
      await page.close();
    }
  }
} finally {
  await browser.close();
  server.kill();
}
