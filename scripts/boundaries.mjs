// Who may import whom. The arrows of ARCHITECTURE.md as data, and the functions that hold a file against them.

/**
 * A room and what it may import, as prefixes of paths. Rooms are looked up by longest prefix. `types` may be imported
 * with `import type` only; `packages` are the npm and Node packages open to the room (`*` for all, `node:*` for Node's).
 */
const ui = [
  'components/',
  'lib/notebook/',
  'lib/content/',
  'lib/exercises/',
  'lib/kernel/',
  'lib/engine/index.ts',
  'lib/utils/',
];
const widgetTypes = ['lib/engine/snapshot/', 'lib/engine/trace/events.ts'];
// What the compiler gives, and how CPython writes it as bytes.
const unitOutput = ['code-unit', 'opcodes', 'code-bytes', 'byte-layout', 'opcode-numbers'].map(
  (name) => `lib/engine/compiler/${name}.ts`,
);
const engineBottom = [
  'lib/engine/version.ts',
  'lib/utils/',
  'lib/engine/trace/events.ts',
  'lib/engine/trace/gc-log.ts',
  'lib/engine/trace/side-log.ts',
];
const inEngine = (...rooms) => [...rooms.map((room) => `lib/engine/${room}`), ...engineBottom];

export const rooms = {
  'app/': { may: ['app/', 'content/', ...ui], packages: ['next', 'react'] },
  'mdx-components.tsx': { may: ['components/mdx/'], packages: ['mdx'] },
  'components/': { may: ui, packages: ['next', 'react'] },
  'components/ui/': { may: ['components/ui/', 'lib/utils/'], packages: ['next', 'react'] },
  'components/editor/': {
    may: ['components/editor/', 'components/ui/', 'components/site/theme.ts', 'lib/utils/'],
    packages: ['react', 'monaco-editor'],
  },
  'components/widgets/': {
    may: ['components/widgets/', 'components/ui/', 'lib/utils/'],
    types: [...widgetTypes, 'lib/engine/index.ts'],
    packages: ['react', 'html-to-image'],
  },
  'components/widgets/heap-graph/': {
    may: ['components/widgets/', 'components/ui/', 'lib/utils/'],
    types: [...widgetTypes, 'lib/engine/index.ts'],
    packages: ['react', '@dagrejs/dagre'],
  },
  'lib/notebook/': { may: ['lib/notebook/', 'lib/kernel/', 'lib/engine/index.ts', 'lib/utils/'], packages: [] },
  'lib/content/': { may: ['lib/content/', 'lib/utils/'], packages: ['node:*', 'shiki'] },
  'lib/exercises/': { may: ['lib/exercises/', 'lib/kernel/', 'lib/engine/index.ts', 'lib/utils/'], packages: [] },
  'lib/classroom/': { may: ['lib/classroom/', 'lib/exercises/', 'lib/kernel/', 'lib/utils/'], packages: ['*'] },
  'lib/kernel/': {
    may: ['lib/kernel/', 'lib/engine/index.ts', 'lib/engine/stdlib/index.ts', 'lib/utils/'],
    packages: [],
  },
  'lib/engine-cli/': {
    may: ['lib/engine-cli/', 'lib/engine/index.ts', 'lib/engine/stdlib/index.ts', 'lib/utils/'],
    packages: ['node:*'],
  },
  'lib/utils/': { may: ['lib/utils/'], packages: [] },
  'server/': { may: ['server/', 'lib/classroom/', 'lib/exercises/', 'lib/utils/'], packages: ['node:*'] },

  // Inside the engine: upper may import lower. No packages at all, neither Node's nor npm's.
  // index.ts and the files beside it put the rooms together.
  'lib/engine/': { may: ['lib/engine/', 'lib/utils/'], packages: [] },
  'lib/engine/debug/': {
    may: inEngine(
      'debug/',
      'snapshot/',
      'trace/',
      'modules/',
      'vm/',
      'objects/',
      'gc/',
      'heap/',
      'compiler/',
      'parser/',
    ),
    packages: [],
  },
  'lib/engine/snapshot/': {
    may: inEngine('snapshot/', 'trace/', 'modules/', 'vm/', 'objects/', 'gc/', 'heap/', 'compiler/'),
    packages: [],
  },
  'lib/engine/trace/': { may: inEngine('trace/', 'vm/', 'objects/', 'gc/', 'heap/', 'compiler/'), packages: [] },
  'lib/engine/trace/events.ts': { may: engineBottom, packages: [] },
  'lib/engine/trace/gc-log.ts': { may: engineBottom, packages: [] },
  'lib/engine/trace/side-log.ts': { may: engineBottom, packages: [] },
  'lib/engine/modules/': {
    may: inEngine('modules/', 'vm/', 'objects/', 'gc/', 'heap/', 'compiler/', 'parser/'),
    packages: [],
  },
  'lib/engine/stdlib/': {
    may: inEngine('stdlib/', 'modules/', 'vm/', 'objects/', 'gc/', 'heap/', 'compiler/', 'parser/'),
    packages: [],
  },
  'lib/engine/vm/': {
    may: [...inEngine('vm/', 'objects/', 'gc/', 'heap/'), ...unitOutput],
    types: ['lib/engine/parser/ast.ts'],
    packages: [],
  },
  'lib/engine/objects/': { may: [...inEngine('objects/', 'heap/'), ...unitOutput], packages: [] },
  'lib/engine/gc/': { may: inEngine('gc/', 'heap/'), packages: [] },
  'lib/engine/heap/': { may: inEngine('heap/'), packages: [] },
  'lib/engine/compiler/': { may: inEngine('compiler/', 'parser/'), packages: [] },
  'lib/engine/parser/': { may: inEngine('parser/'), packages: [] },
  'lib/engine/version.ts': { may: engineBottom, types: unitOutput, packages: [] },
};

