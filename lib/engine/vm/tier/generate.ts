/** From bytecode to the text of a JavaScript function: the frame of it all. What the instructions do is in Emitter. */
import { CO_LEAF, type CodeRuntime } from '../../objects/code';
import { F_CODE } from '../../objects/interpreter-frame';
import type { Interpreter } from '../interpreter';
import { addCase, childWith, hasSwitch, type Block, type Flow, type Region } from './control-flow';
import { Emitter } from './emitter';
import { HANDED_BACK, HANDLER } from './results';

export interface Generated {
  /** Body of a function of the names that tier.ts gives it; answers the function to run. */
  readonly text: string;
  readonly registers: number;
  /** Words for the inline caches. */
  readonly caches: number;
}

/** Where a jump goes, seen from a block: through nothing, out of a labelled block, or by the loop of a region. */
type Way = 'next' | { readonly label: string } | { readonly region: Region; readonly block: number };

class Layout {
  /** A place that must be reachable from elsewhere was found: the text is to be made again. */
  again = false;
  /** Labels in use, by block. */
  readonly labels = new Set<number>();

  constructor(readonly flow: Flow) {}

  /** The way from the end of a block to another; `jump` from inside it. */
  way(from: number, to: number, jump: boolean): Way {
    const { flow } = this;
    let region = flow.root;
    for (;;) {
      const child = childWith(region, from);
      if (child === undefined || childWith(region, to) !== child) break;
      region = child;
    }
    const isHead = to === region.first && region !== flow.root;
    if (to > from && !isHead) {
      // The item of the region that holds it must be entered at its start, in the same stretch or the next one.
      const child = childWith(region, to);
      if (child === undefined || child.first === to) {
        if (to === from + 1 && !jump) return 'next';
        const bounds = [...region.cases].filter((c) => c > from && c <= to);
        if (bounds.length === 0 || (bounds.length === 1 && bounds[0] === to)) {
          this.labels.add(to);
          return { label: `L${to + 1}` };
        }
      }
    }
    if (!(isHead && to <= from) && addCase(flow, to)) this.again = true;
    if (isHead && to <= from && !region.cases.has(to)) {
      addCase(flow, to);
      this.again = true;
    }
    if (region === flow.root && addCase(flow, to)) this.again = true;
    return { region, block: to };
  }
}

export function generate(ip: Interpreter, code: CodeRuntime, flow: Flow, watched: boolean, names: string[]): Generated {
  for (;;) {
    const layout = new Layout(flow);
    const emitter = new Emitter(ip, code, flow, watched, (from, to, jump) => goto(layout, from, to, jump));
    const body = region(layout, emitter, flow.root);
    if (layout.again) continue;
    const temps = Array.from({ length: emitter.tempsUsed }, (_, i) => `, t${i} = 0`).join('');
    const warm = body.includes('W[') ? `const W = heap.leaf[M[M[f + ${F_CODE}] + ${CO_LEAF}]].warm;\n` : '';
    const used = names.filter((name) => body.includes(`${name}(`));
    const text =
      `'use strict';\nconst M = words, ic = caches, heap = ip.heap, D = heap.f64;\nconst { ${used.join(', ')} } = helpers;\n` +
      `return function (f, b) {\n${warm}let r = 0${temps};\n${body}};`;
    return { text, registers: emitter.tempsUsed + 16, caches: emitter.caches };
  }
}

function goto(layout: Layout, from: number, to: number, jump: boolean): string {
  const way = layout.way(from, to, jump);
  if (way === 'next') return '';
  if ('label' in way) return `break ${way.label};`;
  return hasSwitch(way.region)
    ? `b = ${way.block + 1}; continue ${way.region.label};`
    : `continue ${way.region.label};`;
}

/** Control comes to the block from the one before it, and from nowhere else. */
function isContinuation(layout: Layout, r: Region, block: number): boolean {
  const { flow } = layout;
  return flow.blocks[block]!.sources === 1 && !r.cases.has(block) && childWith(r, block) === undefined;
}

function region(layout: Layout, emitter: Emitter, r: Region): string {
  const { flow } = layout;
  const withSwitch = hasSwitch(r);
  // The region's items in stretches: each begins at a case.
  const stretches: { cases: number[]; items: (Block | Region)[]; first: number }[] = [];
  for (let i = r.first; i <= r.last; ) {
    const child = childWith(r, i);
    const last = child?.last ?? i;
    const cases: number[] = [];
    for (let k = i; k <= last; k++) if (r.cases.has(k)) cases.push(k);
    const item = child ?? flow.blocks[i]!;
    if (stretches.length === 0 || cases.length > 0) stretches.push({ cases, items: [], first: i });
    stretches.at(-1)!.items.push(item);
    i = last + 1;
  }
  const parts: string[] = [];
  stretches.forEach((stretch, n) => {
    const end = stretches[n + 1]?.first ?? r.last + 1;
    const pieces: { start: number; text: string }[] = [];
    const lastBlock = end - 1;
    let done = -1;
    for (const item of stretch.items) {
      if ('label' in item) pieces.push({ start: item.first, text: region(layout, emitter, item) });
      else if (item.index > done) {
        const { text, end: chained } = emitter.chain(item, lastBlock, (b) => isContinuation(layout, r, b));
        pieces.push({ start: item.index, text });
        done = chained;
      }
    }
    // Targets of jumps in this stretch: each label's block ends where its target begins.
    const inner = pieces.map((p) => p.start).filter((start) => layout.labels.has(start) && start !== stretch.first);
    if (layout.labels.has(end) && n + 1 < stretches.length) inner.push(end);
    let text = [...inner]
      .reverse()
      .map((t) => `L${t + 1}: {\n`)
      .join('');
    for (const piece of pieces) {
      if (inner.includes(piece.start)) text += '}\n';
      text += piece.text;
    }
    if (inner.includes(end)) text += '}\n';
    const next = stretches[n + 1];
    if (next !== undefined && next.items[0] !== undefined && 'label' in next.items[0] && hasSwitch(next.items[0]))
      text += `b = ${next.first + 1};\n`;
    // A stretch that is entered nowhere stands there all the same.
    const cases = stretch.cases.length === 0 ? [-1] : stretch.cases;
    parts.push(withSwitch ? cases.map((k) => `case ${k + 1}:\n`).join('') + text : text);
  });
  const leave = r === flow.root ? '' : `break ${r.label};\n`;
  if (!withSwitch && r === flow.root) return parts.join('');
  if (!withSwitch) return `${r.label}: for (;;) {\n${parts.join('')}${leave}}\n`;
  if (r !== flow.root) return `${r.label}: for (;;) { switch (b) {\n${parts.join('')}${leave}} }\n`;
  // A negative block: a result, or a handler of this function.
  return `R0: for (;;) {\nif (b < 0) { if (b > ${HANDLER}) return b; b = ${HANDLER} - b; }\nswitch (b) {\n${parts.join('')}}\nreturn ${HANDED_BACK}; }\n`;
}
