import type { Mode } from '../fast-base';
import { PySyntaxError } from '../syntax-error';

export function findSyntaxError(_text: string, filename: string, _mode: Mode, _version: number): PySyntaxError {
  return new PySyntaxError('SyntaxError', 'invalid syntax', filename);
}
