/**
 * What answers questions about the recorded past, as a script of its own in the site: nobody asks before a cell has run.
 * It names the whole engine for the reason that make-tier.ts gives.
 */
import './index';

export { TraceReader } from './snapshot/trace-readings';
