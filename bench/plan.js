/**
 * How much is measured.
 * @typedef {object} Plan
 * @property {number} rounds at most
 * @property {number} pagesSeconds after which no further round of pages begins
 * @property {number} growthSeconds the same, of the pages of larger applications
 * @property {number} seconds that each measurement takes, about
 * @property {number} warmUpSeconds that each server answers requests of a kind before the first round
 * @property {number} starts cold starts of each program
 * @property {number} memorySeconds of load before memory is read; 0: it is not read
 * @property {readonly number[]} routes numbers of further routes
 * @property {number} plugins number of further plugins; 0: not measured
 */

/** @type {Plan} */
export const FULL = {
  rounds: 7,
  pagesSeconds: 300,
  growthSeconds: 90,
  seconds: 0.75,
  warmUpSeconds: 3,
  starts: 15,
  memorySeconds: 60,
  routes: [10, 100, 1000],
  plugins: 50,
};

/** For a look: too little to be recorded. @type {Plan} */
export const QUICK = {
  rounds: 2,
  pagesSeconds: 30,
  growthSeconds: 10,
  seconds: 0.25,
  warmUpSeconds: 0.5,
  starts: 2,
  memorySeconds: 5,
  routes: [1000],
  plugins: 0,
};

/** Enough to tell whether something has become slower. @type {Plan} */
export const CHECK = { ...FULL, rounds: 3, starts: 5, memorySeconds: 0, routes: [1000] };
