/**
 * The rounds of a measurement, from 1. Fewer than planned when the time is over, one at least.
 * @param {number} planned
 * @param {number} seconds
 */
export function* roundsWithin(planned, seconds) {
  const end = performance.now() + seconds * 1000;
  for (let round = 1; round <= planned; round += 1) {
    if (round > 1 && performance.now() > end) return;
    console.log(`  round ${round} of ${planned}`);
    yield round;
  }
}

/**
 * The items in the order of a round: each round begins one further on, so that none always follows the same one.
 * @template Item
 * @param {readonly Item[]} items
 * @param {number} round
 */
export function inTurn(items, round) {
  const first = round % items.length;
  return [...items.slice(first), ...items.slice(0, first)];
}
