/** Stops stay with their lines while the text changes: what is before and after the edit moves as a whole. */
export function moveStops(stops: ReadonlySet<number>, before: string, after: string): ReadonlySet<number> {
  if (before === after || stops.size === 0) return stops;
  const old = before.split('\n');
  const now = after.split('\n');
  let head = 0;
  while (head < Math.min(old.length, now.length) && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(old.length, now.length) - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) {
    tail += 1;
  }
  const moved = new Set<number>();
  for (const line of stops) {
    if (line <= head) moved.add(line);
    else if (line > old.length - tail) moved.add(line + now.length - old.length);
    // A line that was changed in place is still that line.
    else if (line <= now.length - tail) moved.add(line);
  }
  return moved;
}
