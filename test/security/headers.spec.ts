import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { accessTable } from '../support/access-table.js';
import { ClerkInstance, createTestApp, type TestApp } from '../support/index.js';
import { scriptsOf, tagsOf } from '../support/markup.js';
import { directivesOf } from '../support/policy-directives.js';

const PAGES = ['/open', '/sign-in', '/sign-up', '/closed', '/nowhere'];
/** Whatever else the application answers. */
const ROUTES = accessTable().map(({ path }) => path);

const clerk = new ClerkInstance();
let app: TestApp;

beforeAll(async () => {
  app = await createTestApp({ clerk });
});
afterAll(() => app.stop());

async function policyOf(path: string): Promise<Map<string, string[]>> {
  const { headers } = await app.open(path, await clerk.cookies());
  return directivesOf(headers['content-security-policy']);
}

describe('the policy of a page', () => {
  it.each(PAGES)('F03 allows nothing by default on %s', async (path) => {
    expect((await policyOf(path)).get('default-src')).toEqual(["'none'"]);
  });

  it.each(PAGES)('F04 runs scripts by a nonce alone on %s', async (path) => {
    const policy = await policyOf(path);
    expect(policy.get('script-src')).toEqual([
      expect.stringMatching(/^'nonce-[\w-]{22}'$/),
      "'strict-dynamic'",
    ]);
    expect([...policy.values()].flat().join(' ')).not.toMatch(
      /unsafe|\*(?!\.protect\.clerk\.com)(?<!:\*)|http:|https:(?!\/\/)/,
    );
  });

  it.each(PAGES)('F05 finds its nonce on every script of %s, and nothing inline', async (path) => {
    const { text, headers } = await app.open(path, await clerk.cookies());
    const tags = tagsOf(text);
    const scripts = tags.filter(({ name }) => name === 'script');
    expect(scripts).toHaveLength(3);
    for (const { attributes } of scripts) {
      expect(headers['content-security-policy']).toContain(`'nonce-${attributes.get('nonce')}'`);
      expect(attributes.get('src')).toMatch(/^(?:https:\/\/clerk\.example\.com\/npm\/|\/clerk\.js\?v=)/);
    }
    expect(scriptsOf(text).join('').trim()).toBe('');
    const attributes = tags.flatMap((tag) => [...tag.attributes]);
    expect(attributes.filter(([name]) => name.startsWith('on') || name === 'style')).toEqual([]);
    expect(attributes.filter(([, value]) => /^\s*(?:javascript|vbscript|data):/i.test(value))).toEqual([]);
  });

  it.each(ROUTES)(
    'F05 finds its nonce on every script of the answer of %s, and nothing inline',
    async (path) => {
      const { text, headers } = await app.open(path, await clerk.cookies());
      for (const { name, attributes } of tagsOf(text)) {
        expect([...attributes.keys()].filter((key) => key.startsWith('on') || key === 'style')).toEqual([]);
        if (name !== 'script') continue;
        expect(attributes.get('src')).toBeTruthy();
        expect(headers['content-security-policy']).toContain(`'nonce-${attributes.get('nonce')}'`);
      }
      expect(scriptsOf(text).join('').trim()).toBe('');
    },
  );

  it("F06 names Clerk's sources, and Stripe's for billing", async () => {
    const policy = await policyOf('/open');
    const protect = 'https://*.protect.clerk.com';
    expect(policy.get('connect-src')).toEqual(
      expect.arrayContaining(["'self'", 'https://clerk.example.com', `${protect}:*`]),
    );
    expect(policy.get('img-src')).toEqual(["'self'", 'https://img.clerk.com', 'data:']);
    expect(policy.get('frame-src')).toEqual(
      expect.arrayContaining(['https://challenges.cloudflare.com', protect, 'https://js.stripe.com']),
    );
    expect(policy.get('worker-src')).toEqual(["'self'", 'blob:']);
    expect(policy.get('style-src')?.slice(0, 2)).toEqual(["'self'", expect.stringMatching(/^'nonce-/)]);
    expect(policy.get('font-src')).toEqual(["'self'"]);
    expect(policy.get('manifest-src')).toEqual(["'self'"]);
  });

  it.each(PAGES)('F09 lets %s change no base, post nowhere else and embed nothing', async (path) => {
    const policy = await policyOf(path);
    expect(policy.get('base-uri')).toEqual(["'none'"]);
    expect(policy.get('form-action')).toEqual(["'self'"]);
    expect(policy.get('object-src')).toEqual(["'none'"]);
    expect(policy.get('frame-ancestors')).toEqual(["'none'"]);
  });

  it('F16 switches devices off and leaves passkeys to this origin', async () => {
    for (const path of PAGES) {
      const { headers } = await app.open(path, await clerk.cookies());
      const features = headers['permissions-policy']?.split(', ') ?? [];
      for (const feature of [
        'camera',
        'microphone',
        'geolocation',
        'usb',
        'accelerometer',
        'gyroscope',
        'midi',
      ]) {
        expect(features).toContain(`${feature}=()`);
      }
      expect(features).toContain('publickey-credentials-get=(self)');
      expect(features).toContain('publickey-credentials-create=(self)');
    }
  });

  it('F17 loads ClerkJS without credentials, and says why by no hash', async () => {
    const { text } = await app.open('/open');
    const foreign = tagsOf(text).filter(
      ({ name, attributes }) => name === 'script' && attributes.get('src')?.startsWith('https:'),
    );
    expect(foreign).toHaveLength(2);
    for (const { attributes } of foreign) {
      expect(attributes.get('crossorigin')).toBe('anonymous');
      expect(attributes.has('integrity')).toBe(false);
    }
    expect(readFileSync('views/partials/scripts.hbs', 'utf8')).toMatch(
      /\{\{![^}]*integrity[^}]*Clerk serves/,
    );
  });

  it('F18 never names this machine in production', async () => {
    const production = await createTestApp({ clerk, variables: { NODE_ENV: 'production' } });
    for (const path of PAGES) {
      const { text, headers } = await production.open(path, await clerk.cookies());
      expect(text + JSON.stringify(headers)).not.toMatch(/localhost|127\.0\.0\.1|\[::1\]|__clerk\/|http:/);
      expect(directivesOf(headers['content-security-policy']).has('upgrade-insecure-requests')).toBe(true);
    }
    await production.stop();
  });
});
