/** History: the last figures of each UTC day. */
import { type Change, changed, created, type EntityChange, removed } from "../change.ts";
import { dayOf, type Instant, plusDays } from "../kernel/time.ts";
import { type AccountName, type SocialAccount, type SocialDay, SocialFigures } from "./social-account.ts";

const sameFigures = (one: SocialFigures, other: SocialFigures): boolean =>
  SocialFigures.keyof().options.every((name) => one[name] === other[name]);

/**
 * The day's row, made or moved on; nothing where it says the same of this connection: what was before it is as good as gone.
 * @param day today's, where there is one
 */
export function dayChange(
  day: SocialDay | undefined,
  { userId, platform, connectedAt }: AccountName & Pick<SocialAccount, "connectedAt">,
  figures: SocialFigures,
  now: Instant,
): readonly EntityChange[] {
  const row = { userId, platform, day: dayOf(now), figures, syncedAt: now };
  if (day === undefined) return [created("socialDay", row)];
  return sameFigures(day.figures, figures) && day.syncedAt >= connectedAt ? [] : [changed("socialDay", day, row)];
}

/** Days of accounts that are connected, since they were: what was forgotten is shown no more, also before it is gone. */
export const daysShown = (accounts: readonly SocialAccount[], days: readonly SocialDay[]): readonly SocialDay[] =>
  days.filter((day) =>
    accounts.some(({ platform, connectedAt }) => platform === day.platform && day.syncedAt >= connectedAt),
  );

/** Days that a jump says something of the followers there are now; such audiences are lost slowly. */
export const JUMP_DAYS = 90;

/** History that flags of a jump may stand by at a moment: the days, and the one before. */
export const flaggedSpan = (at: Instant) => ({ from: dayOf(plusDays(at, -(JUMP_DAYS + 1))), to: dayOf(at) });

/** All that there may be. */
export const everyDay = { from: "0000-01-01", to: "9999-12-31" };
/** A write has a hundred items at most. */
const AT_ONCE = 90;

/**
 * What removes the days that were there by then, some at a time; but those of the account that is connected now: whoever came back
 * before and was written after has a day that is older than what is forgotten.
 */
export function forgotten(
  days: readonly SocialDay[],
  connected: SocialAccount | undefined,
  by: Instant,
): readonly Change[] {
  const kept = connected === undefined ? [] : daysShown([connected], days);
  const gone = days.filter((day) => day.syncedAt <= by && !kept.includes(day));
  return Array.from({ length: Math.ceil(gone.length / AT_ONCE) }, (_, at) => ({
    entities: gone.slice(at * AT_ONCE, (at + 1) * AT_ONCE).map((day) => removed("socialDay", day)),
  }));
}
