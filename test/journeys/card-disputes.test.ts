/** A payer's bank takes a deposit back, and gives it back or not: the books follow, and nobody else loses anything. */
import { beforeAll, describe, expect, test } from "@jest/globals";
import { drafted } from "../support/campaign-steps.ts";
import { deposit, eventually, makeAdmin, type Person, signUp } from "../support/local-stage.ts";
import { chargeOf, figures, processorDoes, provenBooks, usd } from "../support/money-steps.ts";

let winner: Person;
let loser: Person;
let admin: Person;
beforeAll(async () => {
  [winner, loser, admin] = await Promise.all([signUp("brand"), signUp("brand"), makeAdmin()]);
}, 60_000);

/** Pays in; the payer's bank disputes it. */
async function disputed(brand: Person, amount: number, spentMinor = 0): Promise<string> {
  const paid = await deposit(brand, amount);
  expect(paid.body.status).toBe("completed");
  if (spentMinor > 0) {
    const draft = await drafted(brand, { budget: usd(spentMinor) });
    expect((await brand.post(`/v1/campaigns/${draft.campaignId}/publication`)).status).toBe(200);
  }
  const charge = await chargeOf(String(paid.body.paymentIntentId));
  return String((await processorDoes("POST", `/_charges/${charge}/disputes`, {})).id);
}

const listed = async (id: string) =>
  ((await admin.get("/v1/admin/card-disputes?limit=100")).body.data as { id: string; status: string }[]).find(
    (one) => one.id === id,
  );
const told = (person: Person, type: string) =>
  eventually(`${type} to be told`, async () =>
    ((await person.get("/v1/notifications?limit=100")).body.data as { type: string }[]).some(
      (one) => one.type === type,
    ),
  );
const spendable = (brand: Person, amount: number) =>
  eventually(`${amount} to be spendable`, async () => (await figures(brand)).spendable === amount);

describe("a card dispute", () => {
  test("that is won takes the money for a time, and gives it back", async () => {
    const id = await disputed(winner, 20_000);
    await spendable(winner, 0);
    await told(winner, "card_dispute.opened");
    expect(await listed(id)).toMatchObject({ status: "needs_response", amount: usd(20_000), withdrawnMinor: 20_000 });
    expect(await winner.post("/v1/wallet/refunds", { amount: usd(100) })).toMatchObject({ status: 422 });
    await processorDoes("POST", `/_disputes/${id}`, { outcome: "won" });
    await spendable(winner, 20_000);
    expect(await listed(id)).toMatchObject({ status: "won", withdrawnMinor: 0 });
    await told(winner, "card_dispute.closed");
    await provenBooks(admin);
  }, 90_000);

  test("that is lost takes what there is; what was promised to a campaign stays promised, and is owed", async () => {
    const id = await disputed(loser, 30_000, 25_000);
    await eventually("the dispute's booking", async () => (await listed(id)) !== undefined);
    await spendable(loser, 0);
    expect(await figures(loser)).toMatchObject({ reserved: 25_000 });
    await processorDoes("POST", `/_disputes/${id}`, { outcome: "lost" });
    await eventually("the loss", async () => (await listed(id))?.status === "lost");
    expect(await figures(loser)).toMatchObject({ spendable: 0, reserved: 25_000 });
    await provenBooks(admin);
  }, 90_000);

  test("leaves a debt that the next deposit pays first", async () => {
    expect((await deposit(loser, 40_000)).body.status).toBe("completed");
    // 30,000 were taken, of which 5,000 were there.
    await spendable(loser, 15_000);
    expect(await figures(loser)).toMatchObject({ available: 15_000, reserved: 25_000 });
    const { data } = (await loser.get("/v1/wallet/transactions?limit=100")).body;
    expect(data.map(({ type }: { type: string }) => type)).toEqual(expect.arrayContaining(["dispute", "deposit"]));
    await provenBooks(admin);
  }, 90_000);
});
