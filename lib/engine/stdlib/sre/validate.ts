/**
 * `_validate` (Modules/_sre/sre.c): code arrays that Lib/re/ did not make must not lead the matcher astray. The matcher
 * itself stops at the end of the array and at numbers that are no instructions; here is what it cannot see: skips that
 * lead nowhere and marks beyond the groups.
 */
import { Op } from './opcodes';

export function validCode(code: Uint32Array, groups: number): boolean {
  if (code.length === 0 || code[code.length - 1] !== Op.SUCCESS) return false;
  return validRange(code, 0, code.length - 1, groups);
}

/** Instructions from `at` to `end`. */
function validRange(code: Uint32Array, at: number, end: number, groups: number): boolean {
  while (at < end) {
    const op = code[at++]!;
    const skip = code[at] ?? -1;
    switch (op) {
      case Op.MARK:
        if (skip > 2 * groups + 1) return false;
        at++;
        break;
      case Op.LITERAL:
      case Op.NOT_LITERAL:
      case Op.LITERAL_IGNORE:
      case Op.NOT_LITERAL_IGNORE:
      case Op.LITERAL_UNI_IGNORE:
      case Op.NOT_LITERAL_UNI_IGNORE:
      case Op.LITERAL_LOC_IGNORE:
      case Op.NOT_LITERAL_LOC_IGNORE:
        at++;
        break;
      case Op.AT:
        if (skip > 11) return false;
        at++;
        break;
      case Op.CATEGORY:
        if (skip > 17) return false;
        at++;
        break;
      case Op.GROUPREF:
      case Op.GROUPREF_IGNORE:
      case Op.GROUPREF_UNI_IGNORE:
      case Op.GROUPREF_LOC_IGNORE:
        if (skip >= groups) return false;
        at++;
        break;
      case Op.GROUPREF_EXISTS:
        if (skip >= groups || at + code[at + 1]! > end) return false;
        at += 2;
        break;
      case Op.SUCCESS:
      case Op.FAILURE:
      case Op.ANY:
      case Op.ANY_ALL:
      case Op.MAX_UNTIL:
      case Op.MIN_UNTIL:
        break;
      case Op.IN:
      case Op.IN_IGNORE:
      case Op.IN_UNI_IGNORE:
      case Op.IN_LOC_IGNORE:
      case Op.INFO:
      case Op.ASSERT:
      case Op.ASSERT_NOT:
      case Op.ATOMIC_GROUP:
      case Op.POSSESSIVE_REPEAT:
      case Op.POSSESSIVE_REPEAT_ONE:
      case Op.REPEAT:
      case Op.REPEAT_ONE:
      case Op.MIN_REPEAT_ONE:
      case Op.JUMP:
        if (skip < 1 || at + skip > end + 1) return false;
        if (op === Op.JUMP) at++;
        else at += skip;
        break;
      case Op.BRANCH:
        for (; code[at] !== 0; at += code[at]!) if (at >= end || code[at]! < 1) return false;
        at++;
        break;
      default:
        return false;
    }
  }
  return true;
}
