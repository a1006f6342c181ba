// A Chromium of its own for a measurement: nothing cached, no services of the vendor's in the background.
import { chromium } from '@playwright/test';
import { ensureBrowser } from '../../scripts/ensure.mjs';

let path;

export async function launch() {
  path ??= { executablePath: await ensureBrowser() };
  return chromium.launch({
    ...path,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}
