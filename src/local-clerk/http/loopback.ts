import { isIPv4 } from 'node:net';

/** Whether a URL's hostname names this machine: localhost, *.localhost (RFC 6761), 127.0.0.0/8 or [::1]. */
export function isLoopbackHost(hostname: string): boolean {
  return /^(.+\.)?localhost$/.test(hostname) || hostname === '[::1]' || isLoopbackAddress(hostname);
}

/** Whether a socket's remote address is this machine, IPv4 addresses mapped into IPv6 included. */
export function isLoopbackAddress(address: string | undefined): boolean {
  const plain = (address ?? '').replace(/^::ffff:/i, '');
  return plain === '::1' || (isIPv4(plain) && plain.startsWith('127.'));
}
