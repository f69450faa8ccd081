import express, { Router } from 'express';
import type { Context } from '../context.js';
import { methodOverride } from '../http/method-override.js';
import { billingRoutes } from './billing.routes.js';
import { clientRoutes } from './client.routes.js';
import { environmentRoutes } from './environment.routes.js';
import { externalAccountRoutes } from './external-account.routes.js';
import { externalSignInRoutes } from './external-sign-in.routes.js';
import { handshakeRoutes } from './handshake.routes.js';
import { invitationRoutes } from './invitation.routes.js';
import { meRoutes } from './me.routes.js';
import { memberRoutes } from './member.routes.js';
import { myOrganizationRoutes } from './my-organization.routes.js';
import { oauthCallbackRoutes } from './oauth-callback.routes.js';
import { organizationRoutes } from './organization.routes.js';
import { paymentMethodRoutes } from './payment-method.routes.js';
import { planRoutes } from './plan.routes.js';
import { sessionRoutes } from './session.routes.js';
import { signInRoutes } from './sign-in.routes.js';
import { signUpRoutes } from './sign-up.routes.js';
import { ticketRoutes } from './ticket.routes.js';
import { verificationRoutes } from './verification.routes.js';

/** What ClerkJS calls: forms in, JSON out, the caller known by the `__client` cookie. */
export function frontendApi(context: Context): Router {
  const router = Router();
  router.use(methodOverride, express.urlencoded({ extended: false, limit: '64kb' }));
  router.use(
    environmentRoutes(context),
    clientRoutes(context),
    handshakeRoutes(context),
    ticketRoutes(context),
    externalSignInRoutes(context),
    oauthCallbackRoutes(context),
    signInRoutes(context),
    signUpRoutes(context),
    sessionRoutes(context),
    verificationRoutes(context),
    meRoutes(context),
    externalAccountRoutes(context),
    myOrganizationRoutes(context),
    organizationRoutes(context),
    memberRoutes(context),
    invitationRoutes(context),
    planRoutes(),
    billingRoutes(context),
    paymentMethodRoutes(context),
  );
  return router;
}
