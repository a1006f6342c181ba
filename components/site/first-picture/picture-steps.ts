/** The classic example line by line, as scripts/record-lessons.mjs recorded it: what the home page draws. */
export interface RecordedStep {
  code: string;
  /** Name → count of the object it refers to, after this line. All names of the example refer to one object. */
  counts: Readonly<Record<string, number | undefined>>;
}

export interface PictureName {
  name: string;
  state: 'held' | 'gained' | 'lost';
}

export interface PictureStep {
  code: string;
  count: number;
  change: number;
  /** In order of first appearance; a name that this line took away is still listed, as lost. */
  names: PictureName[];
}

export function pictureSteps(recorded: readonly RecordedStep[]): PictureStep[] {
  let before: RecordedStep['counts'] = {};
  return recorded.map(({ code, counts }) => {
    const names = [...new Set([...Object.keys(before), ...Object.keys(counts)])].map((name): PictureName => {
      if (!(name in counts)) return { name, state: 'lost' };
      return { name, state: name in before ? 'held' : 'gained' };
    });
    const count = Object.values(counts)[0] ?? 0;
    const change = count - (Object.values(before)[0] ?? 0);
    before = counts;
    return { code, count, change, names };
  });
}

/** “2 references: my_list, your_list”. */
export function describeStep({ count, names }: PictureStep): string {
  const holders = names.filter(({ state }) => state !== 'lost').map(({ name }) => name);
  return `${count} ${count === 1 ? 'reference' : 'references'}: ${holders.join(' and ')}`;
}
