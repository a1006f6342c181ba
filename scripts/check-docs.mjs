// Fails when a document names a path or an npm script that does not exist. Looked at are links to files, and words
// in `code` that start with one of our folders or with `npm run`. A path with <…>, * or NN in it is a pattern.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { listFiles, root } from './sources.mjs';

const folders = 'app|bench|components|content|docs|e2e|lib|public|scripts|server|tests';
const documents = [
  ...listFiles(['README.md', 'ARCHITECTURE.md']),
  ...listFiles(['docs', 'lib', 'server', 'tests', 'bench', 'e2e', 'components'], (path) => path.endsWith('.md')),
];
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

let faults = 0;
let names = 0;
for (const document of documents) {
  const text = readFileSync(join(root, document), 'utf8');
  const check = (index, path, isThere) => {
    names++;
    if (isThere) return;
    faults++;
    console.error(`${document}:${text.slice(0, index).split('\n').length}: ${path} does not exist`);
  };
  for (const { 0: whole, 1: path, index } of text.matchAll(
    new RegExp(`(?<![\\w./-])((?:${folders})/[\\w.\\-/*<>[\\]…]*)`, 'g'),
  )) {
    if (!isInCode(text, index) || /[*<>…]|NN/.test(whole)) continue;
    const trimmed = path.replace(/[.:,/]+$/, '');
    check(index, trimmed, existsSync(join(root, trimmed)));
  }
  for (const { 1: target, index } of text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
    if (/^[a-z]+:/.test(target)) continue;
    const path = target.startsWith('/') ? target.slice(1) : posix.join(dirname(document), target);
    check(index, path, existsSync(join(root, path)));
  }
  for (const { 1: name, index } of text.matchAll(/npm run (?:--silent )?([\w:-]+)/g)) {
    check(index, `npm run ${name}`, Object.hasOwn(scripts, name));
  }
}
console.log(`docs: ${documents.length} documents, ${names} names, ${faults} that do not exist`);
process.exit(faults > 0 ? 1 : 0);

/** Inside `code` on one line, or inside a fenced block. */
function isInCode(text, index) {
  const before = text.slice(0, index);
  if ((before.match(/^```/gm) ?? []).length % 2 === 1) return true;
  const line = before.slice(before.lastIndexOf('\n') + 1);
  return (line.match(/`/g) ?? []).length % 2 === 1;
}
