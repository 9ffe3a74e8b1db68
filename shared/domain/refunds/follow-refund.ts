import { type Change, changed, type EntityChange } from "../change.ts";
import type { DomainEvent } from "../events/events.ts";
import { transition } from "../kernel/lifecycle.ts";
import { type Money, money } from "../kernel/money.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { known } from "../kernel/refusal.ts";
import { type Instant, plusHours } from "../kernel/time.ts";
import { platformAccount, walletAccount } from "../ledger/account.ts";
import { entryKeys } from "../ledger/entry-keys.ts";
import { entry, type EntryHead, move } from "../ledger/posting.ts";
import { creditTo } from "../wallets/brand-funds.ts";
import type { Deposit } from "../deposits/deposit.ts";
import { askAgainAt } from "../processor/due.ts";
import type { ProcessorRefund, RefundOrder } from "../processor/payment.ts";
import { feeOf } from "../processor/processing-fee.ts";
import type { Wallet } from "../wallets/wallet.ts";
import { refundLifecycle } from "./lifecycle.ts";
import { isOpen, type Refund, type RefundPart, type RefundStatus } from "./refund.ts";

/** What a refund's part is decided on. */
export interface RefundCase {
  readonly deposit: Deposit;
  readonly wallet: Wallet | undefined;
  readonly refund: Refund;
}

/** The processor forgets keys after a day at the earliest. Source: Stripe API reference, "Idempotent requests". */
const KEY_HOURS = 23;

/** What to ask the processor about: the parts that have not ended. */
export const ordersOf = ({ id, userId, amount, parts, createdAt }: Refund, now: Instant): readonly RefundOrder[] =>
  parts.filter(isOpen).map(({ depositId, paymentIntentId, amountMinor, status, processorRefundId }) => ({
    refundId: id,
    depositId,
    userId,
    paymentIntentId,
    amount: money(amountMinor, amount.currency),
    ...(processorRefundId !== undefined && { processorRefundId }),
    mayBeThere: status === "submitted" || now > plusHours(createdAt, KEY_HOURS),
  }));

/**
 * What the processor says about one part of a refund. What has left our balance there is booked out once; what failed is
 * available again, once, also when it had succeeded before. An older word changes nothing: a part that has ended does not
 * begin again.
 */
export function followRefund(state: RefundCase, said: ProcessorRefund, occasion: Occasion): Change | undefined {
  const { refund, deposit } = state;
  const part = refund.parts.find(({ depositId }) => depositId === deposit.id);
  const seen = { id: said.id, amountMinor: said.amount.amount };
  if (part === undefined || part.status === "failed" || isAnother(part, seen)) return undefined;
  // It was asked for as another of ours, whatever is written on it since.
  if ((waitingAs(deposit, said.id) ?? refund.id) !== refund.id) return undefined;
  const next = partAfter(part, said);
  if (JSON.stringify(next) === JSON.stringify(part)) return undefined;
  const parts = refund.parts.map((one) => (one === part ? next : one));
  const moved = withParts(refund, parts, occasion);
  const booked =
    next.status === "failed" ? returned(state, next, occasion) : leaving(state, part, next, said, occasion);
  return {
    ...booked,
    entities: [changed("refund", refund, moved), ...heldBy(state, next, occasion.now)],
    events: eventsOf(refund, moved),
    audit: auditOf(refund, moved, next),
  };
}

/** One of the processor's, as it can be told from ours. */
interface Seen {
  readonly id: string | undefined;
  readonly amountMinor: number;
}

/**
 * A refund that somebody made beside ours, under our names: there is one of ours already, or there never will be, since it was
 * refused; or it is of another amount.
 */
const isAnother = ({ processorRefundId, amountMinor, status }: RefundPart, seen: Seen): boolean => {
  const ours = processorRefundId ?? (status === "failed" ? undefined : seen.id);
  return seen.amountMinor !== amountMinor || (seen.id !== undefined && seen.id !== ours);
};

/** Whether the one of this name there is another than the refund's part of this deposit, of which it may have none. */
export const isAnotherThan = ({ parts }: Refund, depositId: string, seen: Seen): boolean =>
  !parts.some((part) => part.depositId === depositId && !isAnother(part, seen));

/** What its word makes of a part. */
export function partAfter(part: RefundPart, said: ProcessorRefund): RefundPart {
  const at = { ...part, processorRefundId: said.id ?? part.processorRefundId };
  if (said.status === "failed") return { ...at, status: "failed", failure: said.failure ?? "unknown" };
  const succeeded = said.status === "succeeded" || part.status === "succeeded";
  const hasLeft = said.status === "succeeded" || said.transaction !== undefined;
  return { ...at, status: succeeded ? "succeeded" : "submitted", booked: part.booked || hasLeft };
}

/** What the parts make of the whole: it has ended when each of them has. */
function statusOf(parts: readonly RefundPart[]): RefundStatus {
  if (parts.every(({ status }) => status === "requested")) return "requested";
  if (parts.some(isOpen)) return "submitted";
  return parts.every(({ status }) => status === "succeeded") ? "succeeded" : "failed";
}

