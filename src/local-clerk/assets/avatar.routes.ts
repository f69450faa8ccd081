import { Router } from 'express';
import { segment } from '../http/form.js';

/** Pictures with initials, for whoever has no other. The address holds all there is to them, so they never change. */
export function avatarRoutes(): Router {
  const router = Router();
  router.get('/avatars/:initials.svg', (request, response, next) => {
    const initials = segment(request, 'initials');
    if (!/^(?:[\p{L}\p{N}]{1,2}|-)$/u.test(initials)) return next();
    response
      .setHeader('Cache-Control', 'public, max-age=31536000, immutable')
      .setHeader('Content-Security-Policy', "default-src 'none'")
      .type('image/svg+xml')
      .send(draw(initials));
  });
  return router;
}

function draw(initials: string): string {
  const hue = ([...initials].reduce((sum, letter) => sum * 31 + (letter.codePointAt(0) ?? 0), 7) * 47) % 360;
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" width="128" height="128" viewBox="0 0 128 128">',
    `<rect width="128" height="128" fill="hsl(${hue}, 45%, 40%)"/>`,
    '<text x="64" y="64" dy=".36em" fill="#fff" font-family="sans-serif" font-size="52" text-anchor="middle">',
    `${initials}</text></svg>`,
  ].join('');
}
