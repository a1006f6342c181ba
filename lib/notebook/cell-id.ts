declare const brand: unique symbol;

/** Names a notebook cell towards the kernel; stable for the life of the page. */
export type CellId = string & { readonly [brand]: 'CellId' };

export const cellId = (index: number): CellId => `cell-${index}` as CellId;

/** The file name a cell's code has in tracebacks. */
export const cellFilename = (index: number): string => `<cell ${index}>`;
