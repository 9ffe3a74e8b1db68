/** What anybody can look up about money: what a command would do, what a wallet was, all movements, and each day's comparison. */
import { beforeAll, describe, expect, test } from "@jest/globals";
import { drafted, invited, type Launched, submitted } from "../support/campaign-steps.ts";
import { deposit, eventually, makeAdmin, type Person, type Reply, signUp, stageNow } from "../support/local-stage.ts";
import { figures, journalEntry, onboarded, provenBooks, runJob, usd } from "../support/money-steps.ts";

let brand: Person;
let creator: Person;
let admin: Person;
let launch: Launched;
beforeAll(async () => {
  [brand, creator, admin] = await Promise.all([signUp("brand"), signUp("creator"), makeAdmin()]);
  launch = await drafted(brand, { creatorHoldDays: 0 });
  await deposit(brand, 120_000);
}, 90_000);

const DAY_MS = 86_400_000;
const dayBefore = (days: number) => new Date(stageNow() - days * DAY_MS).toISOString().slice(0, "YYYY-MM-DD".length);
const now = () => new Date(stageNow()).toISOString();

/** What is made up anew each time: ids, instants, and what counts them. */
const MADE_UP = /^(id|.*Id|.*At|version)$/;
const lasting = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(lasting);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, part]) => (MADE_UP.test(name) ? [] : [[name, lasting(part)]])),
  );
};
interface Told {
  readonly userId: string;
  readonly channel: string;
  readonly title: string;
  readonly message: string;
}
const titlesOf = async (person: Person): Promise<Omit<Told, "userId" | "channel">[]> =>
  (await person.get("/v1/notifications?limit=100")).body.data;

/** Rehearses a command, and then does it: the rehearsal left nothing, and said what came. */
async function rehearsed(by: Person, path: string, body?: object): Promise<Reply> {
  const before = [await figures(brand), await figures(creator)];
  const dry = await by.post(`${path}?dryRun=true`, body);
  expect([path, dry.status, dry.body.dryRun]).toEqual([path, 200, true]);
  expect([await figures(brand), await figures(creator)]).toEqual(before);
  const real = await by.post(path, body);
  expect([path, dry.body.status]).toEqual([path, real.status]);
  expect(lasting(dry.body.reply)).toEqual(lasting(real.body));
  for (const { key, type, currency, lines } of dry.body.entries) {
    // An entry about something new is named by an id that is made up.
    const written = await journalEntry(String(key));
    if (written === undefined) continue;
    expect([key, written["type"], written["currency"]]).toEqual([key, type, currency]);
    const amounts = (written["lines"] as { amount: number }[]).map(({ amount }) => amount);
    expect(amounts).toEqual(lines.map(({ amount }: { amount: number }) => amount));
  }
  for (const one of dry.body.notifications as Told[]) {
    const person = [brand, creator].find(({ userId }) => userId === one.userId);
    if (person === undefined || one.channel !== "inApp") continue;
    await eventually(`“${one.title}” to be told`, async () =>
      (await titlesOf(person)).some(({ title, message }) => title === one.title && message === one.message),
    );
  }
  return Object.assign(real, { dry: dry.body });
}

describe("the books, looked up", () => {
  const moments: { at: string; brand: object; creator: object }[] = [];
  const remember = async () => {
    moments.push({ at: now(), brand: await figures(brand), creator: await figures(creator) });
    await eventually("the next millisecond", () => Promise.resolve(now() > (moments.at(-1)?.at ?? "")));
  };

  test("a rehearsal says exactly what then happens, from publication to payout", async () => {
    const campaign = `/v1/campaigns/${launch.campaignId}`;
    await remember();
    await rehearsed(brand, `${campaign}/publication`);
    await remember();
    await rehearsed(brand, `${campaign}/budget-increases`, usd(5_000));
    await invited(brand, creator, launch);
    await rehearsed(creator, `${campaign}/invitations/${creator.userId}/acceptance`);
    await remember();
    const submissionId = await submitted(creator, launch);
    await rehearsed(brand, `${campaign}/submissions/${submissionId}/reviews`, { decision: "approved" });
    await remember();
    await onboarded(creator);
    await rehearsed(creator, "/v1/payouts", { amount: usd(4_000) });
    await rehearsed(brand, "/v1/wallet/refunds", { amount: usd(3_000) });
    await eventually("all of it to arrive", async () => (await figures(creator)).inFlight === 0);
    await eventually("the refund to arrive", async () => (await figures(brand)).inFlight === 0);
    await remember();
    await rehearsed(brand, `${campaign}/cancellation`);
    await remember();
  }, 120_000);

  test("a refusal is rehearsed as the refusal that it is", async () => {
    expect(await creator.post("/v1/payouts?dryRun=true", { amount: usd(999_999) })).toMatchObject({
      status: 422,
      body: { code: "payout.exceeds_available" },
    });
  }, 30_000);

  test("a wallet is what it was at any instant, and cannot be asked for the future", async () => {
    for (const { at, ...then } of moments)
      expect({ at, brand: await figures(brand, at), creator: await figures(creator, at) }).toEqual({ at, ...then });
    const tomorrow = new Date(stageNow() + DAY_MS).toISOString();
    expect(await brand.get(`/v1/wallet?at=${tomorrow}`)).toMatchObject({
      status: 400,
      body: { code: "wallet.no_such_instant" },
    });
  }, 60_000);

  test("an admin sees all movements, and those of one; their effects sum to the wallet", async () => {
    const { data } = (await admin.get(`/v1/admin/transactions?userId=${brand.userId}&limit=100`)).body;
    const effects = data.map((one: { effects: Record<string, number> }) => one.effects) as Record<string, number>[];
    const sum = (figure: string) => effects.reduce((total, one) => total + (one[figure] ?? 0), 0);
    const { available, reserved, pending, inFlight } = await figures(brand);
    expect({
      ...{ available: sum("available"), reserved: sum("reserved") },
      ...{ pending: sum("pending"), inFlight: sum("inFlight") },
    }).toEqual({ available, reserved, pending, inFlight });
    expect(new Set(data.map((one: { userId: string }) => one.userId))).toEqual(new Set([brand.userId]));
    const all = (await admin.get("/v1/admin/transactions?limit=100")).body.data as { id: string }[];
    expect(all.length).toBeGreaterThan(data.length);
    expect((await brand.get("/v1/admin/transactions")).status).toBe(403);
  }, 60_000);

  test("the days that are over are compared with Stripe, and today is not over", async () => {
    expect((await runJob("reconcile-payments")).outcome).toBe("succeeded");
    const yesterday = await admin.get(`/v1/admin/reconciliations/${dayBefore(1)}`);
    expect(yesterday).toMatchObject({ status: 200, body: { date: dayBefore(1), status: "matched", differences: [] } });
    expect((await admin.get(`/v1/admin/reconciliations/${dayBefore(0)}`)).status).toBe(404);
    expect((await admin.get("/v1/admin/reconciliations/2026-02-30")).status).toBe(404);
  }, 60_000);

  test("the night closes the day before and proves the books", async () => {
    expect((await runJob("audit-ledger")).outcome).toBe("succeeded");
    await provenBooks(admin);
  }, 60_000);
});
