import { access } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { LocalClerk, LocalClerkRefusedError } from '../../src/local-clerk/index.js';

const directory = join(tmpdir(), 'local-clerk-that-never-opens');
const origin = 'http://localhost:3000';

describe('LocalClerk.open', () => {
  it.each([
    ['NODE_ENV', 'production'],
    ['NODE_ENV', 'Production '],
    ['CLERK_PUBLISHABLE_KEY', 'pk_test_secretvalue'],
    ['CLERK_SECRET_KEY', 'sk_live_secretvalue'],
    ['CLERK_JWT_KEY', 'secretvalue'],
    ['CLERK_MACHINE_SECRET_KEY', 'secretvalue'],
  ])('L01 and L04 refuses to start with %s set to %s, and writes nothing', async (name, value) => {
    const opening = LocalClerk.open({ origin, directory, variables: { [name]: value } });
    await expect(opening).rejects.toBeInstanceOf(LocalClerkRefusedError);
    await expect(opening).rejects.toThrow(name);
    await expect(opening).rejects.not.toThrow('secretvalue');
    await expect(access(directory)).rejects.toThrow('ENOENT');
  });

  it.each([
    'http://example.com',
    'http://192.168.1.10:3000',
    'http://0.0.0.0:3000',
    'http://localhost.example.com:3000',
    'http://127.0.0.1.example.com',
    'ftp://localhost',
    'http://localhost:3000/path',
    'localhost:3000',
    '',
  ])('L03 refuses the origin "%s"', async (refused) => {
    const opening = LocalClerk.open({ origin: refused, directory, variables: {} });
    await expect(opening).rejects.toThrow('loopback origin');
  });

  it('lists every fault at once', async () => {
    const variables = { NODE_ENV: 'production', CLERK_SECRET_KEY: 'sk_test_x' };
    const opening = LocalClerk.open({ origin: 'http://example.com', directory, variables });
    await expect(opening).rejects.toThrow(/NODE_ENV[^]*CLERK_SECRET_KEY[^]*origin/);
  });
});
