/** What may still happen to a payout that has arrived. */
import { type Change, changed } from "../change.ts";
import { transition } from "../kernel/lifecycle.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { platformAccount, walletAccount } from "../ledger/account.ts";
import { move } from "../ledger/posting.ts";
import { earningOf, ended, type FollowedState, headOf, partsReturned, takingBack, toldOf } from "./follow-payout.ts";
import { payoutLifecycle } from "./lifecycle.ts";
import { type PayoutNews, stepDue } from "./steps.ts";

type News = Pick<PayoutNews, "objectId" | "reversalId" | "failureCode">;

/**
 * The processor took the transfer back after it was paid: the money is ours again, and the creator's. Undefined for anything
 * else that changed, and while it is on its way: what it was taken back for is found out by asking.
 */
export function takenBack(
  { payout, earnings }: FollowedState,
  { objectId, reversalId }: News,
  occasion: Occasion,
): Change | undefined {
  if (reversalId === undefined || objectId !== payout.transferId || payout.status !== "paid") return undefined;
  const entry = move(
    headOf(payout, "reversed", "reversal", [reversalId]),
    payout.amount.amount,
    platformAccount("stripe_balance"),
    walletAccount(payout.creatorId, "payable"),
    occasion,
  );
  return {
    entities: [
      changed("payout", payout, ended(payout, "reverse", occasion)),
      ...partsReturned(payout, earnings, occasion),
    ],
    entries: [entry],
    events: [toldOf("payout.failed", payout)],
    audit: {
      action: "payout.reversed",
      resource: { type: "payout", id: payout.id },
      changes: [{ field: "status", before: payout.status, after: "reversed" }],
    },
  };
}

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
