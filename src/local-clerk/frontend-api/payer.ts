import type { Request } from 'express';
import type { Payer } from '../billing/subscriptions.js';
import type { Context } from '../context.js';
import { segment } from '../http/form.js';
import { adminOf, memberOf } from './member.js';
import { currentUser } from './visitor.js';

/** The paths of a billing call: the same for the signed-in user and for an organisation. */
export function payerPath(rest: string): string[] {
  return [`/me/billing/${rest}`, `/organizations/:organization/billing/${rest}`];
}

/** Who pays in this call. Any member may read an organisation's billing; only an admin may manage it. */
export function payerOf(context: Context, request: Request, access: 'read' | 'manage' = 'read'): Payer {
  if (segment(request, 'organization') === '') return { kind: 'user', id: currentUser(context, request).id };
  const organization =
    access === 'manage' ? adminOf(context, request) : memberOf(context, request).organization;
  return { kind: 'org', id: organization.id };
}
