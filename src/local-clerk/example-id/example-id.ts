import { MOUNT_PATH } from '../mount-path.js';
import { randomId } from '../random.js';

/** What the made-up provider is called on buttons. */
export const EXAMPLE_ID_NAME = 'Example ID';

/** Its strategy, as ClerkJS names it. */
export const EXAMPLE_ID_STRATEGY = 'oauth_custom_example';

/** Where its pages are, on the application's origin. */
export const EXAMPLE_ID_PATH = `${MOUNT_PATH}/example-id`;

const LIFETIME_MS = 60_000;

/** The made-up provider's promises of who somebody is, each to be redeemed by Clerk's side once within a minute. */
export class ExampleId {
  private readonly promises = new Map<string, { emailAddress: string; expiresAt: number }>();

  /** A code that stands for the person. */
  promise(emailAddress: string): string {
    const now = Date.now();
    for (const [code, { expiresAt }] of this.promises) if (expiresAt < now) this.promises.delete(code);
    const code = randomId('code');
    this.promises.set(code, { emailAddress, expiresAt: now + LIFETIME_MS });
    return code;
  }

  /** The e-mail address of the person, or undefined for a code that is unknown, used or too old. */
  redeem(code: string): string | undefined {
    const found = this.promises.get(code);
    this.promises.delete(code);
    return found && found.expiresAt >= Date.now() ? found.emailAddress : undefined;
  }
}