const importForms = [
  /\bimport\s+(type\s)?(?:[\w$*{}\s,]+?\sfrom\s*)?['"]([^'"]+)['"]/g,
  /\bexport\s+(type\s)?(?:\*|\*\s+as\s+\w+|\{[^}]*\})\s*from\s*['"]([^'"]+)['"]/g,
  /\b()(?:import|require)\s*\(\s*['"`]([^'"`$]+)[^'"`]*['"`]/g,
  /\bnew\s+()URL\(\s*['"]([^'"]+)['"]\s*,\s*import\.meta\.url/g,
];

/** Every import of a source text: what is asked for, whether types only, on which line. */
export function importsOf(source) {
  const code = source.replace(
    /\/\*[\s\S]*?\*\/|(^|[^:'"`])\/\/[^\n]*/g,
    (text, before = '') => before + text.slice(before.length).replace(/[^\n]/g, ' '),
  );
  return importForms.flatMap((form) =>
    // A specifier with a placeholder is text in a template, not an import.
    [...code.matchAll(form)]
      .filter((match) => !match[2].includes('${'))
      .map((match) => ({
        specifier: match[2],
        isType: Boolean(match[1]),
        line: code.slice(0, match.index).split('\n').length,
      })),
  );
}

const longestPrefix = (prefixes, path) =>
  prefixes
    .filter((prefix) => path === prefix || (prefix.endsWith('/') && path.startsWith(prefix)))
    .sort((a, b) => b.length - a.length)[0];

export const roomOf = (path) => longestPrefix(Object.keys(rooms), path);

/** The package a bare specifier names: `@scope/name/x` → `@scope/name`, `next/link` → `next`. */
const packageOf = (specifier) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

function opensPackage(allowed, specifier) {
  const name = specifier.startsWith('node:') ? 'node:*' : packageOf(specifier);
  return allowed.includes('*') || allowed.includes(name) || allowed.some((open) => name === `${open}-dom`);
}

/**
 * What is wrong with one import, or undefined. `resolve` turns a specifier into a path of the tree, or undefined for
 * a package.
 */
export function judge(path, { specifier, isType }, target) {
  const name = roomOf(path);
  if (!name) return undefined;
  const room = rooms[name];
  const isTest = /\.test\.tsx?$/.test(path);
  if (target === undefined) {
    return isTest || opensPackage(room.packages, specifier)
      ? undefined
      : `${name} may not use the package ${specifier}`;
  }
  if (roomOf(target) === name || longestPrefix(room.may, target)) return undefined;
  if (longestPrefix(room.types ?? [], target))
    return isType ? undefined : `${name} may import only types from ${target}`;
  // A test may compare its file with any part of the house that does not stand above it.
  if (
    isTest &&
    (target.startsWith('content/') ||
      target.startsWith('lib/') ||
      target.startsWith(path.slice(0, path.indexOf('/') + 1)))
  )
    return undefined;
  return `${name} may not import ${target}`;
}
