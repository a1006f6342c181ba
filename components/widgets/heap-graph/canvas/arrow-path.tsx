import { memo } from 'react';
import type { Arrow } from '../model/picture';
import type { Route } from './routes';

interface ArrowPathProps {
  arrow: Arrow;
  /** Compared piece by piece, so that an arrow that stays is not drawn again. */
  path: Route['path'];
  head: Route['head'];
  middleX: number;
  middleY: number;
  isLit: boolean;
  isDim: boolean;
  /** One of many that would drown the others. */
  isQuiet: boolean;
}

export const ArrowPath = memo(function ArrowPath({
  arrow,
  path,
  head,
  middleX,
  middleY,
  isLit,
  isDim,
  isQuiet,
}: ArrowPathProps) {
  const { weak, borrowed, references, isNew, cycle } = arrow;
  const stroke = isLit
    ? 'stroke-accent'
    : cycle > 0
      ? 'stroke-cycle'
      : isNew
        ? 'stroke-gained'
        : weak || borrowed
          ? 'stroke-weak'
          : isQuiet
            ? 'stroke-line-strong'
            : 'stroke-ink-soft';
  const width = isLit || isNew || cycle > 0 ? 'stroke-2' : isQuiet ? 'stroke-1' : 'stroke-[1.35px]';
  const dashes = weak ? '[stroke-dasharray:5_4]' : borrowed ? '[stroke-dasharray:1.5_3.5]' : '';
  return (
    <g data-arrow={arrow.key} className={`heap-arrow ${isDim ? 'opacity-20' : ''}`}>
      <path d={path} className={`fill-none ${stroke} ${width} ${dashes}`} />
      <path d={head} className={`${stroke.replace('stroke-', 'fill-')} stroke-none`} />
      {references > 1 && (
        <text x={middleX} y={middleY - 4} textAnchor="middle" className="heap-halo fill-ink text-[11px]">
          ×{references}
        </text>
      )}
    </g>
  );
}, isSame);

/** A new reading makes new arrows: what they say decides. */
function isSame(one: ArrowPathProps, other: ArrowPathProps): boolean {
  const a = one.arrow;
  const b = other.arrow;
  return (
    one.path === other.path &&
    one.head === other.head &&
    one.isLit === other.isLit &&
    one.isDim === other.isDim &&
    one.isQuiet === other.isQuiet &&
    a.weak === b.weak &&
    a.borrowed === b.borrowed &&
    a.references === b.references &&
    a.isNew === b.isNew &&
    a.cycle === b.cycle
  );
}
