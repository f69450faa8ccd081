/**
 * The roles, permissions, plans, features and scopes of this application, beside those that every Clerk instance begins
 * with. Conditions in decorators and code are written in these words; another one does not compile.
 */
declare module './auth/access/vocabulary.js' {
  interface Roles {
    'org:analyst': true;
  }

  interface Plans {
    pro: true;
    enterprise: true;
    team: true;
  }

  interface Features {
    basics: true;
    export: true;
    'priority-support': true;
    'audit-log': true;
    'single-sign-on': true;
    'shared-projects': true;
  }
}

// oxlint-disable-next-line unicorn/require-module-specifiers -- a declaration is added to in a module only
export {};
