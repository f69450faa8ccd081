/** The seeded users and their passwords, as the terminal shows them. */
export const ada = ['ada@example.com', 'analytical-engine-1843'] as const;
export const grace = ['grace@example.com', 'nanosecond-wire-1952'] as const;
export const charles = ['charles@example.com', 'difference-engine-1822'] as const;
