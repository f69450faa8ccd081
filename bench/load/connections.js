/** How many connections stay open to a server while it is measured. */
export const CONNECTIONS = 32;
