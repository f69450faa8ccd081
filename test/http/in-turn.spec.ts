import { expect, it } from '@jest/globals';
import express, { type RequestHandler } from 'express';
import request from 'supertest';
import { inTurn } from '../../src/http/index.js';

const fault = new Error('fault');

it.each<[string, RequestHandler]>([
  ['hands on', (_request, _response, next) => next(fault)],
  [
    'throws',
    () => {
      throw fault;
    },
  ],
  ['rejects', () => Promise.reject(fault)],
])(
  `${inTurn.name}() gives Express the error that a handler %s, and asks no further one`,
  async (_name, faulty) => {
    const app = express();
    const passed: string[] = [];
    const note =
      (name: string): RequestHandler =>
      (_request, _response, next) => {
        passed.push(name);
        next();
      };
    app.use(inTurn(note('first'), faulty, note('never')));
    app.use(((error: Error, _request, response, _next) => {
      response.status(500).send(error.message);
    }) as express.ErrorRequestHandler);
    const response = await request(app).get('/');
    expect([response.status, response.text, passed]).toEqual([500, 'fault', ['first']]);
  },
);
