import type { Fault } from '../../../lib/kernel/protocol';

/** What is not Python's doing: a limit of this page, or a fault of our engine. Each is told for what it is. */
export function FaultOutput({ fault }: { fault: Fault }) {
  if (fault.kind === 'limit') {
    return (
      <div className="my-1 rounded-md border border-dashed border-lost bg-lost-soft px-3 py-2">
        <p className="font-semibold text-lost">Stopped at a limit of this page: {fault.limit}</p>
        <p className="mt-0.5 text-ink-soft">{fault.message}</p>
      </div>
    );
  }
  return (
    <div className="my-1 rounded-md border-2 border-cycle bg-cycle-soft px-3 py-2">
      <p className="font-semibold text-cycle">A fault of the Heapbook engine, not of your code</p>
      <p className="mt-0.5 text-ink-soft">
        The cell was stopped and the kernel’s names are gone. Please report the cell’s code together with this:
      </p>
      <pre className="mt-1 overflow-x-auto font-mono text-[0.8125rem] whitespace-pre-wrap text-ink">
        {fault.message}
      </pre>
    </div>
  );
}
