/** What a payout becomes of the processor's answer: its status, its money, the next thing to ask. */
import { type Change, changed, type EntityChange } from "../change.ts";
import type { DomainEvent } from "../events/events.ts";
import { transition } from "../kernel/lifecycle.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { known } from "../kernel/refusal.ts";
import { platformAccount, walletAccount } from "../ledger/account.ts";
import { entryKeys } from "../ledger/entry-keys.ts";
import type { DecidedEntry } from "../ledger/journal-entry.ts";
import { type EntryHead, move } from "../ledger/posting.ts";
import type { Earning } from "../wallets/earning.ts";
import { nextLateLook, transferToAsk } from "./late-look.ts";
import { payoutLifecycle } from "./lifecycle.ts";
import { freshStep, type Payout } from "./payout.ts";
import { backMinor, madeUpFor, shortBy } from "./shortfall.ts";
import { type Ask, nextLookAt, type StepAnswer, stepDue } from "./steps.ts";

/** What an answer is followed on. */
export interface FollowedState {
  readonly payout: Payout;
  /** Those that it pays. */
  readonly earnings: readonly Earning[];
  /** The creator's payouts that are short on the same account. */
  readonly short: readonly Payout[];
}

interface Outcome {
  readonly payout: Payout;
  readonly entries?: readonly DecidedEntry[];
  /** What else becomes another: its earnings, payouts that are short. */
  readonly others?: readonly EntityChange[];
  readonly events?: readonly DomainEvent[];
}

/** The change that an answer makes. */
export function followPayout(state: FollowedState, ask: Ask, answer: StepAnswer, occasion: Occasion): Change {
  const { payout } = state;
  const { payout: next, entries = [], others = [], events = [] } = outcomeOf(state, ask, answer, occasion);
  const goesOn = next.step !== undefined && next.step !== payout.step;
  return {
    entities: [changed("payout", payout, next), ...others],
    entries,
    events: [...events, ...(goesOn ? [stepDue(payout.id)] : [])],
    audit: {
      action: `payout.${ask.step}_${answer.is}`,
      resource: { type: "payout", id: payout.id },
      changes: [{ field: "status", before: payout.status, after: next.status }],
    },
  };
}

function outcomeOf(state: FollowedState, { step }: Ask, answer: StepAnswer, occasion: Occasion): Outcome {
  if (answer.is === "unknown") return { payout: lost(state.payout, occasion) };
  if (answer.is === "waiting") return { payout: waiting(state.payout, occasion) };
  if (answer.is === "refused") return refusedAt[step](state, answer.code, occasion);
  return doneAt[step](state, answer, occasion);
}

type Done = Extract<StepAnswer, { is: "done" }>;

const doneAt: Readonly<Record<Ask["step"], (state: FollowedState, answer: Done, occasion: Occasion) => Outcome>> = {
  transfer: ({ payout }, { id }, occasion) => ({
    payout: { ...stepped(payout, "submit", "payout", occasion), transferId: id },
    entries: [
      move(
        headOf(payout, "sent", "processing", [id]),
        payout.amount.amount,
        platformAccount("connected_balance"),
        platformAccount("stripe_balance"),
        occasion,
      ),
    ],
  }),
  // Between the look at the transfer and this, somebody may have taken it back: the processor has no call that does both.
  payout: ({ payout }, { id }, occasion) => ({
    payout: { ...stepped(payout, "send", "arrival", occasion), processorPayoutId: id },
    events: transferToAsk(payout),
  }),
  arrival: ({ payout, earnings }, { at }, occasion) => {
    const paidAt = at ?? occasion.now;
    return {
      payout: { ...ended(payout, "arrive", occasion), paidAt, dueAt: nextLateLook(payout, occasion.now, occasion.now) },
      entries: [
        move(
          headOf(payout, "paid", "withdrawal", [payout.processorPayoutId ?? payout.id]),
          payout.amount.amount,
          walletAccount(payout.creatorId, "inFlight"),
          platformAccount("connected_balance"),
          occasion,
        ),
      ],
      others: partsPaid(payout, earnings, paidAt, occasion),
      events: [toldOf("payout.paid", payout)],
    };
  },
  reversal: (state, { id, reversedMinor = state.payout.amount.amount }, occasion) => {
    const { payout, short } = state;
    const { payout: next, others, events } = returned(state, payout.failureCode ?? "returned", occasion);
    const takenMinor = reversedMinor - backMinor(payout);
    const entries = takenMinor > 0 ? [takenOffAccount(payout, ["taken-back", id], takenMinor, occasion)] : [];
    return {
      payout: { ...next, reversedMinor },
      entries: [...entries, backToPayable(payout, occasion)],
      others: [...others, ...madeUpFor(short, payout.amount.amount - reversedMinor)],
      events,
    };
  },
};

