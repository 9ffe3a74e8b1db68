/** Days pass on the stage: what the product does by itself when nobody does anything, and how each day's books are proven. */
import { beforeAll, describe, expect, test } from "@jest/globals";
import { invited, joined, type Launched, launched, submitted } from "../support/campaign-steps.ts";
import {
  again,
  call,
  eventually,
  makeAdmin,
  type Person,
  type Reply,
  signUp,
  stack,
  stageNow,
} from "../support/local-stage.ts";
import { DAY_SECONDS, moveClock, passes } from "../support/stage-clock.ts";
import { figures, onboarded, processorDoes, provenBooks, reaches, runJob, usd } from "../support/money-steps.ts";

/** Five working days, whatever day it is. */
const WEEK_DAYS = 7;

let brand: Person;
let creator: Person;
let patient: Person;
let idle: Person;
let guest: Person;
let admin: Person;
beforeAll(async () => {
  [brand, creator, patient, idle, guest, admin] = await Promise.all([
    signUp("brand"),
    signUp("creator", "Mia"),
    signUp("creator", "Noa"),
    signUp("creator", "Ida"),
    signUp("creator", "Gus"),
    makeAdmin(),
  ]);
}, 90_000);

const clock = (offsetSeconds: number): Promise<Reply> => moveClock(admin, offsetSeconds);
const daysPass = (days: number): Promise<void> => passes(admin, days * DAY_SECONDS);

const today = (): string => new Date(stageNow()).toISOString().slice(0, "YYYY-MM-DD".length);
const earningOf = async (person: Person) => (await person.get("/v1/earnings")).body.data[0];
const budgetOf = async ({ campaignId }: Launched) => (await brand.get(`/v1/campaigns/${campaignId}`)).body.budget;
const submissionOf = async (launch: Launched, id: string) =>
  (await brand.get(`/v1/campaigns/${launch.campaignId}/submissions/${id}`)).body;
/** A visitor follows a link of somebody's, and is counted. */
async function clicked(person: Person, { campaignId }: Launched): Promise<void> {
  const { body } = await person.post(`/v1/campaigns/${campaignId}/links`, {
    destinationUrl: "https://shop.example.com",
  });
  const headers = { "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/131.0.0.0 Safari/537.36" };
  const visit = await fetch(`${stack.linkUrl}/t/${String(body.code)}`, { redirect: "manual", headers });
  expect(visit.status).toBe(302);
  const counted = async () => (await person.get(`/v1/campaigns/${campaignId}/analytics`)).body.clicks.total === 1;
  await eventually("the click's count", counted, 60);
}
const reviewed = (launch: Launched, id: string, body: object): Promise<Reply> =>
  brand.post(`/v1/campaigns/${launch.campaignId}/submissions/${id}/reviews`, body);

describe("the clock", () => {
  test("is an admin's to move, forward alone, and whoever asks next is told by it", async () => {
    const before = await admin.get("/v1/admin/clock");
    const offsetSeconds = Number(before.body.offsetSeconds);
    // What was done on this day by others is not ours to prove.
    await daysPass(1);
    const after = await admin.get("/v1/admin/clock");
    expect(after.body.offsetSeconds).toBe(offsetSeconds + DAY_SECONDS);
    expect(Math.abs(Date.parse(String(after.body.now)) - stageNow())).toBeLessThan(60_000);
    const health = await call("GET", "/v1/health");
    expect(Date.parse(String(health.body.at))).toBeGreaterThanOrEqual(Date.parse(String(after.body.now)));

    for (const earlier of [offsetSeconds, -1])
      expect(await clock(earlier)).toMatchObject({ status: 409, body: { code: "clock.not_backwards" } });
    for (const body of [{}, { offsetSeconds: "1" }, { offsetSeconds: 0.5 }, { offsetSeconds: 1e12 }, { x: 1 }])
      expect((await admin.send("PUT", "/v1/admin/clock", { body })).status).toBe(400);
    expect((await brand.get("/v1/admin/clock")).status).toBe(403);
    expect((await admin.get("/v1/admin/clock")).body.offsetSeconds).toBe(offsetSeconds + DAY_SECONDS);
    expect(await admin.post("/v1/admin/clock", {})).toMatchObject({ status: 405 });
  }, 60_000);

  test("of those who move it at once each is answered by where it then is", async () => {
    const { body } = await admin.get("/v1/admin/clock");
    const offsets = [3, 1, 2].map((more) => Number(body.offsetSeconds) + more);
    const replies = await Promise.all(offsets.map(clock));
    for (const [at, reply] of replies.entries())
      if (reply.status === 200) expect(reply.body.offsetSeconds).toBe(offsets[at]);
      else expect(reply).toMatchObject({ status: 409, body: { code: "clock.not_backwards" } });
    expect((await admin.get("/v1/admin/clock")).body.offsetSeconds).toBe(offsets[0]);
  }, 60_000);

  test("ends no token: who signed in before goes on", async () => {
    expect((await creator.get("/v1/me")).status).toBe(200);
    expect((await (await again(creator)).get("/v1/me")).status).toBe(200);
  }, 30_000);
});

