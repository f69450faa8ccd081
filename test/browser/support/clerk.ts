/** The part of ClerkJS in a page that the tests ask; for functions that run in the page. */
export interface ClerkInPage {
  loaded: boolean;
  user: { id: string } | null | undefined;
  setActive(options: { organization: string }): Promise<void>;
  session:
    | { getToken(options?: { skipCache: boolean }): Promise<string | null>; touch(): Promise<unknown> }
    | null
    | undefined;
}

declare global {
  // oxlint-disable-next-line no-var -- how a global of the page is declared
  var Clerk: ClerkInPage | undefined;
}

/** What each of Clerk's components shows once it is there for a person to use. */
export const componentIsReady: Readonly<Record<string, string>> = {
  'user-button': '.cl-userButtonTrigger',
  'organization-switcher': '.cl-organizationSwitcherTrigger',
  'sign-in': '.cl-signIn-start input[name=identifier]',
  'sign-up': '.cl-signUp-start input[name=emailAddress]',
  'pricing-table': '.cl-pricingTableCard',
  'user-profile': '.cl-profileSection__profile',
  'organization-profile': '.cl-profileSection__organizationProfile',
  'create-organization': '.cl-createOrganization-root input[name=name]',
};
