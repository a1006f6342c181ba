/**
 * The backtracking machine (Modules/_sre/sre_lib.h): runs a code array on a text of code points. Where CPython keeps
 * its contexts on a stack of its own, so do we: a deep pattern or a long text costs no JavaScript stack.
 *
 * A context is the words below on `stack`; what it saves (marks, a repeat's last position) follows behind them, and
 * the next context behind that. The instruction that made a new context goes on at its `Jump` when that one is done.
 *
 * A position that is not set is -1. Endless searches end with an error of ours when `budget` steps are used up.
 */
import {
  inCategory,
  isWordAscii,
  isWordUnicode,
  lowerAscii,
  lowerLocale,
  lowerUnicode,
  sameInLocale,
  upperLocale,
  upperUnicode,
} from './characters';
import { At, INFO_CHARSET, INFO_LITERAL, INFO_PREFIX, MAXREPEAT, Op } from './opcodes';

/** What `match` and `search` answer beside 0 (no) and 1 (yes). */
export const ERROR_ILLEGAL = -1;
export const ERROR_STATE = -2;
export const ERROR_INTERRUPTED = -10;
/** A limit of ours. */
export const ERROR_BUDGET = -11;

const PATTERN = 0;
const PTR = 1;
const COUNT = 2;
const LASTMARK = 3;
const LASTINDEX = 4;
const TOPLEVEL = 5;
const JUMP = 6;
const PREVIOUS = 7;
/** The repeat of an UNTIL, or the literal that the tail of a REPEAT_ONE begins with (-1: none). */
const REPEAT = 8;
/** First free word behind what the context saved. */
const TOP = 9;
const SAVED_PTR = 10;
const CONTEXT_WORDS = 11;

enum Jump {
  NONE,
  MAX_UNTIL_1,
  MAX_UNTIL_2,
  MAX_UNTIL_3,
  MIN_UNTIL_1,
  MIN_UNTIL_2,
  MIN_UNTIL_3,
  REPEAT,
  REPEAT_ONE,
  MIN_REPEAT_ONE,
  BRANCH,
  ASSERT,
  ASSERT_NOT,
  POSS_REPEAT_1,
  POSS_REPEAT_2,
  ATOMIC_GROUP,
}

/** Steps between two looks at whether somebody wants to stop us. */
const LOOK_UP_EVERY = 4096;
/** Some four seconds. CPython would go on for ever. */
const MAX_STEPS = 1 << 28;

export class Matcher {
  start: number;
  ptr: number;
  lastmark = -1;
  lastindex = -1;
  readonly marks: Int32Array;
  matchAll = false;
  mustAdvance = false;
  steps = 0;
  private lookAt = LOOK_UP_EVERY;

  private stack = new Int32Array(1024);
  /** Index of the innermost repeat, -1: none. Repeats lie one behind the other in `repeats`. */
  private repeat = -1;
  private repeatTop = 0;
  private readonly repCount: number[] = [];
  private readonly repPattern: number[] = [];
  private readonly repPrevious: number[] = [];
  private readonly repLastPtr: number[] = [];

  constructor(
    private readonly code: Uint32Array,
    private readonly text: Uint32Array,
    start: number,
    private readonly end: number,
    groups: number,
    private readonly interrupted: () => boolean,
  ) {
    this.start = start;
    this.ptr = start;
    this.marks = new Int32Array(groups * 2 + 2).fill(-1);
  }

  /** `state_reset`: before the next search from `start`. */
  reset(): void {
    this.lastmark = -1;
    this.lastindex = -1;
    this.repeat = -1;
    this.repeatTop = 0;
    this.ptr = this.start;
  }

  /** Words of the machine's stack. */
  get stackWords(): number {
    return this.stack.length;
  }

  // ---- pieces -------------------------------------------------------------------------------------------------------

