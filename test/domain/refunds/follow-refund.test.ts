import { describe, expect, test } from "@jest/globals";
import { systemActor } from "#shared/domain/kernel/actor";
import { followRefund, ordersOf } from "#shared/domain/refunds/follow-refund";
import { type Refund, type RefundPart, refundView } from "#shared/domain/refunds/refund";
import type { ProcessorRefund } from "#shared/domain/processor/payment";
import type { Wallet } from "#shared/domain/wallets/wallet";
import { BRAND_ID, DEPOSIT_ID, REFUND_ID } from "../../support/builders.ts";
import { aDeposit, aRefund, aWallet } from "../../support/money-builders.ts";
import { sequentialIds } from "../../support/stage.ts";

const now = "2026-11-25T12:00:00.000Z";
const occasion = () => ({ actor: systemActor("test"), now, newId: sequentialIds() });
const usd = (amount: number) => ({ amount, currency: "USD" }) as const;
const OTHER = "dep_00000000000000000000000002";
const deposit = aDeposit({ status: "completed", refundedMinor: 2_000 });
const transaction = { id: "txn_9", amountMinor: -2_000, feeMinor: 0, currency: "USD" } as const;
const said = (status: ProcessorRefund["status"], parts: Partial<ProcessorRefund> = {}): ProcessorRefund => ({
  id: "re_1",
  status,
  amount: usd(2_000),
  metadata: {},
  ...parts,
});
const [part] = aRefund().parts as [RefundPart];
const withPart = (parts: Partial<RefundPart>, over: Partial<Refund> = {}) =>
  aRefund({ parts: [{ ...part, ...parts }], ...over });
const follow = (refund: Refund, word: ProcessorRefund, wallet: Partial<Wallet> = {}) =>
  followRefund({ refund, deposit, wallet: aWallet({ inFlight: 2_000, ...wallet }) }, word, occasion());
const nextOf = (change: ReturnType<typeof follow>) => change?.entities[0]?.next as Refund;
const linesOf = (change: ReturnType<typeof follow>) =>
  (change?.entries ?? []).map(({ key, lines }) => [key, lines.map(({ account, amount }) => [account.account, amount])]);

const paid = "refund:re_1";
const returned = `refund:${REFUND_ID}:${DEPOSIT_ID}:returned`;

