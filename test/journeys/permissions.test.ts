/**
 * The permission matrix: every HTTP action that exists, by every kind of actor and relation. What a cell must answer
 * follows from the contract's roles and, for things that belong to somebody, from test/support/relations.ts; an action
 * without a row there fails. After all denied requests the table is what it was.
 */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { HttpContract } from "#shared/contracts/contract";
import { actions } from "#shared/contracts/index";
import { itemKey } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { sideBySide } from "#shared/domain/kernel/side-by-side";
import { invited, joined, launched, type Launched, submitted } from "../support/campaign-steps.ts";
import { DISPUTE_ID } from "../support/builders.ts";
import {
  again,
  awsConfig,
  call,
  deposit,
  eventually,
  mailsTo,
  makeAdmin,
  type Person,
  signUp,
  stack,
  stageNow,
} from "../support/local-stage.ts";
import { reaches, runJob, usd } from "../support/money-steps.ts";
import { quietTable } from "../support/quiet-table.ts";
import { acceptedBodies } from "../support/accepted-bodies.ts";
import { having, type Relation, relations, rolesOf } from "../support/relations.ts";

const DAY_MS = 86_400_000;
const people = {} as Record<Relation, Person>;
let suspended: Person;
let noRole: Person;
let launch: Launched;
let ids: Record<string, string>;
const document = DynamoDBDocumentClient.from(new DynamoDBClient(awsConfig));

const httpActions = actions.flatMap(({ name, contract }) =>
  contract.trigger === "http" && !contract.catchAll ? [{ name, contract: contract }] : [],
);
const guarded = httpActions.filter(({ contract }) => contract.roles !== "public");
const methodOf = ({ route }: HttpContract): string => route.split(" ")[0] ?? "";
/** Where an action's path names a creator, the one it is about. */
const creatorOf = (action: string): Person => (/Invitation$/.test(action) ? people.invited : people.participant);
const pathOf = (action: string, { route }: HttpContract): string => {
  const named: Record<string, string> = { ...ids, creatorId: creatorOf(action).userId };
  return (route.split(" ")[1] ?? "").replaceAll(/\{(\w+)\}/g, (_all, name: string) => named[name] ?? "missing");
};
/** Actions that are asked at once, each by one after the other: a function has one process more for each who waits. */
const AT_ONCE = 4;

const send = (name: string, contract: HttpContract, token?: string) => {
  const body = contract.body ? acceptedBodies({ people, ...launch, nowMs: stageNow() })[name]?.() : undefined;
  return call(methodOf(contract), pathOf(name, contract), { token, ...(body && { body }) });
};

/** What is due by now, done: its job's schedule would else do it while the cells are asked. */
const nothingIsDue = () =>
  Promise.all(actions.flatMap(({ contract }) => (contract.trigger === "schedule" ? [runJob(contract.job)] : [])));

beforeAll(async () => {
  const [owner, otherBrand, banned, nobody, admin] = await Promise.all([
    signUp("brand"),
    signUp("brand"),
    signUp("brand"),
    signUp("brand"),
    makeAdmin(),
  ]);
  const [participant, guest, removed, otherCreator, both] = await Promise.all([
    signUp("creator"),
    signUp("creator"),
    signUp("creator"),
    signUp("creator"),
    signUp("creator"),
  ]);
  const roles = { roles: ["brand", "creator"] };
  expect((await admin.send("PUT", `/v1/admin/users/${both.userId}/roles`, { body: roles })).status).toBe(200);
  Object.assign(people, {
    ...{ owner, otherBrand, participant, invited: guest, removed, otherCreator, admin },
    otherBrandAndCreator: await again(both),
  });
  launch = await launched(owner);
  await invited(owner, guest, launch);
  await joined(owner, participant, launch);
  await joined(owner, removed, launch);
  const participation = `/v1/campaigns/${launch.campaignId}/participants/${removed.userId}`;
  expect((await owner.send("DELETE", participation)).status).toBeLessThan(300);
  const begun = await deposit(owner, 1_000);
  const refund = await owner.post("/v1/wallet/refunds", { amount: usd(500) });
  await reaches(owner, `/v1/wallet/refunds/${refund.body.id}`, "succeeded");
  for (const creator of [participant, guest, removed, otherCreator, people.otherBrandAndCreator])
    expect((await creator.post("/v1/payout-account")).status).toBe(201);
  expect((await runJob("reconcile-payments")).outcome).toBe("succeeded");
  const exported = await owner.post("/v1/exports", { kind: "transactions", format: "csv" });
  await reaches(owner, `/v1/exports/${exported.body.id}`, "completed");
  const notification = await eventually(
    "a notification",
    async () => (await guest.get("/v1/notifications")).body.data[0] as { id: string },
  );
  const link = { destinationUrl: "https://shop.example.com/", creatorId: participant.userId };
  ids = {
    campaignId: launch.campaignId,
    code: String((await owner.post(`/v1/campaigns/${launch.campaignId}/links`, link)).body.code),
    deliverableId: launch.deliverableId,
    submissionId: await submitted(participant, launch),
    depositId: String(begun.body.id),
    disputeId: DISPUTE_ID,
    refundId: String(refund.body.id),
    exportId: String(exported.body.id),
    payoutId: `pay_${"0".repeat(26)}`,
    promoCode: "ANNA10",
    platform: "instagram",
    keyId: `key_${"0".repeat(26)}`,
    ...{ conversionId: `cnv_${"0".repeat(26)}`, inquiryId: `inq_${"0".repeat(26)}` },
    date: new Date(stageNow() - DAY_MS).toISOString().slice(0, "YYYY-MM-DD".length),
    prefix: "unclaimed",
    job: "advance-campaigns",
    notificationId: notification.id,
    token: await eventually(
      "a link to unsubscribe",
      async () => /unsubscriptions\/([\w.-]+)/.exec((await mailsTo(guest.email)).map(({ text }) => text).join())?.[1],
    ),
    userId: otherCreator.userId,
  };
  const set = (userId: string, attribute: string, value: unknown) =>
    document.send(
      new UpdateCommand({
        TableName: stack.tableName,
        Key: itemKey(items.account, { id: userId }),
        UpdateExpression: "SET #a = :v",
        ExpressionAttributeNames: { "#a": attribute },
        ExpressionAttributeValues: { ":v": value },
      }),
    );
  suspended = banned;
  await set(banned.userId, "status", "suspended");
  noRole = await again(nobody);
  await set(nobody.userId, "roles", []);
}, 120_000);

