/** What must never be written down, wherever it turns up: tokens, Clerk's secrets, handshake values, private keys. */
const SECRETS = new RegExp(
  [
    /\b[\w-]{10,}\.[\w-]{10,}\.[\w-]*/,
    /\b(?:sk|ak|mt|oat|whsec|dvb)_[\w-]+/,
    /(?<=\b(?:Bearer|Basic)\s+)\S+/,
    /(?<=__(?:session|client_uat|clerk|refresh|client)[\w-]*=)[^\s;&"']+/,
    /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gi',
);

/** The text without anything that looks like a secret. */
export function redact(text: string): string {
  return text.replace(SECRETS, '[redacted]');
}
