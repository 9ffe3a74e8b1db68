/** A brand looks for somebody, is proposed creators, reads why, and invites the best; the creator reads what they are judged by. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { beforeAll, expect, test } from "@jest/globals";
import { storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { launched, type Launched } from "../support/campaign-steps.ts";
import { awsConfig, eventually, makeAdmin, type Person, signUp, stack } from "../support/local-stage.ts";
import { aSocialAccount, someFigures } from "../support/social-builders.ts";

const table = DynamoDBDocumentClient.from(new DynamoDBClient(awsConfig));
/** A corner that nobody else on the stage is in. */
const CATEGORY = "pets";
const COUNTRY = "IS";

let brand: Person;
let admin: Person;
let [small, large]: Person[] = [];
let launch: Launched;

/** Somebody with an account of so many followers, as it stands once it is connected. */
async function grown(followerCount: number): Promise<Person> {
  const creator = await signUp("creator");
  const account = aSocialAccount({
    userId: creator.userId,
    externalId: creator.userId,
    figures: someFigures({ followerCount }),
  });
  await table.send(new PutCommand({ TableName: stack.tableName, Item: storedItem(items.socialAccount, account) }));
  const profile = { creator: { categories: [CATEGORY], languages: ["is"] }, location: { country: COUNTRY } };
  expect((await creator.send("PATCH", "/v1/me", { body: profile })).status).toBe(200);
  return creator;
}
const matches = async () => (await brand.get(`/v1/campaigns/${launch.campaignId}/matches`)).body;
const proposed = async () => ((await matches()).data as { creatorId: string }[]).map(({ creatorId }) => creatorId);

beforeAll(async () => {
  [brand, admin, small, large] = await Promise.all([signUp("brand"), makeAdmin(), grown(4_000), grown(400_000)]);
  launch = await launched(brand, { category: CATEGORY, targetAudience: { countries: [COUNTRY] } });
}, 120_000);

test("finds, reads why, and invites", async () => {
  const both = [String(large?.userId), String(small?.userId)];
  await eventually("both to be found", async () => {
    const { body } = await brand.get(`/v1/creators?category=${CATEGORY}&country=${COUNTRY}`);
    return JSON.stringify((body.data as { id: string }[]).map(({ id }) => id)) === JSON.stringify(both);
  });
  expect(await proposed()).toEqual(both);
  const { data, weightsVersion } = await matches();
  expect(weightsVersion).toBe("3");
  expect(data[0]).toMatchObject({
    factors: [{ name: "reach", max: 25, evidence: { value: 400_000, platform: "instagram" } }, {}, {}, {}, {}, {}],
    profile: { id: both[0], social: [{ followerCount: 400_000 }] },
  });

  const invitation = { creatorId: data[0].creatorId };
  expect((await brand.post(`/v1/campaigns/${launch.campaignId}/invitations`, invitation)).status).toBe(201);
  expect(await proposed()).toEqual([both[1]]);
  const why = await brand.get(`/v1/campaigns/${launch.campaignId}/matches/${both[0]}`);
  expect(why.body).toMatchObject({ excludedBy: [{ filter: "invited" }], score: data[0].score });

  const own = await large?.get(`/v1/creators/${both[0]}/matches/${launch.campaignId}`);
  expect(own).toMatchObject({ status: 200, body: { score: data[0].score, excludedBy: [] } });
  expect((await small?.get(`/v1/creators/${both[1]}/matches/${launch.campaignId}`))?.status).toBe(404);
});

test("and an admin sees who was proposed", async () => {
  const { status, body } = await admin.get("/v1/admin/matching/exposure");
  expect(status).toBe(200);
  const told = await eventually("the list to be counted", async () => {
    const report = (await admin.get("/v1/admin/matching/exposure")).body;
    return Number(report.lists) > 0 && report;
  });
  expect(told.proposals).toBeGreaterThan(0);
  expect(body.from < body.to).toBe(true);
});
