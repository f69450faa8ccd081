import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Post } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsArray, IsString, ValidateNested } from 'class-validator';
import { gzipSync } from 'node:zlib';
import { Public } from '../../src/auth/index.js';
import { loadEnvironment } from '../../src/config/index.js';
import { APP_URL, ClerkInstance, createTestApp, type TestApp } from '../support/index.js';
import { fastest, postBody, problemStatus } from '../support/post-body.js';

class Tag {
  @IsString()
  name!: string;
}

class Note {
  @IsString()
  text!: string;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Tag)
  tags!: Tag[];
}

@Public()
@Controller('notes')
class NotesController {
  @Post()
  create(@Body() note: Note) {
    return { text: note.text };
  }

  @Post('any')
  any(@Body() body: unknown) {
    return { keys: Object.keys(Object(body)).length };
  }
}

const clerk = new ClerkInstance();
let app: TestApp;
let port: number;

beforeAll(async () => {
  app = await createTestApp({ clerk, with: { controllers: [NotesController] } });
  port = await app.listen();
});
afterAll(() => app.stop());

const LEVELS = 5_000;
const LISTS = '['.repeat(LEVELS) + ']'.repeat(LEVELS);

const sized = (size: number) => JSON.stringify({ x: 'x'.repeat(size - 8) });
const objects = (levels: number) => '{"a":'.repeat(levels) + '1' + '}'.repeat(levels);

describe('the size of a body', () => {
  it('I04 is at most 16 kB', async () => {
    expect((await postBody(port, '/notes/any', sized(16_384))).status).toBe(201);
    expect(problemStatus(await postBody(port, '/notes/any', sized(16_385)))).toBe(413);
    expect(problemStatus(await postBody(port, '/notes/any', sized(17 * 1024)))).toBe(413);
    expect(problemStatus(await postBody(port, '/notes/any', sized(17 * 1024), { chunked: true }))).toBe(413);
    const type = 'application/x-www-form-urlencoded';
    expect(problemStatus(await postBody(port, '/notes/any', `x=${'x'.repeat(17 * 1024)}`, { type }))).toBe(
      413,
    );
  });

  it('I04 is what BODY_LIMIT says', async () => {
    const small = await createTestApp({
      clerk,
      variables: { BODY_LIMIT: '100' },
      with: { controllers: [NotesController] },
    });
    const send = (size: number) =>
      small.request('post', '/notes/any', { origin: APP_URL }).type('json').send(sized(size));
    expect((await send(100)).status).toBe(201);
    expect((await send(101)).status).toBe(413);
    await small.stop();
  });

  it.each(['abc', 'NaN', '16kb', '1e4', '-1', '0', '0x10', '1.5', 'Infinity', '10000001', 'null'])(
    'I05 is not left open by a BODY_LIMIT that is none: %s',
    async (BODY_LIMIT) => {
      const loading = loadEnvironment({ NODE_ENV: 'test', APP_URL, ...clerk.variables, BODY_LIMIT });
      await expect(loading).rejects.toMatchObject({
        faults: ['BODY_LIMIT is not a size: set a whole number of bytes from 1 to 10000000'],
      });
    },
  );

  it.each(['gzip', 'deflate', 'br', 'zstd', 'gzip, gzip', 'canary'])(
    'I07 counts when it is unpacked, so that a bomb in %s is refused',
    async (coding) => {
      const bomb = gzipSync(JSON.stringify({ x: '0'.repeat(10 * 1024 * 1024) }));
      expect(bomb.length).toBeLessThan(16_384);
      const answer = await postBody(port, '/notes/any', bomb, { headers: [`Content-Encoding: ${coding}`] });
      expect(coding === 'gzip' ? [413] : [400, 413, 415]).toContain(problemStatus(answer));
    },
  );
});

describe('the shape of a body', () => {
  it.each([
    ['lists for an object', '/notes', LISTS],
    ['lists for a string', '/notes', `{"text":${LISTS},"tags":[]}`],
    ['lists in a list', '/notes', `{"text":"a","tags":${LISTS}}`],
    ['objects in a list', '/notes', `{"text":"a","tags":${objects(2_500)}}`],
    ['objects in an object', '/notes', objects(2_500)],
    ['lists that nobody checks', '/notes/any', LISTS],
    ['objects that nobody checks', '/notes/any', objects(2_500)],
    ['lists for a route that takes none', '/api/me', LISTS],
    ['lists for no route', '/nowhere', LISTS],
  ])('I06 is not thousands of levels deep, refused at once: %s', async (_name, path, body) => {
    expect(problemStatus(await postBody(port, path, body))).toBe(400);
    expect(await fastest(() => postBody(port, path, body), 50)).toBeLessThan(50);
  });

  it('I06 is as deep as people write', async () => {
    expect((await postBody(port, '/notes/any', objects(20))).status).toBe(201);
    expect((await postBody(port, '/notes/any', JSON.stringify({ x: '['.repeat(LEVELS) }))).status).toBe(201);
    expect(
      (await postBody(port, '/notes/any', JSON.stringify({ x: '\\"'.repeat(50) + '[{'.repeat(500) }))).status,
    ).toBe(201);
  });
});
