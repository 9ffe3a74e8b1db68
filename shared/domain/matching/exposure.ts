/** Who is proposed how often. It is counted and shown, and changes no score: a score is of evidence of fit alone. */
import * as z from "zod";
import { idOf, UserId } from "../kernel/ids.ts";
import { type Refusal, refuse } from "../kernel/refusal.ts";
import { requestRefusals } from "../kernel/refusals.ts";
import { CalendarDay, DAY_MS, dayBefore, dayOf, type Instant } from "../kernel/time.ts";

/** What a campaign was proposed on a day, as it last asked: asking again is not another proposal. */
export const Exposure = z.object({
  day: CalendarDay,
  campaignId: idOf("campaign"),
  /** Best first. */
  creatorIds: z.array(UserId),
});
export type Exposure = z.infer<typeof Exposure>;

/** Creators that a report names at most; its totals are of all. */
const MOST_NAMED = 100;
const TOP = 10;

/** Lists of some days, and whether these are all that were asked about. */
export interface Exposed {
  /** Oldest first. */
  readonly days: readonly string[];
  readonly lists: readonly Exposure[];
  readonly isExact: boolean;
}

/** Adds up lists of some days: how often each creator was in one, and first in one. */
export function exposureReport({ days, lists, isExact }: Exposed) {
  const counts = new Map<string, { proposed: number; first: number }>();
  for (const { creatorIds } of lists)
    creatorIds.forEach((creatorId, place) => {
      const { proposed, first } = counts.get(creatorId) ?? { proposed: 0, first: 0 };
      counts.set(creatorId, { proposed: proposed + 1, first: first + (place === 0 ? 1 : 0) });
    });
  const ranked = [...counts]
    .map(([creatorId, count]) => ({ creatorId, ...count }))
    .sort(
      (one, other) =>
        other.proposed - one.proposed || other.first - one.first || (one.creatorId < other.creatorId ? -1 : 1),
    );
  const proposals = ranked.reduce((sum, { proposed }) => sum + proposed, 0);
  const top = ranked.slice(0, TOP).reduce((sum, { proposed }) => sum + proposed, 0);
  return {
    from: days[0] ?? "",
    to: days.at(-1) ?? "",
    isExact,
    data: ranked.slice(0, MOST_NAMED),
    lists: lists.length,
    creators: ranked.length,
    proposals,
    /** What of all proposals went to the ten who were proposed most. */
    topTenShare: proposals === 0 ? 0 : Math.round((top / proposals) * 1e4) / 1e4,
  };
}

const MOST_DAYS = 31;
const DEFAULT_DAYS = 7;

/**
 * UTC days that a report is about, both ends included: without `to` until today, without `from` a week.
 * @throws Refusal `request.invalid` for none, or for more than a month of them
 */
export function exposureDays(
  asked: { readonly from?: string | undefined; readonly to?: string | undefined },
  now: Instant,
): readonly string[] {
  const to = asked.to ?? dayOf(now);
  const from = asked.from ?? dayBefore(to, DEFAULT_DAYS - 1);
  const count = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
  if (count < 1) throw refusePeriod("must not be after to");
  if (count > MOST_DAYS)
    throw refusePeriod(`must not be before ${dayBefore(to, MOST_DAYS - 1)}: a report is of ${MOST_DAYS} days at most`);
  return Array.from({ length: count }, (_, at) => dayBefore(to, count - 1 - at));
}

function refusePeriod(detail: string): Refusal {
  const errors = [{ pointer: "/query/from", code: "invalid_period", detail }];
  return refuse(requestRefusals.invalid, `/query/from ${detail}`, { errors });
}
