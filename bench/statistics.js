/** @typedef {{ lower: number, median: number, upper: number }} Spread the median of figures between their quartiles */

/**
 * @param {readonly number[]} figures
 * @returns {Spread}
 */
export function spread(figures) {
  return { lower: quantile(figures, 0.25), median: quantile(figures, 0.5), upper: quantile(figures, 0.75) };
}

/**
 * Between two figures the value lies on the line from one to the other. NaN of no figures.
 * @param {readonly number[]} figures
 * @param {number} share from 0 to 1
 */
export function quantile(figures, share) {
  const sorted = figures.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const [below = Number.NaN, above = below] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]];
  return below + (above - below) * (position - Math.floor(position));
}
