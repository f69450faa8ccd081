import { join, resolve } from 'node:path';

/** The project that is measured. */
export const KIT = resolve(import.meta.dirname, '..');

/** Public origin of every server. They listen elsewhere, as behind a proxy. */
export const APP_URL = 'http://localhost:3000';

const server = (/** @type {string} */ file) => join(import.meta.dirname, 'servers', file);

/**
 * What is compared: servers that send the same page.
 * @type {readonly { name: string, title: string, program: string, cwd?: string }[]}
 */
export const CANDIDATES = [
  { name: 'kit', title: 'This kit', program: join(KIT, 'dist', 'main.js'), cwd: KIT },
  { name: 'express', title: 'Express 5 + `@clerk/express`', program: server('express.js') },
  {
    name: 'express-hardened',
    title: 'the same + `helmet`, `pino-http`',
    program: server('express-hardened.js'),
  },
  { name: 'fastify', title: 'Fastify 5 + `@clerk/fastify`', program: server('fastify.js') },
  { name: 'limit', title: 'Limit: `node:http` + Handlebars, no auth', program: server('limit.js') },
];

/** For the time to the first answer alone. */
export const BARE_NEST = {
  name: 'bare-nest',
  title: 'Bare NestJS application',
  program: server('bare-nest.js'),
};