  private at(ptr: number, where: number): boolean {
    const { text, end } = this;
    switch (where) {
      case At.BEGINNING:
      case At.BEGINNING_STRING:
        return ptr === 0;
      case At.BEGINNING_LINE:
        return ptr === 0 || text[ptr - 1] === 10;
      case At.END:
        return ptr === end || (end - ptr === 1 && text[ptr] === 10);
      case At.END_LINE:
        return ptr === end || text[ptr] === 10;
      case At.END_STRING:
        return ptr === end;
      case At.BOUNDARY:
      case At.LOC_BOUNDARY:
        return end !== 0 && this.boundary(ptr, isWordAscii);
      case At.NON_BOUNDARY:
      case At.LOC_NON_BOUNDARY:
        return this.outsideBoundary() && !this.boundary(ptr, isWordAscii);
      case At.UNI_BOUNDARY:
        return end !== 0 && this.boundary(ptr, isWordUnicode);
      case At.UNI_NON_BOUNDARY:
        return this.outsideBoundary() && !this.boundary(ptr, isWordUnicode);
    }
    return false;
  }

  /** 3.13 says of an empty text that it has no place inside a word or outside one. */
  emptyHasNoBoundary = true;
  private outsideBoundary(): boolean {
    return this.end !== 0 || !this.emptyHasNoBoundary;
  }

  private boundary(ptr: number, isWord: (c: number) => boolean): boolean {
    const before = ptr > 0 && isWord(this.text[ptr - 1]!);
    const after = ptr < this.end && isWord(this.text[ptr]!);
    return before !== after;
  }

  private inSet(set: number, c: number): boolean {
    const { code } = this;
    let ok = true;
    for (;;) {
      switch (code[set++]) {
        case Op.FAILURE:
          return !ok;
        case Op.LITERAL:
          if (c === code[set]) return ok;
          set++;
          break;
        case Op.CATEGORY:
          if (inCategory(code[set]!, c)) return ok;
          set++;
          break;
        case Op.CHARSET:
          if (c < 256 && (code[set + (c >> 5)]! & (1 << (c & 31))) !== 0) return ok;
          set += 8;
          break;
        case Op.RANGE:
          if (code[set]! <= c && c <= code[set + 1]!) return ok;
          set += 2;
          break;
        case Op.RANGE_UNI_IGNORE: {
          if (code[set]! <= c && c <= code[set + 1]!) return ok;
          const upper = upperUnicode(c);
          if (code[set]! <= upper && upper <= code[set + 1]!) return ok;
          set += 2;
          break;
        }
        case Op.NEGATE:
          ok = !ok;
          break;
        case Op.BIGCHARSET: {
          const count = code[set++]!;
          if (c < 0x10000) {
            const high = c >> 8;
            const block = (code[set + (high >> 2)]! >>> (8 * (high & 3))) & 255;
            if ((code[set + 64 + block * 8 + ((c & 255) >> 5)]! & (1 << (c & 31))) !== 0) return ok;
          }
          set += 64 + count * 8;
          break;
        }
        default:
          return false;
      }
    }
  }

  private inSetLocale(set: number, c: number): boolean {
    const lower = lowerLocale(c);
    if (this.inSet(set, lower)) return true;
    const upper = upperLocale(c);
    return upper !== lower && this.inSet(set, upper);
  }

  /** One character of the pattern at `pat` (its opcode) fits `c`. */
  private fits(pat: number, c: number): boolean {
    const { code } = this;
    switch (code[pat]) {
      case Op.IN:
        return this.inSet(pat + 2, c);
      case Op.ANY:
        return c !== 10;
      case Op.ANY_ALL:
        return true;
      case Op.LITERAL:
        return c === code[pat + 1];
      case Op.NOT_LITERAL:
        return c !== code[pat + 1];
      case Op.LITERAL_IGNORE:
        return lowerAscii(c) === code[pat + 1];
      case Op.NOT_LITERAL_IGNORE:
        return lowerAscii(c) !== code[pat + 1];
      case Op.LITERAL_UNI_IGNORE:
        return lowerUnicode(c) === code[pat + 1];
      case Op.NOT_LITERAL_UNI_IGNORE:
        return lowerUnicode(c) !== code[pat + 1];
      case Op.LITERAL_LOC_IGNORE:
        return sameInLocale(code[pat + 1]!, c);
      case Op.NOT_LITERAL_LOC_IGNORE:
        return !sameInLocale(code[pat + 1]!, c);
      case Op.IN_IGNORE:
        return this.inSet(pat + 2, lowerAscii(c));
      case Op.IN_UNI_IGNORE:
        return this.inSet(pat + 2, lowerUnicode(c));
      case Op.IN_LOC_IGNORE:
        return this.inSetLocale(pat + 2, c);
      case Op.CATEGORY:
        return inCategory(code[pat + 1]!, c);
    }
    return false;
  }

