import type { Request } from 'express';
import type { Session } from '../state/state.js';

const browsers = [
  ['Edge', /Edg\/(\d+)/],
  ['Chrome', /(?:Headless)?Chrom(?:e|ium)\/(\d+)/],
  ['Firefox', /Firefox\/(\d+)/],
  ['Safari', /Version\/(\d+).*Safari/],
] as const;

const systems = [
  ['iPhone', /iPhone/],
  ['Android', /Android/],
  ['Macintosh', /Macintosh/],
  ['Windows', /Windows/],
  ['Linux', /Linux/],
] as const;

/** What the list of devices says of a session: a rough reading of the User-Agent. */
export function describeBrowser(
  request: Request,
): Pick<Session, 'browser' | 'browserVersion' | 'deviceType' | 'isMobile' | 'ipAddress'> {
  const agent = request.headers['user-agent'] ?? '';
  const browser = browsers.find(([, pattern]) => pattern.test(agent));
  return {
    browser: browser?.[0] ?? 'Browser',
    browserVersion: browser?.[1].exec(agent)?.[1] ?? '',
    deviceType: systems.find(([, pattern]) => pattern.test(agent))?.[0] ?? 'Computer',
    isMobile: agent.includes('Mobile'),
    ipAddress: request.socket.remoteAddress ?? '',
  };
}
