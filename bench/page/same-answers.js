import { WORKLOADS } from '../workloads.js';

/** @import { ClerkInstance } from '../clerk/instance.js' */
/** @import { Server } from '../process/server.js' */

/**
 * Sees that all servers answer alike, so that their times can be compared: the same status, the same bytes but for the
 * nonce and a line break at the end, which express-handlebars cuts off, the same person.
 * @param {readonly Server[]} servers the first is what the others are held against
 * @param {ClerkInstance} clerk
 * @throws Error naming the server, the request and the first difference
 */
export async function checkAnswers(servers, clerk) {
  for (const { title, path, headers, status, cookies } of WORKLOADS) {
    const [cookie] = cookies(clerk, 2);
    const answers = await Promise.all(
      servers.map((server) => server.get(path, { ...headers, ...(cookie !== undefined && { cookie }) })),
    );
    const expected = contentOf(answers[0]?.body ?? '');
    for (const [index, answer] of answers.entries()) {
      const where = `${servers[index]?.name}: GET ${path} (${title})`;
      if (answer.status !== status) throw new Error(`${where} answers ${answer.status}, not ${status}`);
      const found = contentOf(answer.body);
      if (found !== expected) {
        throw new Error(`${where} differs from ${servers[0]?.name}:\n${difference(expected, found)}`);
      }
    }
    if (path === '/') checkPerson(expected, cookie !== undefined, title);
  }
}

/** @param {string} body */
function contentOf(body) {
  const nonce = /nonce="([\w-]{22})"/.exec(body)?.[1];
  return (nonce === undefined ? body : body.replaceAll(nonce, '(nonce)')).trimEnd();
}

/**
 * @param {string} page
 * @param {boolean} isSignedIn
 * @param {string} title
 */
function checkPerson(page, isSignedIn, title) {
  const state = /data-session="([^"]*)"/.exec(page)?.[1];
  const name = /Hello, <bdi>([^<]*)<\/bdi>/.exec(page)?.[1];
  const isRight = isSignedIn ? state === 'signed-in' && name === 'Ada' : state === 'signed-out' && !name;
  if (!isRight) throw new Error(`${title}: the page is for ${name ?? 'nobody'}, ${state}`);
}

/**
 * @param {string} expected
 * @param {string} found
 */
function difference(expected, found) {
  const lines = found.split('\n');
  const [index, line] = [...expected.split('\n').entries()].find(([at, text]) => text !== lines[at]) ?? [
    0,
    '',
  ];
  return `line ${index + 1}\n- ${line}\n+ ${lines[index]}`;
}
