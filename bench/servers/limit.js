import Handlebars from 'handlebars';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import { helpers } from './helpers.js';
import { homePage } from './page.js';
import { facts, port, views } from './settings.js';

const handlebars = Handlebars.create();
handlebars.registerHelper(helpers);
for (const file of readdirSync(join(views, 'partials'))) {
  const name = `partials/${file.replace('.hbs', '')}`;
  handlebars.registerPartial(name, template(name));
}
const [layout, home] = [template('layouts/main'), template('home/home')];
/** @type {import('./person.js').Person} */
const ADA = {
  userId: 'user_1',
  sessionId: 'sess_1',
  orgId: null,
  orgSlug: null,
  orgRole: null,
  firstName: 'Ada',
  lastName: 'Lovelace',
  uid: 'ada-1',
  plan: 'pro',
  features: ['reports', 'priority-support'],
};

// What Node.js and Handlebars take alone: whoever sends a cookie is Ada.
createServer((request, response) => {
  const person = request.headers.cookie === undefined ? null : ADA;
  if (request.url === '/') {
    const page = homePage(person);
    send(200, 'text/html; charset=utf-8', layout({ ...page, body: home(page) }));
  } else if (person) send(200, 'application/json; charset=utf-8', JSON.stringify(person));
  else send(401, 'application/problem+json; charset=utf-8', facts.refusal);

  /**
   * @param {number} status
   * @param {string} type
   * @param {string} body
   */
  function send(status, type, body) {
    response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
    response.end(body);
  }
}).listen(port, '127.0.0.1');

/**
 * @param {string} name
 * @returns {Handlebars.TemplateDelegate}
 */
function template(name) {
  const knownHelpers = Object.fromEntries(Object.keys(handlebars.helpers).map((helper) => [helper, true]));
  const source = readFileSync(join(views, `${name}.hbs`), 'utf8');
  const code = /** @type {string} */ (
    handlebars.precompile(source, { knownHelpers, knownHelpersOnly: true, preventIndent: true })
  );
  return handlebars.template(runInThisContext(`(${code})`));
}
