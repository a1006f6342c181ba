// Brings a clone into the state a command needs and does nothing when it is there already.
//   node scripts/ensure.mjs [install] [build] [browser]
// Node built-ins only up to the end of `install`: a fresh clone has no packages.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, openSync, closeSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { digest, isProduct, root } from './sources.mjs';

const at = (path) => join(root, path);
const read = (path) => (existsSync(at(path)) ? readFileSync(at(path), 'utf8').trim() : '');
const say = (text) => process.stderr.write(`heapbook: ${text}\n`);

function run(command, args, options = {}) {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...options.env };
  const done = spawnSync(command, args, { cwd: root, stdio: options.quiet ? 'pipe' : ['ignore', 2, 2], env });
  return done.status === 0;
}

function must(what, command, args, options) {
  if (run(command, args, options)) return;
  say(`${what} failed`);
  process.exit(1);
}

/** Only one process at a time installs or builds; a lock whose holder is dead is taken over. */
async function exclusively(name, work) {
  mkdirSync(at('.cache'), { recursive: true });
  const lock = at(`.cache/${name}.lock`);
  for (let waited = 0; ; waited++) {
    try {
      const file = openSync(lock, 'wx');
      writeSync(file, String(process.pid));
      closeSync(file);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const holder = Number(existsSync(lock) && readFileSync(lock, 'utf8'));
      if (holder && !isAlive(holder)) rmSync(lock, { force: true });
      else if (waited === 0) say(`waiting for another ${name} to finish`);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** node_modules as the lockfile says. npm leaves its own copy of the lockfile there, which tells us what was installed. */
export async function ensureInstalled() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 20)) {
    say(`Node 20.20 or later is needed; this is ${process.versions.node}`);
    process.exit(1);
  }
  const stamp = 'node_modules/.heapbook-stamp';
  const wanted = digest(['package-lock.json']);
  if (read(stamp) === wanted) return;
  await exclusively('install', async () => {
    if (read(stamp) === wanted) return;
    if (!isInstalled()) {
      say('installing packages (about a minute, once)');
      // Under `npm start` npm says where it is; that also works where `npm` is a script that cannot be spawned.
      const cli = process.env.npm_execpath;
      const [command, ...start] = cli?.endsWith('npm-cli.js') ? [process.execPath, cli] : ['npm'];
      must('npm ci', command, [...start, 'ci', '--no-audit', '--no-fund'], {
        // A parent `npm` hands its own configuration down; `npm ci` must not inherit `--silent` and the like.
        env: { npm_config_loglevel: 'error' },
      });
    }
    writeFileSync(at(stamp), wanted);
  });
}

/** True when every package of the lockfile that belongs on this platform stands in node_modules in its version. */
function isInstalled() {
  if (!existsSync(at('node_modules/.package-lock.json'))) return false;
  const have = JSON.parse(read('node_modules/.package-lock.json')).packages;
  const want = JSON.parse(read('package-lock.json')).packages;
  return Object.entries(want).every(
    ([path, entry]) => path === '' || entry.optional || have[path]?.version === entry.version,
  );
}

const siteSources = [
  'app',
  'components',
  'content',
  'lib',
  'public',
  'mdx-components.tsx',
  'next.config.mjs',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
  'scripts/finish-site.mjs',
  'scripts/build-kernel.mjs',
  'scripts/build-library.mjs',
  // A page is made from them.
  'tests/divergences',
];

/** The exported site in out/, and in build/ what the server needs beside it. */
export async function ensureBuilt() {
  await ensureInstalled();
  const wanted = () => digest(siteSources, isProduct);
  const stamp = 'build/site.stamp';
  // The stamp alone does not tell that somebody removed out/.
  const isBuilt = (sources) => read(stamp) === sources && existsSync(at('out/index.html'));
  if (isBuilt(wanted())) return;
  await exclusively('build', async () => {
    const sources = wanted();
    if (isBuilt(sources)) return;
    say('building the site');
    const { buildKernel, kernelAddress } = await import('./build-kernel.mjs');
    const kernel = kernelAddress();
    must('next build', process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
      env: { HEAPBOOK_KERNEL: kernel },
    });
    await buildKernel(kernel);
    const { buildLibrary } = await import('./build-library.mjs');
    await buildLibrary();
    const { finishSite } = await import('./finish-site.mjs');
    await finishSite();
    writeFileSync(at(stamp), sources);
  });
}

/**
 * The path of a Chromium that starts, or undefined for the one that Playwright manages itself.
 * Tried in order: CHROMIUM_PATH, Playwright's own, the system's, a download, Debian's package.
 */
export async function ensureBrowser() {
  await ensureInstalled();
  const found = await findBrowser();
  if (found !== null) return found;
  say('no Chromium found: asking Playwright for one');
  if (run(process.execPath, ['node_modules/playwright/cli.js', 'install', 'chromium'])) {
    const managed = await findBrowser();
    if (managed !== null) return managed;
  }
  if (process.platform === 'linux') {
    say("installing Debian's chromium");
    const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
    const apt = (...args) => {
      const [command, ...rest] = [...sudo, 'apt-get', ...args];
      return run(command, rest, { env: { DEBIAN_FRONTEND: 'noninteractive' } });
    };
    apt('update', '-qq');
    if (apt('install', '-y', '-qq', '--no-install-recommends', 'chromium')) {
      const system = await findBrowser();
      if (system !== null) return system;
    }
  }
  say('no Chromium could be found or installed: set CHROMIUM_PATH to one');
  process.exit(1);
}

async function findBrowser() {
  const { chromium } = await import(pathToFileURL(at('node_modules/playwright/index.mjs')).href);
  const starts = (path) => existsSync(path) && run(path, ['--version'], { quiet: true });
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) {
    if (starts(chosen)) return chosen;
    say(`CHROMIUM_PATH is ${chosen}, which does not start`);
    process.exit(1);
  }
  if (starts(chromium.executablePath())) return undefined;
  const system = [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ];
  return system.find(starts) ?? null;
}

if (process.argv[1] === at('scripts/ensure.mjs')) {
  const steps = { install: ensureInstalled, build: ensureBuilt, browser: ensureBrowser };
  for (const name of process.argv.slice(2)) {
    if (!Object.hasOwn(steps, name)) {
      say(`unknown step ${name}; known are ${Object.keys(steps).join(', ')}`);
      process.exit(2);
    }
    await steps[name]();
  }
}
