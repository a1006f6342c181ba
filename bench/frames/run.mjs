// npm run bench:frames [-- --runs=3] [-- --seconds=6]
//
// How smoothly time is walked through: the slider under a cell is dragged, a new place each frame, over the run of a
// program with a heap of 2,000 objects, with the heap graph open beneath it, as it opens and with all drawn that a
// reading lists. Told are the times between frames in Chromium, the CPU time of the page's thread per frame, which a busy
// machine moves little, and how often the picture was drawn anew meanwhile: one that stands still would be smooth, too.
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from '../../scripts/ensure.mjs';
import { root } from '../../scripts/sources.mjs';

const options = Object.fromEntries(process.argv.slice(2).map((word) => word.replace(/^--/, '').split('=')));
const runs = Number(options.runs ?? 3);
const seconds = Number(options.seconds ?? 6);

await ensureBuilt();
const { launch } = await import('../lib/browser.mjs');
const { ourSite, serve } = await import('../lib/sites.mjs');
const { markdownTable, summary, withSpread } = await import('../lib/stats.mjs');

/** A tree of 341 nodes of six objects each, with links back, and then 300 lines that change a little of it each. */
const PROGRAM = `class Node:
    def __init__(self, name, up):
        self.name = name
        self.up = up
        self.below = []
        self.data = [name]
        self.tags = {name: up}

root = Node("root", None)
level = [root]
made = 1
while made < 300:
    fresh = []
    for node in level:
        for _ in range(4):
            child = Node(f"n{made}", node)
            made += 1
            node.below.append(child)
            fresh.append(child)
    level = fresh
for step in range(300):
    node = root.below[step % 4].below[step % 3]
    node.data.append([step])
    if step % 7 == 0:
        node.data.clear()
    extra = [node]
`;

const site = await serve(await ourSite());
const browser = await launch();
const record = {
  chromium: browser.version(),
  runs,
  seconds,
  cores: availableParallelism(),
  loadBefore: loadavg(),
  views: {},
};
try {
  for (let i = 0; i < runs; i++)
    for (const [view, taken] of Object.entries(await measure()))
      record.views[view] = [...(record.views[view] ?? []), taken];
} finally {
  await browser.close();
  site.close();
}
record.loadAfter = loadavg();

const rows = Object.entries(record.views).map(([view, taken]) => {
  const of = (key, unit, digits) => withSpread(summary(taken.map((each) => each[key])), unit, digits);
  return [
    view,
    taken.map((each) => each.boxes).join(', '),
    of('median', 'ms', 1),
    of('p95', 'ms', 1),
    of('worst', 'ms'),
    of('late', '%', 1),
    of('cpu', 'ms', 1),
    of('drawn', '/s'),
  ];
});
console.log(
  [
    `**Dragging the slider over a heap of 2,000 objects**, ${seconds} s each (Chromium ${record.chromium})`,
    markdownTable(
      [
        'view',
        'boxes',
        'frame, median',
        '95 of 100 within',
        'worst',
        'later than 25 ms',
        'CPU of the page a frame',
        'pictures',
      ],
      rows,
    ),
    `${record.cores} cores, load average ${record.loadBefore[0].toFixed(1)} before and ${record.loadAfter[0].toFixed(1)} after; medians of ${runs}, ± half of the range.`,
  ].join('\n\n'),
);
const results = join(root, 'bench', 'results');
mkdirSync(results, { recursive: true });
writeFileSync(
  join(results, `frames-${new Date().toISOString().replace(/[:.]/g, '-')}.json`),
  `${JSON.stringify(record, null, 2)}\n`,
);

async function measure() {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  try {
    await page.goto(`${site.origin}/learn/counting-references/names-and-objects/`);
    const cell = page.getByRole('region', { name: 'Cell 1', exact: true });
    await cell.locator('.code-area').first().click();
    await cell.locator('.monaco-editor textarea, .monaco-editor .native-edit-context, textarea').first().waitFor();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(PROGRAM);
    await cell.getByRole('button', { name: /^run/i }).first().click();
    const heap = cell.locator('[data-view=heap]');
    const button = cell.getByRole('button', { name: /^Heap graph/ }).first();
    await button.waitFor({ timeout: 60_000 });
    if ((await heap.count()) === 0) await button.click();
    await heap.locator('.heap-canvas [data-box]').first().waitFor({ timeout: 60_000 });
    await page.waitForTimeout(1_500);
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const cpu = async () =>
      (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
    const dragged = async () => {
      const before = await cpu();
      const taken = await page.evaluate(drag, seconds);
      return { ...taken, cpu: ((await cpu()) - before) / (seconds * 60) };
    };
    const views = { 'as it opens': await dragged() };
    const more = heap.getByRole('button', { name: 'Draw more' });
    for (let i = 0; i < 6 && (await more.count()) > 0; i++) {
      await more.click();
      await page.waitForTimeout(300);
    }
    await page.waitForTimeout(1_500);
    views['all that a reading lists'] = await dragged();
    return views;
  } finally {
    await context.close();
  }
}

/** Runs in the page: moves the slider once a frame, back and forth over the last 200 lines. */
async function drag(seconds) {
  const cell = document.querySelector('[aria-label="Cell 1"]');
  const slider = cell.querySelector('input[type=range]');
  const canvas = cell.querySelector('.heap-canvas');
  const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
  const last = Number(slider.max);
  let drawn = 0;
  let isDrawn = false;
  const watcher = new MutationObserver(() => {
    isDrawn = true;
  });
  watcher.observe(canvas, { subtree: true, childList: true, characterData: true, attributes: true });
  const frames = [];
  await new Promise((resolve) => {
    let before = 0;
    let count = 0;
    const frame = (now) => {
      if (before > 0) frames.push(now - before);
      before = now;
      if (isDrawn) drawn++;
      isDrawn = false;
      count++;
      const away = Math.abs((count % 400) - 200);
      setValue.call(slider, String(last - away));
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      if (count < seconds * 60) requestAnimationFrame(frame);
      else resolve();
    };
    requestAnimationFrame(frame);
  });
  watcher.disconnect();
  frames.sort((a, b) => a - b);
  const sum = (list) => list.reduce((total, each) => total + each, 0);
  return {
    boxes: canvas.querySelectorAll('[data-box]').length,
    median: frames[frames.length >> 1],
    p95: frames[Math.floor(frames.length * 0.95)],
    worst: frames.at(-1),
    late: (100 * frames.filter((each) => each > 25).length) / frames.length,
    drawn: drawn / (sum(frames) / 1000),
  };
}
