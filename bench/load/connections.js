/** How many connections stay open to a server while it is measured. */
export const CONNECTIONS = 32;

/** Requests are sent in whole blocks, in which every connection has the same share. */
export const BLOCK = 32 * CONNECTIONS;
