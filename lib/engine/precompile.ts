/** Compiling a file of the standard library ahead of time, when the site is built. */
import { compile } from './compiler/compile';
import { serializeUnit } from './compiler/serialize';
import { parse, type SyntaxWarning } from './parser/parser';
import type { Profile } from './version';

/** The compiled file as bytes, or null for one that is better compiled when it is imported: it has something to say. */
export function precompile(source: string, filename: string, profile: Profile): Uint8Array | null {
  const warnings: SyntaxWarning[] = [];
  try {
    const tree = parse(source, filename, 'exec', { feature_version: profile === '3.13' ? 13 : 14, warnings });
    const unit = compile(tree, filename, 'exec', profile, { flags: 0, displayLast: false, warnings });
    return warnings.length === 0 ? serializeUnit(unit) : null;
  } catch {
    return null;
  }
}
