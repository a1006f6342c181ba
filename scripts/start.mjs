// npm start: installs, builds what changed, serves. PORT chooses the port.
import { ensureBuilt } from './ensure.mjs';

await ensureBuilt();
const { bundle } = await import('./bundle.mjs');
await import(await bundle('server/main.ts', ['server', 'lib']));
