import type { Currency } from "#shared/domain/kernel/money";
import { known } from "#shared/domain/kernel/refusal";
import type { PayoutStep } from "#shared/domain/payouts/payout";
import type { Ask, StepAnswer } from "#shared/domain/payouts/steps";
import type { ProcessorMovement } from "#shared/domain/processor/movement";
import { Unavailable } from "#shared/ports/outside";
import type { PayoutProcessor } from "#shared/ports/payouts";
import type { MemoryConnectedAccounts } from "./connected-accounts.ts";
import { Bank, leftOfTransfer, type MemoryBankPayout, type MemoryTransfer, Refused } from "./payout-bank.ts";

/**
 * What becomes of a write. `lost_before`, `lost_after`: no reply, and it has not happened or has; `failed_before`,
 * `failed_after`: an error that says nothing, repeated under the key for a day; `in_use`: its key's first request is under way;
 * `limited`: turned away before anything began.
 */
export type Disturbance = "lost_before" | "lost_after" | "failed_before" | "failed_after" | "in_use" | "limited";
export const disturbances: readonly Disturbance[] = [
  "lost_before", "lost_after", "failed_before", "failed_after", "in_use", "limited",
]; // prettier-ignore

/** The processor's side of payouts in memory, and everybody's hands there. */
export interface MemoryPayoutProcessor extends PayoutProcessor {
  /** The house's money there grows. */
  fund(currency: Currency, amountMinor: number): void;
  /** The bank has it, or sends it back. */
  settle(processorPayoutId: string, failureCode?: string): void;
  /** The processor takes a transfer back by itself, also after its payout: all that is left of it, or this much. */
  takeBack(transferId: string, amountMinor?: number): void;
  /** Creators' accounts owe the processor so much, which it keeps of what they hold. */
  owe(currency: Currency, amountMinor: number): void;
  /** Decides about each write from now on. */
  disturb(by: (step: PayoutStep) => Disturbance | undefined): void;
  readonly transfers: () => readonly MemoryTransfer[];
  readonly bankPayouts: () => readonly MemoryBankPayout[];
  /** Everything that transfers have moved of the house's money. */
  readonly movements: () => readonly ProcessorMovement[];
  /** What the house holds there. */
  readonly held: (currency: Currency) => number;
  /** What one creator's account holds there, or all of them together. */
  readonly heldByCreators: (currency: Currency, accountId?: string) => number;
}

const DAY_MS = 86_400_000;

/** @param nowMs for keys, which are forgotten after a day; unless given, no day passes. */
export function memoryPayoutProcessor(
  accounts: MemoryConnectedAccounts,
  nowMs = (): number => 0,
): MemoryPayoutProcessor {
  const bank = new Bank(accounts, nowMs);
  const desk = new Desk(nowMs);
  return {
    carryOut: (ask) => steps[ask.step](bank, desk, ask),
    heldOn: (accountId) =>
      Promise.resolve(
        [...bank.currencies()].map((currency) => ({ amount: bank.heldByCreators(currency, accountId), currency })),
      ),
    whatChanged: ({ objectType, objectId }) =>
      Promise.resolve(
        objectType === "transfer" ? bank.transferChanged(objectId) : bank.payoutChanged(objectType, objectId),
      ),
    fund: (currency, amount) => bank.add(currency, amount),
    settle: (id, failureCode) => bank.settle(id, failureCode),
    takeBack: (id, amount = leftOfTransfer(known(bank.transfers.get(id), "transfer"))) =>
      void bank.reverse(id, amount, { isOurs: false }),
    owe: (currency, amount) => bank.owe(currency, amount),
    disturb: (by) => {
      desk.disturb = by;
    },
    transfers: () => [...bank.transfers.values()],
    bankPayouts: () => [...bank.payouts.values()],
    movements: () => bank.movements,
    held: (currency) => bank.held(currency),
    heldByCreators: (currency, accountId) => bank.heldByCreators(currency, accountId),
  };
}

