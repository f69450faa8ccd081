import { createHash } from 'node:crypto';
import { decodeJwt, type JWTPayload } from 'jose';
import type { LocalApp } from './local-app.js';

/** What the Frontend API answers, as far as the tests look at it. */
export interface Answer {
  status: number;
  headers: Headers;
  body: {
    response?: Json;
    client?: Json | null;
    errors?: { code: string; message: string; meta: { param_name?: string } }[];
    jwt?: string;
  };
}

/** A JSON object whose fields are looked at by name. */
export interface Json {
  [key: string]: Json & string;
}

/** Where a document request ended, and by which way. */
export interface Visit {
  hops: string[];
  reason: string | null;
  claims: (JWTPayload & Record<string, unknown>) | null;
}

/** A browser with ClerkJS in it, as far as the wire shows: cookie jar, form posts, the cookies that ClerkJS writes. */
export class Browser {
  readonly cookies = new Map<string, string>();

  constructor(private app: LocalApp) {}

  /** Goes on with another run of the application: other port, same cookies. */
  moveTo(app: LocalApp): void {
    this.app = app;
  }

  /** A call of ClerkJS's: anything but GET travels as POST with `_method`. */
  async call(method: string, path: string, form: Record<string, string> = {}): Promise<Answer> {
    const url = new URL(`${this.app.origin}/__clerk/v1${path}`);
    if (method !== 'GET') url.searchParams.set('_method', method);
    const init = method === 'GET' ? {} : { method: 'POST', body: new URLSearchParams(form) };
    const response = await this.fetch(url, { ...init, headers: { Origin: this.app.origin } });
    const body = (await response.json()) as Answer['body'];
    const client = path === '/client' ? body.response : body.client;
    if (response.ok && client) this.keepSession(client);
    return { status: response.status, headers: response.headers, body };
  }

  /** A navigation: follows redirects as a document request. */
  async open(path: string, headers: Record<string, string> = {}): Promise<Visit> {
    const hops: string[] = [];
    let url = new URL(path, this.app.origin);
    for (;;) {
      const response = await this.fetch(url, { headers: { 'Sec-Fetch-Dest': 'document', ...headers } });
      const location = response.headers.get('location');
      if (location === null) return { hops, ...((await response.json()) as Omit<Visit, 'hops'>) };
      if (hops.length > 5) throw new Error(`redirect loop: ${hops.join(', ')}`);
      url = new URL(location, url);
      hops.push(url.pathname);
    }
  }

  /** Signs in by password, in two steps as the component does. */
  async signIn(emailAddress: string, password: string): Promise<Answer> {
    const begun = await this.call('POST', '/client/sign_ins', { identifier: emailAddress });
    if (begun.status !== 200) return begun;
    const id = begun.body.response?.['id'];
    return this.call('POST', `/client/sign_ins/${id}/attempt_first_factor`, {
      strategy: 'password',
      password,
    });
  }

  /** The claims of a token that was asked for just now. */
  async claims(): Promise<JWTPayload & Record<string, unknown>> {
    const { body } = await this.call('POST', `/client/sessions/${this.sessionId()}/tokens`);
    return decodeJwt(body.jwt ?? '');
  }

  sessionId(): string {
    return String(decodeJwt(this.cookies.get('__session') ?? '')['sid']);
  }

  /** Both names of one of Clerk's cookies. */
  names(cookie: string): string[] {
    const key = this.app.clerk.variables.CLERK_PUBLISHABLE_KEY;
    return [cookie, `${cookie}_${createHash('sha1').update(key).digest('base64url').slice(0, 8)}`];
  }

  set(cookie: string, value: string | undefined): void {
    for (const name of this.names(cookie)) {
      if (value === undefined) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }

  private async fetch(url: URL, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    const sent = [...this.cookies].filter(
      ([name]) => name !== '__client' || url.pathname.startsWith('/__clerk'),
    );
    headers.set('Cookie', sent.map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const directive of response.headers.getSetCookie()) this.keep(directive);
    return response;
  }

  private keep(directive: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(directive) ?? [];
    if (/Max-Age=0(?:;|$)/.test(directive)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }

  private keepSession(client: Json): void {
    const sessions = client['sessions'] as unknown as Json[];
    this.set('__session', sessions[0]?.['last_active_token']?.['jwt']);
    this.set('__client_uat', sessions[0] ? String(Math.floor(Number(client['updated_at']) / 1000)) : '0');
  }
}
