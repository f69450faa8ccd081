import { describe, expect, it } from '@jest/globals';
import { compareVersions, parseVersion } from '../../../tools/upgrade/versions.js';

describe(parseVersion.name, () => {
  it('takes a version with or without a v', () => {
    expect(parseVersion('v1.20.3-rc.1')).toEqual({
      text: '1.20.3-rc.1',
      numbers: [1, 20, 3],
      stage: ['rc', '1'],
    });
    expect(parseVersion('0.1.0')?.stage).toEqual([]);
  });

  it.each(['', 'v1', '1.2', '1.2.3.4', '01.2.3', '1.2.3-', '1.2.3 ', '--help', 'next', undefined, 1])(
    'takes no other text: %j',
    (text) => {
      expect(parseVersion(text)).toBeNull();
    },
  );
});

describe(compareVersions.name, () => {
  it('knows the older from the newer, pre-releases first', () => {
    const inOrder = [
      '0.1.0',
      '0.2.0',
      '0.10.0',
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.beta',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0',
      '1.0.1',
    ];
    const versions = inOrder.map(parseVersion).filter((version) => version !== null);
    expect(versions.toReversed().toSorted(compareVersions)).toEqual(versions);
    expect(compareVersions(versions[0]!, versions[0]!)).toBe(0);
  });
});
