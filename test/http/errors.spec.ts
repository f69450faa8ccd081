import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  Body,
  ConflictException,
  Controller,
  ForbiddenException,
  Get,
  InternalServerErrorException,
  Post,
  UnauthorizedException,
} from '@nestjs/common';
import { IsString } from 'class-validator';
import { Public } from '../../src/auth/index.js';
import { ErrorFilter } from '../../src/http/index.js';
import { Views } from '../../src/views/index.js';
import { ClerkInstance, createTestApp, type TestApp } from '../support/index.js';

class Note {
  @IsString()
  text!: string;
}

@Public()
@Controller('failing')
class FailingController {
  @Get('unexpected')
  async unexpected() {
    throw new Error('password is hunter2');
  }

  @Get('internal')
  internal() {
    throw new InternalServerErrorException('password is hunter2');
  }

  @Get('thrown')
  thrown() {
    // oxlint-disable-next-line no-throw-literal
    throw 'password is hunter2';
  }

  @Get('unauthorized')
  unauthorized() {
    throw new UnauthorizedException();
  }

  @Get('forbidden')
  forbidden() {
    throw new ForbiddenException('Only <b>admins</b> may do this.');
  }

  @Get('conflict')
  conflict() {
    throw new ConflictException('Somebody else was faster.');
  }

  @Post('notes')
  note(@Body() note: Note) {
    return { text: note.text };
  }
}

const clerk = new ClerkInstance();
const JSON_CALLER = { accept: 'application/json' };
let app: TestApp;

beforeAll(async () => {
  app = await createTestApp({ clerk, with: { controllers: [FailingController] } });
});
afterAll(() => app.stop());

describe(ErrorFilter.name, () => {
  it.each([
    ['/failing/unauthorized', 401, 'Please sign in'],
    ['/failing/forbidden', 403, 'Only &lt;b&gt;admins&lt;/b&gt; may do this.'],
    ['/nowhere', 404, 'There is no such page'],
    ['/failing/conflict', 409, 'Somebody else was faster.'],
    ['/failing/unexpected', 500, 'Something went wrong'],
    ['/failing/internal', 500, 'Something went wrong'],
    ['/failing/thrown', 500, 'Something went wrong'],
  ])('answers a browser at %s with a page of the site', async (path, status, text) => {
    const response = await app.open(path);
    expect(response.status).toBe(status);
    expect(response.type).toBe('text/html');
    expect(response.text).toContain(text);
    expect(response.text).toContain('class="site-header"');
    expect(response.text).not.toContain('hunter2');
    expect(response.headers).toMatchObject({ 'cache-control': 'private, no-store', vary: 'Cookie' });
  });

  it('knows on an error page who is signed in, even where no route was found', async () => {
    for (const path of ['/nowhere', '/failing/forbidden']) {
      expect((await app.open(path, await clerk.cookies())).text).toContain('data-session="signed-in"');
    }
  });

  it('starts no handshake for a page that does not exist', async () => {
    const now = Math.floor(Date.now() / 1000);
    const response = await app.open('/nowhere', await clerk.cookies({ iat: now - 120, exp: now - 60 }));
    expect(response.status).toBe(404);
    expect(response.text).toContain('data-session="signed-out"');
  });

  it.each([
    ['/failing/conflict', { status: 409, title: 'Conflict', detail: 'Somebody else was faster.' }],
    ['/failing/unexpected', { status: 500, title: 'Internal Server Error' }],
    ['/failing/internal', { status: 500, title: 'Internal Server Error' }],
    ['/nowhere?secret=1', { status: 404, title: 'Not Found' }],
    ['/api/nowhere', { status: 404, title: 'Not Found' }],
  ])('answers other callers at %s with problem details', async (path, problem) => {
    const response = await app.request('get', path, JSON_CALLER);
    expect(response.status).toBe(problem.status);
    expect(response.type).toBe('application/problem+json');
    expect(JSON.parse(response.text)).toEqual({ type: 'about:blank', ...problem });
  });

  it('names what is wrong with the input', async () => {
    const headers = { ...JSON_CALLER, 'content-type': 'application/json', origin: 'https://app.example.com' };
    const response = await app.request('post', '/failing/notes', headers).send('{"text":1,"extra":true}');
    expect(response.status).toBe(400);
    expect(JSON.parse(response.text)).toMatchObject({
      errors: ['property extra should not exist', 'text must be a string'],
    });
  });

  it('answers a body that is no JSON with 400 and one that is too large with 413', async () => {
    const headers = { ...JSON_CALLER, 'content-type': 'application/json', origin: 'https://app.example.com' };
    const broken = await app.request('post', '/failing/notes', headers).send('{"password":hunter2}');
    expect(broken.status).toBe(400);
    expect(JSON.parse(broken.text)).toMatchObject({ detail: 'The body is not valid JSON.' });
    expect(
      (await app.request('post', '/failing/notes', headers).send(`"${'x'.repeat(200_000)}"`)).status,
    ).toBe(413);
  });

  it('falls back to fixed markup when not even the error page renders', async () => {
    const broken = await createTestApp({
      clerk,
      with: { controllers: [FailingController] },
    });
    broken.get(Views).render = () => {
      throw new Error('password is hunter2');
    };
    const response = await broken.open('/open');
    expect(response.status).toBe(500);
    expect(response.text).toContain('This page cannot be shown (500)');
    expect(response.text).not.toContain('hunter2');
    await broken.stop();
  });
});
