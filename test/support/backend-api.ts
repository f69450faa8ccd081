import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Clerk's Backend API as a test needs it to behave, on loopback; counts what it is asked. */
export class BackendApi {
  readonly calls: string[] = [];
  #answer: Answer;
  readonly #server: Server;

  private constructor(answer: Answer) {
    this.#answer = answer;
    this.#server = createServer((request, response) => {
      this.calls.push(`${request.method} ${request.url}`);
      this.#answer(request, response);
    });
  }

  static async start(answer: Answer): Promise<BackendApi> {
    const api = new BackendApi(answer);
    await new Promise<void>((resolve) => api.#server.listen(0, '127.0.0.1', resolve));
    return api;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  answer(answer: Answer): void {
    this.#answer = answer;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

export function json(body: unknown, status = 200): Answer {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
}

/** Takes the call and never says anything. */
export const silence: Answer = () => {};