const stepTo = { submitted: refundLifecycle.submit, succeeded: refundLifecycle.succeed, failed: refundLifecycle.fail };

/** The refund with what became of its parts. */
export function withParts(refund: Refund, parts: RefundPart[], occasion: Occasion): Refund {
  const status = statusOf(parts);
  const { now } = occasion;
  const same = status === refund.status || status === "requested";
  const { dueAt: _, ...moved } = same ? { ...refund, updatedAt: now } : transition(refund, stepTo[status], occasion);
  return { ...moved, parts, ...(parts.some(isOpen) && { dueAt: askAgainAt(refund.createdAt, now) }) };
}

const headOf = ({ id: referenceId, amount }: Refund): Pick<EntryHead, "currency" | "referenceId"> => ({
  currency: amount.currency,
  referenceId,
});

const idsOf = ({ id }: Pick<ProcessorRefund, "id">) => (id === undefined ? {} : { processorIds: [id] });

type Booked = Pick<Change, "requires" | "entries">;

/** Out of what the processor holds for us, when it says so for the first time. */
function leaving(
  state: RefundCase,
  before: RefundPart,
  after: RefundPart,
  said: ProcessorRefund,
  occasion: Occasion,
): Booked {
  if (before.booked || !after.booked) return { entries: [] };
  // Its own key there: what is taken for two of ours, or was made by hand as well, leaves once.
  const key = entryKeys.refundPaid(known(after.processorRefundId, "processor's refund"));
  const head = { ...headOf(state.refund), ...idsOf(said), key, type: "refund", description: "Refunded" } as const;
  const inFlight = walletAccount(state.refund.userId, "inFlight");
  const paid = move(head, before.amountMinor, inFlight, platformAccount("stripe_balance"), occasion);
  const about = { referenceId: state.refund.id, of: "a refund" };
  const fee = said.transaction ? feeOf(said.transaction, about, occasion) : [];
  return { entries: [paid, ...fee] };
}

/** From where it is: still on its way, or already gone and sent back: then it is a movement of the processor's, and named. */
function returned(state: RefundCase, part: RefundPart, occasion: Occasion): Booked {
  const { deposit, refund, wallet } = state;
  const from = part.booked ? platformAccount("stripe_balance") : walletAccount(refund.userId, "inFlight");
  const named = part.booked ? idsOf({ id: part.processorRefundId }) : {};
  const key = entryKeys.refundReturned(refund.id, deposit.id);
  const head = { ...headOf(refund), ...named, key, type: "reversal", description: "Refund failed" } as const;
  const { lines, requires } = creditTo(known(wallet, "wallet of a refund"), part.amountMinor);
  return {
    requires,
    entries: [entry(head, [{ account: from, amount: -part.amountMinor }, ...lines], occasion)],
  };
}

/** Which of ours one is that has not left yet. */
export const waitingAs = ({ waitingRefunds }: Deposit, processorRefundId: string | undefined): string | undefined =>
  processorRefundId === undefined ? undefined : waitingRefunds?.[processorRefundId];

/** What the deposit keeps of a part: what failed is promised no more, and what waits there is the part's from now on. */
function heldBy({ deposit, refund }: RefundCase, part: RefundPart, updatedAt: Instant): readonly EntityChange[] {
  const { waitingRefunds, ...rest } = deposit;
  const waiting = waitingAfter(waitingRefunds ?? {}, refund.id, part);
  const refundedMinor = deposit.refundedMinor - (part.status === "failed" ? part.amountMinor : 0);
  const same = waiting.length === Object.keys(waitingRefunds ?? {}).length;
  if (same && refundedMinor === deposit.refundedMinor) return [];
  const kept = waiting.length > 0 && { waitingRefunds: Object.fromEntries(waiting) };
  return [changed("deposit", deposit, { ...rest, ...kept, refundedMinor, updatedAt })];
}

function waitingAfter(before: Readonly<Record<string, string>>, refundId: string, part: RefundPart) {
  const { processorRefundId: id, status, booked } = part;
  const others = Object.entries(before).filter(([one]) => one !== id);
  return id !== undefined && status === "submitted" && !booked ? [...others, [id, refundId] as const] : others;
}

/** How it ended, once. */
export function eventsOf(was: Refund, { id: refundId, userId, amount, status }: Refund): readonly DomainEvent[] {
  if (status === was.status || (status !== "succeeded" && status !== "failed")) return [];
  const detail: { refundId: string; userId: string; amount: Money } = { refundId, userId, amount };
  return [{ type: status === "succeeded" ? "refund.succeeded" : "refund.failed", detail }];
}

const auditOf = (was: Refund, next: Refund, { depositId, status }: RefundPart): NonNullable<Change["audit"]> => ({
  action: `refund.part_${status}`,
  resource: { type: "refund", id: was.id },
  changes: [
    { field: `parts.${depositId}`, before: null, after: status },
    { field: "status", before: was.status, after: next.status },
  ],
});
