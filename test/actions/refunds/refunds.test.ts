import { describe, expect, test } from "@jest/globals";
import { handler as sweepRefunds } from "#lambdas/refunds/sweep-refunds";
import type { RefundOrder } from "#shared/domain/processor/payment";
import { Unavailable } from "#shared/ports/outside";
import { BRAND_ID } from "../../support/builders.ts";
import { loggedLines } from "../../support/gateway.ts";
import { brokenInvariants } from "../../support/launched.ts";
import { admin, brand } from "../../support/stage.ts";
import { OTHER_ID, ran, usd } from "../deposits/depositing.ts";
import { refunding } from "./refunding.ts";

describe("asking for a refund", () => {
  test("sets the money aside at once, so that it cannot be spent, and is told what becomes of it", async () => {
    const { request, read, list, figures, stage } = await refunding(5_000);
    const refund = await request(2_000);
    expect(refund).toMatchObject({ amount: usd(2_000), status: "requested", refunded: usd(0) });
    expect(await figures()).toEqual([3_000, 2_000, 0]);
    expect(await read(refund.id)).toEqual(refund);
    expect((await list()).items).toEqual([refund]);
    expect(stage.outbox()).toEqual(["deposit.completed", "refund.requested"]);
    expect(await brokenInvariants(stage)).toEqual([]);
  });

  test("takes from the newest deposits first, or from the one that is named", async () => {
    const { request, deposits } = await refunding(1_000, 2_000, 3_000);
    const [first, second, third] = deposits.map(({ id }) => id);
    const partsOf = (refund: Awaited<ReturnType<typeof request>>) =>
      refund.parts.map(({ depositId, amount }) => [depositId, amount.amount]);
    expect(partsOf(await request(400, first))).toEqual([[first, 400]]);
    expect(partsOf(await request(5_300))).toEqual([[third, 3_000], [second, 2_000], [first, 300]]); // prettier-ignore
  });

  test("is refused for what is not there, and changes nothing", async () => {
    const { request, deposits, expectNothingSaved, stage } = await refunding(1_000, 2_000);
    await expectNothingSaved("wallet.insufficient_funds", () => request(3_001));
    await expectNothingSaved("refund.exceeds_deposits", () => request(1_001, deposits[0]?.id));
    await expectNothingSaved("deposit.not_found", () => request(1, "dep_00000000000000000000000099"));
    const wallet = await stage.ports.wallets.get(BRAND_ID);
    if (wallet) await stage.given("wallet", { ...wallet, disputesReceivable: 1 });
    await expectNothingSaved("refund.debt_first", () => request(1));
    if (wallet) await stage.given("wallet", { ...wallet, ownerStatus: "suspended" });
    await expectNothingSaved("account.suspended", () => request(1));
    // What is not there is told first, whatever else is in the way.
    await expectNothingSaved("deposit.not_found", () => request(9_999, "dep_00000000000000000000000099"));
  });

  test("twenty at once give back no more than there is", async () => {
    const { request, figures, stage } = await refunding(5_000);
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => request(1_000)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
    expect(await figures()).toEqual([0, 5_000, 0]);
    expect(await brokenInvariants(stage)).toEqual([]);
  });

  test("is for who made it: to everybody else there is none", async () => {
    const { request, read, list, expectNothingSaved } = await refunding(5_000);
    const { id } = await request(1_000);
    await expectNothingSaved("refund.not_found", () => read(id, brand(OTHER_ID)));
    await expectNothingSaved("refund.not_found", () => read(id, admin()));
    expect((await list(brand(OTHER_ID))).items).toEqual([]);
  });
});

