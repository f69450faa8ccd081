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

/** A program of the instance's own, which proves itself by a secret key that `secretOf` computes. */
export interface Machine {
  id: string;
  name: string;
  /** Ids of the machines that take its tokens. */
  scopedMachines: string[];
  createdAt: number;
  updatedAt: number;
}

/** A token with which a machine calls another one. */
export interface M2MToken extends Revocable {
  id: string;
  machineId: string;
  claims: Record<string, unknown> | null;
  createdAt: number;
  updatedAt: number;
}

/** An access token that a user has granted to an OAuth client. */
export interface OAuthAccessToken extends Revocable {
  id: string;
  userId: string;
  clientId: string;
  scopes: string[];
  createdAt: number;
  updatedAt: number;
}
