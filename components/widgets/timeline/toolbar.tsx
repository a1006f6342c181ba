import type { ReactNode } from 'react';
import type { Filter, SortBy } from './rows';
import type { AxisKind } from './scale';
import { IconButton } from '../../ui/icon-button';

export interface Options {
  readonly sort: SortBy;
  readonly filter: Filter;
  readonly isGrouped: boolean;
  readonly axis: AxisKind;
}

interface ToolbarProps {
  options: Options;
  onChange(options: Options): void;
  /** Lifetimes in all, with a name, and of each type. */
  all: number;
  named: number;
  types: readonly (readonly [string, number])[];
  hasLines: boolean;
  isWhole: boolean;
  onZoom(factor: number): void;
  onFit(): void;
}

/** What is shown of the lifetimes, in which order, and how closely. */
export function Toolbar(props: ToolbarProps) {
  const { options, onChange, all, named, types, hasLines, isWhole, onZoom, onFit } = props;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-xs text-ink-soft print:hidden">
      <Choice
        label="Show"
        value={options.filter.by === 'type' ? `type ${options.filter.type}` : options.filter.by}
        onChange={(value) => onChange({ ...options, filter: filterOf(value) })}
      >
        <option value="named">named objects ({named})</option>
        <option value="all">all objects ({all})</option>
        <optgroup label="Of one type">
          {types.map(([type, count]) => (
            <option key={type} value={`type ${type}`}>
              {type} ({count})
            </option>
          ))}
        </optgroup>
      </Choice>
      <Choice label="Sort by" value={options.sort} onChange={(sort) => onChange({ ...options, sort: sort as SortBy })}>
        <option value="birth">birth</option>
        <option value="name">name</option>
        <option value="lifetime">length of life</option>
      </Choice>
      <Choice label="Axis" value={options.axis} onChange={(axis) => onChange({ ...options, axis: axis as AxisKind })}>
        <option value="lines" disabled={!hasLines}>
          lines
        </option>
        <option value="steps">steps</option>
      </Choice>
      <label className="inline-flex items-center gap-1.5">
        <input
          type="checkbox"
          checked={options.isGrouped}
          onChange={(event) => onChange({ ...options, isGrouped: event.currentTarget.checked })}
          className="size-3.5 accent-accent"
        />
        Group by type
      </label>
      <fieldset aria-label="Zoom" className="m-0 ml-auto inline-flex min-w-0 items-center gap-1 border-0 p-0">
        <IconButton size="small" label="Zoom out" isOff={isWhole} onClick={() => onZoom(2)}>
          <path d="M3.5 8h9" />
        </IconButton>
        <IconButton size="small" label="Zoom in" isOff={false} onClick={() => onZoom(0.5)}>
          <path d="M3.5 8h9M8 3.5v9" />
        </IconButton>
        <button
          type="button"
          aria-disabled={isWhole}
          onClick={onFit}
          className="h-7 rounded-md border border-line px-2 font-medium hover:border-line-strong hover:text-ink aria-disabled:cursor-default aria-disabled:border-line aria-disabled:text-ink-faint"
        >
          Whole run
        </button>
      </fieldset>
    </div>
  );
}

function filterOf(value: string): Filter {
  if (value === 'all' || value === 'named') return { by: value };
  return { by: 'type', type: value.slice('type '.length) };
}

interface ChoiceProps {
  label: string;
  value: string;
  onChange(value: string): void;
  children: ReactNode;
}

function Choice({ label, value, onChange, children }: ChoiceProps) {
  return (
    <label className="inline-flex items-center gap-1.5">
      {label}{' '}
      <select
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        className="h-7 max-w-44 rounded-md border border-line bg-surface px-1.5 text-xs text-ink hover:border-line-strong"
      >
        {children}
      </select>
    </label>
  );
}
