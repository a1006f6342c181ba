/** Python for Monaco: colours from our own tokenizer, indentation after a colon, comments, pairs. */
import type * as Monaco from 'monaco-editor/editor';
import { INITIAL_STATE, type LineState, tokenizeLine } from './python-tokens';

class State implements Monaco.languages.IState {
  constructor(readonly line: LineState) {}

  clone(): State {
    return this;
  }

  equals(other: Monaco.languages.IState): boolean {
    return other instanceof State && JSON.stringify(this.line) === JSON.stringify(other.line);
  }
}

export function registerPython(monaco: typeof Monaco): void {
  const { languages } = monaco;
  languages.register({ id: 'python' });
  languages.setTokensProvider('python', {
    getInitialState: () => new State(INITIAL_STATE),
    tokenize: (line, state) => {
      const result = tokenizeLine(line, state instanceof State ? state.line : INITIAL_STATE);
      return {
        tokens: result.tokens.map(({ start, kind }) => ({ startIndex: start, scopes: kind })),
        endState: new State(result.state),
      };
    },
  });
  const pairs = ['()', '[]', '{}', '""', "''"].map((pair) => ({ open: pair[0] ?? '', close: pair[1] ?? '' }));
  languages.setLanguageConfiguration('python', {
    comments: { lineComment: '#', blockComment: ['"""', '"""'] },
    brackets: [
      ['(', ')'],
      ['[', ']'],
      ['{', '}'],
    ],
    autoClosingPairs: pairs.map((pair) => ({ ...pair, notIn: ['string', 'comment'] })),
    surroundingPairs: pairs,
    onEnterRules: [
      {
        beforeText:
          /^\s*(?:def|class|for|if|elif|else|while|try|with|finally|except|async|match|case)\b.*:\s*(?:#.*)?$/,
        action: { indentAction: languages.IndentAction.Indent },
      },
    ],
    indentationRules: {
      increaseIndentPattern: /$^/,
      decreaseIndentPattern: /^\s*(?:elif|else|except|finally)\b.*:\s*$/,
    },
  });
}
