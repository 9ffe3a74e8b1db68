import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as listCardDisputes } from "#lambdas/refunds/list-card-disputes";
import { noticesOf } from "#shared/domain/notifications/notice";
import { parseEvent } from "#shared/domain/events/outbox";
import { ADMIN_ID, BRAND_ID } from "../../support/builders.ts";
import { brokenInvariants } from "../../support/launched.ts";
import { admin } from "../../support/stage.ts";
import { usd } from "../deposits/depositing.ts";
import { type Refunding, refunding } from "./refunding.ts";

let world: Refunding;
let intent: string;
beforeEach(async () => {
  world = await refunding(5_000);
  intent = String(world.deposits[0]?.paymentIntentId);
});

let events = 0;
const tell = (type: string, eventId = `evt_${(events += 1)}`) =>
  world.deliver(world.stage.payments.webhook("dp_1", eventId, `charge.dispute.${type}`, { paymentIntentId: intent }));
const entries = () =>
  world.stage
    .stored("journalEntry")
    .map((entry) => String(entry["key"]))
    .filter((key) => /^(dispute|clawback|fee)/.test(key))
    .sort();
const orders = [
  ["created", "funds_withdrawn", "updated", "closed", "funds_reinstated"],
  ["funds_reinstated", "closed", "updated", "funds_withdrawn", "created"],
  ["closed", "created", "created", "funds_reinstated", "funds_withdrawn"],
];

describe("a disputed deposit", () => {
  test("is taken from what the brand has, and owed for the rest; a later deposit pays the debt first", async () => {
    const { stage, figures, request, begin, confirm } = world;
    await request(3_000);
    stage.payments.dispute(intent);
    await tell("created");
    expect(await figures()).toEqual([0, 3_000, 3_000]);
    await expect(request(1)).rejects.toMatchObject({ refusal: { code: "refund.debt_first" } });
    const next = await begin(usd(4_000), "key-9");
    stage.payments.pay(next.paymentIntentId);
    await confirm(next.id);
    expect(await figures()).toEqual([1_000, 3_000, 0]);
    expect(await brokenInvariants(stage)).toEqual([]);
  });

  test.each(orders)("that is won is whole again, in the order %s, %s, %s, %s, %s", async (...types) => {
    const { stage, figures } = world;
    const disputeId = stage.payments.dispute(intent);
    await tell(types[0] ?? "created");
    expect(await figures()).toEqual([0, 0, 0]);
    stage.payments.closeDispute(disputeId, "won");
    for (const type of types) await tell(type);
    expect(await figures()).toEqual([5_000, 0, 0]);
    expect(entries()).toEqual(["dispute:txn_2", "dispute:txn_3", "fee:txn_1", "fee:txn_2"]);
    expect(stage.outbox()).toEqual(["deposit.completed", "card_dispute.opened", "card_dispute.closed"]);
    // 175 for the payment and 1,500 for the dispute are the platform's to pay.
    expect(await stage.payments.balance()).toEqual([usd(5_000 - 175 - 1_500)]);
    expect(await brokenInvariants(stage)).toEqual([]);
  });

  test.each(orders)(
    "that is lost stays taken, and is documented, in the order %s, %s, %s, %s, %s",
    async (...types) => {
      const { stage, figures, deposits, request } = world;
      const disputeId = stage.payments.dispute(intent, 2_000);
      stage.payments.closeDispute(disputeId, "lost");
      for (const type of types) await tell(type);
      expect(await figures()).toEqual([3_000, 0, 0]);
      expect(entries()).toEqual([`clawback:${disputeId}`, "dispute:txn_2", "fee:txn_1", "fee:txn_2"]);
      // What the payer's bank has taken cannot be refunded as well.
      await request(3_000, deposits[0]?.id);
      expect(await brokenInvariants(stage)).toEqual([]);
    },
  );

  test("that is heard of before the payment is credited first", async () => {
    const { stage, begin, figures, deliver } = world;
    const other = await begin(usd(900), "key-9");
    stage.payments.pay(other.paymentIntentId);
    const disputeId = stage.payments.dispute(other.paymentIntentId);
    const about = { paymentIntentId: other.paymentIntentId };
    await deliver(stage.payments.webhook(disputeId, "evt_x", "charge.dispute.created", about));
    expect(await figures()).toEqual([5_000, 0, 0]);
    expect(await brokenInvariants(stage)).toEqual([]);
  });

  test("is told to the brand and to admins, and admins can list it", async () => {
    const { stage } = world;
    stage.payments.dispute(intent, 2_000);
    await tell("created");
    const told = stage.stored("outboxEvent").map((item) => parseEvent(item));
    const notices = told.flatMap((event) => noticesOf(event, "mail"));
    expect(notices.map(({ userId, eventType }) => [userId, eventType])).toEqual([
      [BRAND_ID, "deposit.completed"],
      [BRAND_ID, "card_dispute.opened"],
      [ADMIN_ID, "card_dispute.opened"],
    ]);
    const { items } = await stage.run(listCardDisputes, { actor: admin() });
    expect(items).toMatchObject([
      { userId: BRAND_ID, amount: usd(2_000), status: "needs_response", withdrawnMinor: 2_000 },
    ]);
  });

  test("of which a bank only asks moves nothing", async () => {
    const { stage, figures } = world;
    stage.payments.dispute(intent, 2_000, "warning_needs_response");
    await tell("created");
    expect(await figures()).toEqual([5_000, 0, 0]);
    expect(stage.outbox()).toContain("card_dispute.opened");
  });
});
