/** What the reports add to the words of the application. */
declare module '../auth/access/vocabulary.js' {
  interface Permissions {
    'org:reports:read': true;
    'org:reports:export': true;
  }

  interface Features {
    reports: true;
  }

  interface Scopes {
    'reports:read': true;
  }
}

// oxlint-disable-next-line unicorn/require-module-specifiers -- a declaration is added to in a module only
export {};