  /** `count`: how often the one-character pattern at `pat` fits from `ptr` on; negative: an error. */
  private count(pat: number, max: number, base: number): number {
    const { text, code } = this;
    let ptr = this.ptr;
    const first = ptr;
    const end = max !== MAXREPEAT && max < this.end - ptr ? ptr + max : this.end;
    const op = code[pat]!;
    switch (op) {
      case Op.ANY_ALL:
        this.steps += 1;
        return end - first;
      case Op.ANY:
        while (ptr < end && text[ptr] !== 10) ptr++;
        break;
      case Op.LITERAL: {
        const c = code[pat + 1]!;
        while (ptr < end && text[ptr] === c) ptr++;
        break;
      }
      case Op.NOT_LITERAL: {
        const c = code[pat + 1]!;
        while (ptr < end && text[ptr] !== c) ptr++;
        break;
      }
      case Op.IN:
        while (ptr < end && this.inSet(pat + 2, text[ptr]!)) ptr++;
        break;
      case Op.LITERAL_IGNORE:
      case Op.NOT_LITERAL_IGNORE:
      case Op.LITERAL_UNI_IGNORE:
      case Op.NOT_LITERAL_UNI_IGNORE:
      case Op.LITERAL_LOC_IGNORE:
      case Op.NOT_LITERAL_LOC_IGNORE:
        while (ptr < end && this.fits(pat, text[ptr]!)) ptr++;
        break;
      default:
        while (this.ptr < end) {
          const r = this.match(pat, false, base);
          if (r < 0) return r;
          if (r === 0) break;
        }
        return this.ptr - first;
    }
    this.steps += ptr - first;
    return ptr - first;
  }

  private sameGroup(group: number, ptr: number, map: (c: number) => number): number {
    const from = group * 2 >= this.lastmark ? -1 : this.marks[group * 2]!;
    const to = from < 0 ? -1 : this.marks[group * 2 + 1]!;
    if (from < 0 || to < 0 || to < from) return -1;
    const { text, end } = this;
    for (let p = from; p < to; p++, ptr++) if (ptr >= end || map(text[ptr]!) !== map(text[p]!)) return -1;
    return ptr;
  }

  // ---- contexts ------------------------------------------------------------------------------------------------------

  private newContext(at: number, pattern: number, jump: Jump, toplevel: number, previous: number): void {
    const room = at + CONTEXT_WORDS + this.marks.length + 8;
    if (room > this.stack.length) {
      const grown = new Int32Array(room * 2);
      grown.set(this.stack);
      this.stack = grown;
    }
    const s = this.stack;
    s[at + PATTERN] = pattern;
    s[at + JUMP] = jump;
    s[at + TOPLEVEL] = toplevel;
    s[at + PREVIOUS] = previous;
    s[at + TOP] = at + CONTEXT_WORDS;
  }

  private save(ctx: number, marks: boolean): void {
    const s = this.stack;
    s[ctx + LASTMARK] = this.lastmark;
    s[ctx + LASTINDEX] = this.lastindex;
    let top = ctx + CONTEXT_WORDS;
    if (marks) for (let i = 0; i <= this.lastmark; i++) s[top++] = this.marks[i]!;
    s[ctx + TOP] = top;
  }

  private restore(ctx: number): void {
    const s = this.stack;
    const n = s[ctx + TOP]! - ctx - CONTEXT_WORDS;
    for (let i = 0; i < n; i++) this.marks[i] = s[ctx + CONTEXT_WORDS + i]!;
    this.lastmark = s[ctx + LASTMARK]!;
    this.lastindex = s[ctx + LASTINDEX]!;
  }

