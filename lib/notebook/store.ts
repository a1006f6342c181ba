/**
 * The notebook of one page: its cells in page order, their one kernel, and who wants to know. A cell holds three
 * records that change for different reasons: the author's code, the learner's version of it, and the kernel's word
 * (cell-run.ts). Every change makes a new snapshot of the one cell it touches and tells only that cell's subscribers.
 */
import type { KernelConnection, KernelStatus, RestartReason } from '../kernel/connection';
import { type CellId, cellFilename, cellId } from './cell-id';
import { type CellRun, NOT_RUN, queueCell, transitionCell } from './cell-run';
import type { CodeArchive, SavedCell } from './saved-code';
import { runSummary } from './run-summary';

export interface CellState {
  readonly id: CellId;
  readonly index: number;
  readonly author: string;
  readonly code: string;
  /** The author's code that the learner's version was made from. */
  readonly base: string;
  /** The learner's version was made from an earlier text of the author's. */
  readonly isOutdated: boolean;
  /** The version that the last Reset replaced, until the next edit. */
  readonly replaced: string | null;
  readonly run: CellRun;
}

export interface NotebookState {
  readonly kernel: KernelStatus;
  readonly isBusy: boolean;
  /** Why the kernel was replaced without being asked to; null once something runs again. */
  readonly notice: string | null;
  /** The last thing to say to a screen reader. */
  readonly announcement: string;
  /** Changes when another interpreter takes over, whose objects are other objects. */
  readonly kernelNumber: number;
  /** Runs that were recorded since the page was opened. */
  readonly tracedRuns: number;
}

export interface NotebookOptions {
  connect(events: {
    onStatus(status: KernelStatus): void;
    onRestart(reason: RestartReason, detail: string | null): void;
  }): KernelConnection;
  readonly archive?: CodeArchive;
}

type Listener = () => void;

const SAVE_DELAY_MS = 300;

