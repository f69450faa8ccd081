/** The entries of the site's header, in their order. */
export const navigation: readonly { label: string; path: string }[] = [
  { label: 'Home', path: '/' },
  { label: 'Plans', path: '/plans' },
  { label: 'Profile', path: '/profile' },
];
