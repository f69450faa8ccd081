/** Whether a version comes before another; a pre-release comes before its release. */
export function isBelow(version: string, floor: string): boolean {
  const [numbers = '', preRelease] = version.split('-');
  const compared = numbers.localeCompare(floor, 'en', { numeric: true });
  return compared === 0 ? preRelease !== undefined : compared < 0;
}
