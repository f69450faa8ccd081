/** The words that the tests of the decorators use, whichever modules the application has. */
declare module '../../src/auth/access/vocabulary.js' {
  interface Roles {
    'org:analyst': true;
  }

  interface Permissions {
    'org:reports:read': true;
    'org:reports:export': true;
    'org:export:read': true;
  }

  interface Plans {
    pro: true;
    team: true;
  }

  interface Features {
    reports: true;
    export: true;
    'priority-support': true;
  }

  interface Scopes {
    'reports:read': true;
  }
}

// oxlint-disable-next-line unicorn/require-module-specifiers -- a declaration is added to in a module only
export {};
