// What the benchmark calls of packages that are installed below this folder only, so that its types can be checked without them.

declare module '@clerk/express' {
  import type { RequestHandler, Request } from 'express';
  export function clerkMiddleware(): RequestHandler;
  export function getAuth(request: Request): import('./servers/person.js').ClerkAuth;
}

declare module 'express-handlebars' {
  type Engine = (path: string, options: object, callback: (error: unknown, page?: string) => void) => void;
  export function engine(options: {
    extname: string;
    defaultLayout: string;
    partialsDir: { dir: string; namespace: string };
    helpers: object;
  }): Engine;
}

declare module 'pino-http' {
  import type { RequestHandler } from 'express';
  export default function pinoHttp(): RequestHandler;
}

declare module 'fastify' {
  export interface Reply {
    code(status: number): this;
    type(type: string): this;
    send(body: string): this;
    viewAsync(name: string, data: object): Promise<string>;
  }
  export interface Instance {
    register(plugin: (instance: Instance) => void, options?: object): Promise<void>;
    get(path: string, handler: (request: object, reply: Reply) => unknown): this;
    listen(options: { port: number; host: string }): Promise<string>;
  }
  export default function fastify(): Instance;
}

declare module '@clerk/fastify' {
  export function clerkPlugin(instance: import('fastify').Instance): void;
  export function getAuth(request: object): import('./servers/person.js').ClerkAuth;
}

declare module '@fastify/view' {
  export default function view(instance: import('fastify').Instance): void;
}

declare module 'autocannon' {
  interface Client {
    setRequests(requests: readonly { path: string; headers: Record<string, string> }[]): void;
  }
  interface Options {
    url: string;
    connections: number;
    sampleInt: number;
    amount?: number;
    duration?: number;
    overallRate?: number;
    setupClient(client: Client): void;
  }
  interface Instance {
    on(event: 'start', listener: () => void): this;
    on(
      event: 'response',
      listener: (client: Client, status: number, bytes: number, milliseconds: number) => void,
    ): this;
  }
  export default function autocannon(
    options: Options,
    callback: (error: Error | null, result: { errors: number }) => void,
  ): Instance;
}
