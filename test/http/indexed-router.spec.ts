import { expect, it, describe } from '@jest/globals';
import express, { type Request, type Response } from 'express';
import supertest from 'supertest';
import { indexedRouter } from '../../src/http/index.js';

/** An application that answers with the path of the route, and its parameters. */
function appWith(...paths: string[]) {
  const app = express();
  Object.defineProperty(app, 'router', { value: indexedRouter() });
  for (const path of paths) {
    const answer = ({ params, baseUrl, url }: Request, response: Response) =>
      response.json({ path, params, baseUrl, url });
    if (path.startsWith('use ')) app.use(path.slice(4), answer);
    else app.get(path, answer);
  }
  app.get('/fails', () => {
    throw new Error('out of order');
  });
  return app;
}

describe(indexedRouter.name, () => {
  it.each<[asked: string, answered: string | undefined, ...paths: string[]]>([
    ['/', '/', '/', '/users'],
    ['/users', '/users', '/', '/users'],
    ['/users/7', '/users/:id', '/users', '/users/:id', '/users/new'],
    ['/users/new', '/users/:id', '/users', '/users/:id', '/users/new'],
    ['/users/new', '/users/new', '/users/new', '/users/:id'],
    ['/about', '/:page', '/:page', '/about'],
    ['/about', '/about', '/about', '/:page'],
    ['/about', '/:page', '/users', '/:page', '/about'],
    ['/other', '/:page', '/users', '/:page', '/about'],
    ['/about', 'use /', '/users', 'use /', '/about'],
    ['/users', '/users', '/users', 'use /', '/about'],
    ['/a/b/c', '/{*all}', '/a/b', '/{*all}', '/a/b/c'],
    ['/users/7', '/users{/:id}', '/users{/:id}', '/users/:other'],
    ['/users/', undefined, '/users'],
    ['/Users', undefined, '/users'],
    ['/us%65rs', undefined, '/users'],
    ['/nothing', undefined, '/', '/users'],
  ])('answers %s by %s', async (asked, answered, ...paths) => {
    const { status, body } = await supertest(appWith(...paths)).get(asked);
    expect([status, (body as { path?: string }).path]).toEqual([
      answered === undefined ? 404 : 200,
      answered,
    ]);
  });

  it('gives handlers parameters and addresses as Express does', async () => {
    const { body } = await supertest(appWith('/users/:id/:tab')).get('/users/7/mail?page=2');
    expect(body).toEqual({
      path: '/users/:id/:tab',
      params: { id: '7', tab: 'mail' },
      baseUrl: '',
      url: '/users/7/mail?page=2',
    });
  });

  it('hands errors on', async () => {
    const app = appWith('/users');
    app.use((error: Error, _request: Request, response: Response, _next: unknown) => {
      response.status(500).json({ path: error.message });
    });
    expect((await supertest(app).get('/fails')).body).toEqual({ path: 'out of order' });
  });
});
