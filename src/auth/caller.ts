import type { Request } from 'express';

const DOCUMENTS = ['document', 'iframe', 'frame'];

/** Whether the request is for the JSON API, which is answered by status and never by a redirect. */
export function isApi(request: Request): boolean {
  return request.path === '/api' || request.path.startsWith('/api/');
}

/** Whether a browser is loading a page, so that a redirect takes the person somewhere. */
export function isDocument(request: Request): boolean {
  if (isApi(request) || !['GET', 'HEAD'].includes(request.method)) return false;
  const destination = request.get('sec-fetch-dest');
  return destination ? DOCUMENTS.includes(destination) : request.accepts('html') !== false;
}

/** Whether the caller names HTML among what it takes: a browser does, most other clients do not. */
export function asksForHtml(request: Request): boolean {
  return !isApi(request) && (request.get('accept') ?? '').includes('text/html');
}

/** Whether a page is pulling the answer in as a script, a picture or the like, by which another site could read it. */
export function isEmbedded(request: Request): boolean {
  const destination = request.get('sec-fetch-dest') ?? 'empty';
  return destination !== 'empty' && !DOCUMENTS.includes(destination);
}
