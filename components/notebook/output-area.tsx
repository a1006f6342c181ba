import { memo } from 'react';
import type { Output } from '../../lib/notebook/cell-run';
import { assertNever } from '../../lib/utils/assert-never';
import { ErrorOutput } from './outputs/error-output';
import { FaultOutput } from './outputs/fault-output';
import { ResultOutput } from './outputs/result-output';
import { StreamOutput } from './outputs/stream-output';

interface OutputAreaProps {
  index: number;
  outputs: readonly Output[];
}

/** Always there, so that screen readers notice what is added to it. */
export const OutputArea = memo(function OutputArea({ index, outputs }: OutputAreaProps) {
  return (
    <div
      role="log"
      aria-label={`Output of cell ${index}`}
      // A long output scrolls inside the cell, by keyboard too.
      tabIndex={outputs.length > 0 ? 0 : undefined}
      className={
        outputs.length > 0
          ? 'max-h-96 overflow-auto border-t border-line px-4 py-3 text-sm leading-6 print:max-h-none print:overflow-visible'
          : 'sr-only'
      }
    >
      {outputs.map((output, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: outputs are only ever added at the end
        <OutputItem key={at} output={output} />
      ))}
    </div>
  );
});

function OutputItem({ output }: { output: Output }) {
  switch (output.output_type) {
    case 'stream':
      return <StreamOutput name={output.name} text={output.text} />;
    case 'execute_result':
    case 'display_data':
      return <ResultOutput text={output.data['text/plain']} />;
    case 'error':
      return <ErrorOutput traceback={output.traceback} />;
    case 'fault':
      return <FaultOutput fault={output.fault} />;
    case 'truncated':
      return (
        <p className="my-1 border-l-2 border-line-strong pl-3 text-ink-soft">
          Output truncated: {output.shown.toLocaleString('en')} characters are shown,{' '}
          {output.dropped.toLocaleString('en')} more were left out.
        </p>
      );
    case 'notice':
      return <p className="my-1 border-l-2 border-line-strong pl-3 text-ink-soft">{output.text}</p>;
    default:
      return assertNever(output);
  }
}
