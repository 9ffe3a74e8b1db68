/** Files that people take with them: asked for over HTTP, written behind a queue, fetched by a signed link. */
import { beforeAll, describe, expect, test } from "@jest/globals";
import { joined, launched, type Launched, submitted } from "../support/campaign-steps.ts";
import { eventually, makeAdmin, type Person, signUp } from "../support/local-stage.ts";

let brand: Person;
let creator: Person;
let stranger: Person;
let admin: Person;
let launch: Launched;
let submissionId: string;
beforeAll(async () => {
  [brand, creator, stranger, admin] = await Promise.all([
    signUp("brand"),
    signUp("creator"),
    signUp("brand"),
    makeAdmin(),
  ]);
  launch = await launched(brand);
  await joined(brand, creator, launch);
  submissionId = await submitted(creator, launch);
}, 90_000);

const asked = async (person: Person, body: object) => {
  const reply = await person.post("/v1/exports", { format: "csv", ...body });
  expect([reply.status, reply.body]).toMatchObject([202, { status: "queued" }]);
  return `/v1/exports/${String(reply.body.id)}`;
};
const ended = (person: Person, path: string) =>
  eventually(`${path} has ended`, async () => {
    const { body } = await person.get(path);
    return !["queued", "running"].includes(String(body.status)) && body;
  });
async function file(person: Person, body: object): Promise<string> {
  const whole = await ended(person, await asked(person, body));
  expect(whole).toMatchObject({ status: "completed" });
  return (await fetch(String(whole.url))).text();
}
const idsIn = (csv: string) =>
  csv
    .split("\r\n")
    .slice(1, -1)
    .map((line) => line.split(",")[0]);

describe("an export", () => {
  test("is a file of what the list shows, that a browser saves, and only its owner has a link to", async () => {
    const path = await asked(brand, { kind: "transactions" });
    const whole = await ended(brand, path);
    const link = String(whole.url);
    expect(Date.parse(String(whole.urlExpiresAt)) - Date.now()).toBeLessThan(3_600_000);
    const reply = await fetch(link);
    expect(reply.headers.get("content-disposition")).toMatch(/^attachment; filename="transactions-[\d-]+\.csv"$/);
    expect(reply.headers.get("content-type")).toMatch(/^text\/csv/);
    const content = await reply.text();
    expect(Buffer.byteLength(content)).toBe(whole.sizeBytes);
    const listed = (await brand.get("/v1/wallet/transactions?limit=100")).body.data as { id: string }[];
    expect(idsIn(content)).toEqual(listed.map(({ id }) => id));
    expect(whole.rows).toBe(listed.length);
    for (const bent of [link.replace(/.$/, (last) => (last === "0" ? "1" : "0")), link.replace("transactions", "x")])
      expect((await fetch(bent)).status).toBe(403);
    for (const other of [stranger, creator]) expect((await other.get(path)).status).toBe(404);
  });

  test("of a campaign is each side's own; JSON is one thing a line, as the API spells it", async () => {
    const { campaignId } = launch;
    const submission = (await creator.get(`/v1/campaigns/${campaignId}/submissions`)).body.data as object[];
    const lines = (await file(creator, { kind: "submissions", format: "json", campaignId })).split("\n");
    expect(lines.slice(0, -1).map((line) => JSON.parse(line) as object)).toEqual(submission);
    expect(idsIn(await file(brand, { kind: "submissions", campaignId }))).toEqual([submissionId]);
    expect(idsIn(await file(brand, { kind: "participants", campaignId }))).toHaveLength(1);
    expect(idsIn(await file(creator, { kind: "campaign-analytics", campaignId }))).toHaveLength(2);
    expect(idsIn(await file(creator, { kind: "earnings" }))).toEqual([]);
    expect((await stranger.post("/v1/exports", { kind: "participants", format: "csv", campaignId })).status).toBe(404);
  });

  test("of people and of the audit trail is an admin's, and leaves its receipt there", async () => {
    for (const kind of ["users", "audit-logs"])
      expect((await brand.post("/v1/exports", { kind, format: "csv" })).body.code).toBe("access.role_not_allowed");
    expect(idsIn(await file(admin, { kind: "users" }))).toEqual(expect.arrayContaining([brand.userId, creator.userId]));
    const path = await asked(admin, { kind: "audit-logs", campaignId: launch.campaignId, format: "json" });
    expect((await ended(admin, path)).rows).toBeGreaterThan(0);
    const trail = await admin.get(`/v1/admin/audit-logs?resource=export:${path.split("/").at(-1)}`);
    expect(trail.body.data.map(({ action }: { action: string }) => action)).toEqual([
      "export.completed",
      "export.requested",
    ]);
  });

  test("is asked for with every problem named, and once for each key", async () => {
    const wrong = await brand.post("/v1/exports", {
      kind: "submissions",
      format: "xml",
      from: "2026-02-01",
      to: "2026-01-01",
    });
    const pointers = (wrong.body.errors as { pointer: string }[]).map(({ pointer }) => pointer);
    expect([wrong.status, pointers]).toEqual([400, ["/format", "/campaignId", "/to"]]);
    const once = () => stranger.post("/v1/exports", { kind: "transactions", format: "csv" }, "a-key");
    const [first, second] = [await once(), await once()];
    expect([first.status, second.body]).toEqual([202, first.body]);
  });
});

test("of somebody who was banned there is no file, and no link any more", async () => {
  const banned = await signUp("brand");
  const path = await asked(banned, { kind: "transactions" });
  await ended(banned, path);
  expect((await admin.send("PUT", `/v1/admin/users/${banned.userId}/ban`, { body: { reason: "fraud" } })).status).toBe(
    200,
  );
  expect((await banned.get(path)).body.code).toBe("account.suspended");
});