describe("what becomes of it", () => {
  test("Stripe is asked once for each part, however often the request is delivered", async () => {
    const { request, submit, read, figures, stage } = await refunding(1_000, 2_000);
    const { id } = await request(2_500);
    await submit();
    await submit();
    expect(await read(id)).toMatchObject({ status: "succeeded", refunded: usd(2_500) });
    expect(await figures()).toEqual([500, 0, 0]);
    const held = (await stage.payments.balance())[0]?.amount;
    // 2.9 % and 30 of each deposit stay with Stripe.
    expect(held).toBe(500 - 59 - 88);
    expect(stage.outbox().slice(2)).toEqual(["refund.requested", "refund.succeeded"]);
    expect(await brokenInvariants(stage)).toEqual([]);
  });

  test("a refusal of Stripe's makes the money available again, and the deposit refundable", async () => {
    const { request, submit, read, figures, stage } = await refunding(5_000);
    stage.payments.answerRefunds("failed");
    const { id } = await request(5_000);
    await submit();
    expect(await read(id)).toMatchObject({ status: "failed", refunded: usd(0) });
    expect(await figures()).toEqual([5_000, 0, 0]);
    stage.payments.answerRefunds("succeeded");
    await request(5_000);
    await submit();
    expect(await figures()).toEqual([0, 0, 0]);
    expect(await brokenInvariants(stage)).toEqual([]);
  });

  test("one that fails after it had succeeded comes back, once, whatever tells of it and how often", async () => {
    const { request, submit, read, figures, deliver, deposits, stage } = await refunding(5_000);
    const { id } = await request(2_000);
    await submit();
    stage.payments.endRefund("re_1", "failed");
    const intent = String(deposits[0]?.paymentIntentId);
    for (const [event, type] of [["a", "refund.failed"], ["b", "refund.updated"], ["a", "refund.failed"], ["c", "charge.refunded"]] as const)
      await deliver(stage.payments.webhook("re_1", `evt_${event}`, type, { paymentIntentId: intent })); // prettier-ignore
    expect(await read(id)).toMatchObject({ status: "failed", refunded: usd(0) });
    expect(await figures()).toEqual([5_000, 0, 0]);
    expect(stage.outbox().filter((type) => type === "refund.failed")).toHaveLength(1);
    expect(await brokenInvariants(stage)).toEqual([]);
  });

  test("one that waits is followed by the sweep, which looks before it asks again", async () => {
    const { request, submit, read, stage } = await refunding(5_000);
    stage.payments.answerRefunds("pending");
    const { id } = await request(2_000);
    await submit();
    expect(await read(id)).toMatchObject({ status: "submitted" });
    stage.clock.now = "2026-11-25T12:30:00.000Z";
    expect(await ran(stage, sweepRefunds)).toEqual({ postponed: 1 });
    const lines = loggedLines();
    stage.clock.now = "2026-12-10T11:59:00.000Z";
    await ran(stage, sweepRefunds);
    expect(lines).toEqual([]);
    stage.clock.now = "2026-12-11T12:00:00.000Z";
    await ran(stage, sweepRefunds);
    expect(lines).toMatchObject([{ level: "error", code: "refund.stuck", refundId: id, paymentIntentIds: ["pi_1"] }]);
    stage.payments.endRefund("re_1", "succeeded");
    stage.clock.now = "2026-12-12T13:00:00.000Z";
    expect(await ran(stage, sweepRefunds)).toEqual({ succeeded: 1 });
    expect(await read(id)).toMatchObject({ status: "succeeded" });
    expect(await ran(stage, sweepRefunds)).toEqual({});
  });

  test("one that nobody can tell of is asked about later each time, and told of when it stands still", async () => {
    const { request, read, stage } = await refunding(5_000);
    const { id } = await request(2_000);
    const { createRefund } = stage.payments;
    stage.payments.createRefund = () => Promise.reject(new Unavailable("the payment processor"));
    const lines = loggedLines();
    const sweptAt = async (now: string) => {
      stage.clock.now = now;
      lines.length = 0;
      return { did: await ran(stage, sweepRefunds), said: lines.map(({ code }) => code) };
    };
    const failed = { did: { failed: 1 }, said: ["job.item_failed"] };
    expect(await sweptAt("2026-11-25T12:30:00.000Z")).toEqual(failed);
    expect(await sweptAt("2026-11-25T12:45:00.000Z")).toEqual({ did: {}, said: [] });
    expect(await sweptAt("2026-11-25T13:00:00.000Z")).toEqual(failed);
    expect(await sweptAt("2026-11-26T12:00:01.000Z")).toEqual({ ...failed, said: ["refund.stuck", "job.item_failed"] });
    stage.payments.createRefund = createRefund;
    expect(await sweptAt("2026-11-27T12:00:01.000Z")).toEqual({ did: { succeeded: 1 }, said: [] });
    expect(await read(id)).toMatchObject({ status: "succeeded" });
    expect(stage.payments.movements().filter(({ type }) => type === "refund")).toHaveLength(1);
  });

  test("a request that was lost, or had no answer, is the sweep's; after a day it is looked for first", async () => {
    const { request, submit, read, figures, stage } = await refunding(5_000);
    const { id } = await request(2_000);
    const { createRefund } = stage.payments;
    const asked: RefundOrder[] = [];
    stage.payments.createRefund = async (order) => {
      asked.push(order);
      // It was done, and nobody heard so.
      await createRefund(order);
      throw new Unavailable("the payment processor");
    };
    await expect(submit()).rejects.toMatchObject({ refusal: { code: "request.unavailable" } });
    expect(await read(id)).toMatchObject({ status: "requested" });
    stage.payments.createRefund = (order) => {
      asked.push(order);
      return createRefund(order);
    };
    stage.clock.now = "2026-11-27T12:00:00.000Z";
    expect(await ran(stage, sweepRefunds)).toEqual({ succeeded: 1 });
    expect(asked.map(({ mayBeThere }) => mayBeThere)).toEqual([false, true]);
    expect(await figures()).toEqual([3_000, 0, 0]);
    expect(await brokenInvariants(stage)).toEqual([]);
  });
});
