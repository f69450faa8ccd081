import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { AppModule } from '../../src/app.module.js';
import { Environment } from '../../src/config/index.js';
import { Plugins } from '../../src/plugins/index.js';

describe('.env.example', () => {
  it('documents every variable and no other, those of plugins as well', async () => {
    const { environments } = await Plugins.among([AppModule]);
    const documented = Object.keys(parseEnv(readFileSync('.env.example', 'utf8')));
    const read = [Environment, ...environments]
      .flatMap((type) => Object.keys(new type()))
      .filter((name) => /^[A-Z\d_]+$/.test(name));
    expect(documented.toSorted()).toEqual(read.toSorted());
  });
});
