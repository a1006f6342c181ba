// npm test: everything, from a bare clone. Installs what is missing, then checks, unit and conformance tests, the
// build, and the browser tests; the last line is the sum. A part that could not run counts as one failure.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { check } from './check.mjs';
import { ensureBrowser, ensureBuilt } from './ensure.mjs';
import { root } from './sources.mjs';

const total = { passed: 0, failed: 0, skipped: 0 };
const add = (part, { passed = 0, failed = 0, skipped = 0 }) => {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  console.log(`\n${part}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
};

const results = join(root, 'test-results');
mkdirSync(results, { recursive: true });

/** Runs a test runner that writes a JSON report, and reads the report. */
function report(part, args, file, read, env) {
  const path = join(results, file);
  rmSync(path, { force: true });
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  const counts = existsSync(path) ? read(JSON.parse(readFileSync(path, 'utf8'))) : { failed: 1 };
  // A runner may end badly without a failed test: an unhandled error, a file that could not be loaded, no test at all.
  if (status !== 0 && !counts.failed) counts.failed = 1;
  add(part, counts);
}

// Both first: when a machine cannot get a browser, that is known at once and not after ten minutes.
const browser = await ensureBrowser();

const checked = await check();
add('checks', { passed: checked.passed, failed: checked.failed.length });

report(
  'unit and conformance tests',
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    '--outputFile.json=test-results/vitest.json',
  ],
  'vitest.json',
  (vitest) => ({ passed: vitest.numPassedTests, failed: vitest.numFailedTests, skipped: vitest.numPendingTests }),
);

await ensureBuilt();
report(
  'browser tests',
  ['node_modules/@playwright/test/cli.js', 'test'],
  'playwright.json',
  ({ stats }) => ({ passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped }),
  { ...(browser && { CHROMIUM_PATH: browser }), PLAYWRIGHT_JSON_OUTPUT_FILE: join(results, 'playwright.json') },
);

console.log();
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`);
process.exit(total.failed > 0 ? 1 : 0);
