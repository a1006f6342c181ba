import { useMemo } from 'react';
import type { Arrangement } from '../layout/layout-store';
import type { GraphPicture } from '../model/picture';
import { ArrowPath } from './arrow-path';
import { NodeBox } from './node-box';
import { Router } from './routes';

/** More arrows than this that lead back, to parents and the like, are drawn fainter. */
const MANY_BACK = 12;

interface GraphContentProps {
  picture: GraphPicture;
  arrangement: Arrangement;
  selected: number | null;
  focused: number | null;
  /** Left, top, right and bottom of what is in sight, with spaces between; empty: all is drawn. */
  clip: string;
}

/** The boxes and arrows of a picture. */
export function GraphContent(props: GraphContentProps) {
  const { picture, arrangement, selected, focused, clip } = props;
  const { spots } = arrangement;
  const router = useMemo(() => new Router(picture, spots), [picture, spots]);
  const routes = useMemo(
    () => picture.arrows.map((arrow) => ({ arrow, route: router.route(arrow) })),
    [picture, router],
  );
  const manyBack = routes.filter(({ route }) => route.isBack).length > MANY_BACK;
  const isInSight = inSight(clip);
  const selectedBox = selected === null ? undefined : picture.byId.get(selected);
  const near = selectedBox && new Set([selected]);
  if (near)
    for (const { from, to } of picture.arrows) {
      if (from === selected) near.add(to);
      if (to === selected) near.add(from);
    }
  return (
    <>
      {routes.map(({ arrow, route }) => {
        const isLit = near !== undefined && (arrow.from === selected || arrow.to === selected);
        const from = spots.get(arrow.from)!;
        const to = spots.get(arrow.to)!;
        if (
          !isInSight(
            Math.min(from.x, to.x),
            Math.min(from.y, to.y),
            Math.abs(from.x - to.x) + 300,
            Math.abs(from.y - to.y) + 300,
          )
        )
          return null;
        return (
          <ArrowPath
            key={arrow.key}
            arrow={arrow}
            path={route.path}
            head={route.head}
            middleX={route.middle.x}
            middleY={route.middle.y}
            isLit={isLit}
            isDim={near !== undefined && !isLit}
            isQuiet={route.isBack && manyBack}
          />
        );
      })}
      {picture.boxes.map((box) => {
        const { x, y } = spots.get(box.id)!;
        if (!isInSight(x, y, box.width, box.height)) return null;
        return (
          <NodeBox
            key={box.id}
            box={box}
            x={x}
            y={y}
            isSelected={box.id === selected}
            isFocused={box.id === focused}
            isDim={near !== undefined && !near.has(box.id)}
            marked={selected !== null && selectedBox === undefined ? selected : null}
          />
        );
      })}
    </>
  );
}

function inSight(clip: string): (x: number, y: number, width: number, height: number) => boolean {
  if (clip === '') return () => true;
  const [left, top, right, bottom] = clip.split(' ').map(Number) as [number, number, number, number];
  return (x, y, width, height) => x < right && x + width > left && y < bottom && y + height > top;
}
