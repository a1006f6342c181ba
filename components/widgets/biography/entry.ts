import type { WidgetEntry } from '../widget';
import { Biography } from './biography';

export const entry: WidgetEntry = {
  id: 'biography',
  title: 'Biography',
  about: 'The life of the selected object: who held it when, why it is alive, how it died',
  Widget: Biography,
};
