/** A creator connects three networks by their pages of consent, is shown with them, and lets one go again. */
import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "@jest/globals";
import type { SocialPlatform } from "#shared/domain/social/platform";
import { consentAs, type Returned } from "#infra/local/social/scripted-consent";
import { type Person, type Reply, signUp, stack } from "../support/local-stage.ts";

/** As the networks know them; nobody else on the stage is called so. */
const handle = `ida-${randomUUID().slice(0, 8)}`;
const networks = ["instagram", "tiktok", "youtube"] as const satisfies readonly SocialPlatform[];
const followers = { instagram: 48_200, tiktok: 131_400, youtube: 9_120 } as const;

let creator: Person;
let rival: Person;
const returned = new Map<SocialPlatform, Returned>();

const atNetworks = async (method: string, path: string, body: object) => {
  const reply = await fetch(`${stack.socialUrl}${path}`, { method, body: JSON.stringify(body) });
  expect(reply.status).toBe(200);
  return (await reply.json()) as Readonly<Record<string, unknown>>;
};

/** Asks where to give consent, and gives it. */
async function consented(person: Person, platform: SocialPlatform): Promise<Returned> {
  const begun = await person.post(`/v1/social-accounts/${platform}/authorization`);
  expect(begun).toMatchObject({ status: 201, body: { state: expect.any(String), expiresAt: expect.any(String) } });
  const back = await consentAs(handle, String(begun.body.authorizationUrl));
  expect(back.state).toBe(begun.body.state);
  return back;
}
const connect = (person: Person, platform: SocialPlatform, { code, state }: Returned): Promise<Reply> =>
  person.post(`/v1/social-accounts/${platform}`, { code, state });
const listed = async () => (await creator.get("/v1/social-accounts")).body.data as Readonly<Record<string, unknown>>[];
const days = async (platform = "") =>
  (await creator.get(`/v1/creators/${creator.userId}/analytics${platform}`)).body.data as Readonly<
    Record<string, unknown>
  >[];

beforeAll(async () => {
  [creator, rival] = await Promise.all([signUp("creator", "Ida"), signUp("creator", "Rival")]);
  for (const platform of networks) {
    await atNetworks("PUT", "/_members", { platform, username: handle, followers: followers[platform] });
  }
}, 60_000);

test("a creator consents at three networks and comes back connected", async () => {
  for (const platform of networks) {
    const back = await consented(creator, platform);
    returned.set(platform, back);
    expect(await connect(creator, platform, back)).toMatchObject({
      status: 201,
      body: { platform, status: "connected", followerCount: followers[platform] },
    });
  }
  const accounts = await listed();
  expect(accounts.map(({ platform }) => platform)).toEqual([...networks]);
  expect(accounts.map(({ followerCount }) => followerCount)).toEqual(Object.values(followers));
}, 60_000);

test("everybody who is signed in sees them in the creator's profile", async () => {
  const { status, body } = await rival.get(`/v1/creators/${creator.userId}`);
  expect(status).toBe(200);
  expect(body.social).toEqual(
    networks.map((platform) =>
      expect.objectContaining({
        platform,
        followerCount: followers[platform],
        engagementRate: expect.any(Number),
        postsRated: 20,
      }),
    ),
  );
});

test("the first day of each is in the history", async () => {
  const accounts = await listed();
  expect(await days()).toEqual(
    accounts.map(({ platform, followerCount, connectedAt }) =>
      expect.objectContaining({
        creatorId: creator.userId,
        platform,
        date: String(connectedAt).slice(0, "2026-11-27".length),
        followerCount,
      }),
    ),
  );
});

test("what they came back with works once", async () => {
  const used = returned.get("instagram") as Returned;
  expect(await connect(creator, "instagram", used)).toMatchObject({
    status: 409,
    body: { code: "social.state_used", currentState: "used" },
  });
  const { state } = await consented(creator, "instagram");
  expect(await connect(creator, "instagram", { code: used.code, state })).toMatchObject({
    status: 409,
    body: { code: "social.code_used", currentState: "used" },
  });
}, 30_000);

test("nobody else connects an account that is theirs, though the network lets them in", async () => {
  expect(await connect(rival, "instagram", await consented(rival, "instagram"))).toMatchObject({
    status: 409,
    body: { code: "social.account_taken", currentState: "connected" },
  });
  expect((await rival.get("/v1/social-accounts")).body.data).toEqual([]);
}, 30_000);

test("they have their accounts read", async () => {
  expect(await creator.post("/v1/social-accounts/sync")).toMatchObject({
    status: 202,
    body: { requestedAt: expect.any(String) },
  });
});

test("what they let go of is gone here, and taken back at the network", async () => {
  expect((await creator.send("DELETE", "/v1/social-accounts/tiktok")).status).toBe(204);
  expect((await listed()).map(({ platform }) => platform)).toEqual(["instagram", "youtube"]);
  expect(await days("?platform=tiktok")).toEqual([]);
  const consent = { platform: "tiktok", username: handle };
  expect(await atNetworks("POST", "/_withdrawals", consent)).toEqual({ withdrawn: 0 });
  expect(await creator.send("DELETE", "/v1/social-accounts/tiktok")).toMatchObject({
    status: 404,
    body: { code: "social.not_connected" },
  });
  expect(await connect(rival, "tiktok", await consented(rival, "tiktok"))).toMatchObject({ status: 201 });
}, 30_000);
