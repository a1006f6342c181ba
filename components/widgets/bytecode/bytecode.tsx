'use client';

import { useReading } from '../trace/use-reading';
import type { WidgetProps } from '../widget';
import { WidgetNote } from '../widget-note';
import { BytecodeView } from './bytecode-view';

export function Bytecode({ run, runs, at, selected, letters, onGoTo, onSelect }: WidgetProps) {
  const { value, isCurrent, isMissing, error } = useReading({ what: 'bytecode', at });
  if (isMissing) return <WidgetNote>The code of this moment is not recorded.</WidgetNote>;
  if (value === null) return <WidgetNote error={error}>Reading the bytecode …</WidgetNote>;
  const own = runs.find((each) => each.run === value.at.run) ?? run;
  return (
    <>
      {run.detail !== 'instructions' && at.step >= run.linesFrom && (
        <p className="mb-2 text-xs text-ink-faint">
          Here the recording goes by lines: what single instructions did is not known.
        </p>
      )}
      <BytecodeView
        reading={value}
        filename={own.filename}
        letters={letters}
        selected={selected}
        isStale={!isCurrent}
        onGoTo={onGoTo}
        onSelect={onSelect}
      />
    </>
  );
}
