/** When something may have happened to be attributed to a touch. */
import type { Campaign } from "../campaigns/campaign.ts";
import { refuse } from "../kernel/refusal.ts";
import { type Instant, plusDays, plusMilliseconds } from "../kernel/time.ts";
import { conversionRefusals } from "./refusals.ts";
import type { Touch } from "./touch.ts";

/** How far the clock of somebody's shop may be off. */
const CLOCK_SKEW_MS = 5 * 60_000;

export interface Miss {
  readonly reason: "after_the_order" | "too_old";
  readonly detail: string;
}

/**
 * An order is a touch's from the click, or where the brand named the link the campaign's start, until the window after the
 * click, or the campaign's end. Both ends are given what a clock may be off.
 * @returns the bound that it is beyond
 */
export function missOf(
  occurredAt: Instant,
  { clickedAt, windowDays }: Pick<Touch, "clickedAt" | "windowDays">,
  { timeline: { start, end } }: Pick<Campaign, "timeline">,
): Miss | undefined {
  const [from, what] = clickedAt === null ? [start, "the campaign began"] : [clickedAt, "the click"];
  const until = plusDays(clickedAt ?? end, windowDays);
  if (occurredAt < plusMilliseconds(from, -CLOCK_SKEW_MS))
    return { reason: "after_the_order", detail: `It happened before ${what} at ${from}` };
  if (occurredAt > plusMilliseconds(until, CLOCK_SKEW_MS))
    return { reason: "too_old", detail: `It happened after the window, which ended at ${until}` };
  return undefined;
}

/** @throws Refusal `conversion.outside_window` */
export function requireHappened(occurredAt: Instant, now: Instant): void {
  if (occurredAt > plusMilliseconds(now, CLOCK_SKEW_MS))
    throw refuse(conversionRefusals.outsideWindow, "It happened in the future");
}
