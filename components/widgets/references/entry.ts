import type { WidgetEntry } from '../widget';
import { References } from './references';

export const entry: WidgetEntry = {
  id: 'references',
  title: 'References',
  about: 'Names, the objects they refer to, their counts, and who holds each reference',
  Widget: References,
};
