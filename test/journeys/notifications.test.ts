/** What people are told, as they see it: the bell, the mailbox, their choices, and the way out of a mail. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { beforeAll, expect, test } from "@jest/globals";
import { suppressionIdOf } from "#shared/domain/notifications/mail/suppression";
import { itemKey } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { invited, launched } from "../support/campaign-steps.ts";
import {
  awsConfig,
  call,
  eventually,
  type Mail,
  mailsTo,
  makeAdmin,
  type Person,
  signUp,
  stack,
} from "../support/local-stage.ts";

const document = DynamoDBDocumentClient.from(new DynamoDBClient(awsConfig));
let admin: Person;
let brand: Person;
beforeAll(async () => {
  [admin, brand] = await Promise.all([makeAdmin(), signUp("brand")]);
}, 60_000);

const unread = async (person: Person): Promise<number> =>
  (await person.get("/v1/notifications/unread-count")).body.unread as number;
const announced = (audience: object, title: string, category = "system") =>
  admin.post("/v1/admin/notifications", { ...audience, title, message: "So it is.", category });
const mailed = (person: Person, title: string): Promise<Mail> =>
  eventually(`“${title}” for ${person.email}`, async () =>
    (await mailsTo(person.email)).find(({ subject }) => subject.includes(title)),
  );

test("an invitation rings, is mailed with a button, and its mail's one click ends such mails", async () => {
  const creator = await signUp("creator");
  const launch = await launched(brand);
  await invited(brand, creator, launch);
  const mail = await mailed(creator, "You are invited");
  expect(mail.html).toContain(`href="${stack.corsOrigins[0]}/campaigns/${launch.campaignId}"`);
  expect(mail.headers["List-Unsubscribe-Post"]).toBe("List-Unsubscribe=One-Click");
  // Long headers are folded.
  const url = /<(.*)>/.exec(mail.headers["List-Unsubscribe"] ?? "")?.[1] ?? "";
  expect(url).toContain(`${stack.apiUrl}/v1/unsubscriptions/`);

  const page = await fetch(url);
  expect([page.status, page.headers.get("content-type"), await page.text()]).toEqual([
    200,
    "text/html; charset=utf-8",
    expect.stringContaining("<form method"),
  ]);
  expect((await creator.get("/v1/me/notification-preferences")).body.campaigns).toEqual({ inApp: true, email: true });
  const click = { method: "POST", body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }) };
  for (let times = 0; times < 2; times += 1) expect((await fetch(url, click)).status).toBe(200);
  expect((await creator.get("/v1/me/notification-preferences")).body.campaigns).toEqual({ inApp: true, email: false });
  expect((await fetch(`${url}x`, click)).status).toBe(404);

  await announced({ userId: creator.userId }, "Silent", "campaigns");
  await announced({ userId: creator.userId }, "Loud", "payments");
  await mailed(creator, "Loud");
  await eventually("both ring", async () => (await unread(creator)) === 3);
  expect((await mailsTo(creator.email)).map(({ subject }) => subject)).not.toContain("Silent");
}, 60_000);

test("choices are put whole, and read back", async () => {
  const person = await signUp("creator");
  const path = "/v1/me/notification-preferences";
  const { body: all } = await person.get(path);
  const quiet = { ...all, payments: { inApp: false, email: false } };
  expect(await person.send("PUT", path, { body: quiet })).toMatchObject({ status: 200, body: quiet });
  expect((await person.get(path)).body).toEqual(quiet);
  const { payments: _left, ...some } = quiet;
  expect((await person.send("PUT", path, { body: some })).status).toBe(400);
}, 60_000);

test("an announcement reaches everybody with a role once; all of it is read at once, and the number is exact", async () => {
  const people = await Promise.all([signUp("creator"), signUp("creator")]);
  const reply = await announced({ role: "creator" }, "For all of you");
  expect(reply).toMatchObject({ status: 202, body: { id: expect.stringMatching(/^ann_/) } });
  expect(reply.body.recipients).toBeGreaterThanOrEqual(people.length);
  for (const person of people) {
    await mailed(person, "For all of you");
    await eventually("it rings", async () => (await unread(person)) === 1);
    expect((await person.get("/v1/notifications?unread=true")).body.data).toMatchObject([{ title: "For all of you" }]);
    expect(await person.post("/v1/notifications/read-all")).toMatchObject({ status: 200, body: { unread: 0 } });
    expect((await person.get("/v1/notifications?unread=true")).body.data).toEqual([]);
    expect(await unread(person)).toBe(0);
  }
  expect(await announced({ userId: brand.userId, role: "brand" }, "x")).toMatchObject({ status: 400 });
  expect(await call("POST", "/v1/admin/notifications", { token: brand.token, body: {} })).toMatchObject({
    status: 403,
  });
}, 60_000);

test("an address that mail bounces from gets no more; the bell goes on", async () => {
  const address = `bounce+${Date.now()}@simulator.amazonses.com`;
  const [person, another] = await Promise.all([signUp("creator", "creator", address), signUp("creator")]);
  await announced({ userId: person.userId }, "First");
  await mailed(person, "First");
  const Key = itemKey(items.mailSuppression, { id: suppressionIdOf(address) });
  const suppression = await eventually("the address is suppressed", async () => {
    const { Item } = await document.send(new GetCommand({ TableName: stack.tableName, Key, ConsistentRead: true }));
    return Item;
  });
  expect(suppression).toMatchObject({ reason: "bounce" });
  expect(JSON.stringify(suppression)).not.toContain("simulator");

  await announced({ userId: person.userId }, "Second");
  await eventually("it rings", async () => (await unread(person)) === 2);
  await announced({ userId: another.userId }, "Third");
  await mailed(another, "Third");
  expect((await mailsTo(address)).map(({ subject }) => subject)).not.toContain("Second");
}, 60_000);

test("a link prefix that an admin gives to another brand: both are told, and whoever lost it why, also who wants no mails", async () => {
  const winner = await signUp("brand");
  const prefix = `jr${Date.now().toString(36)}`;
  expect((await brand.send("PUT", "/v1/link-prefix", { body: { prefix } })).status).toBe(200);
  const preferences = "/v1/me/notification-preferences";
  const { body } = await brand.get(preferences);
  const silent = { ...body, campaigns: { inApp: true, email: false } };
  expect((await brand.send("PUT", preferences, { body: silent })).status).toBe(200);
  const award = { body: { brandId: winner.userId, reason: "It is their trade mark" } };
  expect((await admin.send("PUT", `/v1/admin/link-prefixes/${prefix}`, award)).status).toBe(200);
  expect((await mailed(brand, `The link prefix “${prefix}” is yours no longer`)).html).toContain("trade mark");
  expect((await mailed(winner, `The link prefix “${prefix}” is yours`)).html).not.toContain("trade mark");
  const rung = (person: Person) =>
    eventually(`it rings for ${person.email}`, async () => {
      const { body: bell } = await person.get("/v1/notifications");
      return (bell.data as { title: string }[]).find(({ title }) => title.includes(prefix));
    });
  const message = expect.stringContaining("The reason: It is their trade mark");
  expect(await rung(brand)).toMatchObject({ type: "link_prefix.lost", message });
  expect(await rung(winner)).toMatchObject({ type: "link_prefix.awarded" });
}, 60_000);