  /**
   * Matches at `ptr`.
   * @param base first free word of the stack
   * @returns 1 with `ptr` behind the match, 0, or an error
   */
  match(pat: number, toplevel: boolean, base = 0): number {
    const { code, text, end } = this;
    let ctx = base;
    let ptr = this.ptr;
    let ret = 0;
    let op: number = Op.ENTRANCE;
    this.newContext(ctx, pat, Jump.NONE, toplevel ? 1 : 0, -1);
    let s = this.stack;

    for (;;) {
      if (++this.steps >= this.lookAt) {
        this.lookAt = this.steps + LOOK_UP_EVERY;
        if (this.steps > MAX_STEPS) return ERROR_BUDGET;
        if (this.interrupted()) return ERROR_INTERRUPTED;
      }
      // A new context is made by an instruction that sets these two and goes on at ENTRANCE.
      let call = -1;
      let jump: Jump = Jump.NONE;
      let callTop = 0;
      // biome-ignore lint/suspicious/noConfusingLabels: cases leave the switch from inside their own loops
      sw: switch (op) {
        case Op.ENTRANCE:
          ptr = this.ptr;
          if (code[pat] === Op.INFO) {
            if (code[pat + 3] !== 0 && end - ptr < code[pat + 3]!) {
              ret = 0;
              op = Op.EXIT;
              continue;
            }
            pat += code[pat + 1]! + 1;
          }
          break;
        case Op.MARK: {
          const i = code[pat]!;
          if ((i & 1) !== 0) this.lastindex = (i >> 1) + 1;
          if (i > this.lastmark) {
            for (let j = this.lastmark + 1; j < i; j++) this.marks[j] = -1;
            this.lastmark = i;
          }
          this.marks[i] = ptr;
          pat++;
          break;
        }
        case Op.LITERAL:
          if (ptr >= end || text[ptr] !== code[pat]) {
            ret = 0;
            op = Op.EXIT;
            continue;
          }
          pat++;
          ptr++;
          break;
        case Op.NOT_LITERAL:
        case Op.LITERAL_IGNORE:
        case Op.NOT_LITERAL_IGNORE:
        case Op.LITERAL_UNI_IGNORE:
        case Op.NOT_LITERAL_UNI_IGNORE:
        case Op.LITERAL_LOC_IGNORE:
        case Op.NOT_LITERAL_LOC_IGNORE:
        case Op.CATEGORY:
          if (ptr >= end || !this.fits(pat - 1, text[ptr]!)) {
            ret = 0;
            op = Op.EXIT;
            continue;
          }
          pat++;
          ptr++;
          break;
        case Op.ANY:
        case Op.ANY_ALL:
          if (ptr >= end || (op === Op.ANY && text[ptr] === 10)) {
            ret = 0;
            op = Op.EXIT;
            continue;
          }
          ptr++;
          break;
        case Op.IN:
        case Op.IN_IGNORE:
        case Op.IN_UNI_IGNORE:
        case Op.IN_LOC_IGNORE:
          if (ptr >= end || !this.fits(pat - 1, text[ptr]!)) {
            ret = 0;
            op = Op.EXIT;
            continue;
          }
          pat += code[pat]!;
          ptr++;
          break;
        case Op.AT:
          if (!this.at(ptr, code[pat]!)) {
            ret = 0;
            op = Op.EXIT;
            continue;
          }
          pat++;
          break;
        case Op.SUCCESS:
          op = Op.EXIT;
          if (s[ctx + TOPLEVEL] !== 0 && this.isNoEnd(ptr)) {
            ret = 0;
            continue;
          }
          this.ptr = ptr;
          ret = 1;
          continue;
        case Op.JUMP:
        case Op.INFO:
          pat += code[pat]!;
          break;
        case Op.FAILURE:
          ret = 0;
          op = Op.EXIT;
          continue;

        case Op.BRANCH:
          this.save(ctx, this.repeat >= 0);
          op = Op.BRANCH_NEXT;
          continue;
        case Op.BRANCH_NEXT:
          for (; code[pat] !== 0; pat += code[pat]!) {
            if (code[pat] === undefined) return ERROR_ILLEGAL;
            const first = code[pat + 1];
            if (first === Op.LITERAL && (ptr >= end || text[ptr] !== code[pat + 2])) continue;
            if (first === Op.IN && (ptr >= end || !this.inSet(pat + 3, text[ptr]!))) continue;
            this.ptr = ptr;
            call = pat + 1;
            jump = Jump.BRANCH;
            callTop = s[ctx + TOPLEVEL]!;
            break sw;
          }
          ret = 0;
          op = Op.EXIT;
          continue;

        case Op.REPEAT_ONE: {
          op = Op.EXIT;
          if (code[pat + 1]! > end - ptr) {
            ret = 0;
            continue;
          }
          this.ptr = ptr;
          const n = this.count(pat + 3, code[pat + 2]!, s[ctx + TOP]!);
          s = this.stack;
          if (n < 0) return n;
          s[ctx + COUNT] = n;
          ptr += n;
          if (n < code[pat + 1]!) {
            ret = 0;
            continue;
          }
          const tail = pat + code[pat]!;
          if (
            code[tail] === Op.SUCCESS &&
            ptr === end &&
            !(s[ctx + TOPLEVEL] !== 0 && this.mustAdvance && ptr === this.start)
          ) {
            this.ptr = ptr;
            ret = 1;
            continue;
          }
          this.save(ctx, this.repeat >= 0);
          s[ctx + REPEAT] = code[tail] === Op.LITERAL ? code[tail + 1]! : -1;
          op = Op.REPEAT_ONE_NEXT;
          continue;
        }
        case Op.REPEAT_ONE_NEXT: {
          const min = code[pat + 1]!;
          const c = s[ctx + REPEAT]!;
          let n = s[ctx + COUNT]!;
          if (c >= 0) {
            const from = n;
            while (n >= min && (ptr >= end || text[ptr] !== c)) {
              ptr--;
              n--;
            }
            this.steps += (from - n) >> 2;
            s[ctx + COUNT] = n;
          }
          if (n < min) {
            ret = 0;
            op = Op.EXIT;
            continue;
          }
          this.ptr = ptr;
          call = pat + code[pat]!;
          jump = Jump.REPEAT_ONE;
          callTop = s[ctx + TOPLEVEL]!;
          break;
        }

        case Op.MIN_REPEAT_ONE: {
          op = Op.EXIT;
          const min = code[pat + 1]!;
          if (min > end - ptr) {
            ret = 0;
            continue;
          }
          this.ptr = ptr;
          s[ctx + COUNT] = 0;
          if (min !== 0) {
            const n = this.count(pat + 3, min, s[ctx + TOP]!);
            s = this.stack;
            if (n < 0) return n;
            if (n < min) {
              ret = 0;
              continue;
            }
            s[ctx + COUNT] = n;
            ptr += n;
          }
          if (code[pat + code[pat]!] === Op.SUCCESS && !(s[ctx + TOPLEVEL] !== 0 && this.isNoEnd(ptr))) {
            this.ptr = ptr;
            ret = 1;
            continue;
          }
          this.save(ctx, this.repeat >= 0);
          op = Op.MIN_REPEAT_ONE_NEXT;
          continue;
        }
        case Op.MIN_REPEAT_ONE_NEXT:
          if (code[pat + 2] !== MAXREPEAT && s[ctx + COUNT]! > code[pat + 2]!) {
            ret = 0;
            op = Op.EXIT;
            continue;
          }
          this.ptr = ptr;
          call = pat + code[pat]!;
          jump = Jump.MIN_REPEAT_ONE;
          callTop = s[ctx + TOPLEVEL]!;
          break;

        case Op.POSSESSIVE_REPEAT_ONE: {
          const min = code[pat + 1]!;
          op = Op.EXIT;
          ret = 0;
          if (ptr + min > end) continue;
          this.ptr = ptr;
          const n = this.count(pat + 3, code[pat + 2]!, s[ctx + TOP]!);
          s = this.stack;
          if (n < 0) return n;
          ptr += n;
          if (n < min) continue;
          pat += code[pat]!;
          if (
            code[pat] === Op.SUCCESS &&
            ptr === end &&
            !(s[ctx + TOPLEVEL] !== 0 && this.mustAdvance && ptr === this.start)
          ) {
            this.ptr = ptr;
            ret = 1;
            continue;
          }
          break;
        }

        case Op.REPEAT: {
          const rep = this.repeatTop++;
          this.repCount[rep] = -1;
          this.repPattern[rep] = pat;
          this.repPrevious[rep] = this.repeat;
          this.repLastPtr[rep] = -1;
          this.repeat = rep;
          s[ctx + REPEAT] = rep;
          this.ptr = ptr;
          call = pat + code[pat]!;
          jump = Jump.REPEAT;
          callTop = s[ctx + TOPLEVEL]!;
          break;
        }

        case Op.MAX_UNTIL: {
          const rep = this.repeat;
          if (rep < 0) return ERROR_STATE;
          s[ctx + REPEAT] = rep;
          this.ptr = ptr;
          const n = this.repCount[rep]! + 1;
          s[ctx + COUNT] = n;
          const body = this.repPattern[rep]!;
          callTop = s[ctx + TOPLEVEL]!;
          if (n < code[body + 1]!) {
            this.repCount[rep] = n;
            call = body + 3;
            jump = Jump.MAX_UNTIL_1;
            break;
          }
          if ((n < code[body + 2]! || code[body + 2] === MAXREPEAT) && ptr !== this.repLastPtr[rep]) {
            this.repCount[rep] = n;
            this.save(ctx, true);
            s[ctx + SAVED_PTR] = this.repLastPtr[rep]!;
            this.repLastPtr[rep] = ptr;
            call = body + 3;
            jump = Jump.MAX_UNTIL_2;
            break;
          }
          op = Op.MAX_UNTIL_TAIL;
          continue;
        }
        case Op.MAX_UNTIL_TAIL:
          this.repeat = this.repPrevious[s[ctx + REPEAT]!]!;
          call = pat;
          jump = Jump.MAX_UNTIL_3;
          callTop = s[ctx + TOPLEVEL]!;
          break;

        case Op.MIN_UNTIL: {
          const rep = this.repeat;
          if (rep < 0) return ERROR_STATE;
          s[ctx + REPEAT] = rep;
          this.ptr = ptr;
          const n = this.repCount[rep]! + 1;
          s[ctx + COUNT] = n;
          const body = this.repPattern[rep]!;
          callTop = s[ctx + TOPLEVEL]!;
          if (n < code[body + 1]!) {
            this.repCount[rep] = n;
            call = body + 3;
            jump = Jump.MIN_UNTIL_1;
            break;
          }
          this.repeat = this.repPrevious[rep]!;
          this.save(ctx, this.repeat >= 0);
          call = pat;
          jump = Jump.MIN_UNTIL_2;
          break;
        }

        case Op.POSSESSIVE_REPEAT:
          this.ptr = ptr;
          s[ctx + COUNT] = 0;
          op = Op.POSSESSIVE_MIN;
          continue;
        case Op.POSSESSIVE_MIN:
          if (s[ctx + COUNT]! < code[pat + 1]!) {
            call = pat + 3;
            jump = Jump.POSS_REPEAT_1;
            break;
          }
          ptr = -1;
          op = Op.POSSESSIVE_MORE;
          continue;
        case Op.POSSESSIVE_MORE:
          if ((s[ctx + COUNT]! < code[pat + 2]! || code[pat + 2] === MAXREPEAT) && this.ptr !== ptr) {
            this.save(ctx, true);
            ptr = this.ptr;
            call = pat + 3;
            jump = Jump.POSS_REPEAT_2;
            break;
          }
          pat += code[pat]! + 1;
          ptr = this.ptr;
          break;

        case Op.ATOMIC_GROUP:
          this.ptr = ptr;
          call = pat + 1;
          jump = Jump.ATOMIC_GROUP;
          break;

        case Op.GROUPREF:
        case Op.GROUPREF_IGNORE:
        case Op.GROUPREF_UNI_IGNORE:
        case Op.GROUPREF_LOC_IGNORE: {
          const map =
            op === Op.GROUPREF
              ? same
              : op === Op.GROUPREF_IGNORE
                ? lowerAscii
                : op === Op.GROUPREF_UNI_IGNORE
                  ? lowerUnicode
                  : lowerLocale;
          const behind = this.sameGroup(code[pat]!, ptr, map);
          if (behind < 0) {
            ret = 0;
            op = Op.EXIT;
            continue;
          }
          this.steps += behind - ptr;
          ptr = behind;
          pat++;
          break;
        }
        case Op.GROUPREF_EXISTS: {
          const mark = code[pat]! * 2;
          const from = mark >= this.lastmark ? -1 : this.marks[mark]!;
          const to = from < 0 ? -1 : this.marks[mark + 1]!;
          pat += from < 0 || to < from ? code[pat + 1]! : 2;
          break;
        }

        case Op.ASSERT:
          if (ptr < code[pat + 1]!) {
            ret = 0;
            op = Op.EXIT;
            continue;
          }
          this.ptr = ptr - code[pat + 1]!;
          call = pat + 2;
          jump = Jump.ASSERT;
          break;
        case Op.ASSERT_NOT:
          if (ptr >= code[pat + 1]!) {
            this.ptr = ptr - code[pat + 1]!;
            this.save(ctx, this.repeat >= 0);
            call = pat + 2;
            jump = Jump.ASSERT_NOT;
            break;
          }
          pat += code[pat]!;
          break;

        case Op.EXIT: {
          const from: Jump = s[ctx + JUMP]!;
          if (from === Jump.NONE) return ret;
          ctx = s[ctx + PREVIOUS]!;
          pat = s[ctx + PATTERN]!;
          ptr = s[ctx + PTR]!;
          const rep = s[ctx + REPEAT]!;
          // `continue` leaves this context too, or goes on inside an instruction; `break` goes on behind it.
          switch (from) {
            case Jump.BRANCH:
              if (ret !== 0) continue;
              this.restore(ctx);
              pat += code[pat]!;
              op = Op.BRANCH_NEXT;
              continue;
            case Jump.REPEAT_ONE:
              if (ret !== 0) continue;
              this.restore(ctx);
              ptr--;
              s[ctx + COUNT]!--;
              op = Op.REPEAT_ONE_NEXT;
              continue;
            case Jump.MIN_REPEAT_ONE: {
              if (ret !== 0) continue;
              this.restore(ctx);
              this.ptr = ptr;
              const n = this.count(pat + 3, 1, s[ctx + TOP]!);
              s = this.stack;
              if (n < 0) return n;
              if (n === 0) continue;
              ptr++;
              s[ctx + COUNT]!++;
              op = Op.MIN_REPEAT_ONE_NEXT;
              continue;
            }
            case Jump.REPEAT:
              this.repeat = this.repPrevious[rep]!;
              this.repeatTop = rep;
              continue;
            case Jump.MAX_UNTIL_1:
            case Jump.MIN_UNTIL_1:
              if (ret !== 0) continue;
              this.repCount[rep] = s[ctx + COUNT]! - 1;
              this.ptr = ptr;
              continue;
            case Jump.MAX_UNTIL_2:
              this.repLastPtr[rep] = s[ctx + SAVED_PTR]!;
              if (ret !== 0) continue;
              this.restore(ctx);
              this.repCount[rep] = s[ctx + COUNT]! - 1;
              this.ptr = ptr;
              op = Op.MAX_UNTIL_TAIL;
              continue;
            case Jump.MAX_UNTIL_3:
              this.repeat = rep;
              if (ret === 0) this.ptr = ptr;
              continue;
            case Jump.MIN_UNTIL_2: {
              this.repeat = rep;
              if (ret !== 0) continue;
              this.restore(ctx);
              this.ptr = ptr;
              const body = this.repPattern[rep]!;
              const n = s[ctx + COUNT]!;
              if ((n >= code[body + 2]! && code[body + 2] !== MAXREPEAT) || ptr === this.repLastPtr[rep]) continue;
              this.repCount[rep] = n;
              s[ctx + SAVED_PTR] = this.repLastPtr[rep]!;
              this.repLastPtr[rep] = ptr;
              call = body + 3;
              jump = Jump.MIN_UNTIL_3;
              callTop = s[ctx + TOPLEVEL]!;
              break sw;
            }
            case Jump.MIN_UNTIL_3:
              this.repLastPtr[rep] = s[ctx + SAVED_PTR]!;
              if (ret !== 0) continue;
              this.repCount[rep] = s[ctx + COUNT]! - 1;
              this.ptr = ptr;
              continue;
            case Jump.POSS_REPEAT_1:
              if (ret === 0) {
                this.ptr = ptr;
                continue;
              }
              s[ctx + COUNT]!++;
              op = Op.POSSESSIVE_MIN;
              continue;
            case Jump.POSS_REPEAT_2:
              if (ret !== 0) {
                s[ctx + TOP] = ctx + CONTEXT_WORDS;
                s[ctx + COUNT]!++;
                op = Op.POSSESSIVE_MORE;
                continue;
              }
              this.restore(ctx);
              s[ctx + TOP] = ctx + CONTEXT_WORDS;
              pat += code[pat]! + 1;
              // The last good position, which the failed attempt left.
              this.ptr = ptr;
              break sw;
            case Jump.ATOMIC_GROUP:
              if (ret === 0) {
                this.ptr = ptr;
                continue;
              }
              pat += code[pat]!;
              ptr = this.ptr;
              break sw;
            case Jump.ASSERT:
              if (ret === 0) continue;
              pat += code[pat]!;
              break sw;
            case Jump.ASSERT_NOT:
              if (ret !== 0) {
                ret = 0;
                continue;
              }
              this.restore(ctx);
              pat += code[pat]!;
              break sw;
          }
          return ERROR_ILLEGAL;
        }
        default:
          return ERROR_ILLEGAL;
      }
      if (call >= 0) {
        s[ctx + PATTERN] = pat;
        s[ctx + PTR] = ptr;
        const top = s[ctx + TOP]!;
        this.newContext(top, call, jump, callTop, ctx);
        s = this.stack;
        ctx = top;
        pat = call;
        op = Op.ENTRANCE;
        continue;
      }
      const next = code[pat++];
      if (next === undefined) return ERROR_ILLEGAL;
      op = next;
    }
  }

