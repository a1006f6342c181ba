import type { WidgetEntry } from '../widget';
import { HeapGraph } from './heap-graph';

export const entry: WidgetEntry = {
  id: 'heap',
  title: 'Heap graph',
  about: 'Names on the left, objects on the right, references as arrows; garbage and its cycles marked',
  Widget: HeapGraph,
};
