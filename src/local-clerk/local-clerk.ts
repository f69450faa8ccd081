import { Router, type RequestHandler } from 'express';
import { STRIPE_STUB_PATH, stripeRoutes } from './assets/stripe.routes.js';
import { avatarRoutes } from './assets/avatar.routes.js';
import { npmRoutes } from './assets/npm.routes.js';
import { backendApi } from './backend-api/backend-api.router.js';
import { Checkouts } from './billing/checkouts.js';
import type { Context } from './context.js';
import { ExampleId } from './example-id/example-id.js';
import { exampleIdRoutes } from './example-id/example-id.routes.js';
import { apiKeyRoutes } from './frontend-api/api-key.routes.js';
import { frontendApi } from './frontend-api/frontend-api.router.js';
import { HandshakeNonces } from './handshake-nonces.js';
import { errorHandler, unknownRoute } from './http/error.handler.js';
import { localOnly } from './http/local-only.js';
import { noStore } from './http/no-store.js';
import { MOUNT_PATH } from './mount-path.js';
import { STATE_DIRECTORY } from './state/state-file.js';
import { openInstance } from './open-instance.js';
import type { LocalClerkOptions } from './options.js';
import { assertAllowed } from './refusal.js';
import { seededUsers } from './seed.js';

type LocalClerkVariable = 'CLERK_PUBLISHABLE_KEY' | 'CLERK_SECRET_KEY' | 'CLERK_API_URL' | 'CLERK_PROXY_URL';

/**
 * A stand-in for Clerk's Frontend and Backend API on the application's own origin, for development without an account
 * and without a network. Real ClerkJS and `@clerk/backend` talk to it. It protects nothing and must never face a network.
 */
export class LocalClerk {
  /** Where to mount `handler`. */
  readonly path = MOUNT_PATH;

  /** Browser scripts that the pages must load before ClerkJS. */
  readonly scripts: readonly string[] = [`${MOUNT_PATH}${STRIPE_STUB_PATH}`];

  /** What real keys would fill. */
  readonly variables: Readonly<Record<LocalClerkVariable, string>>;

  /** To be mounted by `app.use(path, handler)` before any body parser. */
  readonly handler: RequestHandler;

  /**
   * Reads the state file, or begins one.
   *
   * @throws {LocalClerkRefusedError} in production, next to a real key, or off loopback.
   * @throws {StateFileError} when the state file cannot be used; it is left as it is.
   */
  static async open(options: LocalClerkOptions): Promise<LocalClerk> {
    assertAllowed(options);
    const { store, instance } = await openInstance(options.directory ?? STATE_DIRECTORY, options.origin);
    return new LocalClerk({
      origin: options.origin,
      instance,
      store,
      nonces: new HandshakeNonces(),
      checkouts: new Checkouts(),
      exampleId: new ExampleId(),
      print: options.print ?? ((line) => console.log(line)),
    });
  }

  private constructor(private readonly context: Context) {
    const { origin, instance } = context;
    this.variables = {
      CLERK_PUBLISHABLE_KEY: instance.publishableKey,
      CLERK_SECRET_KEY: instance.secretKey,
      CLERK_API_URL: `${origin}${MOUNT_PATH}`,
      CLERK_PROXY_URL: `${origin}${MOUNT_PATH}`,
    };
    this.handler = createHandler(context);
  }

  /** Prints one line for each seeded user whose password is still that of the seed file. */
  announce(): void {
    for (const { id, emailAddress, password } of seededUsers) {
      if (this.context.store.user(id)?.seeded) {
        this.context.print(`sign in as ${emailAddress} with password ${password}`);
      }
    }
  }
}

function createHandler(context: Context): RequestHandler {
  const router = Router();
  router.use(localOnly(context.origin), noStore);
  router.use(npmRoutes(), avatarRoutes(), stripeRoutes(), exampleIdRoutes(context));
  const frontend = frontendApi(context);
  // Only servers send Authorization; ClerkJS is known by its cookie. Both APIs have /v1/organizations.
  router.use('/v1', (request, response, next) => {
    if (request.headers.authorization === undefined) frontend(request, response, next);
    else next();
  });
  // ClerkJS and @clerk/backend leave the version out of some paths; ClerkJS shows its session token there, and begins the
  // path with two slashes where the Frontend API has a path of its own.
  router.use((request, _response, next) => {
    request.url = request.url.replace(/^\/+/, '/');
    next();
  });
  router.use(apiKeyRoutes(context));
  const backend = backendApi(context);
  router.use('/v1', backend).use(backend);
  router.use(unknownRoute(context.print), errorHandler(context.print));
  return router;
}
