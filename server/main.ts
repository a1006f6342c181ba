/** The process: reads PORT, serves, and ends cleanly when told to. */
import { createApp } from './app';
import { loadSite } from './site';

const root = process.env.HEAPBOOK_ROOT ?? process.cwd();
const port = Number(process.env.PORT ?? 3000);
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  console.error(`PORT must be a number from 0 to 65535, not ${JSON.stringify(process.env.PORT)}.`);
  process.exit(1);
}

const server = createApp(loadSite(root));
server.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EADDRINUSE') {
    console.error(`Port ${port} is in use. Stop what runs there, or choose another: PORT=${port + 1} npm start`);
  } else if (error.code === 'EACCES') {
    console.error(`Port ${port} needs rights this user does not have. Choose another: PORT=3000 npm start`);
  } else {
    console.error(error.message);
  }
  process.exit(1);
});
server.listen(port, () => {
  const address = server.address();
  const listening = typeof address === 'object' && address ? address.port : port;
  console.log(`Heapbook is at http://localhost:${listening}/`);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  });
}
