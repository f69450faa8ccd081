import { clerkPlugin, getAuth } from '@clerk/fastify';
import view from '@fastify/view';
import Fastify from 'fastify';
import handlebars from 'handlebars';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { helpers } from './helpers.js';
import { homePage } from './page.js';
import { personOf } from './person.js';
import { facts, port, views } from './settings.js';

// Clerk's quick start for Fastify, with pages by @fastify/view.
const fastify = Fastify();
handlebars.registerHelper(helpers);
const names = readdirSync(join(views, 'partials')).map((file) => `partials/${file.replace('.hbs', '')}`);
await fastify.register(view, {
  engine: { handlebars },
  root: views,
  layout: 'layouts/main.hbs',
  options: {
    compileOptions: { preventIndent: true },
    partials: Object.fromEntries(names.map((name) => [name, `${name}.hbs`])),
  },
});
await fastify.register(clerkPlugin);

fastify.get('/', (request, reply) => reply.viewAsync('home/home.hbs', homePage(personOf(getAuth(request)))));
fastify.get('/api/me', (request, reply) => {
  const person = personOf(getAuth(request));
  return person ?? reply.code(401).type('application/problem+json').send(facts.refusal);
});
await fastify.listen({ port, host: '127.0.0.1' });
