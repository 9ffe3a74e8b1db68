/** How creators come to their money: an account, a payout that arrives by itself, and banks that send it back. */
import { beforeAll, describe, expect, test } from "@jest/globals";
import { makeAdmin, mailsTo, type Person, eventually, signUp } from "../support/local-stage.ts";
import {
  earned,
  figures,
  onboarded,
  processorDoes,
  processorSays,
  provenBooks,
  reaches,
  runJob,
  usd,
} from "../support/money-steps.ts";

let brand: Person;
let creator: Person;
let unpaid: Person;
let admin: Person;
beforeAll(async () => {
  [brand, creator, unpaid, admin] = await Promise.all([
    signUp("brand"),
    signUp("creator", "Mia"),
    signUp("creator"),
    makeAdmin(),
  ]);
  await earned(brand, creator, 25_000);
}, 90_000);

/** The account of a creator's at the processor. */
async function accountOf({ email }: Person): Promise<string> {
  const { data } = await processorSays("/accounts?limit=100");
  return String((data as { id: string; email: string }[]).find((account) => account.email === email)?.id);
}

describe("payouts", () => {
  test("need an account that is ready: what is missing is named", async () => {
    expect(await creator.get("/v1/payout-account")).toMatchObject({
      status: 404,
      body: { code: "payout_account.not_found" },
    });
    expect(await creator.post("/v1/payouts", {})).toMatchObject({
      status: 422,
      body: { code: "payout.no_account", currentState: "none" },
    });
    const opened = await creator.post("/v1/payout-account");
    expect(opened).toMatchObject({ status: 201, body: { status: "onboarding", payoutsEnabled: false } });
    expect(opened.body.requirementsDue.length).toBeGreaterThan(0);
    expect(await creator.post("/v1/payout-account")).toMatchObject({ status: 200 });
    const early = await creator.post("/v1/payouts", {});
    expect(early).toMatchObject({ status: 422, body: { code: "payout.no_account" } });
    expect(early.body.detail).toContain(opened.body.requirementsDue[0]);
  }, 60_000);

  test("open an account by opening its link, and know of it without being asked", async () => {
    const { body } = await creator.get("/v1/payout-account");
    const visited = await fetch(String(body.onboardingUrl), { redirect: "manual" });
    expect(visited.status).toBe(303);
    // Nobody looks at the account: the processor's word of it comes by webhook.
    await eventually("a payout that is accepted", async () => {
      const reply = await creator.post("/v1/payouts", { amount: usd(10_000) });
      return reply.status === 202 && reply;
    });
    const ready = await creator.get("/v1/payout-account");
    expect(ready.body).toMatchObject({ status: "active", payoutsEnabled: true, requirementsDue: [] });
    expect(ready.body.onboardingUrl).toBeUndefined();
  }, 60_000);

  test("reach the bank unaided, name the earnings they pay, and the creator is told", async () => {
    const { id } = (await creator.get("/v1/payouts")).body.data[0];
    const { body } = await reaches(creator, `/v1/payouts/${id}`, "paid");
    const [earning] = (await creator.get("/v1/earnings")).body.data;
    expect(body).toMatchObject({ amount: usd(10_000), parts: [{ earningId: earning.id, amountMinor: 10_000 }] });
    expect(body.paidAt).toEqual(expect.any(String));
    expect(earning.status).toBe("available");
    expect(await figures(creator)).toMatchObject({ payable: 15_000, available: 15_000, inFlight: 0 });
    await eventually("the creator's mail", async () =>
      (await mailsTo(creator.email)).find(
        ({ subject, text }) => /payout|paid/i.test(subject) && text.includes("100.00"),
      ),
    );
  }, 60_000);

  test("are refused below the minimum, above what there is, in another currency, and to others", async () => {
    const ask = (body: object) => creator.post("/v1/payouts", body);
    expect(await ask({ amount: usd(999) })).toMatchObject({ status: 422, body: { code: "payout.below_minimum" } });
    expect(await ask({ amount: usd(15_001) })).toMatchObject({
      status: 422,
      body: { code: "payout.exceeds_available" },
    });
    expect(await ask({ amount: { amount: 5_000, currency: "EUR" } })).toMatchObject({
      status: 422,
      body: { code: "wallet.currency_mismatch" },
    });
    const { id } = (await creator.get("/v1/payouts")).body.data[0];
    expect((await unpaid.get(`/v1/payouts/${id}`)).status).toBe(404);
    expect((await admin.get(`/v1/payouts/${id}`)).status).toBe(200);
  }, 60_000);

  test("that a bank sends back give the money back, and the next one is paid", async () => {
    const account = await accountOf(creator);
    await processorDoes("POST", `/_accounts/${account}/payouts`, { failure_code: "account_closed" });
    const asked = await creator.post("/v1/payouts", {});
    expect(asked).toMatchObject({ status: 202, body: { amount: usd(15_000) } });
    const failed = await reaches(creator, `/v1/payouts/${asked.body.id}`, "failed");
    expect(failed.body.failureCode).toBe("account_closed");
    expect(await figures(creator)).toMatchObject({ payable: 15_000, inFlight: 0 });
    await processorDoes("POST", `/_accounts/${account}/payouts`, { failure_code: null });
    const state = await processorSays(`/accounts/${account}`);
    expect(state.id).toBe(account);
  }, 90_000);

  test("of a run pay every creator who can be paid", async () => {
    const ready = await eventually("an account that is ready again", async () => {
      const { body } = await creator.get("/v1/payout-account");
      return body.payoutsEnabled === true && body;
    });
    expect(ready.status).toBe("active");
    const started = await admin.post("/v1/admin/payout-runs");
    expect(started).toMatchObject({ status: 202, body: { runId: expect.any(String) } });
    await eventually("the payout", async () => (await figures(creator)).payable === 0);
    const [latest] = (await creator.get("/v1/payouts")).body.data;
    await reaches(creator, `/v1/payouts/${latest.id}`, "paid");
    const { data } = (await creator.get("/v1/earnings?status=paid")).body;
    expect(data).toHaveLength(1);
    expect(await figures(creator)).toMatchObject({ available: 0, payable: 0, pending: 0, inFlight: 0 });
  }, 90_000);

  test("wait where an earning is on hold, and mature when the job finds the hold over", async () => {
    expect((await runJob("release-earnings")).outcome).toBe("succeeded");
    expect((await runJob("follow-payouts")).outcome).toBe("succeeded");
  }, 60_000);

  test("two requests at once are paid out of the same money once", async () => {
    await Promise.all([earned(brand, unpaid, 4_000), onboarded(unpaid)]);
    const replies = await Promise.all(Array.from({ length: 6 }, () => unpaid.post("/v1/payouts", {})));
    expect(replies.filter(({ status }) => status === 202)).toHaveLength(1);
    for (const { status } of replies) expect([202, 409, 422]).toContain(status);
    const paid = replies.find(({ status }) => status === 202);
    await reaches(unpaid, `/v1/payouts/${paid?.body.id}`, "paid");
    expect(await figures(unpaid)).toMatchObject({ available: 0, inFlight: 0 });
  }, 90_000);

  test("leave books that balance with the processor's", async () => {
    await provenBooks(admin);
  }, 60_000);
});
