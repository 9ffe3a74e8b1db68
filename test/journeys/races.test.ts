/** Things done twice at once: exactly one wins, and the money says so. */
import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { invited, joined, launched, submitted } from "../support/campaign-steps.ts";
import { makeAdmin, payIntent, type Person, signUp } from "../support/local-stage.ts";
import { provenBooks } from "../support/money-steps.ts";

let admin: Person;
beforeAll(async () => {
  admin = await makeAdmin();
}, 60_000);

const statuses = (replies: readonly { readonly status: number }[]) =>
  replies.reduce<Record<number, number>>(
    (counts, { status }) => ({ ...counts, [status]: (counts[status] ?? 0) + 1 }),
    {},
  );

describe("races", () => {
  test("a deposit confirmed forty times beside the webhook is credited once", async () => {
    const brand = await signUp("brand");
    const begun = await brand.post("/v1/wallet/deposits", { amount: 5_000, currency: "USD" });
    await payIntent(String(begun.body.paymentIntentId));
    const confirmations = await Promise.all(
      Array.from({ length: 40 }, () => brand.post(`/v1/wallet/deposits/${begun.body.id}/confirmation`)),
    );
    expect(Object.keys(statuses(confirmations)).every((status) => ["200", "503"].includes(status))).toBe(true);
    expect((await brand.get("/v1/wallet")).body.available).toBe(5_000);
    expect((await brand.get("/v1/wallet/transactions")).body.data).toHaveLength(1);
  }, 60_000);

  test("one key sent twenty times begins one deposit", async () => {
    const brand = await signUp("brand");
    const key = randomUUID();
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => brand.post("/v1/wallet/deposits", { amount: 700, currency: "USD" }, key)),
    );
    const begun = new Set(replies.filter(({ status }) => status === 201).map(({ body }) => String(body.id)));
    expect(begun.size).toBe(1);
    expect(replies.every(({ status }) => status === 201 || status === 409)).toBe(true);
  }, 60_000);

  test("an invitation accepted twelve times secures its price once", async () => {
    const [brand, creator] = await Promise.all([signUp("brand"), signUp("creator")]);
    const launch = await launched(brand);
    await invited(brand, creator, launch);
    const path = `/v1/campaigns/${launch.campaignId}/invitations/${creator.userId}/acceptance`;
    const replies = await Promise.all(Array.from({ length: 12 }, () => creator.post(path)));
    expect(statuses(replies)).toEqual({ 201: 1, 409: 11 });
    expect((await brand.get(`/v1/campaigns/${launch.campaignId}`)).body.budget).toMatchObject({
      reserved: 25_000,
      remaining: 75_000,
    });
  }, 60_000);

  test("six creators accept at once what four can be paid for: four are secured, two are told", async () => {
    const [brand, ...creators] = await Promise.all([
      signUp("brand"),
      ...Array.from({ length: 6 }, () => signUp("creator")),
    ]);
    const launch = await launched(brand);
    for (const creator of creators) await invited(brand, creator, launch);
    const replies = await Promise.all(
      creators.map((creator) =>
        creator.post(`/v1/campaigns/${launch.campaignId}/invitations/${creator.userId}/acceptance`),
      ),
    );
    expect(statuses(replies)).toEqual({ 201: 4, 422: 2 });
    expect((await brand.get(`/v1/campaigns/${launch.campaignId}`)).body.budget).toMatchObject({
      reserved: 100_000,
      remaining: 0,
    });
  }, 90_000);

  test("approve against reject, ten of each: one settles, nineteen hear who won", async () => {
    const [brand, creator] = await Promise.all([signUp("brand"), signUp("creator")]);
    const launch = await launched(brand);
    await joined(brand, creator, launch);
    const submissionId = await submitted(creator, launch);
    const path = `/v1/campaigns/${launch.campaignId}/submissions/${submissionId}/reviews`;
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, at) => brand.post(path, { decision: at % 2 === 0 ? "approved" : "rejected" })),
    );
    expect(statuses(replies)).toEqual({ 201: 1, 409: 19 });
    const won = String(replies.find(({ status }) => status === 201)?.body.decision);
    for (const { status, body } of replies) if (status === 409) expect(body.currentState).toBe(won);
    const pending = won === "approved" ? 25_000 : 0;
    expect((await creator.get("/v1/wallet")).body).toMatchObject({ pending });
    expect((await brand.get(`/v1/campaigns/${launch.campaignId}`)).body.budget).toMatchObject({
      reserved: 0,
      spent: pending,
    });
  }, 60_000);

  test("after all of it the books balance", async () => {
    await provenBooks(admin);
  }, 60_000);
});
