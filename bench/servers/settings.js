import process from 'node:process';

/** @import { Facts } from '../page/facts.js' */

/** What the benchmark tells a server by environment variables. */
export const port = Number(process.env['PORT']);
export const views = process.env['BENCH_VIEWS'] ?? '';
export const facts = /** @type {Facts} */ (JSON.parse(process.env['BENCH_FACTS'] ?? '{}'));
