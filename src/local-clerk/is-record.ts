/**
 * Whether an unknown value is an object with named fields. Not `instanceof`: values that Node or another realm made
 * (a test runner's included) have other constructors, and parsed forms have none.
 */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
