/** Crowds that want different things of one thing, on a table that conflicts as DynamoDB does: one is through, and the others hear why. */
import { expect, test } from "@jest/globals";
import { handler as createCampaign } from "#lambdas/campaigns/create-campaign";
import { handler as updateCampaign } from "#lambdas/campaigns/update-campaign";
import { handler as banUser } from "#lambdas/users/ban-user";
import { handler as setUserRoles } from "#lambdas/users/set-user-roles";
import { handler as unbanUser } from "#lambdas/users/unban-user";
import { handler as updateMe } from "#lambdas/users/update-me";
import { itemKey } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { loggedLines } from "../support/gateway.ts";
import { type Answered, done, simulatedApi } from "../support/simulated-api.ts";

const CROWD = 50;
const DAY_MS = 86_400_000;

/** How many were answered what. */
const tallied = (answers: readonly Answered[]) => {
  const tally: Record<string, number> = {};
  for (const { status, body } of answers) {
    const what = [status, body?.["code"], body?.["currentState"]].filter((one) => one !== undefined).join(" ");
    tally[what] = (tally[what] ?? 0) + 1;
  }
  return tally;
};
const times = <T>(count: number, act: (at: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, at) => act(at)));

test("of many who change one campaign under one tag, one does; the others are told of its version, whatever else is wrong", async () => {
  loggedLines();
  const api = await simulatedApi(1);
  const brand = await api.person("brand");
  const timeline = { start: new Date().toISOString(), end: new Date(Date.now() + 30 * DAY_MS).toISOString() };
  const brief = { name: "Autumn", category: "fashion", budget: { amount: 100, currency: "USD" }, timeline };
  const { id } = await done(api.send(brand, createCampaign, { body: brief }));
  const path = { campaignId: String(id) };
  const change = (body: object) =>
    api.send(brand, updateCampaign, { path, body, headers: { "if-match": '"v1.read"' } });
  expect(tallied(await times(CROWD, (at) => change({ name: `no. ${at}` })))).toEqual({
    "200": 1,
    "412 version.changed v2": CROWD - 1,
  });
  expect(tallied([await change({ timeline: { end: timeline.start } })])).toEqual({ "412 version.changed v2": 1 });
}, 60_000);

test("many who ban, let back, demote and edit one person leave one of these, whole", async () => {
  loggedLines();
  const api = await simulatedApi(2);
  const [person, ...admins] = [await api.person("creator"), ...(await times(3, () => api.person("admin")))];
  const path = { userId: person.userId };
  const asks = [
    (at: number) => api.send(admins[at % 3]!, banUser, { path, body: { reason: `no. ${at}` } }),
    (at: number) => api.send(admins[at % 3]!, unbanUser, { path }),
    (at: number) =>
      api.send(admins[at % 3]!, setUserRoles, { path, body: { roles: [at % 8 < 4 ? "creator" : "brand"] } }),
    () => api.send(person, updateMe, { body: { bio: "x" } }),
  ];
  const answers = await times(CROWD, (at) => asks[at % 4]!(at));
  for (const { status } of answers) expect([200, 403]).toContain(status);
  const read = (key: object) => api.table.driver.get(key as never);
  const account = await read(itemKey(items.account, { id: person.userId }));
  const wallet = await read(itemKey(items.wallet, { userId: person.userId }));
  expect(wallet?.["ownerStatus"]).toBe(account?.["status"]);
}, 60_000);

test("of many admins who ban and demote each other at once, one stays", async () => {
  loggedLines();
  const api = await simulatedApi(3);
  const admins = await times(8, () => api.person("admin"));
  await times(CROWD, (at) => {
    const [who, whom] = [admins[at % 8]!, admins[(at * 3 + 1) % 8]!];
    const path = { userId: whom.userId };
    return at % 2 === 0
      ? api.send(who, banUser, { path, body: { reason: "coup" } })
      : api.send(who, setUserRoles, { path, body: { roles: ["brand"] } });
  });
  const stored = await times(8, (at) =>
    api.table.driver.get(itemKey(items.account, { id: admins[at]!.userId }) as never),
  );
  const left = stored.filter((one) => one?.["status"] === "active" && (one["roles"] as string[]).includes("admin"));
  expect(left.length).toBeGreaterThan(0);
}, 60_000);
