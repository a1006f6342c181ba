import type { WidgetEntry } from '../widget';
import { DifferenceWidget } from './difference-widget';

export const entry: WidgetEntry = {
  id: 'difference',
  title: 'Difference',
  about: 'Two moments side by side: what was born, died and changed hands',
  Widget: DifferenceWidget,
};
