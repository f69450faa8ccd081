import { describe, expect, it } from '@jest/globals';
import { chartOf } from '../../src/reports/chart.js';
import { Traffic } from '../../src/reports/traffic.js';

const NOON = Date.parse('2026-01-01T12:00:30Z');
const minutesAgo = (minutes: number) => new Date(NOON - minutes * 60_000);

describe(Traffic.name, () => {
  it('forgets what is older than half an hour, and shows minutes without a request', () => {
    const traffic = new Traffic();
    for (const minutes of [45, 29, 29, 3]) traffic.count(200, minutesAgo(minutes));
    traffic.count(503, minutesAgo(0));
    const shown = traffic.lastMinutes(new Date(NOON));
    expect(shown).toHaveLength(30);
    expect(shown.map(({ answered }) => answered).filter((count) => count > 0)).toEqual([2, 1]);
    expect(shown[0]).toMatchObject({ at: new Date('2026-01-01T11:31:00Z'), answered: 2 });
    expect(shown.at(-1)).toMatchObject({ at: new Date('2026-01-01T12:00:00Z'), failed: 1 });
  });

  it('draws nothing for nothing, and the tallest bar as high as the chart', () => {
    const traffic = new Traffic();
    expect(chartOf(traffic.lastMinutes(new Date(NOON))).bars).toEqual([]);
    for (let count = 0; count < 8; count++) traffic.count(count < 6 ? 200 : 404, minutesAgo(0));
    const { bars, height } = chartOf(traffic.lastMinutes(new Date(NOON)));
    expect(bars.map((bar) => bar.outcome)).toEqual(['answered', 'refused']);
    expect(bars.reduce((sum, bar) => sum + bar.height, 0)).toBe(height);
    expect(bars[1]?.y).toBe(0);
  });
});
