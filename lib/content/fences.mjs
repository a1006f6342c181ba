/**
 * The fences of a lesson. A fence opened by ```py cell is a cell of the lesson's notebook; what follows on that line
 * says how it is shown and what it must do:
 *
 *     ```py cell show="references collector" expect-error="ZeroDivisionError"
 *
 * One reader for all: the site's build, the recorder of outputs and the content tests number the same cells.
 *
 * @typedef {{ show?: string, expectError?: string }} CellOptions
 * @typedef {{ index: number, line: number, code: string } & CellOptions} Cell
 */

/** The memory views a cell may ask for. */
export const views = [
  'references',
  'heap',
  'collector',
  'timeline',
  'biography',
  'bytecode',
  'allocator',
  'difference',
];

/**
 * @param {string} meta what stands after the language on the opening line
 * @returns {CellOptions | null} null for a fence that is not a cell
 * @throws {Error} on an attribute that does not exist
 */
export function parseCellMeta(meta) {
  if (!/^cell(\s|$)/.test(meta)) return null;
  /** @type {CellOptions} */
  const options = {};
  const rest = meta.slice('cell'.length).replace(/\s+([a-z-]+)="([^"]*)"/g, (_, name, value) => {
    if (name === 'show') {
      const unknown = value.split(/\s+/).filter((/** @type {string} */ view) => !views.includes(view));
      if (unknown.length > 0) throw new Error(`show="${value}": the views are ${views.join(', ')}`);
      options.show = value;
    } else if (name === 'expect-error') options.expectError = value;
    else throw new Error(`a cell has no attribute "${name}"`);
    return '';
  });
  if (rest.trim() !== '') throw new Error(`cannot read "${rest.trim()}" on the opening line of a cell`);
  return options;
}

/**
 * Every cell of a page, in page order, numbered from 1.
 *
 * @param {string} source the text of a page.mdx
 * @returns {Cell[]}
 */
export function cellsOf(source) {
  /** @type {Cell[]} */
  const cells = [];
  const lines = source.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const opening = /^(`{3,})(\w*)\s*(.*)$/.exec(lines[at] ?? '');
    if (!opening) continue;
    const [, ticks = '', language, meta = ''] = opening;
    const start = at + 1;
    do at++;
    while (at < lines.length && (lines[at] ?? '').trim() !== ticks);
    const options = language === 'py' ? parseCellMeta(meta.trim()) : null;
    if (options)
      cells.push({ index: cells.length + 1, line: start, code: lines.slice(start, at).join('\n'), ...options });
  }
  return cells;
}
