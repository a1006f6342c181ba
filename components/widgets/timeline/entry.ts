import type { WidgetEntry } from '../widget';
import { Timeline } from './timeline';

export const entry: WidgetEntry = {
  id: 'timeline',
  title: 'Timeline',
  about: 'The life of each object as a bar, with its count, from birth to death',
  Widget: Timeline,
};
