/** The directives of a Content-Security-Policy by name, with their sources. */
export function directivesOf(policy = ''): Map<string, string[]> {
  return new Map(
    policy.split(';').map((directive) => {
      const [name = '', ...values] = directive.trim().split(' ');
      return [name, values];
    }),
  );
}