describe("what the processor says about a part", () => {
  test.each<[string, Partial<RefundPart>, ProcessorRefund, RefundPart["status"] | "nothing", unknown[]]>([
    ["it waits for funds", {}, said("pending"), "submitted", []],
    ["it is under way and has left", {}, said("pending", { transaction }), "submitted", [[paid, [["inFlight", -2_000], ["stripe_balance", 2_000]]]]],
    ["it succeeded at once", {}, said("succeeded", { transaction }), "succeeded", [[paid, [["inFlight", -2_000], ["stripe_balance", 2_000]]]]],
    ["it succeeded after it had left", { status: "submitted", booked: true, processorRefundId: "re_1" }, said("succeeded", { transaction }), "succeeded", []],
    ["it says so again", { status: "submitted", processorRefundId: "re_1" }, said("pending"), "nothing", []],
    ["it has succeeded, and an older word comes", { status: "succeeded", booked: true, processorRefundId: "re_1" }, said("pending", { transaction }), "nothing", []],
    ["it was refused", {}, said("failed", { id: undefined, failure: "charge_disputed" }), "failed", [[returned, [["inFlight", -2_000], ["available", 2_000]]]]],
    ["it failed before it had left", { status: "submitted" }, said("failed"), "failed", [[returned, [["inFlight", -2_000], ["available", 2_000]]]]],
    ["it failed after it had left", { status: "submitted", booked: true }, said("failed", { transaction }), "failed", [[returned, [["stripe_balance", -2_000], ["available", 2_000]]]]],
    ["it failed after it had succeeded", { status: "succeeded", booked: true }, said("failed", { transaction }), "failed", [[returned, [["stripe_balance", -2_000], ["available", 2_000]]]]],
    ["another one says something, under its names", { status: "submitted", processorRefundId: "re_1" }, said("failed", { id: "re_2" }), "nothing", []],
    ["it failed, and says so again", { status: "failed", booked: true }, said("failed"), "nothing", []],
    ["it failed, and an older word comes", { status: "failed" }, said("succeeded", { transaction }), "nothing", []],
  ])("%s", (_what, parts, word, status, entries) => {
    const change = follow(withPart(parts, { status: parts.status ?? "requested" }), word);
    if (status === "nothing") return expect(change).toBeUndefined();
    expect(nextOf(change).parts[0]).toMatchObject({ status });
    expect(nextOf(change).status).toBe(status);
    expect(linesOf(change)).toEqual(entries);
    expect(change?.audit?.action).toBe(`refund.part_${status}`);
  }); // prettier-ignore

  test("a failure frees the deposit, pays what the brand owes first, and is told once", () => {
    const change = follow(withPart({ status: "submitted" }, { status: "submitted" }), said("failed"), {
      disputesReceivable: 500,
    });
    expect(linesOf(change)).toEqual([
      [
        returned,
        [
          ["inFlight", -2_000],
          ["disputesReceivable", 500],
          ["available", 1_500],
        ],
      ],
    ]);
    expect(change?.entities[1]?.next).toMatchObject({ id: DEPOSIT_ID, refundedMinor: 0 });
    expect(change?.requires).toEqual([{ balances: { userId: BRAND_ID, disputesReceivable: 500 } }]);
    expect(change?.events?.map(({ type }) => type)).toEqual(["refund.failed"]);
    expect(nextOf(change)).not.toHaveProperty("dueAt");
  });

  test.each([
    ["as it says", said("failed"), { status: "succeeded", booked: true }, ["re_1"]],
    ["as it said before", said("failed", { id: undefined }), { booked: true, processorRefundId: "re_0" }, ["re_0"]],
    ["which there never was", said("failed", { id: undefined }), {}, undefined],
  ] as const)("what came back names the processor's refund, %s", (_what, word, parts, processorIds) => {
    const change = follow(withPart(parts, { status: "submitted" }), word);
    expect(change?.entries?.map((entry) => [entry.key, entry.processorIds])).toEqual([[returned, processorIds]]);
  });

  test("success is told once, and nothing more is due", () => {
    const change = follow(aRefund(), said("succeeded", { transaction: { ...transaction, feeMinor: 20 } }));
    expect(change?.events).toEqual([
      { type: "refund.succeeded", detail: { refundId: REFUND_ID, userId: BRAND_ID, amount: usd(2_000) } },
    ]);
    expect(nextOf(change)).not.toHaveProperty("dueAt");
    expect(linesOf(change)[1]).toEqual(["fee:txn_9", [["stripe_fees", -20], ["stripe_balance", 20]]]); // prettier-ignore
  });

  test("about a deposit that it does not take from: nothing", () => {
    const other = { ...deposit, id: OTHER };
    expect(
      followRefund({ refund: aRefund(), deposit: other, wallet: aWallet() }, said("succeeded"), occasion()),
    ).toBeUndefined();
  });
});

describe("a refund by two deposits", () => {
  const second: RefundPart = { ...part, depositId: OTHER, paymentIntentId: "pi_2", amountMinor: 1_000 };
  test.each<[RefundPart["status"], ProcessorRefund["status"], Refund["status"], number]>([
    ["requested", "succeeded", "submitted", 2_000],
    ["requested", "failed", "submitted", 0],
    ["succeeded", "succeeded", "succeeded", 3_000],
    ["succeeded", "failed", "failed", 1_000],
    ["failed", "succeeded", "failed", 2_000],
  ])("of which one is %s, and the other %s: %s, with %i gone back", (status, word, whole, gone) => {
    const refund = aRefund({ amount: usd(3_000), status: "submitted", parts: [part, { ...second, status }] });
    const next = nextOf(follow(refund, said(word, { transaction })));
    expect(next.status).toBe(whole);
    expect(refundView(next)).toMatchObject({ amount: usd(3_000), refunded: usd(gone) });
    expect(next.dueAt !== undefined).toBe(whole === "submitted");
  });
});

describe("what is asked for", () => {
  test("parts that have not ended; looked for first when the processor may have forgotten their key", () => {
    const parts = (["requested", "submitted", "succeeded", "failed"] as const).map((status, at) => ({
      ...part,
      status,
      depositId: `d${at}`,
    }));
    const asked = (at: string) =>
      ordersOf(aRefund({ parts, createdAt: now }), at).map(({ depositId, mayBeThere }) => [depositId, mayBeThere]);
    expect(asked(now)).toEqual([["d0", false], ["d1", true]]); // prettier-ignore
    expect(asked("2026-11-26T11:00:00.001Z")).toEqual([["d0", true], ["d1", true]]); // prettier-ignore
  });
});
