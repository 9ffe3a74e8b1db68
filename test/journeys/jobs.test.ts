/** The hourly job on the stage: its schedule, its lease and record, and the money that comes home. */
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { beforeAll, expect, test } from "@jest/globals";
import { campaignBody, joined, launched } from "../support/campaign-steps.ts";
import { awsConfig, eventually, makeAdmin, type Person, signUp, stageNow } from "../support/local-stage.ts";
import { provenBooks } from "../support/money-steps.ts";

const lambda = new LambdaClient(awsConfig);
const DAY_MS = 86_400_000;
/** Long enough to fund, publish and join before it is over. */
const LIFE_MS = 6_000;

let people: { brand: Person; creator: Person; admin: Person };
beforeAll(async () => {
  const [brand, creator, admin] = await Promise.all([signUp("brand"), signUp("creator"), makeAdmin()]);
  people = { brand, creator, admin };
}, 60_000);

interface Run {
  readonly outcome: string;
  readonly counts: Readonly<Record<string, number>>;
}
async function runJob(): Promise<Run> {
  const { Payload } = await lambda.send(
    new InvokeCommand({ FunctionName: "atomic-local-campaigns-advance-campaigns", Payload: Buffer.from("{}") }),
  );
  return JSON.parse(Buffer.from(Payload ?? []).toString()) as Run;
}

test("a campaign whose end has come is completed, and what was not earned goes home to the brand", async () => {
  const { brand, creator, admin } = people;
  // Whatever other journeys left, so that what is counted is this campaign alone.
  await eventually("a run that is not skipped", async () => (await runJob()).outcome === "succeeded");
  const timeline = {
    start: new Date(stageNow() - DAY_MS).toISOString(),
    end: new Date(stageNow() + LIFE_MS).toISOString(),
  };
  const launch = await launched(brand, { ...campaignBody(), timeline });
  await joined(brand, creator, launch);
  expect((await brand.get("/v1/wallet")).body).toMatchObject({ available: 0, reserved: 100_000 });
  await eventually("the campaign's end", async () => stageNow() > Date.parse(timeline.end));

  const runs = await Promise.all([runJob(), runJob(), runJob()]);
  expect(runs.map(({ outcome }) => outcome)).toContain("succeeded");
  expect(runs.every(({ outcome }) => ["succeeded", "skipped"].includes(outcome))).toBe(true);
  expect(runs.reduce((sum, { counts }) => sum + (counts["completed"] ?? 0), 0)).toBe(1);

  expect((await brand.get(`/v1/campaigns/${launch.campaignId}`)).body.status).toBe("completed");
  await eventually(
    "the untouched unit's price",
    async () => (await brand.get("/v1/wallet")).body.available === 100_000,
  );
  const { body } = await brand.get(`/v1/campaigns/${launch.campaignId}`);
  expect(body.budget).toMatchObject({ total: 0, reserved: 0, spent: 0, remaining: 0 });
  // Its schedule may be at it as well.
  const recorded = await eventually("the end of every run", async () => {
    const { data } = (await admin.get("/v1/admin/jobs/advance-campaigns/runs?limit=100")).body;
    return (data as Run[]).every(({ outcome }) => outcome !== "running") && (data as Run[]);
  });
  expect(recorded.length).toBeGreaterThanOrEqual(3);
  expect((await admin.get("/v1/admin/jobs/no-such-job/runs")).status).toBe(404);
  await provenBooks(admin);
}, 90_000);

test("nobody joins a campaign that is over", async () => {
  const { brand, creator } = people;
  const { body } = await brand.get("/v1/campaigns?status=completed");
  const reply = await brand.post(`/v1/campaigns/${body.data[0].id}/invitations`, { creatorId: creator.userId });
  expect(reply).toMatchObject({
    status: 409,
    body: { code: "invitation.campaign_not_open", currentState: "completed" },
  });
});
