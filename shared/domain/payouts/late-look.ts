/** Looks at a payout after it was paid: what its bank or the processor takes back then may have been told to nobody. */
import { type Change, changed } from "../change.ts";
import type { DomainEvent } from "../events/events.ts";
import { type Instant, plusDays, plusHours } from "../kernel/time.ts";
import type { Payout } from "./payout.ts";

/**
 * Days after it was found paid. A payout that shows as paid may still turn failed, within five business days
 * (docs.stripe.com/api/payouts/object#payout_object-status, docs.stripe.com/payouts#payout-failures): a week, and once more
 * for holidays and slow banks. Later than that, only the processor's own word is heard.
 */
const LATE_LOOKS_DAYS: readonly number[] = [7, 14];

const DAY_MINUTES = 24 * 60;
/** Creators are paid in one hour of the day; their looks are spread over it all, lest they keep the next day's payouts waiting. */
const minuteOf = ({ id }: Payout): number =>
  [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % DAY_MINUTES, 0);

/** When a payout that was paid then is looked at next, within the day; undefined once the last look is over. */
export const nextLateLook = (payout: Payout, paidSince: Instant, now: Instant): Instant | undefined =>
  LATE_LOOKS_DAYS.map((days) => plusDays(paidSince, days))
    .map((at) => plusHours(at, minuteOf(payout) / 60))
    .find((at) => at > now);

/** Has it asked again how its transfer stands, and its payout at the bank: whatever changed is taken as if it had been told. */
export function lookLate(payout: Payout, now: Instant): Change {
  const { dueAt: _over, ...rest } = payout;
  const dueAt = nextLateLook(payout, payout.updatedAt, now);
  return {
    entities: [changed("payout", payout, { ...rest, ...(dueAt !== undefined && { dueAt }) })],
    events: [...transferToAsk(payout), ...bankPayoutToAsk(payout)],
  };
}

/** Its transfer is asked for at the processor. */
export const transferToAsk = ({ transferId }: Payout): readonly DomainEvent[] =>
  transferId === undefined ? [] : [toAsk("transfer", transferId, null)];

/** So is its payout at the bank. */
export const bankPayoutToAsk = ({ processorPayoutId, processorAccountId }: Payout): readonly DomainEvent[] =>
  processorPayoutId === undefined ? [] : [toAsk("payout", processorPayoutId, processorAccountId)];

const toAsk = (
  objectType: "transfer" | "payout",
  objectId: string,
  connectedAccountId: string | null,
): DomainEvent => ({ type: "processor.object_changed", detail: { objectType, objectId, connectedAccountId } });