export class NotebookStore {
  private readonly connection: KernelConnection;
  private readonly cells = new Map<CellId, CellState>();
  private readonly cellListeners = new Map<CellId, Set<Listener>>();
  private readonly notebookListeners = new Set<Listener>();
  private notebook: NotebookState = {
    kernel: 'not started',
    isBusy: false,
    notice: null,
    announcement: '',
    kernelNumber: 0,
    tracedRuns: 0,
  };
  private readonly unsaved = new Set<CellId>();
  private saveTimer: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly options: NotebookOptions) {
    this.connection = options.connect({
      onStatus: (kernel) => this.setNotebook({ kernel }),
      onRestart: (reason, detail) => this.forgetRuns(reason, detail),
    });
  }

  /** Makes the cell known; called while rendering, so it may not notify and must bear repetition. */
  ensureCell(index: number, author: string): CellId {
    const id = cellId(index);
    if (!this.cells.has(id)) {
      const code = { author, code: author, base: author, isOutdated: false, replaced: null };
      this.cells.set(id, { id, index, ...code, run: NOT_RUN });
    }
    return id;
  }

  /** Brings back the learner's versions; after hydration, when all cells are known. */
  restore(): void {
    const cells = this.inOrder().map(({ index, author }) => ({ index, author }));
    for (const saved of this.options.archive?.restore(cells) ?? []) {
      this.update(cellId(saved.index), (cell) => ({ ...cell, ...saved }));
    }
  }

  readonly subscribeCell = (id: CellId, listener: Listener): (() => void) => {
    const listeners = this.cellListeners.get(id) ?? new Set();
    this.cellListeners.set(id, listeners.add(listener));
    return () => listeners.delete(listener);
  };

  readonly subscribeNotebook = (listener: Listener): (() => void) => {
    this.notebookListeners.add(listener);
    return () => this.notebookListeners.delete(listener);
  };

  getCell(id: CellId): CellState {
    const cell = this.cells.get(id);
    if (!cell) throw new Error(`no cell ${id}`);
    return cell;
  }

  readonly getNotebook = (): NotebookState => this.notebook;

  /** Looks into the recorded past; null: it is not recorded, or not any more. */
  readonly ask: KernelConnection['ask'] = (question) => this.connection.ask(question);

  /** The cell after this one in page order. */
  nextCell(id: CellId): CellState | null {
    const { index } = this.getCell(id);
    return this.inOrder().find((cell) => cell.index > index) ?? null;
  }

  setCode(id: CellId, code: string): void {
    if (this.getCell(id).code === code) return;
    this.update(id, (cell) => ({ ...cell, code, replaced: null }));
    this.saveSoon(id);
  }

  /** Back to the author's code. */
  resetCode(id: CellId): void {
    this.update(id, (cell) => ({
      ...cell,
      code: cell.author,
      base: cell.author,
      isOutdated: false,
      replaced: cell.code === cell.author ? cell.replaced : cell.code,
    }));
    this.announce(`Cell ${this.getCell(id).index} has the author's code again.`);
    this.saveSoon(id);
  }

  undoReset(id: CellId): void {
    const { replaced } = this.getCell(id);
    if (replaced !== null) this.setCode(id, replaced);
  }

  runCell(id: CellId): void {
    const cell = this.getCell(id);
    if (cell.run.status !== 'idle') return;
    this.setRun(id, queueCell(cell.run));
    this.setNotebook({ notice: null });
    const input = { code: cell.code, cellId: id, filename: cellFilename(cell.index) };
    const future = this.connection.execute(input, (answer) => {
      this.setRun(id, transitionCell(this.getCell(id).run, answer));
      if (answer.msg_type === 'trace_summary') this.setNotebook({ tracedRuns: this.notebook.tracedRuns + 1 });
    });
    void future.done.then(() => {
      const after = this.getCell(id);
      if (after.run.outputs.some((output) => output.output_type === 'fault' && output.fault.kind === 'engine_error')) {
        this.setNotebook({ kernelNumber: this.notebook.kernelNumber + 1 });
      }
      if (after.run.outcome !== null) this.announce(runSummary(after));
    });
  }

  /** Queues the cells in page order; a filter leaves some out. */
  runAll(isWanted: (id: CellId) => boolean = () => true): void {
    for (const { id } of this.inOrder()) if (isWanted(id)) this.runCell(id);
  }

  interrupt(): void {
    this.connection.interrupt();
  }

  restart(): void {
    this.connection.restart();
  }

  /** Loads the kernel ahead of the first run. */
  warmUp(): void {
    this.connection.start();
  }

  /** Writes what is not written yet and lets the kernel go. */
  close(): void {
    this.saveNow();
    this.connection.dispose();
  }

  saveNow(): void {
    if (this.saveTimer !== null) clearTimeout(this.saveTimer);
    this.saveTimer = null;
    const changed: SavedCell[] = [];
    const reverted: number[] = [];
    for (const id of this.unsaved) {
      const { index, base, code, author } = this.getCell(id);
      if (code === author) reverted.push(index);
      else changed.push({ index, author: base, code });
    }
    if (this.unsaved.size > 0) this.options.archive?.save(changed, reverted);
    this.unsaved.clear();
  }

  private saveSoon(id: CellId): void {
    this.unsaved.add(id);
    this.saveTimer ??= setTimeout(() => this.saveNow(), SAVE_DELAY_MS);
  }

  /** A new kernel knows nothing of what the old one ran: prompts, outputs and counts would be untrue. */
  private forgetRuns(reason: RestartReason, detail: string | null): void {
    this.setNotebook({ kernelNumber: this.notebook.kernelNumber + 1 });
    for (const { id, run } of this.cells.values()) {
      const wasCutOff = run.outcome === 'aborted' && run.outputs.at(-1)?.output_type === 'notice';
      this.setRun(id, wasCutOff && reason !== 'requested' ? { ...NOT_RUN, outputs: run.outputs } : NOT_RUN);
    }
    this.setNotebook({ notice: restartNotice(reason, detail) });
    this.announce('The kernel was restarted. All names are gone.');
  }

  private inOrder(): CellState[] {
    return [...this.cells.values()].sort((one, other) => one.index - other.index);
  }

  private setRun(id: CellId, run: CellRun): void {
    this.update(id, (cell) => (cell.run === run ? cell : { ...cell, run }));
    const isBusy = [...this.cells.values()].some((cell) => cell.run.status !== 'idle');
    this.setNotebook({ isBusy });
  }

  private update(id: CellId, change: (cell: CellState) => CellState): void {
    const before = this.getCell(id);
    const after = change(before);
    if (after === before) return;
    this.cells.set(id, after);
    for (const listener of this.cellListeners.get(id) ?? []) listener();
  }

  private announce(announcement: string): void {
    this.setNotebook({ announcement });
  }

  private setNotebook(change: Partial<NotebookState>): void {
    const after = { ...this.notebook, ...change };
    const keys = Object.keys(change) as (keyof NotebookState)[];
    if (keys.every((key) => after[key] === this.notebook[key])) return;
    this.notebook = after;
    for (const listener of this.notebookListeners) listener();
  }
}

function restartNotice(reason: RestartReason, detail: string | null): string {
  switch (reason) {
    case 'requested':
      return 'The kernel was restarted. All names and objects are gone; run the cells again from the top.';
    case 'interrupt was not honoured':
      return 'The cell did not stop when asked, so its kernel was ended and a new one started. All names are gone.';
    case 'kernel failed':
      return `The kernel failed${detail ? ` (${detail})` : ''} and a new one was started. All names are gone.`;
  }
}
