import type { WidgetEntry } from '../widget';
import { CollectorWidget } from './collector-widget';

export const entry: WidgetEntry = {
  id: 'collector',
  title: 'Collector',
  about: 'Each collection of cycles phase by phase, and how full the generations are',
  Widget: CollectorWidget,
};
