import type { RefObject } from 'react';
import type { CanvasControls } from './canvas/graph-canvas';
import { ZoomButtons } from './canvas/zoom-buttons';
import type { PictureOptions } from './model/picture';

interface ToolbarProps {
  options: PictureOptions;
  onOptions(change: (old: PictureOptions) => PictureOptions): void;
  isTree: boolean;
  setIsTree(isTree: boolean): void;
  onTidyUp(): void;
  controls: RefObject<CanvasControls | null>;
  /** How much there is. */
  words: string;
}

export function Toolbar({ options, onOptions, isTree, setIsTree, onTidyUp, controls, words }: ToolbarProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5 text-[0.8125rem] text-ink-soft print:hidden">
      <span className="text-xs text-ink-faint">{words}</span>
      <span className="ml-auto flex flex-wrap items-center gap-x-4 gap-y-1.5">
        <Switch
          isOn={options.everyObject}
          onChange={(everyObject) => onOptions((old) => ({ ...old, everyObject }))}
          about="Numbers, texts and the parts of classes as objects of their own"
        >
          Show every object
        </Switch>
        <Switch isOn={isTree} onChange={setIsTree} about="The same as a tree for the arrow keys">
          Show as tree
        </Switch>
        <button
          type="button"
          onClick={onTidyUp}
          title="Lay the whole picture out anew; otherwise objects keep their places"
          className="rounded border border-line bg-surface px-2 py-0.5 text-xs font-medium text-ink-soft hover:border-line-strong hover:text-ink"
        >
          Tidy up
        </button>
        <ZoomButtons
          onZoom={(factor) => controls.current?.zoomBy(factor)}
          onFit={() => controls.current?.fitTo(true)}
          onReset={() => controls.current?.fitTo(false)}
        />
      </span>
    </div>
  );
}

interface SwitchProps {
  isOn: boolean;
  onChange(isOn: boolean): void;
  about: string;
  children: string;
}

function Switch({ isOn, onChange, about, children }: SwitchProps) {
  return (
    <label title={about} className="flex cursor-pointer items-center gap-1.5">
      <input
        type="checkbox"
        role="switch"
        aria-checked={isOn}
        checked={isOn}
        onChange={(event) => onChange(event.currentTarget.checked)}
        className="size-3.5 accent-(--color-accent)"
      />
      {children}
    </label>
  );
}
