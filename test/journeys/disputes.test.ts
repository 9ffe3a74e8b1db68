/** Brand and creator disagree: the unit is frozen, both say why, an admin splits its price, and one appeal is heard. */
import { beforeAll, describe, expect, test } from "@jest/globals";
import { eventually, mailsTo, makeAdmin, type Person, signUp } from "../support/local-stage.ts";
import { figures, handedIn, provenBooks, usd, type Work } from "../support/money-steps.ts";

let brand: Person;
let creator: Person;
let other: Person;
let admin: Person;
let work: Work;
let disputes: string;
let dispute: string;
beforeAll(async () => {
  [brand, creator, other, admin] = await Promise.all([
    signUp("brand"),
    signUp("creator"),
    signUp("creator"),
    makeAdmin(),
  ]);
  work = await handedIn(brand, creator, 20_000);
  disputes = `/v1/campaigns/${work.launch.campaignId}/submissions/${work.submissionId}/disputes`;
}, 90_000);

const budget = async () => (await brand.get(`/v1/campaigns/${work.launch.campaignId}`)).body.budget;

describe("the dispute desk", () => {
  test("freezes the unit: nobody decides it but an admin", async () => {
    expect((await other.post(disputes, { reason: "x" })).status).toBe(404);
    const opened = await creator.post(disputes, {
      reason: "They do not answer.",
      evidence: "https://example.com/chat",
    });
    expect(opened).toMatchObject({
      status: 201,
      body: { status: "open", openedBy: creator.userId, price: usd(20_000) },
    });
    dispute = `${disputes}/${opened.body.id}`;
    const reviews = `/v1/campaigns/${work.launch.campaignId}/submissions/${work.submissionId}/reviews`;
    expect(await brand.post(reviews, { decision: "rejected" })).toMatchObject({
      status: 409,
      body: { code: "submission.disputed", currentState: "disputed" },
    });
    expect(await brand.post(disputes, { reason: "We do." })).toMatchObject({ status: 409 });
    expect(await brand.post(`${dispute}/evidence`, { evidence: "We answered." })).toMatchObject({ status: 201 });
    const waiting = (await admin.get("/v1/admin/disputes?status=open&limit=100")).body.data as { id: string }[];
    expect(waiting.map(({ id }) => id)).toContain(opened.body.id);
    expect(await budget()).toMatchObject({ reserved: 20_000, spent: 0 });
  }, 60_000);

  test("splits the price exactly, once", async () => {
    const decide = (amount: number) =>
      admin.post(`${dispute}/decision`, { creatorShare: usd(amount), reason: "Half." });
    expect(await decide(20_001)).toMatchObject({ status: 422, body: { code: "dispute.exceeds_unit" } });
    expect(await decide(12_001)).toMatchObject({ status: 200, body: { status: "decided" } });
    expect(await decide(1)).toMatchObject({ status: 409, body: { code: "dispute.already_decided" } });
    expect(await budget()).toMatchObject({ reserved: 0, spent: 12_001, remaining: 100_000 - 12_001 });
    // On hold for as long as an appeal is possible, whatever the campaign says.
    expect(await figures(creator)).toMatchObject({ pending: 12_001, payable: 0 });
    await eventually("the creator's mail", async () =>
      (await mailsTo(creator.email)).find(({ text }) => text.includes("120.01")),
    );
  }, 60_000);

  test("hears one appeal, whose decision is the last", async () => {
    expect(await brand.post(`${dispute}/appeal`, { reason: "Too much." })).toMatchObject({
      status: 200,
      body: { status: "appealed" },
    });
    expect(await creator.post(`${dispute}/appeal`, { reason: "Too little." })).toMatchObject({ status: 409 });
    const last = await admin.post(`${dispute}/decision`, { creatorShare: usd(15_000), reason: "More." });
    expect(last).toMatchObject({ status: 200, body: { status: "closed" } });
    expect(await figures(creator)).toMatchObject({ pending: 15_000, payable: 0 });
    expect(await budget()).toMatchObject({ reserved: 0, spent: 15_000, remaining: 85_000 });
    const [listed] = (await creator.get(disputes)).body.data;
    expect(listed.decisions.map((one: { creatorShare: object }) => one.creatorShare)).toEqual([
      usd(12_001),
      usd(15_000),
    ]);
    await provenBooks(admin);
  }, 60_000);
});
