import type { WidgetEntry } from '../widget';
import { HeapGraphWhenOpened } from './when-opened';

export const entry: WidgetEntry = {
  id: 'heap',
  title: 'Heap graph',
  about: 'Names on the left, objects on the right, references as arrows',
  Widget: HeapGraphWhenOpened,
};
