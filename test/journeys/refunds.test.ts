/** Money that was not spent goes back the way it came. */
import { beforeAll, describe, expect, test } from "@jest/globals";
import { drafted } from "../support/campaign-steps.ts";
import { deposit, makeAdmin, type Person, signUp } from "../support/local-stage.ts";
import { figures, processorDoes, processorSays, provenBooks, reaches, runJob, usd } from "../support/money-steps.ts";

let brand: Person;
let other: Person;
let admin: Person;
beforeAll(async () => {
  [brand, other, admin] = await Promise.all([signUp("brand"), signUp("brand"), makeAdmin()]);
  await deposit(brand, 60_000);
  await deposit(brand, 70_000);
}, 90_000);

const ask = (body: object, by = brand) => by.post("/v1/wallet/refunds", body);

describe("a refund", () => {
  test("takes from the newest deposits first, leaves the wallet at once and the processor soon", async () => {
    const asked = await ask({ amount: usd(80_000) });
    expect(asked).toMatchObject({ status: 202, body: { amount: usd(80_000), status: "requested", refunded: usd(0) } });
    expect(await figures(brand)).toMatchObject({ available: 50_000 });
    const { body } = await reaches(brand, `/v1/wallet/refunds/${asked.body.id}`, "succeeded");
    expect(body).toMatchObject({ refunded: usd(80_000) });
    expect(body.parts.map((part: { amount: object }) => part.amount)).toEqual([usd(70_000), usd(10_000)]);
    expect(await figures(brand)).toMatchObject({ available: 50_000, spendable: 50_000, inFlight: 0 });
    const { data } = await processorSays("/refunds?limit=100");
    expect(
      data
        .slice(0, 2)
        .map((one: { amount: number; status: string }) => [one.amount, one.status])
        .sort(),
    ).toEqual([
      [10_000, "succeeded"],
      [70_000, "succeeded"],
    ]);
    await provenBooks(admin);
  }, 90_000);

  test("is refused where money is promised, of what was not paid in, and to strangers", async () => {
    const draft = await drafted(brand, { budget: usd(40_000) });
    expect((await brand.post(`/v1/campaigns/${draft.campaignId}/publication`)).status).toBe(200);
    expect(await ask({ amount: usd(10_001) })).toMatchObject({
      status: 422,
      body: { code: "wallet.insufficient_funds" },
    });
    expect(await ask({ amount: { amount: 100, currency: "EUR" } })).toMatchObject({
      status: 422,
      body: { code: "wallet.currency_mismatch" },
    });
    const [{ id }] = (await brand.get("/v1/wallet/refunds")).body.data;
    expect((await other.get(`/v1/wallet/refunds/${id}`)).status).toBe(404);
    expect((await other.get("/v1/wallet/refunds")).body.data).toEqual([]);
  }, 60_000);

  test("that the payer's bank does not take is available again", async () => {
    await processorDoes("POST", "/_settings", { refundDelayMs: 600_000 });
    try {
      const failing = await deposit(other, 9_000);
      expect(failing.body.status).toBe("completed");
      const asked = await ask({ amount: usd(9_000) }, other);
      expect(asked.status).toBe(202);
      await reaches(other, `/v1/wallet/refunds/${asked.body.id}`, "succeeded", "submitted");
      const { data } = await processorSays("/refunds?limit=1");
      await processorDoes("POST", `/_refunds/${data[0].id}`, {
        status: "failed",
        failure_reason: "lost_or_stolen_card",
      });
      const failed = await reaches(other, `/v1/wallet/refunds/${asked.body.id}`, "failed");
      expect(failed.body.refunded).toEqual(usd(0));
      expect(await figures(other)).toMatchObject({ available: 9_000, inFlight: 0 });
    } finally {
      await processorDoes("POST", "/_settings", { refundDelayMs: 0 });
    }
    expect((await runJob("sweep-refunds")).outcome).toBe("succeeded");
    await provenBooks(admin);
  }, 90_000);
});
