import { highlightPython } from '@/lib/content/highlight.mjs';
import { describeStep, type PictureName, type PictureStep, pictureSteps, type RecordedStep } from './picture-steps';

/** The classic example as three pictures: the names, the list, and its count after each line. */
export async function FirstPicture({ recording }: { recording: { cpython: string; steps: RecordedStep[] } }) {
  const steps = pictureSteps(recording.steps);
  const code = await Promise.all(steps.map((step) => highlightPython(step.code)));
  const [, list = ''] = /= (.*)/.exec(steps[0]?.code ?? '') ?? [];
  return (
    <figure>
      <ol className="grid overflow-hidden rounded-xl border border-line bg-surface shadow-lift md:grid-cols-3">
        {steps.map((step, index) => (
          <li key={step.code} className="border-line not-first:border-t md:not-first:border-t-0 md:not-first:border-l">
            <p className="flex items-baseline gap-3 border-b border-line bg-sunken px-4 py-2.5 font-mono text-[0.9375rem] sm:px-5">
              <span aria-hidden="true" className="text-sm text-ink-faint">
                {index + 1}
              </span>
              {/* biome-ignore lint/security/noDangerouslySetInnerHtml: highlighted at build time */}
              <code dangerouslySetInnerHTML={{ __html: code[index] ?? '' }} />
            </p>
            <div className="px-4 pt-4 pb-5 sm:px-5">
              <Memory step={step} list={list} />
              <p className="mt-3 text-[0.9375rem] text-ink-soft">{describeStep(step)}</p>
            </div>
          </li>
        ))}
      </ol>
      <figcaption className="mt-4 text-sm text-ink-faint">
        One list, and how many references lead to it after each line. Recorded from CPython {recording.cpython}.
      </figcaption>
    </figure>
  );
}

const rowY = (index: number) => 34 + index * 60;
const box = { x: 176, y: 22, width: 132, height: 84 };

function Memory({ step, list }: { step: PictureStep; list: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 312 128" className="w-full max-w-80">
      {step.names.map((name, index) => (
        <NameRow key={name.name} name={name} y={rowY(index)} />
      ))}
      <rect {...box} rx="8" className="fill-paper stroke-ink" strokeWidth="1.6" />
      <text x={box.x + 12} y={box.y + 22} className="fill-ink-faint font-mono text-[12px]">
        list
      </text>
      <text x={box.x + 12} y={box.y + 44} className="fill-ink font-mono text-[15px]">
        {list}
      </text>
      <path d={`M${box.x} ${box.y + 55}h${box.width}`} className="stroke-line" />
      <text x={box.x + 12} y={box.y + 74} className="fill-ink-faint text-[12px]">
        count
      </text>
      <text x={box.x + 54} y={box.y + 75} className="fill-ink font-mono text-[15px] font-bold">
        {step.count}
      </text>
      <text
        x={box.x + box.width - 12}
        y={box.y + 75}
        textAnchor="end"
        className={`font-mono text-[13px] font-bold ${step.change < 0 ? 'fill-lost' : 'fill-gained'}`}
      >
        {step.change < 0 ? `−${-step.change}` : `+${step.change}`}
      </text>
    </svg>
  );
}

const arrowTone = { held: 'stroke-ink', gained: 'stroke-gained', lost: 'stroke-lost' };
const nameTone = { held: 'fill-ink', gained: 'fill-gained', lost: 'fill-lost line-through' };

function NameRow({ name: { name, state }, y }: { name: PictureName; y: number }) {
  const end = { x: box.x - 5, y: box.y + (y < 64 ? 22 : 62) };
  const tone = arrowTone[state];
  return (
    <g fill="none" strokeWidth="1.6">
      <text x="0" y={y + 5} className={`font-mono text-[15px] ${nameTone[state]}`} stroke="none">
        {name}
      </text>
      {state === 'lost' ? (
        <path d={`M${name.length * 9 + 10} ${y}H${box.x - 26}`} className={tone} strokeDasharray="3 5" />
      ) : (
        <>
          <path
            d={`M${name.length * 9 + 10} ${y}C${box.x - 40} ${y} ${box.x - 40} ${end.y} ${end.x} ${end.y}`}
            className={tone}
          />
          <path d={`M${end.x - 7} ${end.y - 4.5}l8 4.5-8 4.5`} className={tone} />
        </>
      )}
    </g>
  );
}
