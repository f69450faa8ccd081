import type { Revocable } from '../state/machine-records.js';

/** The fields of something new: valid until then, or for good. */
export function valid(secondsUntilExpiration: number | null, now: number): Revocable {
  return { revoked: false, revocationReason: null, expiresAt: expiry(secondsUntilExpiration, now) };
}

/** When something that begins now ends, in epoch milliseconds. */
export function expiry(secondsUntilExpiration: number | null, now: number): number | null {
  return secondsUntilExpiration === null ? null : now + secondsUntilExpiration * 1000;
}

/** Whether its time is over. */
export function isExpired({ expiresAt }: Revocable): boolean {
  return expiresAt !== null && expiresAt <= Date.now();
}

/** Whether it is neither revoked nor over. */
export function isValid(record: Revocable): boolean {
  return !record.revoked && !isExpired(record);
}

/** Takes it back, for good. A second time changes nothing. */
export function revoke(record: Revocable & { updatedAt: number }, revocationReason: string | null): void {
  if (!record.revoked) Object.assign(record, { revoked: true, revocationReason, updatedAt: Date.now() });
}

/** The same fields as Clerk shows them. */
export function revocableResource(record: Revocable) {
  return {
    revoked: record.revoked,
    revocation_reason: record.revocationReason,
    expired: isExpired(record),
    expiration: record.expiresAt,
  };
}
