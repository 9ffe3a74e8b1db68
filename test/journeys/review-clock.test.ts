/** Dates of campaign work as time passes: who is reminded of them, and how both sides move them. */
import { beforeAll, describe, expect, test } from "@jest/globals";
import { joined, launched, type Launched, submitted } from "../support/campaign-steps.ts";
import { eventually, makeAdmin, type Person, signUp, stageNow } from "../support/local-stage.ts";
import { figures, runJob } from "../support/money-steps.ts";
import { DAY_SECONDS, HOUR_SECONDS, passes } from "../support/stage-clock.ts";

const WINDOW_HOURS = 10;

let brand: Person;
let creator: Person;
let admin: Person;
let launch: Launched;
beforeAll(async () => {
  [brand, creator, admin] = await Promise.all([signUp("brand"), signUp("creator"), makeAdmin()]);
  launch = await launched(
    brand,
    { reviewWindowHours: WINDOW_HOURS, reviewCalendar: "continuous", creatorHoldDays: 0 },
    { dueAt: new Date(stageNow() + (DAY_SECONDS - HOUR_SECONDS) * 1_000).toISOString() },
  );
  await joined(brand, creator, launch);
}, 120_000);

const told = async (person: Person, part: string): Promise<string[]> =>
  ((await person.get("/v1/notifications?limit=100")).body.data as { title: string; message: string }[])
    .map(({ title, message }) => `${title}. ${message}`)
    .filter((text) => text.includes(part));
const hears = (person: Person, part: string): Promise<string[]> =>
  eventually(`"${part}" to be told`, async () => {
    const texts = await told(person, part);
    return texts.length > 0 && texts;
  });

describe("the dates of a submission", () => {
  let path: string;
  const submission = async () => (await brand.get(path)).body;

  test("begin with the deliverable's: its creator is reminded once, and what comes later says so", async () => {
    for (let run = 0; run < 2; run += 1) expect((await runJob("remind-creators")).outcome).toBe("succeeded");
    expect(await hears(creator, "is due soon")).toHaveLength(1);
    await passes(admin, DAY_SECONDS);
    path = `/v1/campaigns/${launch.campaignId}/submissions/${await submitted(creator, launch)}`;
    expect(await submission()).toMatchObject({ status: "pending_review", late: true });
  }, 90_000);

  test("are the brand's to keep: it is reminded at half of its time and at four fifths", async () => {
    for (const [hours, percent] of [
      [WINDOW_HOURS * 0.5, 50],
      [WINDOW_HOURS * 0.3, 80],
    ] as const) {
      await passes(admin, hours * HOUR_SECONDS);
      for (let run = 0; run < 2; run += 1) expect((await runJob("remind-reviewers")).outcome).toBe("succeeded");
      expect(await hears(brand, `${percent} % of the time`)).toHaveLength(1);
    }
  }, 90_000);

  test("move when the brand asks and the creator agrees, and then silence approves by the new one", async () => {
    const { reviewDueAt } = await submission();
    expect((await brand.post(`${path}/extension`, { hours: 24 })).status).toBe(200);
    expect((await submission()).reviewDueAt).toBe(reviewDueAt);
    expect((await creator.post(`${path}/extension/acceptance`)).status).toBe(200);
    const moved = Date.parse(String((await submission()).reviewDueAt)) - Date.parse(String(reviewDueAt));
    expect(moved).toBe(DAY_SECONDS * 1_000);

    await passes(admin, WINDOW_HOURS * HOUR_SECONDS);
    expect((await runJob("settle-overdue-reviews")).outcome).toBe("succeeded");
    expect((await submission()).status).toBe("pending_review");
    await passes(admin, DAY_SECONDS);
    expect((await runJob("settle-overdue-reviews")).outcome).toBe("succeeded");
    expect((await submission()).status).toBe("approved");
    expect(await figures(creator)).toMatchObject({ payable: 25_000 });
  }, 120_000);
});
