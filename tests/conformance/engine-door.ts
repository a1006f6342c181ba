/** The one place where the conformance set meets the engine. */
export { runProgram } from '../../lib/engine';
