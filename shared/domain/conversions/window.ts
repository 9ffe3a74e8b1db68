/** When something may have happened to be attributed to a link. */
import type { Campaign } from "../campaigns/campaign.ts";
import { refuse } from "../kernel/refusal.ts";
import { type Instant, plusDays, plusMilliseconds } from "../kernel/time.ts";
import { conversionRefusals } from "./refusals.ts";

/** Days after a click in which an order is still its. */
export const WINDOW_DAYS = 30;
/** How far the clock of somebody's shop may be off. */
const CLOCK_SKEW_MS = 5 * 60_000;

interface Bounds {
  readonly campaign: Pick<Campaign, "timeline">;
  /** Null: the brand named the link, and nobody knows of a click. */
  readonly clickedAt: Instant | null;
}

/**
 * From the click, or else the campaign's start, until the window after the click, or else after the campaign's end; never in
 * the future. Both ends are given what a clock may be off.
 * @throws Refusal `conversion.outside_window` with the bound that it is beyond
 */
export function requireWithinWindow(occurredAt: Instant, { campaign, clickedAt }: Bounds, now: Instant): void {
  const { start, end } = campaign.timeline;
  const [from, what] = clickedAt === null ? [start, "the campaign began"] : [clickedAt, "the click"];
  const until = plusDays(clickedAt ?? end, WINDOW_DAYS);
  if (occurredAt < plusMilliseconds(from, -CLOCK_SKEW_MS)) throw outside(`before ${what} at ${from}`);
  if (occurredAt > plusMilliseconds(until, CLOCK_SKEW_MS)) throw outside(`after the window, which ended at ${until}`);
  if (occurredAt > plusMilliseconds(now, CLOCK_SKEW_MS)) throw outside("in the future");
}

const outside = (when: string) => refuse(conversionRefusals.outsideWindow, `It happened ${when}`);
