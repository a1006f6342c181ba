'use client';

import type { ReactNode } from 'react';
import { useNotebook, useNotebookState } from './notebook-context';
import { useHydrated } from './use-hydrated';

const KERNEL_WORDS = {
  'not started': 'starts with the first run',
  starting: 'starting',
  idle: 'ready',
  busy: 'running',
  dead: 'could not be loaded',
} as const;

/** Acts on the whole page: its one kernel and all its cells. */
export function Toolbar() {
  const { store, handles } = useNotebook();
  const { kernel, isBusy, notice } = useNotebookState();
  const isHydrated = useHydrated();
  return (
    <div className="not-first:mt-0">
      <div role="toolbar" aria-label="Notebook" className="flex flex-wrap items-center gap-x-1.5 gap-y-2 print:hidden">
        <ToolButton
          isOff={isBusy || !isHydrated}
          onClick={() => store.runAll((id) => handles.get(id)?.isVisible() ?? false)}
          icon={<path d="M3 3.5l5.5 4.5L3 12.5zM9 3.5l5.5 4.5L9 12.5z" className="fill-current" />}
        >
          Run all
        </ToolButton>
        <ToolButton
          isOff={kernel === 'not started'}
          onClick={() => store.restart()}
          icon={<path d="M12.8 6.2A5.2 5.2 0 1 0 13.2 9.5M13 2.5v4H9" />}
        >
          Restart kernel
        </ToolButton>
        <p className="ml-1 flex items-center gap-2 text-xs text-ink-faint">
          <KernelDot kernel={kernel} />
          Kernel: {KERNEL_WORDS[kernel]}
        </p>
      </div>
      {notice && (
        <p className="mt-3 rounded-md border border-line-strong/50 bg-sunken px-3 py-2 text-sm leading-relaxed">
          {notice}
        </p>
      )}
      {kernel === 'dead' && (
        <p
          role="alert"
          className="mt-3 rounded-md border border-freed/50 bg-freed-soft px-3 py-2 text-sm leading-relaxed"
        >
          The kernel could not be loaded. Check the connection, then run a cell again.
        </p>
      )}
    </div>
  );
}

function KernelDot({ kernel }: { kernel: keyof typeof KERNEL_WORDS }) {
  const look =
    kernel === 'busy' || kernel === 'starting'
      ? 'border-accent bg-accent motion-safe:animate-pulse'
      : kernel === 'idle'
        ? 'border-gained bg-gained'
        : kernel === 'dead'
          ? 'border-freed bg-surface'
          : 'border-line-strong bg-surface';
  return <span aria-hidden="true" className={`size-2 rounded-full border ${look}`} />;
}

interface ToolButtonProps {
  isOff: boolean;
  onClick(): void;
  icon: ReactNode;
  children: ReactNode;
}

function ToolButton({ isOff, onClick, icon, children }: ToolButtonProps) {
  return (
    <button
      type="button"
      aria-disabled={isOff}
      onClick={() => isOff || onClick()}
      className="inline-flex h-9 items-center gap-2 rounded-md border border-line bg-surface px-3 text-sm font-medium text-ink-soft hover:border-line-strong hover:text-ink aria-disabled:cursor-default aria-disabled:border-line aria-disabled:text-ink-faint"
    >
      <svg aria-hidden="true" viewBox="0 0 16 16" className="size-3.5 fill-none stroke-current stroke-[1.6]">
        {icon}
      </svg>
      {children}
    </button>
  );
}
