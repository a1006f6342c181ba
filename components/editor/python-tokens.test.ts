import { describe, expect, it } from 'vitest';
import { highlightPython } from '../../lib/content/highlight.mjs';
import { colourPython } from './python-tokens';

const LESSON_CODE = `import gc, sys
from weakref import ref as r

my_list = [1, 2, 3]  # a list
your_list = my_list
del my_list
print(sys.getrefcount(your_list) - 1, "references")

class Node:
    """A node that knows another one."""
    def __init__(self, name, other=None):
        self.name = name
        self.other = other
    def __del__(self):
        print(f"bye {self.name}")

a, b = Node("a"), Node('b')
a.other = b
b.other = a
del a, b
print(gc.collect(), "objects collected")

def total(*numbers, start=0, **options):
    result = start
    for number in numbers:
        result += number
    return result if result else None

try:
    raise ValueError("no")
except (ValueError, TypeError) as error:
    pass
else:
    x = lambda n, m=1: n ** m // 2
finally:
    big = 1_000 * 0.5e3

def opened(path):
    with open(path) as f:
        while True:
            if not f.readline() and path is not None:
                break
    text = """two
lines"""
    yield [v for v in range(3) if v != 1], {'k': -1}, len(text)
@decorated
class Child(Node, Other):
    pass
`;

/** Both sides as one kind per character that is not white space; shiki tells punctuation from foreground by chance. */
function kindsOf(lines: readonly (readonly { text: string; kind: string }[])[]): string[] {
  return lines.map((spans) =>
    spans
      .flatMap(({ text, kind }) => {
        const letter = kind === 'punctuation' || kind === 'foreground' ? '.' : kind === 'comment' ? '#' : kind[0];
        return [...text].map((char) => (char.trim() === '' ? ' ' : letter));
      })
      .join('')
      .trimEnd(),
  );
}

async function shikiLines(code: string) {
  const html = await highlightPython(code);
  return html.split('\n').map((line) =>
    [...line.matchAll(/<span style="color:var\(--shiki-(?:token-)?([a-z-]+)\)[^>]*>(.*?)<\/span>/g)].map((found) => ({
      kind: found[1] ?? '',
      text: (found[2] ?? '')
        .replace(/&#x3C;/g, '<')
        .replace(/&#x26;/g, '&')
        .replace(/&gt;/g, '>'),
    })),
  );
}

describe('the live colours', () => {
  it('equal the static ones on the kind of code that lessons have', async () => {
    const expected = kindsOf(await shikiLines(LESSON_CODE));
    const actual = kindsOf(colourPython(LESSON_CODE));
    const lines = LESSON_CODE.split('\n');
    const shown = (kinds: string[]) => lines.map((line, index) => `${line}\n${kinds[index] ?? ''}`);
    expect(shown(actual)).toEqual(shown(expected));
  });

  it('lose no character', () => {
    const odd =
      'x = f"{a!r:>{w}} {{b}}" + \'it\\\'s\'\n\t"""open\n  still\n""" # end\n\u00e9t\u00e9 = 0x_1F "unclosed\n?$';
    const joined = colourPython(odd).map((spans) => spans.map((span) => span.text).join(''));
    expect(joined.join('\n')).toBe(odd);
  });
});
