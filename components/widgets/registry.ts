/** All widgets, in the order in which they are offered. */
import { entry as allocator } from './allocator/entry';
import { entry as biography } from './biography/entry';
import { entry as bytecode } from './bytecode/entry';
import { entry as collector } from './collector/entry';
import { entry as difference } from './difference/entry';
import { entry as heap } from './heap-graph/entry';
import { entry as references } from './references/entry';
import { entry as timeline } from './timeline/entry';
import type { WidgetEntry } from './widget';

export const WIDGETS: readonly WidgetEntry[] = [
  references,
  heap,
  collector,
  timeline,
  biography,
  bytecode,
  allocator,
  difference,
];
