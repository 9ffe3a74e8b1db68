/** `?dryRun=true`: everything that would happen, and nothing of it; on unchanged state the call itself does the same. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as publishCampaign } from "#lambdas/campaigns/publish-campaign";
import { handler as depositFunds } from "#lambdas/deposits/deposit-funds";
import { memory } from "#shared/adapters/memory/index";
import { memoryPayments } from "#shared/adapters/memory/payments";
import { actions } from "#shared/contracts/index";
import { takesDryRun } from "#shared/contracts/implied";
import { accountName } from "#shared/domain/ledger/account";
import { JournalEntry } from "#shared/domain/ledger/journal-entry";
import { implement } from "#shared/runtime/implement";
import { entityItem } from "#shared/table/entity";
import { isOf } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import type { Entities, EntityName } from "#shared/domain/entities";
import { aBudget, aCampaign, aDeliverable } from "../support/builders.ts";
import { aWallet, aWalletProfile } from "../support/money-builders.ts";
import { bearer, keyed, resetSample, sample, send } from "../support/sample-api.ts";

const given = <E extends EntityName>(entity: E, thing: Entities[E]) =>
  sample.table.write({ kind: "put", item: entityItem(entity, thing), when: { any: true } });
const payments = memoryPayments();
Object.assign(process.env, { STRIPE_API_BASE: "https://api.stripe.com", STRIPE_SECRET_ARN: "arn" });
const publish = () => implement(publishCampaign.contract, memory(sample.table), publishCampaign.run);
const deposit = () =>
  implement(depositFunds.contract, { ...memory(sample.table), payments: () => payments }, depositFunds.run);
const entries = () =>
  sample.table
    .all()
    .filter((item) => isOf(items.journalEntry, item))
    .map((item) => JournalEntry.parse(item))
    .map(({ key, lines }) => ({
      key,
      lines: lines.map(({ account, amount }) => ({ account: accountName(account), amount })),
    }));

beforeEach(async () => {
  await resetSample();
  await given("campaign", aCampaign());
  await given("budget", aBudget());
  await given("deliverable", aDeliverable());
  await given("wallet", aWallet({ available: 100_000 }));
  await given("walletProfile", aWalletProfile());
});

describe("a rehearsal", () => {
  test("of a publication says its entries, states and statuses, and does exactly that when it is meant", async () => {
    const before = sample.table.all();
    const { route } = publishCampaign.contract;
    const rehearsed = await send(publish(), route, { headers: bearer(), query: "dryRun=true" });
    expect(rehearsed).toMatchObject({
      status: 200,
      body: {
        dryRun: true,
        status: 200,
        reply: { status: "active" },
        changes: expect.arrayContaining([
          { type: "campaign", id: aCampaign().id, field: "status", before: "draft", after: "active" },
        ]),
      },
    });
    expect(sample.table.all()).toEqual(before);

    const done = await send(publish(), route, { headers: keyed("k") });
    expect(done.status).toBe(200);
    expect(rehearsed.body["reply"]).toEqual({ ...done.body, updatedAt: expect.any(String) });
    expect(rehearsed.body["entries"]).toEqual(entries().map((entry) => expect.objectContaining(entry)));
  });

  test("is refused as the call itself would be, also for what only the write would notice", async () => {
    await given("wallet", aWallet({ available: 99_999 }));
    const { route } = publishCampaign.contract;
    const refused = await send(publish(), route, { headers: bearer(), query: "dryRun=true" });
    expect(refused).toMatchObject({ status: 422, body: { code: "campaign.unfunded" } });
  });

  test("takes no key and uses none up", async () => {
    const { route } = publishCampaign.contract;
    await send(publish(), route, { headers: keyed("k"), query: "dryRun=true" });
    expect((await send(publish(), route, { headers: keyed("k") })).status).toBe(200);
    expect((await send(publish(), route, { headers: bearer() })).body["code"]).toBe("idempotency.key_missing");
  });

  test("of a deposit makes nothing at the processor", async () => {
    const { route } = depositFunds.contract;
    const body = { amount: 5_000, currency: "USD" };
    const rehearsed = await send(deposit(), route, { headers: bearer(), body, query: "dryRun=true" });
    expect(rehearsed).toMatchObject({ status: 200, body: { dryRun: true, status: 201, entries: [] } });
    expect(await payments.balance()).toEqual([]);
    expect(() => payments.retrievePayment("pi_1")).toThrow("no such payment intent");
  });

  test("is asked for with true or false, and of nothing but commands of money", async () => {
    const { route } = publishCampaign.contract;
    const odd = await send(publish(), route, { headers: keyed("k"), query: "dryRun=maybe" });
    expect(odd).toMatchObject({ status: 400, body: { errors: [{ pointer: "/query/dryRun" }] } });
    const all = actions.map(({ contract }) => contract).filter(takesDryRun);
    expect(all.map((contract) => contract.route)).toEqual(expect.arrayContaining([route, depositFunds.contract.route]));
    expect(all.every((contract) => !contract.route.startsWith("GET "))).toBe(true);
  });
});
