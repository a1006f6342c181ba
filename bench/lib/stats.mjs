// Medians with their spread, and Markdown tables of them.

/** @param {number[]} values */
export function summary(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  const [min, max] = [sorted[0], sorted[sorted.length - 1]];
  return { median, min, max, spread: median === 0 ? 0 : (max - min) / 2 / median, n: sorted.length };
}

/** `120 ±4%`: the median, and half of the range as a share of it. */
export function withSpread({ median, spread }, unit, digits = 0) {
  return `${median.toFixed(digits)} ${unit} ±${(spread * 100).toFixed(0)}%`;
}

/** @param {string[]} head @param {string[][]} rows */
export function markdownTable(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
