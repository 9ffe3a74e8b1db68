/** What may still happen to a payout whose money has left for the bank. */
import { type Change, changed } from "../change.ts";
import { transition } from "../kernel/lifecycle.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { platformAccount, walletAccount } from "../ledger/account.ts";
import { move } from "../ledger/posting.ts";
import { earningOf, type FollowedState, headOf, takenOffAccount, takingBack } from "./follow-payout.ts";
import { bankPayoutToAsk } from "./late-look.ts";
import { payoutLifecycle } from "./lifecycle.ts";
import type { Payout } from "./payout.ts";
import { backMinor, isAtBank, shortBy, shortSum } from "./shortfall.ts";
import { type PayoutNews, stepDue } from "./steps.ts";

type News = Pick<PayoutNews, "objectId" | "reversed" | "failureCode">;

/** What comes of the news of a payout that no step of its own finds out; undefined when that is nothing. */
export const cameBack = (state: FollowedState, news: News, occasion: Occasion): Change | undefined =>
  takenOut(state, news, occasion) ?? sentBack(state, news, occasion);

/** Payouts that such a change makes short. */
export const shortIn = (change: Change | undefined): readonly string[] =>
  (change?.entities ?? []).flatMap((one) =>
    one.entity === "payout" && one.next !== undefined && shortSum([one.next]) > 0 ? [one.next.id] : [],
  );

/**
 * Somebody else took back what a payout's transfer brought, after its money had left for the bank or had come back from
 * there: the money is the house's again, as much as nobody had booked yet. What the bank has was taken out of other money on
 * the account, by which the payout is short; unless the bank has sent it back, which is asked for. So was what a payout that
 * came back has left there, since that has made up for another. Undefined for anything else that changed, and while a step of
 * its own finds out.
 */
export function takenOut(
  { payout }: FollowedState,
  { objectId, reversed }: News,
  occasion: Occasion,
): Change | undefined {
  if (reversed === undefined || objectId !== payout.transferId || !isFollowed(payout)) return undefined;
  const amountMinor = reversed.amountMinor - backMinor(payout);
  if (amountMinor <= 0) return undefined;
  const short = (payout.shortMinor ?? 0) + amountMinor;
  return {
    entities: [changed("payout", payout, shortBy({ ...payout, reversedMinor: reversed.amountMinor }, short))],
    entries: [takenOffAccount(payout, [`reversed:${reversed.id}`, reversed.id], amountMinor, occasion)],
    events: payout.status === "paid" ? bankPayoutToAsk(payout) : [],
    audit: {
      action: "payout.transfer_reversed",
      resource: { type: "payout", id: payout.id },
      changes: [{ field: "reversedMinor", before: backMinor(payout), after: reversed.amountMinor }],
    },
  };
}

/** At no step that looks at the transfer itself. */
const isFollowed = (payout: Payout): boolean => payout.step === undefined || isAtBank(payout);

/**
 * The bank sent it back days after it had taken it: the money stands on the creator's account at the processor again, and is
 * taken back from there. Undefined for anything else.
 */
export function sentBack(
  { payout, earnings }: FollowedState,
  { objectId, failureCode }: News,
  occasion: Occasion,
): Change | undefined {
  if (failureCode === undefined || objectId !== payout.processorPayoutId || payout.status !== "paid") return undefined;
  const { paidAt: _paidAt, ...moved } = transition(payout, payoutLifecycle.bounce, occasion);
  const entry = move(
    headOf(payout, "sent-back", "reversal", [payout.processorPayoutId ?? payout.id]),
    payout.amount.amount,
    platformAccount("connected_balance"),
    walletAccount(payout.creatorId, "inFlight"),
    occasion,
  );
  const unpaid = payout.parts.map(({ earningId, amountMinor }) => {
    const { paidAt: _at, ...earning } = earningOf(earnings, earningId);
    const paidMinor = earning.paidMinor - amountMinor;
    return changed("earning", earning, { ...earning, status: "available", paidMinor, updatedAt: occasion.now });
  });
  return {
    entities: [changed("payout", payout, takingBack(moved, failureCode, occasion)), ...unpaid],
    entries: [entry],
    events: [stepDue(payout.id)],
    audit: {
      action: "payout.sent_back",
      resource: { type: "payout", id: payout.id },
      changes: [{ field: "status", before: payout.status, after: moved.status }],
    },
  };
}