describe("days that pass", () => {
  let held: Launched;
  let silent: Launched;
  let waiting: string;
  let unfinished: string;
  let first: string;

  beforeAll(async () => {
    await daysPass(1);
    first = today();
    held = await launched(brand, { creatorHoldDays: WEEK_DAYS });
    await joined(brand, creator, held);
    const approved = await submitted(creator, held);
    expect((await reviewed(held, approved, { decision: "approved" })).status).toBe(201);
    await onboarded(creator);
    await clicked(creator, held);

    silent = await launched(brand, { creatorHoldDays: 0 });
    for (const one of [patient, idle]) await joined(brand, one, silent);
    waiting = await submitted(patient, silent);
    unfinished = await submitted(idle, silent);
    const again = await reviewed(silent, unfinished, { decision: "changes_requested", feedback: "Brighter, please" });
    expect(again.status).toBe(201);
    await invited(brand, guest, silent);
  }, 180_000);

  test("on the next day the processor's day and ours are the same, and the books are proven", async () => {
    await daysPass(1);
    expect((await runJob("reconcile-payments")).outcome).toBe("succeeded");
    const reply = await admin.get(`/v1/admin/reconciliations/${first}`);
    expect(reply).toMatchObject({ status: 200, body: { date: first, status: "matched", differences: [] } });
    const [usdTotals] = reply.body.totals;
    expect(usdTotals).toMatchObject({ currency: "USD", matched: expect.any(Number) });
    expect(usdTotals.matched).toBeGreaterThanOrEqual(2);
    expect(usdTotals.processorMinor).toBe(usdTotals.booksMinor);
    expect((await runJob("audit-ledger")).outcome).toBe("succeeded");
    await provenBooks(admin);
  }, 120_000);

  test("on the next day its clicks are found in the archive, and are those that were counted; older visitors' keys are gone", async () => {
    const { outcome, counts } = await runJob("close-tracking-day");
    const found = { agrees: expect.any(Number), destroyed: expect.any(Number) };
    expect({ outcome, counts }).toEqual({ outcome: "succeeded", counts: found });
  }, 60_000);

  test("money that moved at the processor and nobody knows of is named on the day after, until an admin books it", async () => {
    const day = today();
    const { id } = await processorDoes("POST", "/_balance_transactions", { amount: -1_234, currency: "usd" });
    await daysPass(1);
    expect((await runJob("reconcile-payments")).outcome).toBe("succeeded");
    const { body } = await admin.get(`/v1/admin/reconciliations/${day}`);
    expect(body).toMatchObject({ date: day, status: "differs" });
    expect(body.differences).toEqual([
      expect.objectContaining({ kind: "unconfirmed", processorIds: [id], processorMinor: -1_234, booksMinor: 0 }),
    ]);
    expect((await admin.get(`/v1/admin/reconciliations/${first}`)).body.status).toBe("matched");
    // The proof misses it as well.
    expect((await admin.get("/v1/admin/ledger/proof")).body.balanced).toBe(false);
    const movement = { balanceTransactionId: id, reason: "A fee that was charged afterwards" };
    expect((await admin.post("/v1/admin/ledger/house-movements", movement)).status).toBe(201);
    await provenBooks(admin);
  }, 120_000);

  test("a brand that says nothing has approved", async () => {
    expect((await runJob("settle-overdue-reviews")).outcome).toBe("succeeded");
    expect((await submissionOf(silent, waiting)).status).toBe("pending_review");
    await daysPass(WEEK_DAYS);
    expect((await runJob("settle-overdue-reviews")).outcome).toBe("succeeded");
    expect((await submissionOf(silent, waiting)).status).toBe("approved");
    expect(await figures(patient)).toMatchObject({ payable: 25_000 });
    const reviews = await brand.get(`/v1/campaigns/${silent.campaignId}/submissions/${waiting}/reviews`);
    expect(reviews.body.data[0]).toMatchObject({ decision: "approved", reasons: ["Nobody decided in time"] });
    expect(await budgetOf(silent)).toMatchObject({ reserved: 25_000, spent: 25_000, remaining: 50_000 });
  }, 120_000);

  test("an earning that was held is payable when its days are over, and is paid out", async () => {
    expect(await earningOf(creator)).toMatchObject({ status: "pending" });
    expect(await creator.post("/v1/payouts", {})).toMatchObject({ status: 422 });
    expect((await runJob("release-earnings")).outcome).toBe("succeeded");
    expect(await earningOf(creator)).toMatchObject({ status: "available" });
    expect(await figures(creator)).toMatchObject({ pending: 0, payable: 25_000 });
    const asked = await creator.post("/v1/payouts", { amount: usd(25_000) });
    expect(asked.status).toBe(202);
    await reaches(creator, `/v1/payouts/${asked.body.id}`, "paid");
    await eventually("the earning's end", async () => (await earningOf(creator)).status === "paid");
  }, 120_000);

  test("a creator who does not come back for another round leaves the price behind", async () => {
    expect((await submissionOf(silent, unfinished)).status).toBe("changes_requested");
    await daysPass(WEEK_DAYS);
    expect((await runJob("settle-overdue-reviews")).outcome).toBe("succeeded");
    expect((await submissionOf(silent, unfinished)).status).toBe("released");
    expect(await figures(idle)).toMatchObject({ payable: 0, pending: 0 });
    expect(await budgetOf(silent)).toMatchObject({ reserved: 0, spent: 25_000, remaining: 75_000 });
  }, 120_000);

  test("an invitation that nobody answered has expired", async () => {
    const accepted = await guest.post(`/v1/campaigns/${silent.campaignId}/invitations/${guest.userId}/acceptance`);
    expect(accepted).toMatchObject({ status: 410, body: { code: "invitation.expired" } });
    // It would exist already, if it were still open.
    await invited(brand, guest, silent);
  }, 60_000);

  test("after all these days the books are proven still", async () => {
    expect((await runJob("reconcile-payments")).outcome).toBe("succeeded");
    expect((await runJob("audit-ledger")).outcome).toBe("succeeded");
    await provenBooks(admin);
  }, 120_000);
});
