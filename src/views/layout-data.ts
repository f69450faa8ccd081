import { Inject, Injectable } from '@nestjs/common';
import {
  AUTH_OPTIONS,
  clerkBrowser,
  NOBODY,
  returnPath,
  signInLocation,
  type AuthOptions,
  type ClerkBrowser,
  type Session,
} from '../auth/index.js';
import { Environment, project } from '../config/index.js';
import { Navigation } from './navigation.js';

/** What the edge and the auth module leave in `res.locals`. */
export interface Locals {
  nonce: string;
  path: string;
  session?: Session;
}

/**
 * What every template sees as `@name`, whichever page it belongs to: the site's name, the session, the navigation, the
 * nonce and Clerk's public settings. Holds no claim, token or key but the publishable one.
 */
@Injectable()
export class LayoutData {
  /** What is the same in every answer. */
  readonly constants: {
    site: { name: string };
    clerk: ClerkBrowser & { standInScripts: readonly string[] };
  };

  constructor(
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
    environment: Environment,
    private readonly navigation: Navigation,
  ) {
    this.constants = {
      site: { name: project.displayName },
      clerk: { ...clerkBrowser(options), standInScripts: environment.localClerk?.scripts ?? [] },
    };
  }

  /** @param model of the page, `@root` to its templates */
  from({ nonce, path, session }: Locals, model: object): Record<string, unknown> {
    const user = session?.user ?? null;
    const { userId, has } = session?.auth ?? NOBODY;
    const auth = { userId, has };
    return {
      site: this.constants.site,
      clerk: this.constants.clerk,
      auth,
      session: {
        state: user ? 'signed-in' : 'signed-out',
        isUnavailable: session?.status === 'unavailable',
        isStale: session?.status === 'stale',
        user,
        actorId: user?.actorId ?? null,
      },
      navigation: this.navigation.linksFor(auth, path),
      signInHref: user ? this.options.signInUrl : this.#signInHref(path),
      path: returnPath(path, this.options.appUrl),
      nonce,
      year: new Date().getUTCFullYear(),
      root: model,
    };
  }

  /** The sign-in page for somebody who is to come back here. */
  #signInHref(path: string): string {
    return signInLocation(path.startsWith('/sign-') ? '/' : path, this.options);
  }
}
