import { APP_URL } from './clerk-instance.js';
import { rawRequest, sendRaw, type RawAnswer } from './raw-socket.js';

interface BodyOptions {
  /** Default: JSON. */
  type?: string;
  headers?: readonly string[];
  /** Sent in one chunk, so that its size is not announced. */
  chunked?: boolean;
}

/** Sends a body as a page of the application does. */
export function postBody(
  port: number,
  path: string,
  body: string | Buffer,
  { type = 'application/json', headers = [], chunked = false }: BodyOptions = {},
): Promise<RawAnswer> {
  const bytes = Buffer.from(body).toString('latin1');
  const lines = [
    `Origin: ${APP_URL}`,
    `Content-Type: ${type}`,
    chunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${bytes.length}`,
    ...headers,
  ];
  const framed = chunked ? `${bytes.length.toString(16)}\r\n${bytes}\r\n0\r\n\r\n` : bytes;
  return sendRaw(port, rawRequest(`POST ${path} HTTP/1.1`, lines, framed));
}

/** The status of an answer in problem details; undefined when it is anything else. */
export function problemStatus({ status, head, body }: RawAnswer): number | undefined {
  if (!/^content-type: application\/problem\+json/im.test(head)) return undefined;
  const problem = JSON.parse(body) as { type?: unknown; status?: unknown };
  return problem.type === 'about:blank' && problem.status === status ? status : undefined;
}

/** The shortest of several times that an answer took, in milliseconds: what else the machine does shall not count. */
export async function fastest(ask: () => Promise<unknown>, goodEnough: number): Promise<number> {
  let best = Infinity;
  for (let attempt = 0; attempt < 6 && best >= goodEnough; attempt++) {
    const started = performance.now();
    // oxlint-disable-next-line no-await-in-loop -- one at a time is what is measured
    await ask();
    best = Math.min(best, performance.now() - started);
  }
  return best;
}
