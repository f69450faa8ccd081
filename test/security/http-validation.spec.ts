import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsArray, IsInt, IsObject, IsString, ValidateNested } from 'class-validator';
import { Public } from '../../src/auth/index.js';
import { ClerkInstance, createTestApp, type TestApp } from '../support/index.js';
import { fastest, postBody, problemStatus } from '../support/post-body.js';
import { rawRequest, sendRaw } from '../support/raw-socket.js';

class Tag {
  @IsString()
  name!: string;
}

class Note {
  @IsString()
  text!: string;

  @IsInt()
  stars!: number;

  @IsArray()
  @IsObject({ each: true })
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
    return { keys: Object.keys(Object(body)) };
  }

  @Get()
  find(@Query() query: Record<string, unknown>) {
    return { keys: Object.keys(query) };
  }
}

const clerk = new ClerkInstance();
/** A body that passes. */
const NOTE = { text: 'a', stars: 1, tags: [{ name: 'b' }] };
let app: TestApp;
let port: number;

beforeAll(async () => {
  app = await createTestApp({ clerk, with: { controllers: [NotesController] } });
  port = await app.listen();
});
afterAll(() => app.stop());

const fields = (count: number) => Array.from({ length: count }, (_item, index) => `${index}=`).join('&');

describe('a body', () => {
  it.each([
    ['an extra field', { ...NOTE, admin: true }],
    ['"constructor"', { ...NOTE, constructor: {} }],
    ['"constructor" alone', { constructor: { name: 'Note' } }],
    ['"prototype"', { ...NOTE, prototype: {} }],
    ['"toString"', { ...NOTE, toString: 'x' }],
    ['"hasOwnProperty"', { ...NOTE, hasOwnProperty: 1 }],
    ['a list in place of the object', [NOTE]],
    ['an empty list', []],
    ['nothing', {}],
    ['a list for a string', { ...NOTE, text: ['a'] }],
    ['an object for a string', { ...NOTE, text: { toString: 'a' } }],
    ['a number for a string', { ...NOTE, text: 1 }],
    ['null for a string', { ...NOTE, text: null }],
    ['a string for a number', { ...NOTE, stars: '1' }],
    ['a fraction for a whole number', { ...NOTE, stars: 1.5 }],
    ['an object for a list', { ...NOTE, tags: { name: 'b' } }],
    ['a list like an object', { ...NOTE, tags: { 0: { name: 'b' }, length: 1 } }],
    ['strings for objects', { ...NOTE, tags: ['b'] }],
    ['null for an object', { ...NOTE, tags: [null] }],
    ['lists in LISTS', { ...NOTE, tags: [[{ name: 'b' }]] }],
    ['an extra field further down', { ...NOTE, tags: [{ name: 'b', admin: true }] }],
    ['"constructor" further down', { ...NOTE, tags: [{ name: 'b', constructor: {} }] }],
  ])('I21 is the one declared: %s is refused', async (_name, body) => {
    expect(problemStatus(await postBody(port, '/notes', JSON.stringify(body)))).toBe(400);
  });

  it.each([
    ['{"text":"a","stars":1,"tags":[],"__proto__":{"polluted":1}}'],
    ['{"text":"a","stars":1,"tags":[{"name":"b","__proto__":{"polluted":1}}]}'],
    ['{"constructor":{"prototype":{"polluted":1}}}'],
    ['{"__proto__":{"text":"a","stars":1,"tags":[]}}'],
  ])('I21 reaches no prototype: %s', async (body) => {
    expect(problemStatus(await postBody(port, '/notes', body))).toBe(400);
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  it.each([
    'null',
    '1',
    '"a"',
    'true',
    '',
    '{',
    '{"text":"a"',
    "{'text':'a'}",
    '{"text":"a"}{',
    '\ufeff',
    '[1,]',
  ])('I21 is an object in JSON: %j is refused', async (body) => {
    expect(problemStatus(await postBody(port, '/notes', body))).toBe(400);
  });

  it('I21 passes when it is right', async () => {
    expect((await postBody(port, '/notes', JSON.stringify(NOTE))).status).toBe(201);
  });
});

describe('a query', () => {
  it.each([
    ['a prototype in brackets', 'a[__proto__]=1', 200],
    ['a prototype', '__proto__=1', 200],
    ['prototypes in brackets', '__proto__[polluted]=1&constructor[prototype][polluted]=1', 200],
    ['a length in brackets', 'a[__proto__]=b&a[length]=100000000', 200],
    ['names of every object', 'constructor=1&toString=2&hasOwnProperty=3', 200],
    ['a long list', 'a[]=&'.repeat(2_900), 200],
    ['a list that is too long', 'a[]=&'.repeat(10_000), 431],
    ['deep brackets', `a${'[a]'.repeat(5_000)}=1`, 200],
    ['1001 names', Array.from({ length: 1_001 }, (_item, index) => `p${index}=1`).join('&'), 200],
    ['nothing but ampersands', '&'.repeat(15_000), 200],
    ['commas', 'a,'.repeat(5_000), 200],
    ['percent signs', '%'.repeat(15_000), 200],
  ])('I08 is read flat and fast: %s', async (_name, query, status) => {
    for (const path of ['/notes', '/open', '/sign-in']) {
      const ask = () => sendRaw(port, rawRequest(`GET ${path}?${query} HTTP/1.1`));
      expect((await ask()).status).toBe(status);
      expect(await fastest(ask, 50)).toBeLessThan(50);
    }
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  it('I08 makes no objects and lists of brackets, in the address or in a form', async () => {
    const query = 'a[b]=1&a[]=2&a[__proto__][polluted]=3';
    const expected = JSON.stringify({ keys: ['a[b]', 'a[]', 'a[__proto__][polluted]'] });
    const type = 'application/x-www-form-urlencoded';
    expect((await sendRaw(port, rawRequest(`GET /notes?${query} HTTP/1.1`))).body).toBe(expected);
    expect((await postBody(port, '/notes/any', query, { type })).body).toBe(expected);
  });

  it('I08 as a form has at most a thousand fields', async () => {
    const type = 'application/x-www-form-urlencoded';
    expect((await postBody(port, '/notes/any', fields(1_000), { type })).status).toBe(201);
    expect(problemStatus(await postBody(port, '/notes/any', fields(1_001), { type }))).toBe(413);
    expect((await postBody(port, '/notes/any', 'a[__proto__][polluted]=1', { type })).status).toBe(201);
    expect(Object.prototype).not.toHaveProperty('polluted');
  });
});
