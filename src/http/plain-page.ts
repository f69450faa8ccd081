import type { Problem } from './problem.js';

/** The last resort when templates fail: fixed markup around a status, nothing of the request in it. */
export function plainPage({ status, title }: Problem): string {
  return `<!doctype html>
<html lang="en" data-session="signed-out">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title></head>
<body><h1>${title}</h1><p>This page cannot be shown (${status}). Please try again in a moment.</p><p><a href="/">Home</a></p></body>
</html>
`;
}
