import { randomBytes } from 'node:crypto';
import { facts } from './settings.js';

/** @import { Person } from './person.js' */

/**
 * What the templates of the home page see. They see a nonce of the request's own, as in the kit.
 * @param {Person | null} person who is signed in
 * @param {string} [nonce]
 */
export function homePage(person, nonce = newNonce()) {
  const { firstName, plan, features } = person ?? {};
  return {
    title: 'Home',
    user: person && { firstName, plan, features },
    site: { name: facts.siteName },
    auth: { userId: person?.userId ?? null },
    session: {
      state: person ? 'signed-in' : 'signed-out',
      isUnavailable: false,
      isStale: false,
      user: person,
      actorId: null,
    },
    navigation: person ? facts.navigation.signedIn : facts.navigation.signedOut,
    clerk: CLERK,
    signInHref: '/sign-in?redirect_url=%2F',
    path: '/',
    nonce,
    year: new Date().getUTCFullYear(),
  };
}

/** 22 characters, as long as the kit's. */
export function newNonce() {
  return randomBytes(16).toString('base64url');
}

const [ui, clerkJs] = facts.scripts;
const CLERK = {
  publishableKey: process.env['CLERK_PUBLISHABLE_KEY'],
  scripts: { ui, clerkJs },
  standInScripts: [],
  signInUrl: '/sign-in',
  signUpUrl: '/sign-up',
};
