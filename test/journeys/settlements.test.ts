/** A campaign's money when plans change: more budget, a creator who leaves and comes back, an early end. */
import { beforeAll, describe, expect, test } from "@jest/globals";
import { joined, launched, type Launched, submitted } from "../support/campaign-steps.ts";
import { deposit, eventually, makeAdmin, type Person, signUp } from "../support/local-stage.ts";
import { figures, provenBooks, runJob, usd } from "../support/money-steps.ts";

let brand: Person;
let creator: Person;
let second: Person;
let admin: Person;
let launch: Launched;
let campaign: string;
beforeAll(async () => {
  [brand, creator, second, admin] = await Promise.all([
    signUp("brand"),
    signUp("creator"),
    signUp("creator"),
    makeAdmin(),
  ]);
  launch = await launched(brand, { budget: usd(50_000), creatorHoldDays: 0 });
  campaign = `/v1/campaigns/${launch.campaignId}`;
}, 90_000);

const budget = async () => (await brand.get(campaign)).body.budget;
const participation = async (userId: string) =>
  ((await brand.get(`${campaign}/participants`)).body.data as { id: string; creatorId: string; status: string }[]).find(
    ({ creatorId }) => creatorId === userId,
  );

describe("when plans change", () => {
  test("a campaign's budget grows out of what can be spent, once for a key", async () => {
    const more = (amount: number, key?: string) => brand.post(`${campaign}/budget-increases`, usd(amount), key);
    expect(await more(1)).toMatchObject({ status: 422, body: { code: "wallet.insufficient_funds" } });
    await deposit(brand, 30_000);
    const replies = [await more(20_000, "one-increase"), await more(20_000, "one-increase")];
    expect(replies.map(({ status }) => status)).toEqual([200, 200]);
    expect(replies[0]?.body.budget).toMatchObject({ total: 70_000, remaining: 70_000 });
    expect(await budget()).toMatchObject({ total: 70_000, remaining: 70_000 });
    expect(await figures(brand)).toMatchObject({ spendable: 10_000, reserved: 70_000 });
  }, 60_000);

  test("a creator who is removed leaves their price behind, and is settled anew when they come back", async () => {
    await joined(brand, creator, launch);
    const first = await participation(creator.userId);
    const submissionId = await submitted(creator, launch);
    const remove = () => brand.send("DELETE", `${campaign}/participants/${creator.userId}`);
    expect([(await remove()).status, (await remove()).status]).toEqual([204, 204]);
    expect(await budget()).toMatchObject({ reserved: 0, spent: 0, remaining: 70_000 });
    const reviews = (id: string) => `${campaign}/submissions/${id}/reviews`;
    expect(await brand.post(reviews(submissionId), { decision: "approved" })).toMatchObject({
      status: 409,
      body: { code: "submission.already_settled", currentState: "released" },
    });
    await joined(brand, creator, launch);
    const again = await participation(creator.userId);
    expect(again?.id).not.toBe(first?.id);
    const next = await submitted(creator, launch);
    expect((await brand.post(reviews(next), { decision: "approved" })).status).toBe(201);
    expect(await budget()).toMatchObject({ reserved: 0, spent: 25_000, remaining: 45_000 });
    expect(await figures(creator)).toMatchObject({ payable: 25_000 });
  }, 90_000);

  test("a cancelled campaign gives back at once what is promised to nobody, and keeps what was handed in", async () => {
    await joined(brand, second, launch);
    const submissionId = await submitted(second, launch);
    const cancelled = await brand.post(`${campaign}/cancellation`);
    expect(cancelled).toMatchObject({ status: 200, body: { status: "cancelled" } });
    expect(await brand.post(`${campaign}/cancellation`)).toMatchObject({
      status: 409,
      body: { code: "campaign.ended", currentState: "cancelled" },
    });
    await eventually("the money at home", async () => (await figures(brand)).spendable === 30_000);
    expect(await figures(brand)).toMatchObject({ spendable: 30_000, reserved: 25_000 });
    const approved = await brand.post(`${campaign}/submissions/${submissionId}/reviews`, { decision: "approved" });
    expect(approved.status).toBe(201);
    expect(await figures(second)).toMatchObject({ payable: 25_000 });
    expect(await figures(brand)).toMatchObject({ spendable: 30_000, reserved: 0 });
    expect((await runJob("settle-overdue-reviews")).outcome).toBe("succeeded");
    await provenBooks(admin);
  }, 90_000);
});
