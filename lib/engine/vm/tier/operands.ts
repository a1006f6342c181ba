/**
 * The operand stack while code is generated. An item is known by what holds it in the JavaScript, and by who owns its
 * reference; it is written to the frame's word only before something that could look.
 */
export type Kind =
  /** An owned reference in a variable. */
  | 'own'
  /** A borrowed one (handle | 1 in the frame). */
  | 'borrow'
  /** Kept alive by somebody else; the reference that the stack should own is not counted yet. */
  | 'lazy'
  /** An immortal object: nothing is counted. */
  | 'immortal'
  /** A stack word of the frame: a handle, perhaps tagged, perhaps 0. */
  | 'word'
  /** The empty slot of a call. */
  | 'null'
  /** A JavaScript boolean that stands for True or False. */
  | 'test';

export interface Item {
  readonly kind: Kind;
  /** The variable or literal; '' for a word that has not been read. */
  readonly name: string;
  /** Lies in the frame's word already. */
  readonly stored: boolean;
  /** A handle's variable, once it has been taken out of a word. */
  readonly handle?: string;
  /** Value of an immortal int. */
  readonly int?: number;
  /** The local that a lazy or borrowed item was read from. */
  readonly local?: number;
  /** What was looked up for a call: the name. */
  readonly method?: number;
}
