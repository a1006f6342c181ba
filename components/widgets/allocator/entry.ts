import type { WidgetEntry } from '../widget';
import { AllocatorWidget } from './allocator-widget';

export const entry: WidgetEntry = {
  id: 'allocator',
  title: 'Allocator',
  about: 'Arenas, pools and blocks, free lists, and what each object takes and holds',
  Widget: AllocatorWidget,
};
