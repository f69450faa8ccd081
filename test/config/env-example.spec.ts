import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { Environment } from '../../src/config/index.js';

describe('.env.example', () => {
  it('documents every variable and no other', () => {
    const documented = Object.keys(parseEnv(readFileSync('.env.example', 'utf8')));
    const read = Object.keys(new Environment()).filter((name) => /^[A-Z_]+$/.test(name));
    expect(documented.toSorted()).toEqual(read.toSorted());
  });
});
