import { CodeCell } from '../notebook/code-cell';
import { Challenge, Hint, Solution } from './challenge';
import { CodeBlock } from './code-block';
import { DeepDive } from './deep-dive';
import { Note, Pitfall } from './aside';
import { Predict } from './predict';
import { Recap } from './recap';

/** The closed vocabulary: what an author may write in a lesson beside Markdown. docs/writing-lessons.md explains each. */
export const lessonVocabulary = {
  Challenge,
  CodeBlock,
  CodeCell,
  DeepDive,
  Hint,
  Note,
  Pitfall,
  Predict,
  Recap,
  Solution,
};
