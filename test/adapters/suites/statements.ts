/** What every source of statements promises about movements by what they are about. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { ProcessorStatements } from "#shared/ports/reconciliations";

/** A processor, and everybody's hands there. Each gives back the id of what it made. */
export interface StatementsUnderTest {
  readonly statements: ProcessorStatements;
  /** A payment of 50.00, by its payment intent. */
  paid(): Promise<string>;
  refunded(paymentIntentId: string): Promise<string>;
  fails(refundId: string): Promise<void>;
  disputed(paymentIntentId: string): Promise<string>;
  transferred(): Promise<string>;
  takenBack(transferId: string, amountMinor: number): Promise<void>;
  toppedUp(): Promise<void>;
  stop(): Promise<unknown>;
}

export function statementsSuite(name: string, make: () => Promise<StatementsUnderTest>): void {
  describe(`movements about an object on ${name}`, () => {
    let under: StatementsUnderTest;
    beforeAll(async () => {
      under = await make();
    });
    afterAll(() => under.stop());

    const everything = () => under.statements.movements("2000-01-01T00:00:00.000Z", "2100-01-01T00:00:00.000Z");
    const byId = <T extends { readonly id: string }>(all: readonly T[]) =>
      [...all].sort((a, b) => (a.id < b.id ? -1 : 1));
    /** What the lists of all days say of these objects. */
    const listed = async (objectId: string) =>
      byId((await everything()).filter(({ objectIds }) => objectIds.includes(objectId)));

    test("are all of a payment, its refunds and disputes, by whichever of them, as the list tells them", async () => {
      const [payment, other] = [await under.paid(), await under.paid()];
      const refund = await under.refunded(payment);
      await under.fails(refund);
      const dispute = await under.disputed(payment);
      const expected = await listed(payment);
      expect(expected.map(({ type }) => type).sort()).toEqual(["adjustment", "charge", "refund", "refund_failure"]);
      for (const objectId of [payment, refund, dispute, ...expected.map(({ id }) => id)])
        expect([objectId, byId(await under.statements.about([objectId]))]).toEqual([objectId, expected]);
      const all = expected.flatMap(({ id, objectIds }) => [...objectIds, id]);
      expect(byId(await under.statements.about(all))).toEqual(expected);
      expect((await under.statements.about([other])).map(({ type }) => type)).toEqual(["charge"]);
    });

    test("are all of a transfer and its reversals, by whichever of them", async () => {
      await under.toppedUp();
      const transfer = await under.transferred();
      for (const amount of [300, 200]) await under.takenBack(transfer, amount);
      const expected = await listed(transfer);
      expect(expected.map(({ amountMinor }) => amountMinor).sort((a, b) => a - b)).toEqual([-1_000, 200, 300]);
      const reversals = expected.flatMap(({ objectIds }) => objectIds.filter((id) => id !== transfer));
      expect(reversals).toHaveLength(2);
      for (const objectId of [transfer, ...reversals])
        expect(byId(await under.statements.about([objectId]))).toEqual(expected);
    });

    test("are one alone where it belongs to nothing else, and those of several objects together", async () => {
      await under.toppedUp();
      const [topup] = (await everything()).filter(({ type }) => type === "topup").slice(-1);
      expect(await under.statements.about([topup?.id ?? ""])).toEqual([topup]);
      expect(await under.statements.about(topup?.objectIds ?? [])).toEqual([topup]);
      const payment = await under.paid();
      const both = await under.statements.about([topup?.id ?? "", payment]);
      expect(both.map(({ type }) => type).sort()).toEqual(["charge", "topup"]);
    });

    test("are none of what the processor does not know", async () => {
      expect(await under.statements.about(["pi_none", "tr_none", "re_none", "trr_none", "txn_none"])).toEqual([]);
      expect(await under.statements.about([])).toEqual([]);
    });
  });
}
