/** The product's main job, told by each who takes part: from a deposit to money earned and clicks counted. */
import { beforeAll, describe, expect, test } from "@jest/globals";
import { invited, joined, launched, type Launched, submitted } from "../support/campaign-steps.ts";
import { eventually, mailsTo, makeAdmin, type Person, signUp, stack } from "../support/local-stage.ts";
import { provenBooks } from "../support/money-steps.ts";

let brand: Person;
let creator: Person;
let admin: Person;
let launch: Launched;
let code: string;
let submissionId: string;

const visit = (agent: string, init: RequestInit = {}) =>
  fetch(`${stack.linkUrl}/t/${code}`, { redirect: "manual", headers: { "user-agent": agent }, ...init });
const browser = (number: number) =>
  `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0.0.${number} Safari/537.36`;

beforeAll(async () => {
  [brand, creator, admin] = await Promise.all([signUp("brand", "Nova"), signUp("creator", "Mia"), makeAdmin()]);
}, 60_000);

describe("the main job", () => {
  test("a brand pays in, drafts, publishes: the budget is set aside", async () => {
    launch = await launched(brand);
    expect((await brand.get("/v1/wallet")).body).toMatchObject({ currency: "USD", available: 0, reserved: 100_000 });
    const { body } = await brand.get("/v1/wallet/transactions");
    expect(body.data.map((row: { type: string }) => row.type)).toEqual(["reservation", "deposit"]);
    expect((await brand.get(`/v1/campaigns/${launch.campaignId}`)).body.budget).toEqual({
      currency: "USD",
      total: 100_000,
      reserved: 0,
      spent: 0,
      remaining: 100_000,
    });
  }, 30_000);

  test("the creator is told, by mail and in the product, accepts, and the payment is secured", async () => {
    await joined(brand, creator, launch);
    expect((await creator.get(`/v1/campaigns/${launch.campaignId}`)).body.budget).toMatchObject({
      reserved: 25_000,
      remaining: 75_000,
    });
    const mail = await eventually("the invitation mail", async () =>
      (await mailsTo(creator.email)).find(({ text }) => text.includes("Autumn launch")),
    );
    expect(mail.html).toContain("Autumn launch");
    const joining = await eventually("the brand's mail", async () =>
      (await mailsTo(brand.email)).find(({ text }) => text.includes("A creator joined “Autumn launch”")),
    );
    expect(joining.text).toContain("250.00 USD of the budget are secured for them.");
    const unread = await eventually("the creator's notification", async () => {
      const { body } = await creator.get("/v1/notifications/unread-count");
      return body.unread > 0 && body.unread;
    });
    expect(unread).toBe(1);
    const { body } = await creator.get("/v1/notifications");
    expect(body.data[0]).toMatchObject({ type: "invitation.sent", category: "campaigns", readAt: null });
    await creator.post(`/v1/notifications/${body.data[0].id}/read`);
    expect((await creator.get("/v1/notifications/unread-count")).body).toEqual({ unread: 0 });
  }, 40_000);

  test("the creator shares a link, and visitors are sent on", async () => {
    const link = await creator.post(`/v1/campaigns/${launch.campaignId}/links`, {
      destinationUrl: "https://shop.example.com/autumn",
    });
    expect(link.status).toBe(201);
    code = String(link.body.code);
    expect(link.body.url).toBe(`${stack.linkUrl}/t/${code}`);
    for (const agent of [browser(1), browser(2), browser(2), browser(3)]) {
      const reply = await visit(agent);
      expect([reply.status, reply.headers.get("location")]).toEqual([302, "https://shop.example.com/autumn"]);
      expect(reply.headers.get("cache-control")).toBe("private, no-store");
    }
    expect((await visit("curl/8.5.0")).status).toBe(302);
    expect((await visit(browser(4), { method: "HEAD" })).status).toBe(302);
    code = "2222222222";
    expect((await visit(browser(1))).status).toBe(404);
    code = String(link.body.code);
  }, 30_000);

  test("everybody sees the same clicks: each hit once, in one class", async () => {
    const path = `/v1/campaigns/${launch.campaignId}/analytics`;
    const { body } = await eventually(
      "six hits counted",
      async () => {
        const reply = await brand.get(path);
        const hits = Object.values(reply.body.clicks.byClass as Record<string, number>).reduce(
          (sum, count) => sum + count,
          0,
        );
        return hits >= 6 && reply;
      },
      60,
    );
    expect(body.clicks).toMatchObject({ total: 4, unique: 3, byClass: { valid: 3, repeat: 1, bot: 1, head: 1 } });
    expect(body.byCreator).toEqual([
      expect.objectContaining({ creatorId: creator.userId, clicks: 4, uniqueClicks: 3 }),
    ]);
    expect((await creator.get(path)).body.clicks).toEqual(body.clicks);
    expect((await admin.get(path)).body.clicks).toEqual(body.clicks);
  }, 70_000);

  test("the creator submits, the brand approves: the creator has earned", async () => {
    submissionId = await submitted(creator, launch);
    const path = `/v1/campaigns/${launch.campaignId}/submissions/${submissionId}/reviews`;
    expect(await brand.post(path, { decision: "approved", feedback: "Lovely" })).toMatchObject({
      status: 201,
      body: { decision: "approved" },
    });
    expect((await creator.get("/v1/wallet")).body).toMatchObject({ available: 0, pending: 25_000 });
    expect((await creator.get("/v1/earnings")).body.data).toEqual([
      expect.objectContaining({ submissionId, status: "pending", amount: { amount: 25_000, currency: "USD" } }),
    ]);
    expect((await brand.get("/v1/wallet")).body).toMatchObject({ available: 0, reserved: 75_000 });
    expect((await brand.get(`/v1/campaigns/${launch.campaignId}`)).body.budget).toMatchObject({
      reserved: 0,
      spent: 25_000,
      remaining: 75_000,
    });
    const again = await brand.post(path, { decision: "rejected" });
    expect(again).toMatchObject({
      status: 409,
      body: { code: "submission.already_settled", currentState: "approved" },
    });
    await eventually("the review mail", async () =>
      (await mailsTo(creator.email)).find(({ text }) => text.includes("Lovely")),
    );
  }, 40_000);

  test("the brand pauses: another creator waits until the campaign goes on, and then joins", async () => {
    const late = await signUp("creator", "Lea");
    await invited(brand, late, launch);
    const campaign = `/v1/campaigns/${launch.campaignId}`;
    const acceptance = `${campaign}/invitations/${late.userId}/acceptance`;
    const paused = await brand.post(`${campaign}/pause`);
    expect(paused).toMatchObject({ status: 200, body: { status: "paused" } });
    expect((await brand.get(campaign)).body).toEqual(paused.body);
    expect(await brand.post(`${campaign}/pause`)).toMatchObject({
      status: 409,
      body: { code: "campaign.not_active", currentState: "paused" },
    });
    expect(await late.post(acceptance)).toMatchObject({
      status: 409,
      body: { code: "invitation.campaign_not_open", currentState: "paused" },
    });
    const resumed = await brand.post(`${campaign}/resume`);
    expect(resumed).toMatchObject({ status: 200, body: { status: "active" } });
    expect((await brand.get(campaign)).body).toEqual(resumed.body);
    expect(await late.post(acceptance)).toMatchObject({ status: 201, body: { secured: true } });
  }, 30_000);

  test("the books balance, and the admin can prove it", async () => {
    await provenBooks(admin);
  }, 60_000);
});