/** Money of its transfer is the house's again, by the processor's object of this id. */
export const takenOffAccount = (
  payout: Payout,
  [what, id]: readonly [string, string],
  amountMinor: number,
  occasion: Occasion,
): DecidedEntry =>
  move(
    headOf(payout, what, "processing", [id]),
    amountMinor,
    platformAccount("stripe_balance"),
    platformAccount("connected_balance"),
    occasion,
  );

const refusedAt: Readonly<Record<Ask["step"], (state: FollowedState, code: string, occasion: Occasion) => Outcome>> = {
  // Nothing has left: the money can be paid out again.
  transfer: (state, code, occasion) => ({
    ...returned(state, code, occasion),
    entries: [backToPayable(state.payout, occasion)],
  }),
  // It stands on the creator's account at the processor: it is taken back first.
  payout: ({ payout }, code, occasion) => ({ payout: takingBack(payout, code, occasion) }),
  arrival: ({ payout }, code, occasion) => ({ payout: takingBack(payout, code, occasion) }),
  // It cannot be taken back now, and nobody may say that it was: it is tried again.
  reversal: ({ payout }, _code, occasion) => ({ payout: waiting(payout, occasion) }),
};

/** All of it stands on the account: also what others had made up for, which is over there from now on. */
export const takingBack = (payout: Payout, failureCode: string, { now }: Occasion): Payout => ({
  ...shortBy(payout, (payout.shortMinor ?? 0) - backMinor(payout)),
  step: "reversal",
  ...freshStep(now),
  failureCode,
  updatedAt: now,
});

function stepped(payout: Payout, step: "submit" | "send", next: Payout["step"], occasion: Occasion): Payout {
  const moved = transition(payout, payoutLifecycle[step], occasion);
  return { ...moved, step: next, ...freshStep(occasion.now) };
}

function ended(payout: Payout, step: "arrive" | "fail" | "reverse", occasion: Occasion): Payout {
  const {
    step: _step,
    stepSince: _since,
    dueAt: _dueAt,
    ...rest
  } = transition(payout, payoutLifecycle[step], occasion);
  return rest;
}

/** Not there yet: looked at later, and sooner when an event comes. No step: it stands where it stood, and since then. */
const waiting = (payout: Payout, { now }: Occasion): Payout => ({
  ...payout,
  attempts: payout.attempts + 1,
  dueAt: nextLookAt(now, payout.attempts),
});

/** Nobody answered. Status says so until somebody does; what was asked is asked again, and looked up first. */
function lost(payout: Payout, occasion: Occasion): Payout {
  const next = waiting(payout, occasion);
  return payout.status === "unknown" ? next : transition(next, payoutLifecycle.lose, occasion);
}

function returned({ payout, earnings }: FollowedState, failureCode: string, occasion: Occasion) {
  const how = backMinor(payout) === payout.amount.amount ? "reverse" : "fail";
  return {
    payout: { ...ended(payout, how, occasion), failureCode },
    others: partsReturned(payout, earnings, occasion),
    events: [toldOf("payout.failed", payout)],
  };
}

export const headOf = (
  { id, amount }: Payout,
  what: string,
  type: EntryHead["type"],
  processorIds: readonly string[],
): EntryHead => ({
  key: entryKeys.payoutStep(id, what),
  type,
  currency: amount.currency,
  referenceId: id,
  description: "Payout",
  processorIds: [...processorIds],
});

const backToPayable = (payout: Payout, occasion: Occasion): DecidedEntry => {
  const { processorIds: _none, ...head } = headOf(payout, "returned", "reversal", []);
  const [from, to] = [walletAccount(payout.creatorId, "inFlight"), walletAccount(payout.creatorId, "payable")];
  return move({ ...head, description: "Payout returned" }, payout.amount.amount, from, to, occasion);
};

export const earningOf = (earnings: readonly Earning[], id: string): Earning =>
  known(
    earnings.find((earning) => earning.id === id),
    "earning that a payout pays",
  );

function partsPaid(payout: Payout, earnings: readonly Earning[], paidAt: string, { now }: Occasion): EntityChange[] {
  return payout.parts.map(({ earningId, amountMinor }) => {
    const earning = earningOf(earnings, earningId);
    const paidMinor = earning.paidMinor + amountMinor;
    const whole = paidMinor === earning.amount.amount;
    const status = whole ? ({ status: "paid", paidAt } as const) : {};
    return changed("earning", earning, { ...earning, ...status, paidMinor, updatedAt: now });
  });
}

function partsReturned(payout: Payout, earnings: readonly Earning[], { now }: Occasion): EntityChange[] {
  return payout.parts.map(({ earningId, amountMinor }) => {
    const earning = earningOf(earnings, earningId);
    const allocatedMinor = earning.allocatedMinor - amountMinor;
    return changed("earning", earning, { ...earning, status: "available", allocatedMinor, updatedAt: now });
  });
}

const toldOf = (type: "payout.paid" | "payout.failed", { id, creatorId, amount }: Payout): DomainEvent => ({
  type,
  detail: { payoutId: id, creatorId, amount },
});
