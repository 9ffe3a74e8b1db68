/** Admins look after people: they find them, ban them and let them back, and every step is in a trail that is proven. */
import { beforeAll, describe, expect, test } from "@jest/globals";
import { joined, launched, type Launched } from "../support/campaign-steps.ts";
import { again, eventually, makeAdmin, type Person, signUp, stack } from "../support/local-stage.ts";

let brand: Person;
let creator: Person;
let admin: Person;
let launch: Launched;
interface AuditPage {
  readonly data: readonly { readonly changes: readonly { readonly field: string; readonly after: unknown }[] }[];
}

/** Nobody has followed them yet: what a click process knows of a link, it uses for half a minute. */
let links: readonly string[];

const visit = async (link = ""): Promise<number> => {
  const address = new URL(link);
  return (await fetch(`${stack.linkUrl}${address.pathname}`, { redirect: "manual" })).status;
};
/** Which sides' bans hold a link out of service, as its trail says. */
async function banned(link = ""): Promise<string[]> {
  const code = new URL(link).pathname.split("/").at(-1);
  const { data } = (await admin.get(`/v1/admin/audit-logs?resource=link:${code}`)).body as AuditPage;
  const newestFirst = data.flatMap(({ changes }) => changes);
  return ["brandBanned", "creatorBanned"].filter(
    (side) => newestFirst.find(({ field }) => field === side)?.after === true,
  );
}
const ban = (person: Person) =>
  admin.send("PUT", `/v1/admin/users/${person.userId}/ban`, { body: { reason: "fraud" } });
const unban = (person: Person) => admin.send("DELETE", `/v1/admin/users/${person.userId}/ban`);
const status = async () => (await admin.get(`/v1/campaigns/${launch.campaignId}`)).body.status as string;

beforeAll(async () => {
  [brand, creator, admin] = await Promise.all([signUp("brand"), signUp("creator"), makeAdmin()]);
  launch = await launched(brand);
  await joined(brand, creator, launch);
  const link = async () => {
    const made = await creator.post(`/v1/campaigns/${launch.campaignId}/links`, {
      destinationUrl: "https://shop.example.com/",
    });
    return String(made.body.url);
  };
  links = [await link(), await link(), await link()];
}, 120_000);

describe("somebody who is banned", () => {
  test("is refused at once; their links and campaigns stop, and go on when the ban ends", async () => {
    const [before, meanwhile, after] = links;
    expect(await visit(before)).toBe(302);
    expect((await ban(creator)).body).toMatchObject({ status: "suspended" });
    expect(await creator.get("/v1/me")).toMatchObject({ status: 403, body: { code: "account.suspended" } });
    expect((await ban(brand)).status).toBe(200);
    await eventually("the campaign to be paused", async () => (await status()) === "paused");
    await eventually("the links to be out of service", async () => (await banned(meanwhile)).length === 2);
    expect(await visit(meanwhile)).toBe(410);
    expect((await unban(brand)).status).toBe(200);
    expect((await unban(creator)).status).toBe(200);
    await eventually("the campaign to go on", async () => (await status()) === "active");
    await eventually("the links to be in service again", async () => (await banned(after)).length === 0);
    expect(await visit(after)).toBe(302);
    expect((await creator.get("/v1/me")).status).toBe(200);
  }, 120_000);
});

describe("an admin", () => {
  test("finds people by what their address begins with, their role and their status", async () => {
    const q = encodeURIComponent(creator.email.toUpperCase());
    const found = async (query: string) =>
      ((await admin.get(`/v1/admin/users?${query}`)).body.data as { id: string }[]).map(({ id }) => id);
    expect(await found(`q=${q}`)).toEqual([creator.userId]);
    expect(await found(`q=${q}&role=creator&status=active`)).toEqual([creator.userId]);
    expect(await found(`q=${q}&role=brand`)).toEqual([]);
  });

  test("reads who did what, and that nobody has touched it", async () => {
    const resource = `account:${creator.userId}`;
    const rows = async () =>
      (await admin.get(`/v1/admin/audit-logs?resource=${resource}&actorId=${admin.userId}`)).body.data;
    expect((await rows())[0]).toMatchObject({
      action: "account.reinstated",
      onBehalfOf: creator.userId,
      changes: expect.arrayContaining([{ field: "status", before: "suspended", after: "active" }]),
      requestId: expect.any(String),
    });
    await eventually("the row's seal", async () => (await rows())[0].hash !== null);
    const proof = (await admin.get("/v1/admin/audit-logs/verification")).body;
    expect(proof).toMatchObject({ intact: true });
    expect(proof.rows).toBeGreaterThan(5);
  }, 60_000);

  test("who is one no longer is refused with the token that said so", async () => {
    const other = await makeAdmin();
    expect(
      (await admin.send("PUT", `/v1/admin/users/${other.userId}/roles`, { body: { roles: ["brand"] } })).status,
    ).toBe(200);
    expect(await other.get("/v1/admin/users")).toMatchObject({
      status: 403,
      body: { code: "access.role_not_allowed" },
    });
    expect((await (await again(other)).get("/v1/me")).body.roles).toEqual(["brand"]);
  }, 60_000);
});

describe("what one may do", () => {
  test("is told in general and about a campaign, and about nobody else's", async () => {
    const told = async (person: Person, query = "") =>
      (await person.get(`/v1/me/capabilities${query}`)).body.actions as {
        action: string;
        allowed: boolean;
        reason?: string;
      }[];
    expect(await told(creator)).toContainEqual({
      action: "listUsers",
      allowed: false,
      reason: "access.role_not_allowed",
    });
    const about = `?resource=campaign:${launch.campaignId}`;
    expect(await told(brand, about)).toContainEqual({ action: "pauseCampaign", allowed: true });
    expect(await told(creator, about)).toContainEqual({ action: "submitContent", allowed: true });
    const stranger = await signUp("brand");
    expect((await stranger.get(`/v1/me/capabilities${about}`)).status).toBe(404);
    expect((await stranger.get("/v1/me/capabilities?resource=campaign:x")).status).toBe(400);
  }, 60_000);

  test("includes the public profile of a creator, by which nobody can be reached", async () => {
    const { status: found, body } = await brand.get(`/v1/creators/${creator.userId}`);
    expect(found).toBe(200);
    expect(JSON.stringify(body)).not.toContain(creator.email);
    expect(body).not.toHaveProperty("phone");
    expect((await brand.get(`/v1/creators/${brand.userId}`)).status).toBe(404);
  });
});
