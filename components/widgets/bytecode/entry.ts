import type { WidgetEntry } from '../widget';
import { Bytecode } from './bytecode';

export const entry: WidgetEntry = {
  id: 'bytecode',
  title: 'Bytecode',
  about: 'The instructions of the running code, what each did to the counts, and the value stack',
  Widget: Bytecode,
};
