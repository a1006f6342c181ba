/** Answers questions about the recorded past (trace-types.ts), each from the moment that it names. */
import { readAllocator } from './read-allocator';
import { readCollectionHolders, readCollections } from './read-collection';
import { readCollector } from './read-collector';
import { readBytecode } from './read-code';
import { readLines } from './read-lines';
import { readEvents } from './read-events';
import { readGraphAt } from './read-graph';
import { readMoment } from './read-moment';
import { readCensus, readDifference } from './read-difference';
import { readBiography, readLifetimes, readWhyAlive } from './read-objects';
import { readSteps } from './read-steps';
import type { TimeMachine } from './time-machine';
import type { TraceAnswers, TraceQuestion } from './trace-types';

export class TraceReader {
  constructor(private readonly machine: TimeMachine) {}

  /** Null: it is not there, or not any more. */
  answer<Q extends TraceQuestion>(question: Q): TraceAnswers[Q['what']] | null {
    return this.read(question) as TraceAnswers[Q['what']] | null;
  }

  private read(question: TraceQuestion): TraceAnswers[TraceQuestion['what']] | null {
    const { machine } = this;
    switch (question.what) {
      case 'runs':
        return { runs: machine.summaries() };
      case 'steps': {
        const run = machine.run(question.run);
        return run === null ? null : readSteps(machine, run, question.from, question.to, question.granularity);
      }
      case 'lines': {
        const run = machine.run(question.run);
        return run === null ? null : readLines(run, question);
      }
      case 'events': {
        const run = machine.run(question.run);
        return run === null ? null : readEvents(machine, run, question.step);
      }
      case 'moment':
        return readMoment(machine, question.at, question.options);
      case 'graph':
        return readGraphAt(machine, question.at, question.around);
      case 'collector':
        return readCollector(machine, question.at);
      case 'lifetimes': {
        const run = machine.run(question.run);
        return run === null ? null : readLifetimes(machine, run);
      }
      case 'biography':
        return readBiography(machine, question.serial);
      case 'why_alive':
        return readWhyAlive(machine, question.serial, question.at);
      case 'collections': {
        const run = machine.run(question.run);
        return run === null ? null : readCollections(run);
      }
      case 'collection_holders': {
        const run = machine.run(question.run);
        return run === null ? null : readCollectionHolders(machine, run, question.number);
      }
      case 'bytecode':
        return readBytecode(machine, question.at);
      case 'allocator':
        return readAllocator(machine, question.at);
      case 'difference':
        return readDifference(machine, question.before, question.after);
      case 'census':
        return readCensus(machine, question.at);
    }
  }
}
