/** A right that can be taken back, and that may end by itself. Times are epoch milliseconds. */
export interface Revocable {
  revoked: boolean;
  revocationReason: string | null;
  expiresAt: number | null;
}

/** A key with which a program acts for a user or an organisation. Its secret is not in here: `secretOf` computes it. */
export interface ApiKey extends Revocable {
  id: string;
  /** Id of the user or the organisation whose key it is. */
  subject: string;
  name: string;
  description: string | null;
  scopes: string[];
  claims: Record<string, unknown> | null;
  createdBy: string | null;
  lastUsedAt: number | null;
  createdAt: number;
  updatedAt: number;
}
