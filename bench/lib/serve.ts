/** Our own server's code as the benches use it: for our site, and for a peer's files with the same compression. */
export { createApp } from '../../server/app';
export { loadSite } from '../../server/site';
