import process from 'node:process';

/**
 * @typedef {object} Usage
 * @property {number} cpu microseconds of user and system time since the start
 * @property {number} rss bytes of memory
 */

// Loaded before a server: answers each message with what the process has used, and ends it with who started it.
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpu: user + system, rss: process.memoryUsage.rss() });
});
process.on('disconnect', () => process.exit());
