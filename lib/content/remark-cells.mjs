/**
 * Markdown fences to components: ```py cell becomes <CodeCell>, any other fence <CodeBlock>. Authors write plain
 * Markdown; the page gets highlighted code at build time. Runs in Node, inside Next's build.
 */
import { cellsOf, parseCellMeta } from './fences.mjs';
import { highlightPython } from './highlight.mjs';

/**
 * @typedef {{ type: string, lang?: string, meta?: string, value?: string, children?: Node[], position?: unknown }} Node
 * @typedef {{ path?: string, value: unknown, fail: (reason: string, place?: unknown) => never }} File
 */

/** content/learn/01-chapter/02-lesson/page.mdx → chapter/lesson */
export const lessonIdOf = (/** @type {string} */ path) => {
  const match = /content\/learn\/\d+-([^/]+)\/\d+-([^/]+)\/page\.mdx$/.exec(path.replaceAll('\\', '/'));
  return match ? `${match[1]}/${match[2]}` : null;
};

export default function remarkCells() {
  return async (/** @type {Node} */ tree, /** @type {File} */ file) => {
    const lessonId = lessonIdOf(file.path ?? '');
    const expected = cellsOf(String(file.value));
    let index = 0;

    /** @type {(parent: Node) => Promise<void>} */
    const visit = async (parent) => {
      for (const [at, node] of (parent.children ?? []).entries()) {
        if (node.type !== 'code') {
          await visit(node);
          continue;
        }
        const code = node.value ?? '';
        const options = readMeta(node, file);
        const html = node.lang === 'py' ? await highlightPython(code) : escapeHtml(code);
        if (!options) {
          parent.children?.splice(at, 1, element('CodeBlock', { html }));
          continue;
        }
        if (!lessonId) file.fail('cells live in lessons: content/learn/NN-chapter/NN-lesson/page.mdx', node.position);
        index++;
        // The tests read cells without a Markdown parser; should the two ever disagree, the build says so.
        if (expected[index - 1]?.code !== code)
          file.fail(`cell ${index} must start at the line's beginning`, node.position);
        const { show } = options;
        parent.children?.splice(at, 1, element('CodeCell', { index, code, html, ...(show && { show }), lessonId }));
      }
    };
    await visit(tree);
    if (index !== expected.length) file.fail(`${expected.length} cells are written, ${index} were found`);
  };
}

/** @type {(node: Node, file: File) => ReturnType<typeof parseCellMeta>} */
function readMeta(node, file) {
  if (node.lang !== 'py') return null;
  try {
    return parseCellMeta(node.meta ?? '');
  } catch (error) {
    return file.fail(error instanceof Error ? error.message : String(error), node.position);
  }
}

const escapeHtml = (/** @type {string} */ text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A JSX element with constant attributes, in MDX's tree. */
function element(/** @type {string} */ name, /** @type {Record<string, unknown>} */ attributes) {
  return {
    type: 'mdxJsxFlowElement',
    name,
    attributes: Object.entries(attributes).map(([key, value]) => ({
      type: 'mdxJsxAttribute',
      name: key,
      value: typeof value === 'string' ? value : expression(value),
    })),
    children: [],
  };
}

function expression(/** @type {unknown} */ value) {
  const literal = { type: 'Literal', value, raw: JSON.stringify(value) };
  const statement = { type: 'ExpressionStatement', expression: literal };
  const estree = { type: 'Program', sourceType: 'module', body: [statement] };
  return { type: 'mdxJsxAttributeValueExpression', value: JSON.stringify(value), data: { estree } };
}
