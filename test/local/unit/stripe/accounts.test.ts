import { describe, expect, test } from "@jest/globals";
import { linkOf, onboard, openAccount, typesOf, visit } from "./connect.ts";
import { control, eventOf, refusalOf, startStage, startWebhook, until } from "./stage.ts";

describe("a connected account", () => {
  // https://docs.stripe.com/connect/express-accounts, https://docs.stripe.com/connect/handling-api-verification
  test("waits for its owner at first", async () => {
    await using stage = await startStage();
    const account = await openAccount(stage.stripe);
    expect(account).toMatchObject({
      object: "account",
      type: "express",
      email: "creator@example.com",
      metadata: { creatorId: "cre_1" },
      capabilities: { transfers: "inactive" },
      charges_enabled: false,
      payouts_enabled: false,
      details_submitted: false,
      default_currency: "usd",
      settings: { payouts: { schedule: { interval: "manual", delay_days: 2 } } },
      requirements: { disabled_reason: "requirements.past_due" },
      controller: { losses: { payments: "application" }, stripe_dashboard: { type: "express" } },
    });
    expect(account.id).toMatch(/^acct_\w{16}$/);
    expect(account.requirements?.currently_due).toContain("external_account");
    expect(await stage.stripe.accounts.retrieve(account.id)).toEqual(account);
    expect((await stage.stripe.accounts.list()).data.map(({ id }) => id)).toEqual([account.id]);
  });

  // https://docs.stripe.com/connect/migrate-to-controller-properties
  test("may be described by its controller", async () => {
    await using stage = await startStage();
    const { stripe } = stage;
    const controller = {
      fees: { payer: "application" },
      losses: { payments: "application" },
      requirement_collection: "stripe",
      stripe_dashboard: { type: "express" },
    } as const;
    const account = await stripe.accounts.create({ controller, country: "DE" });
    expect(account).toMatchObject({ type: "express", controller, default_currency: "eur" });
    expect(await refusalOf(stripe.accounts.create({ controller, type: "express" }))).toMatchObject({ param: "type" });
  });

  // https://docs.stripe.com/api/account_links: single use, a few minutes; afterwards `account.updated`.
  test("is complete once its link was opened", async () => {
    const clock = { nowMs: 1_790_000_000_000 };
    await using webhook = await startWebhook();
    await using stage = await startStage({ webhookUrl: webhook.url, now: () => clock.nowMs });
    const { stripe } = stage;
    const { id } = await openAccount(stripe);
    const link = await linkOf(stripe, id);
    expect(link).toMatchObject({ object: "account_link", created: 1_790_000_000, expires_at: 1_790_000_300 });
    expect(await visit(link.url)).toBe("https://example.com/done");
    expect(await stripe.accounts.retrieve(id)).toMatchObject({
      capabilities: { transfers: "active" },
      charges_enabled: true,
      payouts_enabled: true,
      details_submitted: true,
      requirements: { currently_due: [], disabled_reason: null },
      external_accounts: {
        data: expect.arrayContaining([
          expect.objectContaining({
            object: "bank_account",
            last4: "6789",
            currency: "usd",
            default_for_currency: true,
          }),
          expect.objectContaining({ currency: "eur" }),
        ]),
      },
    });
    await until(() => webhook.received.length === 1);
    expect(webhook.received.map((delivery) => eventOf(delivery, 1_790_000_000))).toMatchObject([
      { type: "account.updated", account: id, data: { object: { id, payouts_enabled: true } } },
    ]);
    expect(await visit(link.url)).toBe("https://example.com/again");
    const late = await linkOf(stripe, id);
    clock.nowMs += 300_000;
    expect(await visit(late.url)).toBe("https://example.com/again");
    expect(await typesOf(stripe, { stripeAccount: id })).toEqual(["account.updated"]);
    expect(await typesOf(stripe)).toEqual([]);
  });

  test("is changed by its platform", async () => {
    await using stage = await startStage();
    const { stripe } = stage;
    const { id } = await onboard(stripe);
    const changed = await stripe.accounts.update(id, {
      metadata: { level: "2" },
      capabilities: { card_payments: { requested: true } },
      settings: { payouts: { schedule: { interval: "weekly", weekly_anchor: "monday" } } },
    });
    expect(changed).toMatchObject({
      metadata: { creatorId: "cre_1", level: "2" },
      capabilities: { card_payments: "active", transfers: "active" },
      settings: { payouts: { schedule: { interval: "weekly", weekly_anchor: "monday", delay_days: 2 } } },
    });
    expect(await typesOf(stripe, { stripeAccount: id })).toEqual(["account.updated", "account.updated"]);
  });

  // https://docs.stripe.com/api/accounts/object#account_object-requirements-disabled_reason
  test("is restricted, rejected and enabled by Stripe", async () => {
    await using stage = await startStage();
    const { fake, stripe } = stage;
    const { id } = await onboard(stripe);
    const become = (state: string) => control(fake, "POST", `/_accounts/${id}`, { state });
    await become("restricted");
    expect(await stripe.accounts.retrieve(id)).toMatchObject({
      payouts_enabled: false,
      capabilities: { transfers: "active" },
      requirements: { currently_due: ["individual.verification.document"], disabled_reason: "requirements.past_due" },
    });
    await visit((await linkOf(stripe, id)).url);
    expect(await stripe.accounts.retrieve(id)).toMatchObject({ payouts_enabled: true });
    await become("disabled");
    await visit((await linkOf(stripe, id)).url);
    expect(await stripe.accounts.retrieve(id)).toMatchObject({
      charges_enabled: false,
      payouts_enabled: false,
      capabilities: { transfers: "inactive" },
      requirements: { disabled_reason: "rejected.fraud" },
    });
    await become("enabled");
    expect(await stripe.accounts.retrieve(id)).toMatchObject({ payouts_enabled: true });
    expect(await typesOf(stripe, { stripeAccount: id })).toHaveLength(5);
  });

  // https://docs.stripe.com/error-codes#account-invalid
  test("that there is not is refused", async () => {
    await using stage = await startStage();
    const { fake, stripe } = stage;
    expect(await refusalOf(stripe.accounts.retrieve("acct_none"))).toMatchObject({
      statusCode: 403,
      code: "account_invalid",
    });
    expect(await refusalOf(linkOf(stripe, "acct_none"))).toMatchObject({ statusCode: 400, code: "resource_missing" });
    expect(await control(fake, "POST", "/_accounts/acct_none", { state: "enabled" })).toMatchObject({
      message: expect.stringContaining("acct_none"),
    });
  });
});
