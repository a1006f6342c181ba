/**
 * make.ts as a script of its own. It names the whole engine, so that what both use stays in one script: esbuild puts
 * together what the same scripts use.
 */
import './index';

export { makeTier } from './vm/tier/make';
