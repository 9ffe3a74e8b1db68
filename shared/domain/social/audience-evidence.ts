/**
 * What flags rest on is of the account at its network, and not of whoever has it connected here: it outlives a disconnect for as
 * long as the flags would have stood, or to disconnect and connect again would wash an audience clean.
 */
import { changed, created, type EntityChange } from "../change.ts";
import { dayBefore, dayOf, type Instant } from "../kernel/time.ts";
import type { FigureDay } from "./audience-flag.ts";
import { JUMP_DAYS } from "./days.ts";
import { jumpFlags } from "./jump-flags.ts";
import type { AudienceEvidence, EvidenceDay, SocialAccount } from "./social-account.ts";

/** History that flags are looked for in: what came along, and what there was since. @param shown of the account, in order */
export const flaggedHistory = (
  { formerDays = [] }: Pick<SocialAccount, "formerDays">,
  shown: readonly FigureDay[],
): readonly FigureDay[] => [...formerDays.map(figureDay), ...shown];

const figureDay = ({ day, followerCount, postCount }: EvidenceDay): FigureDay => ({
  day,
  figures: { followerCount, followingCount: null, postCount, engagementRate: null, postsRated: 0 },
});

/** What is kept of an account that is disconnected; nothing where no flag of a jump stands. */
export function keptEvidence(
  account: SocialAccount,
  { shown, kept }: { readonly shown: readonly FigureDay[]; readonly kept: AudienceEvidence | undefined },
  now: Instant,
): readonly EntityChange[] {
  const { platform, externalId } = account;
  const history = flaggedHistory(account, shown);
  const since = dayBefore(dayOf(now), JUMP_DAYS);
  const flags = jumpFlags(history);
  const standing = flags.filter(({ date }) => date >= since);
  const flaggedOn = standing.at(-1)?.date;
  if (flaggedOn === undefined) return [];
  const jumps = new Set(standing.map(({ date, evidence }) => evidence["jump"] ?? date));
  const named = new Set([
    ...standing.map(({ date }) => date),
    ...flags.flatMap(({ date, evidence }) => (jumps.has(date) ? [date, evidence["from"]] : [])),
  ]);
  const days = history.flatMap(({ day, figures: { followerCount, postCount } }) =>
    named.has(day) && followerCount !== null ? [{ day, followerCount, postCount }] : [],
  );
  const next = { platform, externalId, days, flaggedOn };
  return [kept === undefined ? created("audienceEvidence", next) : changed("audienceEvidence", kept, next)];
}
