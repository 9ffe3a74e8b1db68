/** Transfers that somebody reverses by hand, as every payout processor's adapter takes them. */
import { describe, expect, test } from "@jest/globals";
import type { Payout, PayoutStep } from "#shared/domain/payouts/payout";
import type { StepAnswer } from "#shared/domain/payouts/steps";
import type { PayoutProcessorUnderTest } from "../../support/payout-processor-under-test.ts";

export const AMOUNT = { amount: 10_000, currency: "USD" } as const;
let payoutNumber = 0;
/** Ids that no other test has. */
export const newPayoutId = (): string => `pay_${String((payoutNumber += 1)).padStart(26, "0")}`;

export const idOf = (answer: StepAnswer): string => {
  if (answer.is !== "done") throw new Error(`not done but ${JSON.stringify(answer)}`);
  return answer.id;
};

/** A payout that a test has in hand, and how it takes its steps. */
export interface PayoutInHand {
  readonly under: () => PayoutProcessorUnderTest;
  readonly payout: () => Payout;
  carriedOut(step: PayoutStep, one?: Payout): Promise<StepAnswer>;
  transferred(): Promise<Payout>;
  sent(): Promise<Payout>;
}

export function transferReversals({ under, payout, carriedOut, transferred, sent }: PayoutInHand): void {
  describe("a creator's account", () => {
    test("holds what was transferred and neither sent on nor taken back", async () => {
      const holds = async () => {
        const held = await under().processor.heldOn(payout().processorAccountId);
        return held?.find(({ currency }) => currency === AMOUNT.currency)?.amount ?? 0;
      };
      expect(await holds()).toBe(0);
      await transferred();
      await under().takeBack(payout().transferId ?? "", 3_000);
      expect(await holds()).toBe(7_000);
      await under().takeBack(payout().transferId ?? "");
      expect(await holds()).toBe(0);
    });
  });

  describe("a transfer that somebody reverses by hand", () => {
    test("what another transfer's reversal by hand took off the account need not be taken back", async () => {
      await under().fund(AMOUNT.amount);
      const before = under().held();
      const other = { ...payout(), id: newPayoutId() };
      await transferred();
      const transferId = idOf(await carriedOut("transfer", other));
      await sent();
      await under().takeBack(payout().transferId ?? "", 4_000);
      const ask = (attempts: number, coverMinor: number) => {
        const asked = { ...other, transferId, attempts };
        return under().processor.carryOut({ step: "reversal", payout: asked, mayBegin: true, coverMinor });
      };
      for (const [attempt, cover] of [0, 3_999].entries())
        expect(await ask(attempt, cover)).toEqual({ is: "refused", code: "balance_insufficient" });
      const answer = await ask(2, 4_000);
      expect(answer).toMatchObject({ is: "done", reversedMinor: 6_000 });
      expect([await ask(2, 4_000), await ask(3, 4_000)]).toEqual([answer, answer]);
      expect([under().held(), under().heldBy(payout().processorAccountId)]).toEqual([before - AMOUNT.amount, 0]);
    });

    test("what the house has all of already is taken back without a reversal, and what can be is taken back all the same", async () => {
      await transferred();
      const asked = { ...payout(), attempts: 0 };
      const ask = (coverMinor: number) =>
        under().processor.carryOut({ step: "reversal", payout: asked, mayBegin: true, coverMinor });
      await sent();
      expect(await ask(AMOUNT.amount)).toEqual({ is: "done", id: payout().transferId, reversedMinor: 0 });
      await under().settle(payout().processorPayoutId ?? "", "account_closed");
      asked.attempts = 1;
      expect(await ask(AMOUNT.amount)).toMatchObject({ is: "done", reversedMinor: AMOUNT.amount });
    });

    test("what was taken back is told by its latest reversal and its sum, whoever took it", async () => {
      await transferred();
      const objectId = payout().transferId ?? "";
      const told = () => under().processor.whatChanged({ objectType: "transfer", objectId, connectedAccountId: null });
      await under().takeBack(objectId, 3_000);
      const first = await told();
      expect(first?.reversed?.amountMinor).toBe(3_000);
      const id = idOf(await carriedOut("reversal"));
      expect(id).not.toBe(first?.reversed?.id);
      expect(await told()).toEqual({ payoutId: payout().id, objectId, reversed: { id, amountMinor: AMOUNT.amount } });
    });
  });
}
