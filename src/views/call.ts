/** Where a template may call a helper. */
export type Call = Pick<hbs.AST.MustacheStatement, 'path' | 'params'> & { hash?: hbs.AST.Hash };

/** What is called, as the template writes it; empty for a literal. */
export function nameOf({ path }: Pick<Call, 'path'>): string {
  return 'original' in path ? path.original : '';
}

/** Parameters by name. */
export function pairsOf({ hash }: Pick<Call, 'hash'>): readonly hbs.AST.HashPair[] {
  return hash?.pairs ?? [];
}
