import { connect } from 'node:net';
import { APP_URL } from './clerk-instance.js';

const LONGEST_WAIT = 5_000;

/** What came back over a socket before the server closed it. */
export interface RawAnswer {
  /** Status of the first answer; 0 when nothing came. */
  status: number;
  /** The first answer's header lines as they were sent, its status line among them. */
  head: string;
  /** Everything after the first answer's headers. */
  body: string;
  /** How many answers came: one too many tells of a smuggled request. */
  count: number;
}

/** Sends bytes as they stand, each character one of them, and reads until the server hangs up. Fails when it does not. */
export function sendRaw(port: number, bytes: string): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.setTimeout(LONGEST_WAIT, () => socket.destroy(new Error(`The server did not hang up: ${text}`)));
    socket.on('data', (chunk) => (text += chunk.toString('latin1')));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // A server that refuses a request in mid-send resets the connection; what it said before counts.
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
    });
    socket.on('close', () => resolve(toAnswer(text)));
    socket.write(Buffer.from(bytes, 'latin1'));
  });
}

/** A request to the application that ends the connection, with further header lines and a body. */
export function rawRequest(line: string, headers: readonly string[] = [], body = ''): string {
  const host = `Host: ${new URL(APP_URL).host}`;
  return `${[line, host, 'Connection: close', ...headers].join('\r\n')}\r\n\r\n${body}`;
}

function toAnswer(text: string): RawAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0),
    head,
    body: rest.join('\r\n\r\n'),
    count: text.match(/HTTP\/1\.1 \d{3} /g)?.length ?? 0,
  };
}
