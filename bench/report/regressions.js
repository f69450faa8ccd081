/** @import { Results } from '../measure/everything.js' */
/** @import { Spread } from '../statistics.js' */

/** Share of the recorded lower quartile by which a ratio may fall: between two runs on a shared machine it moves by 10 to 20 %. */
const TOLERANCE = 0.2;

/** @typedef {{ name: string, ratio: Spread }} Ratio higher is better for the kit */

/**
 * Ratios whose median has fallen below the recorded lower quartile by more than the tolerance.
 * @param {Results} recorded
 * @param {Results} measured
 * @returns {{ compared: number, fallen: string[] }}
 */
export function regressions(recorded, measured) {
  const before = new Map(ratiosOf(recorded).map(({ name, ratio }) => [name, ratio]));
  const pairs = ratiosOf(measured).flatMap(({ name, ratio }) => {
    const old = before.get(name);
    return old && Number.isFinite(old.lower)
      ? [{ name, now: ratio.median, floor: old.lower * (1 - TOLERANCE), old }]
      : [];
  });
  const fallen = pairs
    .filter(({ now, floor }) => !(now >= floor))
    .map(
      ({ name, now, floor, old }) =>
        `${name}: ${now.toFixed(2)}, recorded ${old.median.toFixed(2)}, at least ${floor.toFixed(2)} is wanted`,
    );
  return { compared: pairs.length, fallen };
}

/**
 * @param {Results} results
 * @returns {Ratio[]}
 */
function ratiosOf({ pages, starts, growth }) {
  return [
    ...Object.entries(pages).flatMap(([workload, byServer]) =>
      Object.entries(byServer)
        .filter(([server]) => server !== 'kit')
        .map(([server, { ratio }]) => ({ name: `${workload}, ${server} to the kit`, ratio })),
    ),
    ...starts
      .slice(0, 1)
      .map(({ ratio }) => ({ name: 'cold start, bare NestJS to the kit', ratio: inverse(ratio) })),
    ...growth.pages.slice(1).flatMap(({ title, pages: { home, last } }) => [
      { name: `home page, the kit to the kit with ${title}`, ratio: inverse(home.ratio) },
      { name: `last page, the kit to the kit with ${title}`, ratio: inverse(last.ratio) },
    ]),
    ...growth.starts.slice(0, 1).map(({ title, ratio }) => ({
      name: `start, the kit to the kit with ${title}`,
      ratio: inverse(ratio),
    })),
  ];
}

/** @param {Spread} spread */
function inverse({ lower, median, upper }) {
  return { lower: 1 / upper, median: 1 / median, upper: 1 / lower };
}