const steps: Readonly<Record<PayoutStep, (bank: Bank, desk: Desk, ask: Ask) => Promise<StepAnswer>>> = {
  transfer: (bank, desk, { payout, mayBegin }) =>
    desk.once("transfer", `transfer-${payout.id}`, {
      look: () => bank.transferOf(payout)?.id,
      act: () => bank.transfer(payout),
      mayBegin,
    }),
  payout: async (bank, desk, { payout, mayBegin }) => {
    const isWhole = leftOfTransfer(known(bank.transferOf(payout), "transfer")) === payout.amount.amount;
    const answer = await desk.once("payout", `payout-${payout.id}`, {
      look: () => bank.payoutOf(payout)?.id,
      act: () => bank.payOut(payout),
      mayBegin: mayBegin && isWhole,
    });
    return answer.is === "waiting" && !isWhole ? { is: "refused", code: "transfer_reversed" } : answer;
  },
  arrival: (bank, _desk, { payout }) =>
    Promise.resolve(bank.arrivalOf(known(payout.processorPayoutId, "processor's payout"))),
  reversal: async (bank, desk, { payout, mayBegin, coverMinor = 0 }) => {
    const transfer = () => known(bank.transferOf(payout), "transfer");
    const reversed = (kept: number) => {
      const left = leftOfTransfer(transfer());
      return desk.once("reversal", `reversal-${payout.id}-${payout.attempts}-${left}-${kept}`, {
        look: () => (leftOfTransfer(transfer()) <= kept ? (transfer().reversals.at(-1) ?? transfer()).id : undefined),
        act: () => bank.reverse(transfer().id, left - kept),
        mayBegin,
      });
    };
    const whole = await reversed(0);
    const isLess = coverMinor > 0 && whole.is === "refused";
    const answer = isLess ? await reversed(coverMinor) : whole;
    return answer.is === "done" ? { ...answer, reversedMinor: transfer().amount - leftOfTransfer(transfer()) } : answer;
  },
};

interface Writing {
  readonly look: () => string | undefined;
  readonly act: () => string;
  readonly mayBegin: boolean;
}

const UNKNOWN: StepAnswer = { is: "unknown" };
const done = (id: string): StepAnswer => ({ is: "done", id });
/** Others may come in between. */
const onTheWay = (): Promise<void> => Promise.resolve();

/** Where writes are handed in, and what becomes of them and of their replies. */
class Desk {
  disturb: (step: PayoutStep) => Disturbance | undefined = () => undefined;
  readonly #replies = new Map<string, { readonly untilMs: number; readonly reply: StepAnswer }>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** As the adapter does: looks, asks, and looks again unless nothing is heard any more. */
  async once(step: PayoutStep, key: string, { look, act, mayBegin }: Writing): Promise<StepAnswer> {
    const there = look();
    if (there !== undefined) return done(there);
    if (!mayBegin) return { is: "waiting" };
    await onTheWay();
    const hit = this.disturb(step);
    const answer = this.#answer(key, act, hit);
    await onTheWay();
    const meanwhile = hit === "lost_after" ? undefined : look();
    return meanwhile === undefined ? answer : done(meanwhile);
  }

  #answer(key: string, act: () => string, hit: Disturbance | undefined): StepAnswer {
    if (hit === "limited") throw new Unavailable("the payment processor");
    if (hit === "lost_before" || hit === "in_use") return UNKNOWN;
    const reply = this.#underKey(key, () => {
      const acted = hit === "failed_before" ? UNKNOWN : attempt(act);
      return hit === "failed_after" ? UNKNOWN : acted;
    });
    return hit === "lost_after" ? UNKNOWN : reply;
  }

  /** A first reply is repeated for a day. */
  #underKey(key: string, act: () => StepAnswer): StepAnswer {
    const kept = this.#replies.get(key);
    if (kept && kept.untilMs > this.#nowMs()) return kept.reply;
    const reply = act();
    this.#replies.set(key, { untilMs: this.#nowMs() + DAY_MS, reply });
    return reply;
  }
}

function attempt(act: () => string): StepAnswer {
  try {
    return done(act());
  } catch (error) {
    if (error instanceof Refused) return { is: "refused", code: error.message };
    throw error;
  }
}
