/** What creators, the processor and time do about payouts, by the actions themselves. */
import { expect } from "@jest/globals";
import { handler as carryOutPayouts } from "#lambdas/payouts/carry-out-payouts";
import { handler as followPayoutAccounts } from "#lambdas/payouts/follow-payout-accounts";
import { handler as getPayout } from "#lambdas/payouts/get-payout";
import { handler as openPayoutAccount } from "#lambdas/payouts/open-payout-account";
import { handler as requestPayout } from "#lambdas/payouts/request-payout";
import { handler as resumePayouts } from "#lambdas/payouts/resume-payouts";
import { handler as banUser } from "#lambdas/users/ban-user";
import { handler as unbanUser } from "#lambdas/users/unban-user";
import type { EventDetail, EventType } from "#shared/domain/events/events";
import { systemActor } from "#shared/domain/kernel/actor";
import { JournalEntry } from "#shared/domain/ledger/journal-entry";
import type { Payout } from "#shared/domain/payouts/payout";
import { Earning } from "#shared/domain/wallets/earning";
import { eachOf } from "#shared/runtime/implement-job";
import { untilDecided } from "#shared/runtime/until-decided";
import { CREATOR_ID } from "../../support/builders.ts";
import { brokenInvariants, peopled } from "../../support/launched.ts";
import { admin, creator, type TestStage } from "../../support/stage.ts";
import { earned } from "./earned.ts";

/** Consumers and jobs, their types forgotten: each is handed what its contract declares. */
interface Consumer {
  readonly contract: { readonly uses: readonly never[] };
  readonly run: (invocation: never, event: never, ports: never) => Promise<void>;
}
interface Job {
  readonly contract: { readonly uses: readonly never[] };
  readonly run: (invocation: never, ports: never, each: never) => Promise<void>;
}

/** What the house has at the processor before anybody is paid. */
export const FUNDED = 100_000;

/** A stage whose house has money at the processor. */
export async function payingStage() {
  const stage = await peopled();
  stage.payoutProcessor.fund("USD", FUNDED);
  const hands = handsOn(stage);
  return { stage, ...hands, ...wayOf(stage, hands) };
}

type Hands = ReturnType<typeof handsOn>;

/** A payout as far on its way as a test needs it: a creator has earned 200.00, their account is ready, and they ask for all of it. */
function wayOf(stage: TestStage, { onboarded, ask, steps, changed, delivered }: Hands) {
  const { payoutProcessor } = stage;
  const ready = async (): Promise<void> => {
    await earned(stage, 20_000);
    await onboarded();
  };
  const requested = async (): Promise<string> => {
    await ready();
    return (await ask()).id;
  };
  /** At the bank, and nothing heard from there yet. */
  const sent = async () => {
    const id = await requested();
    for (let step = 0; step < 2; step += 1) await steps();
    const [transferId, bankPayoutId] = [
      payoutProcessor.transfers()[0]?.id ?? "",
      payoutProcessor.bankPayouts()[0]?.id ?? "",
    ];
    return { id, transferId, bankPayoutId };
  };
  /** The processor tells that a transfer, or a payout at the bank, is another than it was. */
  const told = (objectType: "transfer" | "payout", objectId: string) =>
    changed(carryOutPayouts, { objectType, objectId, connectedAccountId: objectType === "payout" ? "acct" : null });
  return {
    ready,
    requested,
    sent,
    told,
    async paid() {
      const way = await sent();
      payoutProcessor.settle(way.bankPayoutId);
      await told("payout", way.bankPayoutId);
      return way;
    },
    suspended: () =>
      stage.run(banUser, { actor: admin(), path: { userId: CREATOR_ID }, body: { reason: "looked into" } }),
    async reinstated(): Promise<void> {
      await stage.run(unbanUser, { actor: admin(), path: { userId: CREATOR_ID } });
      await delivered("account.reinstated", resumePayouts);
    },
  };
}

export function handsOn(stage: TestStage) {
  const occasion = () => ({ actor: systemActor("test"), now: stage.clock.now, requestId: "r", newId: stage.newId });
  const told = (handler: unknown, event: unknown): Promise<void> => {
    const { contract, run } = handler as Consumer;
    return untilDecided(() =>
      run(occasion() as never, event as never, stage.granted(contract.uses, occasion()) as never),
    );
  };
  /** Every event of a type that is in the outbox, delivered once more: consumers are safe to repeat. */
  const delivered = async (type: EventType, handler: unknown): Promise<void> => {
    for (const event of stage.stored("outboxEvent").filter((item) => item["type"] === type)) await told(handler, event);
  };
  const changed = (handler: unknown, detail: EventDetail<"processor.object_changed">) =>
    told(handler, { id: "evt", type: "processor.object_changed", at: stage.clock.now, requestId: "r", detail });
  return {
    delivered,
    changed,
    /** What a run did, in counts. */
    async job(handler: unknown): Promise<Record<string, number>> {
      const counts: Record<string, number> = {};
      const { contract, run } = handler as Job;
      const ports = stage.granted(contract.uses, occasion());
      await run(occasion() as never, ports as never, eachOf("any-job", { counts }) as never);
      return counts;
    },
    /** Every payout's next step. */
    steps: () => delivered("payout.step_due", carryOutPayouts),
    async onboarded(userId = CREATOR_ID): Promise<void> {
      await stage.run(openPayoutAccount, { actor: creator(userId) });
      const { processorAccountId: objectId = "" } = (await stage.ports.payoutAccounts.get(userId)) ?? {};
      stage.connectedAccounts.onboard(objectId);
      await changed(followPayoutAccounts, { objectType: "account", objectId, connectedAccountId: objectId });
    },
    ask: (amount?: number, userId = CREATOR_ID) =>
      stage.run(requestPayout, {
        actor: creator(userId),
        body: amount === undefined ? {} : { amount: { amount, currency: "USD" } },
      }),
    read: (payoutId: string): Promise<Payout> =>
      stage.run(getPayout, { actor: creator(), path: { payoutId } }) as Promise<Payout>,
    earnings: () => stage.stored("earning").map((item) => Earning.parse(item)),
    async expectWholeBooks(): Promise<void> {
      expect(await brokenInvariants(stage)).toEqual([]);
    },
    /** With the processor, too: what the house's transfers have moved there, and what stands on creators' accounts. */
    async expectBooksAgree(): Promise<void> {
      expect(await brokenInvariants(stage)).toEqual([]);
      const entries = stage.stored("journalEntry").map((item) => JournalEntry.parse(item));
      const booked = (account: string, some = entries) =>
        some
          .flatMap((entry) => entry.lines)
          .filter((line) => line.account.of === "platform" && line.account.account === account)
          .reduce((sum, { amount }) => sum - amount, 0);
      const ofPayouts = entries.filter(({ key }) => key.startsWith("payout:"));
      const { payoutProcessor } = stage;
      expect([booked("connected_balance"), booked("stripe_balance", ofPayouts)]).toEqual([
        payoutProcessor.heldByCreators("USD"),
        payoutProcessor.held("USD") - FUNDED,
      ]);
    },
  };
}
