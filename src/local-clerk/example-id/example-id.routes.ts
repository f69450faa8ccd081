import express, { Router, type Response } from 'express';
import type { Context } from '../context.js';
import { parseEmailAddress } from '../email-address.js';
import { field, parameter } from '../http/form.js';
import { MOUNT_PATH } from '../mount-path.js';
import { seededUsers } from '../seed.js';
import { exampleIdPage } from './example-id.page.js';
import { exampleIdStyle } from './example-id.style.js';

const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" rx="10" fill="#5b2fb5"/>' +
  '<circle cx="20" cy="15" r="6" fill="#fff"/><path d="M8 33a12 10 0 0 1 24 0z" fill="#fff"/></svg>';

/** The made-up provider "Example ID": asks who somebody is, believes it, and tells Clerk's side by way of the browser. */
export function exampleIdRoutes(context: Context): Router {
  const router = Router();

  router.get('/example-id', (request, response) => {
    show(response, parameter(request, 'state') ?? '');
  });

  router.post('/example-id', express.urlencoded({ extended: false, limit: '4kb' }), (request, response) => {
    const state = field(request, 'state') ?? '';
    const emailAddress = parseEmailAddress(field(request, 'email_address') ?? '');
    if (field(request, 'cancel')) return answer(response, { state, error: 'access_denied' });
    if (!emailAddress) return show(response.status(422), state, 'That is no e-mail address.');
    answer(response, { state, code: context.exampleId.promise(emailAddress) });
  });

  router.get('/example-id/style.css', (_request, response) => {
    response.type('css').send(exampleIdStyle);
  });

  router.get('/example-id/logo.svg', (_request, response) => {
    response.setHeader('Content-Security-Policy', "default-src 'none'").type('image/svg+xml').send(LOGO);
  });

  return router;

  function show(response: Response, state: string, fault?: string): void {
    const here = seededUsers.filter(({ id }) => context.store.user(id));
    const emailAddresses = here.map(({ emailAddress }) => emailAddress);
    response.type('html').send(exampleIdPage({ state, emailAddresses, ...(fault && { fault }) }));
  }
}

function answer(response: Response, parameters: Record<string, string>): void {
  response.redirect(303, `${MOUNT_PATH}/v1/oauth_callback?${new URLSearchParams(parameters)}`);
}
