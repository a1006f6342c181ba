import { memo } from 'react';
import { ColouredLine } from './coloured-code';
import { colourPython } from './python-tokens';

interface PrintedCodeProps {
  code: string;
  /** The line that ran last, counted from 1. */
  ran: number | null;
}

/** The code on paper, where lines that are too long must break and Monaco draws only what its window shows. */
export const PrintedCode = memo(function PrintedCode({ code, ran }: PrintedCodeProps) {
  return (
    <div aria-hidden="true" className="printed-code">
      {colourPython(code).map((spans, at) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other identity than its number
          key={at}
          className={`flex border-l-3 ${at + 1 === ran ? 'border-accent bg-accent-soft' : 'border-transparent'}`}
        >
          <span className="w-9 shrink-0 text-right text-ink-faint tabular-nums">{at + 1}</span>
          <span className="min-w-0 flex-1 pr-4 pl-6 wrap-anywhere whitespace-pre-wrap">
            <ColouredLine spans={spans} />
            {'\u200b'}
          </span>
        </div>
      ))}
    </div>
  );
});

/** Columns that a sheet is wide enough for. */
const PAPER_COLUMNS = 74;

/** Whether the code as the screen shows it would run over the edge of a sheet. */
export const isTooWideForPaper = (code: string) => code.split('\n').some((line) => line.length > PAPER_COLUMNS);