  /** The whole match must not end here. */
  private isNoEnd(ptr: number): boolean {
    return (this.matchAll && ptr !== this.end) || (this.mustAdvance && ptr === this.start);
  }

  private forgetGroups(): void {
    this.lastmark = -1;
    this.lastindex = -1;
  }

  /** The first match from `start` on; `start` is moved to where it begins. */
  search(): number {
    const { code, text } = this;
    let ptr = this.start;
    let end = this.end;
    if (ptr > end) return 0;
    let pat = 0;
    let flags = 0;
    if (code[0] === Op.INFO) {
      flags = code[2]!;
      const min = code[3]!;
      if (min !== 0 && end - ptr < min) return 0;
      if (min > 1) end = Math.max(ptr, end - min + 1);
      pat = 1 + code[1]!;
    }
    if ((flags & INFO_PREFIX) !== 0) return this.searchPrefix(ptr, pat, flags);
    if ((flags & INFO_CHARSET) !== 0) {
      this.mustAdvance = false;
      for (; ; ptr++) {
        const from = ptr;
        while (ptr < this.end && !this.inSet(5, text[ptr]!)) ptr++;
        this.steps += (ptr - from) >> 2;
        if (ptr >= this.end) return 0;
        const r = this.matchFrom(ptr, ptr, pat, false);
        if (r !== 0) return r;
      }
    }
    this.start = ptr;
    this.ptr = ptr;
    let r = this.match(pat, true);
    this.mustAdvance = false;
    if (r === 0 && code[pat] === Op.AT && (code[pat + 1] === At.BEGINNING || code[pat + 1] === At.BEGINNING_STRING)) {
      this.start = this.ptr = end;
      return 0;
    }
    while (r === 0 && ptr < end) {
      ptr++;
      this.forgetGroups();
      this.start = ptr;
      this.ptr = ptr;
      r = this.match(pat, false);
    }
    return r;
  }

  private matchFrom(start: number, ptr: number, pat: number, whole: boolean): number {
    this.start = start;
    this.ptr = ptr;
    if (whole) return 1;
    const r = this.match(pat, false);
    if (r === 0) this.forgetGroups();
    return r;
  }

  /** The pattern begins with literal characters, of which `skip` need not be matched again. */
  private searchPrefix(ptr: number, pat: number, flags: number): number {
    const { code, text } = this;
    const length = code[5]!;
    const skip = code[6]!;
    const last = this.end - length;
    this.mustAdvance = false;
    const first = code[7]!;
    for (; ptr <= last; ptr++) {
      this.steps++;
      if (text[ptr] !== first) continue;
      let i = 1;
      while (i < length && text[ptr + i] === code[7 + i]) i++;
      if (i < length) continue;
      const r = this.matchFrom(ptr, ptr + skip, pat + 2 * skip, (flags & INFO_LITERAL) !== 0);
      if (r !== 0) return r;
    }
    return 0;
  }
}

const same = (c: number): number => c;
