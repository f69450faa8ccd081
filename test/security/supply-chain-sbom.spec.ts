import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

interface Sbom {
  bomFormat: string;
  specVersion: string;
  components: { version: string; hashes?: { content: string }[] }[];
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Record<string, { version: string; integrity?: string }>;
};

describe('npm run sbom', () => {
  it('N06 lists every package of the lockfile with its hash, and no other', () => {
    const output = execFileSync('npm', ['run', '--silent', 'sbom'], { encoding: 'utf8', maxBuffer: 1e8 });
    const sbom = JSON.parse(output) as Sbom;
    expect([sbom.bomFormat, sbom.specVersion]).toEqual(['CycloneDX', '1.5']);
    // By version and hash: npm names a package that stands in for another after the other one.
    const listed = sbom.components.map(
      ({ version, hashes }) =>
        `${version} ${Buffer.from(hashes?.[0]?.content ?? '', 'hex').toString('base64')}`,
    );
    const locked = Object.entries(lock.packages)
      .filter(([path]) => path !== '')
      .map(([, { version, integrity = '' }]) => `${version} ${integrity.replace('sha512-', '')}`);
    expect([...new Set(listed)].toSorted()).toEqual([...new Set(locked)].toSorted());
  });
});
