/** What a step shows in the editor: lines, the token of an instruction, and a chip for each count that it changed. */
import type { RunSummary, Span, TraceStep } from '../../lib/engine/snapshot/trace-types';
import { netChanges } from './words/changes';

export interface StepChip {
  readonly serial: number;
  readonly label: string;
  /** Null: the object is new. */
  readonly before: number | null;
  /** A count that it had in between; null: it went straight. */
  readonly by: number | null;
  readonly after: number;
  readonly isDead: boolean;
  readonly span: Span | null;
}

interface Lines {
  readonly line: number;
  readonly endLine: number;
}

export interface StepMarks {
  readonly ran: Lines | null;
  readonly next: Lines | null;
  /** Of a single instruction, its place. */
  readonly token: Span | null;
  readonly chips: readonly StepChip[];
  readonly chipsOmitted: number;
}

/** @param nextLine line of the run's own file that comes next; null: none does, or code of another file */
export function stepMarks(step: TraceStep | null, nextLine: number | null, run: RunSummary): StepMarks {
  const next = nextLine === null ? null : { line: nextLine, endLine: nextLine };
  // Code of an earlier cell ran: its lines are not those of this text.
  if (!step || step.filename !== run.filename || step.line < 1) {
    return { ran: null, next, token: null, chips: [], chipsOmitted: 0 };
  }
  return {
    ran: { line: step.line, endLine: Math.max(step.line, step.endLine) },
    next,
    token: step.kind === 'instruction' && step.span && !isEmpty(step.span) ? step.span : null,
    chips: chipsOf(step),
    chipsOmitted: step.countsOmitted,
  };
}

/** In the order in which it happened; an object that a name was given at its birth has a chip too. */
function chipsOf(step: TraceStep): StepChip[] {
  const dead = new Set(step.died.map(({ object }) => object.serial));
  const born = new Set(step.born.map(({ object }) => object.serial));
  const bound = step.rebound.flatMap(({ name, after, count }): StepChip[] => {
    if (after === null || count === null || !born.has(after.serial)) return [];
    const span = step.born.find(({ object }) => object.serial === after.serial)?.span ?? null;
    return [{ serial: after.serial, label: name, before: null, by: null, after: count, isDead: false, span }];
  });
  const isBound = new Set(bound.map(({ serial }) => serial));
  const changed = netChanges(step)
    .filter(
      ({ isName, serial, before, after, by }) => isName && !isBound.has(serial) && (before !== after || by !== null),
    )
    .map(({ serial, label, before, by, after, span }) => ({
      serial,
      label,
      before: born.has(serial) ? null : before,
      by,
      after,
      isDead: dead.has(serial),
      span,
    }));
  return [...bound.filter(({ serial }, at) => bound.findIndex((each) => each.serial === serial) === at), ...changed];
}

const isEmpty = (span: Span) => span.line === span.endLine && span.column === span.endColumn;
