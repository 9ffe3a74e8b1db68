/** A creator's history as it is shown: by network and day. */
import { flaggedHistory } from "./audience-evidence.ts";
import type { AudienceFlag } from "./audience-flag.ts";
import { audienceFlags } from "./audience-flags.ts";
import { daysShown } from "./days.ts";
import { SocialPlatform } from "./platform.ts";
import type { SocialAccount, SocialDay, SocialFigures } from "./social-account.ts";
import { type Actor, mayCall } from "../kernel/actor.ts";
import { refuse } from "../kernel/refusal.ts";
import { userRefusals } from "../users/refusals.ts";
import { dayOf, plusDays, type Instant } from "../kernel/time.ts";

/** Creators see their own; brands and admins anybody's. */
export function requireSeen(actor: Actor, creatorId: string): void {
  if (actor.userId !== creatorId && !mayCall(actor, ["brand", "admin"])) throw refuse(userRefusals.creatorNotFound);
}

/** As long as days are kept. */
const KEPT_DAYS = 400;

export interface AskedDays {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly platform?: SocialPlatform | undefined;
}

/** Everything that is kept, where nothing else is asked for. */
export const spanOf = ({ from, to }: AskedDays, now: Instant) => ({
  from: from ?? dayOf(plusDays(now, -KEPT_DAYS)),
  to: to ?? dayOf(now),
});

export interface AnalyticsDay extends SocialFigures {
  readonly creatorId: string;
  readonly platform: SocialPlatform;
  readonly date: string;
  readonly flags: AudienceFlag[];
}

/** Every day of what is asked for, by network and day. @param days all there are, since flags follow from what was before */
export function analyticsDays(
  accounts: readonly SocialAccount[],
  days: readonly SocialDay[],
  asked: AskedDays & ReturnType<typeof spanOf>,
): readonly AnalyticsDay[] {
  const shown = daysShown(accounts, days);
  const platforms = SocialPlatform.options.filter((one) => asked.platform === undefined || asked.platform === one);
  return platforms.flatMap((platform) => {
    const ofPlatform = shown.filter((day) => day.platform === platform);
    const [account] = accounts.filter((one) => one.platform === platform);
    const history = flaggedHistory(account ?? {}, ofPlatform);
    const begins = ofPlatform[0]?.day ?? "";
    // What it had when it was connected before is told of the first day since; the evidence says of when it is.
    const dayOfFlag = ({ date }: AudienceFlag): string => (date < begins ? begins : date);
    const flags = Map.groupBy(audienceFlags(platform, history), dayOfFlag);
    return ofPlatform
      .filter(({ day }) => asked.from <= day && day <= asked.to)
      .map(({ userId: creatorId, day: date, figures }) => ({
        creatorId,
        platform,
        date,
        ...figures,
        flags: [...(flags.get(date) ?? [])],
      }));
  });
}

/** So many of them, from after where the last page ended. */
export function pageOfDays(
  days: readonly AnalyticsDay[],
  { limit, after }: { readonly limit: number; readonly after?: Readonly<Record<string, string>> },
) {
  const begins = after === undefined ? 0 : days.findIndex((day) => placeOf(day) > (after["place"] ?? ""));
  const items = begins < 0 ? [] : days.slice(begins, begins + limit);
  const last = items.at(-1);
  const isMore = begins >= 0 && begins + limit < days.length;
  return { items, ...(last && isMore && { next: { place: placeOf(last) } }) };
}
const placeOf = ({ platform, date }: AnalyticsDay): string => `${SocialPlatform.options.indexOf(platform)} ${date}`;
