import { memo } from 'react';
import { badgeWidth, clip, labelWidth, letterWidth, METRICS, slotMiddle } from '../model/measure';
import { type Box, PICTURE_LIMITS, type Slot } from '../model/picture';

interface NodeBoxProps {
  box: Box;
  x: number;
  y: number;
  isSelected: boolean;
  /** The keyboard is on it, in the tree. */
  isFocused: boolean;
  /** Something else is selected, and this has nothing to do with it. */
  isDim: boolean;
  /** A slot refers to what is selected and drawn in it. */
  marked: number | null;
}

const { header, padding, row } = METRICS;

/** A frame or an object: its head, and a row for each slot. Drawn again only if something of it changed. */
export const NodeBox = memo(function NodeBox(props: NodeBoxProps) {
  const { box, x, y, isSelected, isFocused, isDim, marked } = props;
  const { width, height, kind, ghost, garbage } = box;
  const isFrame = kind === 'frame';
  return (
    <g
      data-box={box.id}
      data-object={isFrame || ghost !== null ? undefined : box.id}
      style={{ transform: `translate(${x}px, ${y}px)` }}
      className={`heap-box ${ghost !== null ? 'opacity-60' : isDim ? 'opacity-35' : ''} ${isFrame ? '' : 'cursor-pointer'}`}
    >
      <title>{box.about}</title>
      {(isSelected || isFocused) && (
        <rect
          x={-4}
          y={-4}
          width={width + 8}
          height={height + 8}
          rx={11}
          className={`fill-none stroke-accent ${isSelected ? 'stroke-[2.5px]' : 'stroke-2 [stroke-dasharray:2_3]'}`}
        />
      )}
      <rect
        width={width}
        height={height}
        rx={8}
        className={`fill-surface stroke-[1.25px] ${outline(box)} ${isFrame ? 'fill-sunken' : ''}`}
      />
      {!isFrame && height > header && (
        <path
          d={`M0.6 ${header}V8Q0.6 0.6 8 0.6H${width - 8}Q${width - 0.6} 0.6 ${width - 0.6} 8V${header}Z`}
          className={garbage ? 'fill-cycle-soft' : ghost !== null ? 'fill-freed-soft' : 'fill-sunken'}
        />
      )}
      <Head box={box} />
      {box.value !== null && (
        <text x={padding} y={header + row / 2 + 5} className="fill-ink">
          {box.value}
        </text>
      )}
      {box.slots.map((slot, i) => (
        <SlotRow
          key={slot.key}
          box={box}
          slot={slot}
          y={slotMiddle(i)}
          labels={labelWidth(box.slots)}
          isMarked={marked !== null && slot.to === marked && slot.kind !== 'arrow'}
        />
      ))}
    </g>
  );
});

function outline({ kind, ghost, garbage, isNew }: Box): string {
  if (ghost !== null) return 'stroke-freed [stroke-dasharray:4_3]';
  if (garbage) return 'stroke-cycle [stroke-dasharray:6_3]';
  if (isNew) return 'stroke-gained';
  return kind === 'frame' ? 'stroke-line' : 'stroke-line-strong';
}

function Head({ box }: { box: Box }) {
  const { width, title, letter, kind, ghost, garbage, cycle, isNew, dying } = box;
  const badge = badgeText(box);
  const badgeSize = badge === null ? 0 : badgeWidth(badge);
  const tag =
    ghost !== null
      ? 'freed'
      : cycle > 0
        ? `cycle ${cycle}`
        : garbage
          ? 'garbage'
          : isNew
            ? 'new'
            : dying
              ? 'dying'
              : null;
  const tone = ghost !== null ? 'fill-freed' : garbage ? 'fill-cycle' : 'fill-gained';
  return (
    <>
      {letter !== null && (
        <>
          <rect
            x={padding - 2}
            y={5}
            width={letterWidth(letter) - 6}
            height={16}
            rx={4}
            className="fill-surface stroke-line-strong/60"
          />
          <text
            x={padding - 2 + (letterWidth(letter) - 6) / 2}
            y={16.5}
            textAnchor="middle"
            className="fill-ink-soft text-[11px] font-semibold"
          >
            {letter}
          </text>
        </>
      )}
      <text
        x={padding + letterWidth(letter)}
        y={17}
        className={`font-semibold ${kind === 'frame' ? 'fill-ink-soft' : 'fill-ink'} ${ghost !== null ? 'line-through' : ''}`}
      >
        {title}
      </text>
      {tag !== null && (
        <text x={width - padding - badgeSize - 4} y={16.5} textAnchor="end" className={`text-[10.5px] ${tone}`}>
          {tag}
        </text>
      )}
      {badge !== null && (
        <>
          <rect x={width - badgeSize - 5} y={5} width={badgeSize} height={16} rx={8} className={badgeTone(box)} />
          <text x={width - 5 - badgeSize / 2} y={17} textAnchor="middle" className={`font-semibold ${badgeInk(box)}`}>
            {badge}
          </text>
        </>
      )}
    </>
  );
}

function badgeText({ kind, count, before, ghost }: Box): string | null {
  if (kind === 'frame') return null;
  if (ghost !== null) return '0';
  if (count === null) return '∞';
  return before === null ? String(count) : `${before}→${count}`;
}

const badgeTone = ({ count, before }: Box): string =>
  before === null || count === null
    ? 'fill-surface stroke-line'
    : count > before
      ? 'fill-gained-soft stroke-gained'
      : 'fill-lost-soft stroke-lost';
const badgeInk = ({ count, before, ghost }: Box): string =>
  ghost !== null
    ? 'fill-freed'
    : count === null
      ? 'fill-immortal'
      : before === null
        ? 'fill-ink'
        : count > before
          ? 'fill-gained'
          : 'fill-lost';

interface SlotRowProps {
  box: Box;
  slot: Slot;
  y: number;
  labels: number;
  isMarked: boolean;
}

function SlotRow({ box, slot, y, labels, isMarked }: SlotRowProps) {
  const { kind, label, text, isNew } = slot;
  if (kind === 'omitted')
    return (
      <text x={padding} y={y + 4} className="fill-ink-faint italic">
        {text}
      </text>
    );
  if (kind === 'more')
    return (
      <text x={padding} y={y + 4} data-more={box.id} className="cursor-pointer fill-accent hover:underline">
        {text}
      </text>
    );
  const ink =
    kind === 'leaf' ? 'fill-ink' : kind === 'hidden' ? 'cursor-pointer fill-accent hover:underline' : 'fill-ink-faint';
  return (
    <>
      {isMarked && (
        <rect x={3} y={y - 10} width={box.width - 6} height={20} rx={4} className="fill-accent-soft stroke-accent" />
      )}
      <text x={padding} y={y + 4} className={box.kind === 'frame' ? 'fill-ink' : 'fill-ink-faint'}>
        {clip(label, PICTURE_LIMITS.label)}
      </text>
      {text !== null && (
        <text x={padding + labels + 12} y={y + 4} className={ink} data-reveal={kind === 'hidden' ? slot.to : undefined}>
          {kind === 'hidden' ? `▸ ${clip(text, PICTURE_LIMITS.text - 2)}` : clip(text, PICTURE_LIMITS.text)}
        </text>
      )}
      {kind === 'arrow' && (
        <circle cx={box.width - 9} cy={y} r={3} className={isNew ? 'fill-gained' : 'fill-ink-soft'} />
      )}
    </>
  );
}
