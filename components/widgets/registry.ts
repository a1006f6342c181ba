/** All widgets, in the order in which they are offered. */
import type { WidgetEntry } from './widget';

export const WIDGETS: readonly WidgetEntry[] = [];