/** By the role gate. */
const isAllowed = ({ roles }: HttpContract, relation: Relation): boolean =>
  roles === "public" || roles.some((role) => rolesOf[relation].includes(role));

describe("the permission matrix", () => {
  test("is what every denied cell answers, and nothing is written", async () => {
    await nothingIsDue();
    const before = await quietTable();
    const wrong: string[] = [];
    let cells = 0;
    const expectCell = async (
      name: string,
      contract: HttpContract,
      who: string,
      token: string | undefined,
      status: number,
      code?: string,
    ) => {
      cells += 1;
      const reply = await send(name, contract, token);
      if (reply.status !== status || (code !== undefined && reply.body.code !== code))
        wrong.push(`${name} ${who}: ${reply.status} ${JSON.stringify(reply.body)}`);
    };
    await sideBySide(guarded, AT_ONCE, async ({ name, contract }) => {
      await expectCell(name, contract, "anonymous", undefined, 401);
      await expectCell(name, contract, "forged", `${people.admin.token.slice(0, -4)}AAAA`, 401);
      await expectCell(name, contract, "suspended", suspended.token, 403, "account.suspended");
      await expectCell(name, contract, "role taken away", noRole.token, 403, "access.role_not_allowed");
      for (const relation of relations) {
        if (!isAllowed(contract, relation))
          await expectCell(name, contract, relation, people[relation].token, 403, "access.role_not_allowed");
        else if (having[name] && !having[name].includes(relation))
          await expectCell(name, contract, relation, people[relation].token, 404);
      }
    });
    expect(wrong).toEqual([]);
    expect(await quietTable()).toEqual(before);
    console.log(`${cells} denied cells of ${guarded.length} actions`);
    expect(cells).toBeGreaterThan(200);
  }, 240_000);

  test("lets every allowed reader read, and shows only their own", async () => {
    const wrong: string[] = [];
    const readers = httpActions.filter(({ contract }) => methodOf(contract) === "GET");
    await sideBySide(readers, AT_ONCE, async ({ name, contract }) => {
      for (const relation of relations) {
        if (!isAllowed(contract, relation) || (having[name] && !having[name].includes(relation))) continue;
        const reply = await send(name, contract, people[relation].token);
        if (reply.status !== 200) wrong.push(`${name} ${relation}: ${reply.status} ${JSON.stringify(reply.body)}`);
      }
    });
    expect(wrong).toEqual([]);
    const listed = async (person: Person) =>
      ((await person.get("/v1/campaigns")).body.data as { id: string }[]).map(({ id }) => id);
    expect(await listed(people.otherBrand)).toEqual([]);
    expect(await listed(people.otherCreator)).toEqual([]);
    expect(await listed(people.otherBrandAndCreator)).toEqual([]);
    for (const relation of ["owner", "participant", "invited"] as const)
      expect(await listed(people[relation])).toEqual([launch.campaignId]);
    expect((await people.invited.get(`/v1/campaigns/${launch.campaignId}/submissions`)).body.data).toEqual([]);
  }, 120_000);

  test("answers the same for what is another's and for what is not there", async () => {
    const theirs = await people.otherBrand.get(`/v1/campaigns/${launch.campaignId}`);
    const nowhere = await people.otherBrand.get(`/v1/campaigns/cmp_${"0".repeat(26)}`);
    const { requestId: _a, instance: _b, ...one } = theirs.body;
    const { requestId: _c, instance: _d, ...other } = nowhere.body;
    expect([theirs.status, one]).toEqual([nowhere.status, other]);
  });
});
