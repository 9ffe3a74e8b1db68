import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { type Disturbance, disturbances } from "#shared/adapters/memory/payout-processor";
import type { Payout, PayoutStep } from "#shared/domain/payouts/payout";
import type { StepAnswer } from "#shared/domain/payouts/steps";
import { aPayout } from "../../support/money-builders.ts";
import type { PayoutProcessorUnderTest, WriteStep } from "../../support/payout-processor-under-test.ts";
import { AMOUNT, idOf, newPayoutId, transferReversals } from "./transfer-reversals.ts";

/** What every payout processor's adapter promises. */
export function payoutProcessorSuite(name: string, make: () => Promise<PayoutProcessorUnderTest>): void {
  describe(`payouts on ${name}`, () => {
    let under: PayoutProcessorUnderTest;
    let payout: Payout;
    const carriedOut = (step: PayoutStep, one: Payout = payout) =>
      under.processor.carryOut({ step, payout: one, mayBegin: true });
    const transferred = async () => (payout = { ...payout, transferId: idOf(await carriedOut("transfer")) });
    const sent = async () => (payout = { ...payout, processorPayoutId: idOf(await carriedOut("payout")) });
    const made = () => {
      const { transfers, payouts } = under.objectsOf(payout);
      return { transfers: transfers.length, payouts: payouts.length };
    };
    const opened = async (state?: "enabled") => {
      const creatorId = randomUUID();
      const account = await under.accounts.open({ creatorId, email: `${creatorId}@example.com` });
      if (state) await under.standing(account.processorAccountId, state);
      return { creatorId, processorAccountId: account.processorAccountId };
    };
    beforeEach(async () => {
      under = await make();
      await under.calm();
      await under.fund(AMOUNT.amount);
      payout = aPayout({ id: newPayoutId(), amount: AMOUNT, ...(await opened("enabled")) });
    });

    test("a creator has one account, and it says whose it is and what is missing", async () => {
      const [creatorId, email] = [randomUUID(), "creator@example.com"];
      const first = await under.accounts.open({ creatorId, email });
      const again = await Promise.all(Array.from({ length: 3 }, () => under.accounts.open({ creatorId, email })));
      expect(new Set([first, ...again].map((one) => one.processorAccountId)).size).toBe(1);
      expect(first).toMatchObject({
        creatorId,
        transfersEnabled: false,
        payoutsEnabled: false,
        detailsSubmitted: false,
      });
      expect(first.requirementsDue).toContain("external_account");
      expect(new URL(await under.accounts.onboardingUrl(first.processorAccountId)).pathname).not.toBe("/");

      await under.standing(first.processorAccountId, "enabled");
      expect(await under.accounts.retrieve(first.processorAccountId)).toEqual({
        processorAccountId: first.processorAccountId,
        creatorId,
        transfersEnabled: true,
        payoutsEnabled: true,
        disabledReason: null,
        detailsSubmitted: true,
        requirementsDue: [],
        currencies: expect.arrayContaining(["USD"]),
      });
      await under.standing(first.processorAccountId, "disabled");
      expect(await under.accounts.retrieve(first.processorAccountId)).toMatchObject({
        transfersEnabled: false,
        payoutsEnabled: false,
        disabledReason: "rejected.fraud",
      });
    });

    test("every step is taken once, and the money is where the steps say", async () => {
      const before = under.held();
      await transferred();
      expect(idOf(await carriedOut("transfer"))).toBe(payout.transferId);
      expect(under.held()).toBe(before - AMOUNT.amount);
      expect(under.heldBy(payout.processorAccountId)).toBe(AMOUNT.amount);

      await sent();
      expect(idOf(await carriedOut("payout"))).toBe(payout.processorPayoutId);
      expect(under.heldBy(payout.processorAccountId)).toBe(0);

      expect(await carriedOut("arrival")).toEqual({ is: "waiting" });
      await under.settle(payout.processorPayoutId ?? "");
      expect(await carriedOut("arrival")).toMatchObject({ is: "done", id: payout.processorPayoutId });
      expect(made()).toEqual({ transfers: 1, payouts: 1 });
    });

    test("a payout that the bank sends back is taken back whole, once", async () => {
      const before = under.held();
      await transferred();
      await sent();
      await under.settle(payout.processorPayoutId ?? "", "account_closed");
      expect(await carriedOut("arrival")).toEqual({ is: "refused", code: "account_closed" });
      const reversed = idOf(await carriedOut("reversal"));
      expect(idOf(await carriedOut("reversal", { ...payout, attempts: 3 }))).toBe(reversed);
      expect(under.held()).toBe(before);
      expect(under.heldBy(payout.processorAccountId)).toBe(0);
    });

    test.each<[string, readonly number[]]>([
      ["whole", [AMOUNT.amount]],
      ["in part", [3_000]],
      ["in several parts", [3_000, 2_000]],
      ["in more parts than are told of at once", Array.from({ length: 12 }, () => 500)],
      ["in parts that are all of it", [3_000, 7_000]],
    ])("a transfer that was reversed from outside, %s, is taken back as far as it is not yet", async (_how, parts) => {
      const before = under.held();
      await transferred();
      await sent();
      for (const part of parts) await under.takeBack(payout.transferId ?? "", part);
      await under.settle(payout.processorPayoutId ?? "", "account_closed");
      const reversed = idOf(await carriedOut("reversal"));
      expect(idOf(await carriedOut("reversal", { ...payout, attempts: 1 }))).toBe(reversed);
      expect(under.held()).toBe(before);
      expect(under.heldBy(payout.processorAccountId)).toBe(0);
    });

    test.each([undefined, 3_000])(
      "what was reversed from outside is not paid out of another payout's money: %s",
      async (part) => {
        const other = { ...payout, id: newPayoutId() };
        await under.fund(AMOUNT.amount);
        await transferred();
        const transfer = idOf(await carriedOut("transfer", other));
        await under.takeBack(payout.transferId ?? "", part);
        expect(await carriedOut("payout")).toEqual({ is: "refused", code: "transfer_reversed" });
        expect(idOf(await carriedOut("reversal"))).toBeDefined();
        expect(await carriedOut("payout", { ...other, transferId: transfer })).toMatchObject({ is: "done" });
        expect(under.heldBy(payout.processorAccountId)).toBe(0);
      },
    );

    test("what is refused for certain is refused with the processor's code", async () => {
      const stranger = { ...payout, id: newPayoutId(), ...(await opened()) };
      expect(await carriedOut("transfer", stranger)).toEqual({
        is: "refused",
        code: "insufficient_capabilities_for_transfer",
      });
      const amount = { ...AMOUNT, amount: under.held() + 1 };
      expect(await carriedOut("transfer", { ...payout, id: newPayoutId(), amount })).toEqual({
        is: "refused",
        code: "balance_insufficient",
      });
      const nobody = { ...payout, id: newPayoutId(), processorAccountId: "acct_nobody" };
      expect(await carriedOut("transfer", nobody)).toEqual({ is: "refused", code: "resource_missing" });

      await transferred();
      await under.standing(payout.processorAccountId, "restricted");
      expect(await carriedOut("payout")).toEqual({ is: "refused", code: "payouts_not_allowed" });
      expect(made()).toEqual({ transfers: 1, payouts: 0 });
    });

    test("what left the account cannot be taken back, and can be once it is there again", async () => {
      await transferred();
      await sent();
      expect(await carriedOut("reversal")).toEqual({ is: "refused", code: "balance_insufficient" });
      await under.settle(payout.processorPayoutId ?? "", "no_account");
      expect(await carriedOut("reversal", { ...payout, attempts: 1 })).toMatchObject({ is: "done" });
    });

    describe.each<WriteStep>(["transfer", "payout", "reversal"])("when the %s is disturbed", (step) => {
      const ready = async () => {
        if (step !== "transfer") await transferred();
      };
      const outcomes: Readonly<Record<Disturbance, readonly StepAnswer["is"][]>> = {
        lost_before: ["unknown"],
        // Found, where looking again is still possible.
        lost_after: ["unknown", "done"],
        failed_before: ["unknown"],
        failed_after: ["done"],
        in_use: ["unknown"],
        limited: [],
      };
      test.each(disturbances)("%s: nobody guesses, and it is so once", async (kind) => {
        await ready();
        await under.disturb(step, kind);
        const first = carriedOut(step);
        if (kind === "limited") await expect(first).rejects.toMatchObject({ name: "Unavailable" });
        else expect(outcomes[kind]).toContain((await first).is);
        await under.calm();
        if (kind === "failed_before" && step !== "reversal") {
          // The processor repeats itself for a day, and nobody asks under another key.
          expect(await carriedOut(step)).toEqual({ is: "unknown" });
          under.passDay();
        }
        const id = idOf(await carriedOut(step, { ...payout, attempts: 1 }));
        expect(idOf(await carriedOut(step, { ...payout, attempts: 2 }))).toBe(id);
        expect(made()).toEqual({ transfers: 1, payouts: step === "payout" ? 1 : 0 });
      });
    });

    test("several workers at once do it once", async () => {
      for (const step of ["transfer", "payout"] as const) {
        const answers = await Promise.all(Array.from({ length: 4 }, () => carriedOut(step)));
        const ids = new Set(answers.flatMap((answer) => (answer.is === "done" ? [answer.id] : [])));
        expect(ids.size).toBe(1);
        payout = { ...payout, transferId: [...ids][0] ?? "" };
      }
      expect(made()).toEqual({ transfers: 1, payouts: 1 });
    });

    test("whoever hears that something changed finds the payout, and who took its transfer back", async () => {
      const { processor } = under;
      const ours = { payoutId: payout.id };
      await transferred();
      await sent();
      const transfer = { objectType: "transfer", objectId: payout.transferId ?? "", connectedAccountId: null } as const;
      const { objectId: transferId } = transfer;
      expect(await processor.whatChanged(transfer)).toEqual({ ...ours, objectId: transferId });
      const { processorAccountId: connectedAccountId, processorPayoutId: objectId = "" } = payout;
      expect(await processor.whatChanged({ objectType: "payout", objectId, connectedAccountId })).toEqual({
        ...ours,
        objectId,
      });
      expect(
        await processor.whatChanged({ objectType: "account", objectId: connectedAccountId, connectedAccountId }),
      ).toBeUndefined();
      await under.settle(objectId);
      await under.takeBack(transfer.objectId);
      const reversed = { id: expect.any(String), amountMinor: AMOUNT.amount };
      expect(await processor.whatChanged(transfer)).toEqual({ ...ours, objectId: transferId, reversed });
    });

    transferReversals({ under: () => under, payout: () => payout, carriedOut, transferred, sent });
  });
}
