/** How recently, and by what, somebody must have proven who they are. Without a second factor the first one counts. */
export type Reverification = keyof typeof PRESETS | ReverificationSettings;

export interface ReverificationSettings {
  level: 'first_factor' | 'second_factor' | 'multi_factor';
  afterMinutes: number;
}

/** Clerk's own presets: https://clerk.com/docs/guides/secure/reverification */
const PRESETS = {
  strict_mfa: { level: 'multi_factor', afterMinutes: 10 },
  strict: { level: 'second_factor', afterMinutes: 10 },
  moderate: { level: 'second_factor', afterMinutes: 60 },
  lax: { level: 'second_factor', afterMinutes: 24 * 60 },
} as const;

const LEVELS: readonly string[] = ['first_factor', 'second_factor', 'multi_factor'];

/** What is asked for; undefined for a preset that there is not and for settings that nobody could ever meet. */
export function reverificationSettings(value: Reverification): ReverificationSettings | undefined {
  if (typeof value === 'string') return Object.hasOwn(PRESETS, value) ? PRESETS[value] : undefined;
  const isPossible =
    LEVELS.includes(value?.level) && Number.isFinite(value.afterMinutes) && value.afterMinutes > 0;
  return isPossible ? { level: value.level, afterMinutes: value.afterMinutes } : undefined;
}
