import { getAuth } from '@clerk/express';
import { engine } from 'express-handlebars';
import { join } from 'node:path';
import { helpers } from './helpers.js';
import { homePage } from './page.js';
import { personOf } from './person.js';
import { facts, views } from './settings.js';

/** @param {import('express').Express} app */
export function useViews(app) {
  const partialsDir = { dir: join(views, 'partials'), namespace: 'partials' };
  const compilerOptions = { preventIndent: true };
  const options = { extname: '.hbs', defaultLayout: 'main', partialsDir, helpers, compilerOptions };
  app.engine('hbs', engine(options));
  app.set('view engine', 'hbs');
  app.set('views', views);
}

/**
 * The home page, and the example of an API.
 * @param {import('express').Express} app
 */
export function addPages(app) {
  app.get('/', (request, response) => {
    const { nonce } = response.locals;
    response.render('home/home', homePage(personOf(getAuth(request)), nonce));
  });
  app.get('/api/me', (request, response) => {
    const person = personOf(getAuth(request));
    if (person) response.json(person);
    else response.status(401).type('application/problem+json').send(facts.refusal);
  });
}
