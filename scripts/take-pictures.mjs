// npm run pictures: takes the README's pictures from the running site, in light and dark, into docs/images/. The first
// cell is run first, so what they show is what a reader sees.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser, ensureBuilt } from './ensure.mjs';
import { root } from './sources.mjs';

const port = process.env.PORT ?? '3220';
const executablePath = await ensureBrowser();
await ensureBuilt();
const { chromium } = await import('playwright');

const server = spawn(process.execPath, ['scripts/start.mjs'], {
  cwd: root,
  env: { ...process.env, PORT: port },
  stdio: 'pipe',
});
await new Promise((resolve) => server.stdout.once('data', resolve));
const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
try {
  mkdirSync(join(root, 'docs/images'), { recursive: true });
  for (const colorScheme of ['light', 'dark']) {
    const page = await browser.newPage({ viewport: { width: 1180, height: 860 }, deviceScaleFactor: 2, colorScheme });
    await page.goto(`http://localhost:${port}/learn/counting-references/names-and-objects/`);
    const cell = page.getByRole('region', { name: 'Cell 1', exact: true });
    await cell.getByRole('button', { name: 'Run cell' }).click();
    await cell.getByRole('table', { name: 'References' }).waitFor();
    await cell.evaluate((element) => window.scrollTo(0, element.getBoundingClientRect().top + window.scrollY - 200));
    await page.screenshot({ path: join(root, `docs/images/first-lesson-${colorScheme}.png`) });
    await page.close();
  }
} finally {
  await browser.close();
  server.kill();
}
