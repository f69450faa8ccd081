import type { Response } from 'supertest';
import { APP_URL } from './clerk-instance.js';
import type { TestApp } from './test-app.js';

/** What the Frontend API answers to a handshake: the cookies that it sets, and where it sends the browser back to. */
export interface FrontendAnswer {
  cookies?: readonly string[];
  /** Parameters for the address that the handshake came from. */
  query?: Readonly<Record<string, string>>;
}

interface VisitorOptions {
  app: TestApp;
  /** Clerk's Frontend API: what happens on its side of a handshake. */
  frontend: (handshake: URL) => FrontendAnswer | Promise<FrontendAnswer>;
  /** A Cookie header to begin with. */
  cookies?: string;
  headers?: Record<string, string>;
}

const MOST_REDIRECTS = 20;

/** A browser as far as handshakes go: keeps cookies, and follows redirects to the Frontend API and back. */
export class Visitor {
  readonly jar = new Map<string, string>();
  /** Handshakes that were begun so far. */
  handshakes = 0;

  constructor(private readonly options: VisitorOptions) {
    for (const pair of (options.cookies ?? '').split('; ')) this.keep([pair]);
  }

  /** Opens a page and goes wherever it leads, for as long as a browser would. */
  async open(path: string): Promise<Response> {
    let address = new URL(path, APP_URL);
    for (let redirects = 0; redirects < MOST_REDIRECTS; redirects++) {
      // oxlint-disable-next-line no-await-in-loop -- each step follows from the one before
      const response = await this.get(address);
      this.keep(response.get('Set-Cookie') ?? []);
      if (response.status !== 307) return response;
      // oxlint-disable-next-line no-await-in-loop -- likewise
      address = await this.follow(new URL(response.headers['location'] ?? ''));
    }
    throw new Error(`Too many redirects: ${address.href}`);
  }

  private get({ pathname, search }: URL): Promise<Response> {
    const cookie = [...this.jar].map((pair) => pair.join('=')).join('; ');
    return this.options.app.open(pathname + search, cookie).set(this.options.headers ?? {});
  }

  private async follow(address: URL): Promise<URL> {
    if (address.origin === APP_URL) return address;
    this.handshakes += 1;
    const { cookies = [], query = {} } = await this.options.frontend(address);
    this.keep(cookies);
    const back = new URL(address.searchParams.get('redirect_url') ?? '');
    for (const [name, value] of Object.entries(query)) back.searchParams.set(name, value);
    return back;
  }

  private keep(directives: readonly string[]): void {
    for (const directive of directives) {
      const [pair = '', ...attributes] = directive.split(';');
      const [name = '', ...value] = pair.split('=');
      if (attributes.some((attribute) => attribute.trim() === 'Max-Age=0')) this.jar.delete(name);
      else if (name !== '') this.jar.set(name, value.join('='));
    }
  }
}
