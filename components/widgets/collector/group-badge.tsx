import type { Group } from './groups';

const LOOKS: Readonly<Record<Group, { sign: string; tone: string }>> = {
  candidate: { sign: '·', tone: 'border-line text-ink-soft' },
  reachable: { sign: '✓', tone: 'border-gained/40 bg-gained-soft text-gained' },
  'tentatively unreachable': { sign: '?', tone: 'border-dashed border-cycle/70 bg-cycle-soft text-cycle' },
  unreachable: { sign: '○', tone: 'border-cycle/60 bg-cycle-soft text-cycle' },
  resurrected: { sign: '↺', tone: 'border-gained/40 bg-gained-soft text-gained' },
  cleared: { sign: '✕', tone: 'border-dashed border-freed/60 bg-freed-soft text-freed' },
};

/** Which list of the collector's an object is in. */
export function GroupBadge({ group }: { group: Group }) {
  const { sign, tone } = LOOKS[group];
  return (
    <span
      className={`inline-flex items-baseline gap-1 rounded border px-1.5 text-xs leading-5 motion-safe:transition-colors ${tone}`}
    >
      <span aria-hidden="true" className="font-mono font-semibold">
        {sign}
      </span>
      {group}
    </span>
  );
}
