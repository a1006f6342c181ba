/**
 * The line at which the last entry of a traceback points, if that entry is in the cell that was run: the innermost
 * frame may be in another cell's function, then the call in this one is the line to mark.
 */
export function failingLine(traceback: readonly string[], filename?: string): number | null {
  const entries = traceback.flatMap((line) => {
    const found = /^\s*File "([^"]+)", line (\d+)/.exec(line);
    return found ? [{ filename: found[1] ?? '', line: Number(found[2]) }] : [];
  });
  const own = filename ?? entries[0]?.filename;
  return entries.findLast((entry) => entry.filename === own)?.line ?? null;
}
