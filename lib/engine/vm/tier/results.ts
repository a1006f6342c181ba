/** How a run of a frame can end, for those who started it. A positive number is the value, a new reference. */

/** The fuel is gone and nothing but Python frames is running: call the loop again to go on. */
export const PAUSED = -1;
/** JavaScript's stack is to be left: `ip.frame` goes on from the outermost loop. */
export const SWITCH = -2;
/** The frame goes on in the plain loop. */
export const HANDED_BACK = -3;
/** The frame has ended with an exception. */
export const RAISED = -4;

// Of one instruction (`step` in ceval.ts).
export const STEPPED = 0;
/** It called a frame, which is to be run. */
export const ENTERED = -5;
/** An exception is set and nothing is unwound. */
export const FAILED = -6;
/** The same; the exception is being raised again. */
export const FAILED_AGAIN = -7;

/** Below this: a handler's block in the same function, `HANDLER - block`. */
export const HANDLER = -100;
