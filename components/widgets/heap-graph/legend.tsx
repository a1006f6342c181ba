import type { GraphPicture } from './model/picture';

/** The signs that the picture uses just now, and no others. */
export function Legend({ picture }: { picture: GraphPicture }) {
  const { boxes, arrows } = picture;
  const signs: { key: string; sign: React.ReactNode; words: string }[] = [];
  const line = (className: string) => <path d="M1 6h19M16 3l5 3-5 3z" className={`${className} fill-current`} />;
  if (arrows.some((arrow) => arrow.isNew))
    signs.push({
      key: 'new',
      sign: <g className="text-gained">{line('stroke-current stroke-2')}</g>,
      words: 'new in this step',
    });
  if (arrows.some((arrow) => arrow.weak))
    signs.push({
      key: 'weak',
      sign: <g className="text-weak">{line('stroke-current [stroke-dasharray:4_3]')}</g>,
      words: 'weak: not counted',
    });
  if (arrows.some((arrow) => arrow.borrowed))
    signs.push({
      key: 'lent',
      sign: <g className="text-weak">{line('stroke-current [stroke-dasharray:1.5_3]')}</g>,
      words: 'lent: not counted',
    });
  if (boxes.some((box) => box.garbage))
    signs.push({
      key: 'garbage',
      sign: (
        <rect
          x="1"
          y="1"
          width="20"
          height="10"
          rx="3"
          className="fill-cycle-soft stroke-cycle [stroke-dasharray:4_2]"
        />
      ),
      words: 'garbage: no name leads to it',
    });
  if (boxes.some((box) => box.ghost !== null))
    signs.push({
      key: 'ghost',
      sign: (
        <rect
          x="1"
          y="1"
          width="20"
          height="10"
          rx="3"
          className="fill-freed-soft stroke-freed [stroke-dasharray:3_2]"
        />
      ),
      words: 'freed in this step',
    });
  if (boxes.some((box) => box.count === null && box.kind === 'object'))
    signs.push({
      key: 'immortal',
      sign: (
        <text x="5" y="11" className="fill-immortal text-[13px] font-semibold">
          ∞
        </text>
      ),
      words: 'immortal: never counted',
    });
  if (signs.length === 0) return null;
  return (
    <ul aria-label="Signs" className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-soft">
      {signs.map(({ key, sign, words }) => (
        <li key={key} className="flex items-center gap-1.5">
          <svg aria-hidden="true" viewBox="0 0 22 12" className="h-3 w-5.5 forced-color-adjust-auto">
            {sign}
          </svg>
          {words}
        </li>
      ))}
    </ul>
  );
}
