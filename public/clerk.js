// Starts ClerkJS and mounts its components into the room that the server left for them.
// The server has rendered who the visitor is; this file only follows.

const { nonce, dataset } = document.currentScript;
const page = document.documentElement;
const slots = document.querySelectorAll('[data-clerk-component]');
const here = location.pathname + location.search;

const mount = {
  'user-button': (slot) => Clerk.mountUserButton(slot),
  'organization-switcher': (slot) =>
    Clerk.mountOrganizationSwitcher(slot, {
      afterCreateOrganizationUrl: here,
      afterLeaveOrganizationUrl: here,
      afterSelectOrganizationUrl: here,
      afterSelectPersonalUrl: here,
    }),
  'sign-in': (slot) => Clerk.mountSignIn(slot, returnTo(slot)),
  'sign-up': (slot) => Clerk.mountSignUp(slot, returnTo(slot)),
  'pricing-table': (slot) =>
    Clerk.mountPricingTable(slot, { for: slot.dataset.payer, newSubscriptionRedirectUrl: here }),
  'user-profile': (slot) =>
    Clerk.mountUserProfile(slot, { routing: 'hash', appearance: { elements: FULL_WIDTH } }),
  'organization-profile': (slot) =>
    Clerk.mountOrganizationProfile(slot, {
      routing: 'hash',
      afterLeaveOrganizationUrl: here,
      appearance: { elements: { ...FULL_WIDTH, cardBox: { ...FULL_WIDTH.cardBox, display: 'flex' } } },
    }),
  'create-organization': (slot) =>
    Clerk.mountCreateOrganization(slot, { routing: 'hash', afterCreateOrganizationUrl: here }),
  verification: verifyBefore,
};

/**
 * Where to go afterwards. What the address asks for was checked by the server and is followed; without it ClerkJS follows
 * what it has noted itself, on this origin only (`allowedRedirectOrigins`).
 */
function returnTo({ dataset: { returnPath } }) {
  const query = `?redirect_url=${encodeURIComponent(returnPath)}`;
  const isAsked = new URLSearchParams(location.search).has('redirect_url');
  const target = isAsked ? 'ForceRedirectUrl' : 'FallbackRedirectUrl';
  return {
    routing: 'hash',
    [isAsked ? 'forceRedirectUrl' : 'fallbackRedirectUrl']: returnPath,
    [`signIn${target}`]: returnPath,
    [`signUp${target}`]: returnPath,
    signInUrl: isAsked ? dataset.signInUrl + query : dataset.signInUrl,
    signUpUrl: isAsked ? dataset.signUpUrl + query : dataset.signUpUrl,
  };
}

const FULL_WIDTH = { rootBox: { width: '100%' }, cardBox: { width: '100%', maxWidth: 'none' } };

const appearance = {
  variables: {
    colorPrimary: 'var(--brand)',
    colorPrimaryForeground: 'var(--on-brand)',
    colorBackground: 'var(--surface)',
    colorForeground: 'var(--ink)',
    colorMutedForeground: 'var(--ink-soft)',
    colorMuted: 'var(--sunken)',
    colorNeutral: 'var(--ink)',
    colorInput: 'var(--surface)',
    colorInputForeground: 'var(--ink)',
    colorDanger: 'var(--danger)',
    colorRing: 'var(--brand)',
    borderRadius: 'var(--radius-small)',
    fontFamily: 'var(--font)',
  },
};

async function start() {
  if (!window.Clerk || !window.__internal_ClerkUICtor) throw new Error('ClerkJS is not there');
  await Clerk.load({
    ui: { ClerkUI: window.__internal_ClerkUICtor },
    nonce,
    appearance,
    signInUrl: dataset.signInUrl,
    signUpUrl: dataset.signUpUrl,
    signInFallbackRedirectUrl: '/',
    signUpFallbackRedirectUrl: '/',
    afterSignOutUrl: '/',
    isSatellite: 'isSatellite' in dataset,
    allowedRedirectOrigins: [location.origin],
    telemetry: false,
    unsafe_disableDevelopmentModeConsoleWarning: true,
  });
  followSession();
  for (const slot of slots) mount[slot.dataset.clerkComponent](slot);
}

/**
 * Has the person prove who they are, at once and whenever they ask for it, and then sends the form that repeats their
 * request. Its fields have names of their own, so that nothing is read from the form but its elements.
 */
function verifyBefore(slot) {
  const form = slot.querySelector('form');
  const button = slot.querySelector('button');
  const verify = () =>
    Clerk.__internal_openReverification({
      level: slot.dataset.level,
      afterVerification: () => {
        button.remove();
        document.getElementById('verified').hidden = false;
        if (form) HTMLFormElement.prototype.submit.call(form);
      },
      // Without it the dialog stays open after a verification, too.
      afterVerificationCancelled: () => {},
    });
  button.addEventListener('click', verify);
  if (Clerk.user) verify();
}

/** Loads the page again, once, when the browser knows better than the server who is signed in, as after a sign-out in another tab. */
function followSession() {
  const key = 'session-followed';
  const signsIn = document.querySelector('[data-return-path]');
  Clerk.addListener(({ user }) => {
    // Undefined while a session is being set: whoever sets it takes the visitor on.
    if (user === undefined || signsIn) return;
    // Nobody with a task left to do, such as choosing an organisation, is signed in: neither here nor for the server.
    if (Clerk.isSignedIn === (page.dataset.session === 'signed-in')) return sessionStorage.removeItem(key);
    if (sessionStorage.getItem(key)) return;
    sessionStorage.setItem(key, 'yes');
    location.reload();
  });
}

/** Says that Clerk is missing, in place of an empty room for its components. */
function giveUp() {
  page.dataset.clerk = 'unavailable';
  document.getElementById('clerk-unavailable').hidden = false;
}

// ClerkJS loads its parts when it first needs them, and does not tell when one is missing.
addEventListener('error', ({ target }) => target instanceof HTMLScriptElement && giveUp(), { capture: true });
addEventListener('click', ({ target }) => target.closest('[data-clerk-sign-out]') && Clerk.signOut());
addEventListener('DOMContentLoaded', () => start().catch(giveUp));
