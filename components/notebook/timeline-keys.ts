import type { KeyboardEvent } from 'react';
import type { Timeline } from '../widgets/trace/use-timeline';

/**
 * `,` and `.` step back and forth; with Alt or Shift by instruction; Home and End go to either end. They work wherever
 * the focus is in the cell but in a place where one types, or that has its own use for the key.
 */
export function timelineKeys(event: KeyboardEvent<HTMLElement>, timeline: Timeline): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey) return;
  const target = event.target as HTMLElement;
  if (
    target.isContentEditable ||
    target.closest('input:not([type=range], [type=radio], [type=checkbox]), textarea, select')
  ) {
    return;
  }
  const move = moveOf(event, target);
  if (move === null) return;
  event.preventDefault();
  move(timeline);
}

function moveOf(event: KeyboardEvent<HTMLElement>, target: HTMLElement): ((timeline: Timeline) => void) | null {
  const isFine = event.altKey || event.shiftKey;
  switch (event.key) {
    case ',':
    case '<':
      return (timeline) => timeline.move(-1, isFine ? 'instruction' : undefined);
    case '.':
    case '>':
      return (timeline) => timeline.move(1, isFine ? 'instruction' : undefined);
    case 'Home':
    case 'End':
      // Sliders, trees and grids have ends of their own.
      if (target.closest('input, [role=tree], [role=grid], [role=listbox], [role=tablist], [tabindex="0"]'))
        return null;
      return (timeline) =>
        timeline.goTo({ run: timeline.run.run, step: event.key === 'Home' ? 0 : timeline.run.steps });
    default:
      return null;
  }
}
