import { randomId } from './random.js';

const LIFETIME_MS = 60_000;

/** Set-Cookie directives that wait for the server to fetch them. In memory: after a restart the handshake is repeated. */
export class HandshakeNonces {
  private readonly waiting = new Map<string, { directives: string[]; expiresAt: number }>();

  add(directives: string[]): string {
    const now = Date.now();
    for (const [nonce, { expiresAt }] of this.waiting) if (expiresAt < now) this.waiting.delete(nonce);
    const nonce = randomId('hsn');
    this.waiting.set(nonce, { directives, expiresAt: now + LIFETIME_MS });
    return nonce;
  }

  /** Works once for each nonce, within a minute. */
  take(nonce: string): string[] | undefined {
    const entry = this.waiting.get(nonce);
    this.waiting.delete(nonce);
    return entry && entry.expiresAt >= Date.now() ? entry.directives : undefined;
  }
}
