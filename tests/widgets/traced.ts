/** A notebook that has run on the real engine, for tests of what the widgets make of its past. */
import { createInterpreter } from '../../lib/engine';
import { nodeLibrary } from '../../lib/engine-cli/library';
import { standardModules } from '../../lib/engine/stdlib/index';
import type { Profile } from '../../lib/engine/snapshot/snapshot';
import type { RunSummary, TraceAnswers, TraceQuestion } from '../../lib/engine/snapshot/trace-types';

export interface Traced {
  readonly runs: readonly RunSummary[];
  /** @throws if it is not recorded */
  ask<Q extends TraceQuestion>(question: Q): TraceAnswers[Q['what']];
  /** The last moment of the last run. */
  readonly end: { readonly run: number; readonly step: number };
}

/** Runs the cells one after the other, traced. */
export const traced = (...cells: string[]): Promise<Traced> => tracedAs('3.14', ...cells);

export async function tracedAs(profile: Profile, ...cells: string[]): Promise<Traced> {
  const interpreter = createInterpreter({ profile, modules: standardModules, library: nodeLibrary(profile) });
  const runs: RunSummary[] = [];
  for (const [index, code] of cells.entries()) {
    interpreter.begin(code, {
      filename: `<cell ${index + 1}>`,
      cellId: String(index + 1),
      trace: true,
      onStream: () => {},
    });
    while (interpreter.step(100_000) === 'running');
    interpreter.result();
    runs.push(interpreter.traced()!);
  }
  await interpreter.prepareToAsk();
  const last = runs.at(-1)!;
  return {
    runs,
    end: { run: last.run, step: last.steps },
    ask: (question) => {
      const answer = interpreter.ask(question);
      if (answer === null) throw new Error(`not recorded: ${JSON.stringify(question)}`);
      return answer;
    },
  };
}
