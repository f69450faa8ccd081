/** What must never be written down, wherever it turns up: tokens, Clerk's secrets, handshake values, private keys. */
const SECRETS: readonly RegExp[] = [
  /\b[\w-]{10,}\.[\w-]{10,}\.[\w-]*/g,
  /\b(?:sk|ak|mt|oat|whsec|dvb)_[\w-]+/g,
  /(?<=\b(?:Bearer|Basic)\s+)\S+/gi,
  /(?<=__(?:session|client_uat|clerk|refresh|client)[\w-]*=)[^\s;&"']+/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/g,
];

/** The text without anything that looks like a secret. */
export function redact(text: string): string {
  return SECRETS.reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), text);
}
