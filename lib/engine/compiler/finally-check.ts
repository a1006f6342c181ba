/**
 * `return`, `break` and `continue` that leave a `finally` block and swallow its exception (PEP 765, 3.14):
 * control_flow_in_finally_warning in Python/ast_preprocess.c.
 */
import type { Stmt } from '../parser/ast';
import type { SyntaxWarning } from '../parser/syntax-error';

/** Only the innermost block counts: a loop in a `finally` hides it, from `return` too. */
type Context = 'finally' | 'function' | 'loop' | null;

export function checkFinally(body: readonly Stmt[], warnings: SyntaxWarning[]): void {
  new FinallyCheck(warnings).stmts(body, null);
}

class FinallyCheck {
  constructor(private readonly warnings: SyntaxWarning[]) {}

  stmts(body: readonly Stmt[], context: Context): void {
    for (const s of body) this.stmt(s, context);
  }

  private stmt(s: Stmt, context: Context): void {
    switch (s._type) {
      case 'Return':
      case 'Break':
      case 'Continue':
        if (context === 'finally') {
          const msg = `'${s._type.toLowerCase()}' in a 'finally' block`;
          this.warnings.push({
            category: 'SyntaxWarning',
            msg,
            lineno: s.lineno,
            offset: s.col_offset + 1,
            end_lineno: s.end_lineno,
            end_offset: s.end_col_offset + 1,
          });
        }
        break;
      case 'FunctionDef':
      case 'AsyncFunctionDef':
        this.stmts(s.body, 'function');
        break;
      case 'For':
      case 'AsyncFor':
      case 'While':
        this.stmts(s.body, 'loop');
        this.stmts(s.orelse, context);
        break;
      case 'ClassDef':
      case 'With':
      case 'AsyncWith':
        this.stmts(s.body, context);
        break;
      case 'If':
        this.stmts(s.body, context);
        this.stmts(s.orelse, context);
        break;
      case 'Match':
        for (const m of s.cases) this.stmts(m.body, context);
        break;
      case 'Try':
      case 'TryStar':
        this.stmts(s.body, context);
        for (const h of s.handlers) this.stmts(h.body, context);
        this.stmts(s.orelse, context);
        this.stmts(s.finalbody, 'finally');
        break;
      default:
        break;
    }
  }
}
