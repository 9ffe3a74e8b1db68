/** Every connector against its network's stand-in. What networks do, and the sources of it, are in docs/social.md. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { engagementOf } from "#shared/domain/social/engagement";
import { SocialPlatform } from "#shared/domain/social/platform";
import { tokenTerms } from "#shared/domain/social/token-terms";
import { consent, type SocialStage, socialStage } from "../../support/social-stage.ts";

const HOUR = 3_600;
const DAY = 24 * HOUR;
/** As networks document them. */
const lives = {
  instagram: { access: 60 * DAY, refresh: undefined, pkce: false },
  tiktok: { access: 2 * HOUR, refresh: 180 * DAY, pkce: false },
  twitter: { access: 2 * HOUR, refresh: undefined, pkce: true },
  linkedin: { access: 60 * DAY, refresh: undefined, pkce: false },
  youtube: { access: HOUR, refresh: undefined, pkce: true },
} as const;
const renewing = ["tiktok", "twitter", "youtube"] as const;
const rotating = ["tiktok", "twitter"] as const;
const revoking = ["tiktok", "twitter", "youtube"] as const;

let stage: SocialStage;
beforeAll(async () => {
  stage = await socialStage();
});
afterAll(() => stage.stop());

const refused = { name: "NetworkRefused", reason: "invalid_grant" };

describe.each(SocialPlatform.options)("%s", (platform) => {
  test("asks for consent: the state, where people come back to, and PKCE where the network has it", async () => {
    const url = new URL(await stage.of(platform).authorizationUrl(consent));
    expect(url.searchParams.get("state")).toBe(consent.state);
    expect(url.searchParams.get("redirect_uri")).toBe(`https://app.example.com/social/${platform}/callback`);
    expect(url.searchParams.get("code_challenge_method")).toBe(lives[platform].pkce ? "S256" : null);
    expect(url.href).not.toContain(consent.codeVerifier);
    expect(url.href).not.toContain("secret");
  });

  test("a code gives tokens for as long as the network says", async () => {
    const before = Date.now();
    const tokens = await stage.tokensOf(platform);
    const seconds = (Date.parse(tokens.expiresAt) - before) / 1_000;
    expect(Math.abs(seconds - lives[platform].access)).toBeLessThan(60);
    expect(tokens.scopes.length).toBeGreaterThan(0);
    expect(tokens.refreshToken !== null).toBe(renewing.some((one) => one === platform));
    const { refresh } = lives[platform];
    const ends = tokens.refreshExpiresAt && (Date.parse(tokens.refreshExpiresAt) - before) / 1_000;
    expect(ends === null ? undefined : Math.round(Number(ends) / DAY) * DAY).toBe(refresh);
  });

  test("a code says whose the tokens are where the terms of its tokens say so, and nowhere else", async () => {
    const { identity } = await stage.of(platform).exchange(await stage.codeOf(platform), consent);
    expect(identity !== null).toBe(tokenTerms[platform].namesOwner);
  });

  test("a code works once, and not elsewhere", async () => {
    const code = await stage.codeOf(platform);
    await stage.of(platform).exchange(code, consent);
    await expect(stage.of(platform).exchange(code, consent)).rejects.toMatchObject(refused);
    const other = platform === "youtube" ? "tiktok" : "youtube";
    await expect(stage.of(other).exchange(await stage.codeOf(platform), consent)).rejects.toMatchObject(refused);
  });

  test("a code that is late is refused", async () => {
    const code = await stage.codeOf(platform);
    stage.pass(2 * HOUR);
    await expect(stage.of(platform).exchange(code, consent)).rejects.toMatchObject(refused);
  });

  test("whose they are, and what the network says of them", async () => {
    const member = stage.member(platform, "leo.lifts");
    const { identity, figures } = await stage.of(platform).read(await stage.tokensOf(platform, "leo.lifts"));
    const isYouTube = platform === "youtube";
    expect(identity.externalId).toBe(isYouTube ? `UC${member.id}` : member.id);
    expect(identity.displayName).toBe(member.name);
    const followers = isYouTube
      ? Number(String(member.followers).slice(0, 3).padEnd(String(member.followers).length, "0"))
      : member.followers;
    const isLinkedIn = platform === "linkedin";
    expect(figures).toEqual({
      followerCount: followers,
      followingCount: isYouTube || isLinkedIn ? null : member.following,
      postCount: isLinkedIn ? null : member.posts.length,
      ...engagementOf(followers, isLinkedIn ? [] : member.posts),
    });
  });

  test("people without posts have no rate", async () => {
    const { figures } = await stage.of(platform).read(await stage.tokensOf(platform, "sue.silent"));
    expect(figures).toMatchObject({ engagementRate: null, postsRated: 0 });
  });

  test("a token that ended, or whose consent was taken back, opens nothing", async () => {
    const ended = await stage.tokensOf(platform);
    stage.pass(lives[platform].access + 1);
    await expect(stage.of(platform).read(ended)).rejects.toMatchObject(refused);
    const withdrawn = await stage.tokensOf(platform, "ana.bakes");
    stage.standIn(platform).grants.withdraw("ana.bakes");
    await expect(stage.of(platform).read(withdrawn)).rejects.toMatchObject(refused);
    await expect(stage.of(platform).refresh(withdrawn)).rejects.toMatchObject(refused);
  });

  test("revoking ends the consent where the network has a way to, and may be done twice", async () => {
    const tokens = await stage.tokensOf(platform);
    await stage.of(platform).revoke(tokens);
    await stage.of(platform).revoke(tokens);
    const reading = stage.of(platform).read(tokens);
    await (revoking.some((one) => one === platform)
      ? expect(reading).rejects.toMatchObject(refused)
      : expect(reading).resolves.toHaveProperty("identity"));
  });

  test("somebody who says no is sent back without a code", async () => {
    const { searchParams } = await stage.decide(platform, "deny");
    expect([searchParams.get("code"), searchParams.get("error")]).toEqual([null, "access_denied"]);
    expect(searchParams.get("state")).toBe(consent.state);
  });

  test("a secret that is not ours is our doing, and no creator's", async () => {
    const others = stage.connected(stage.url, { ...stage.secrets, [platform]: "not-the-secret" });
    const code = await stage.codeOf(platform);
    await expect(others.of(platform).exchange(code, consent)).rejects.toMatchObject({ reason: "misconfigured" });
  });
});

test.each(renewing)("%s renews by the refresh token, also long after the access token's end", async (platform) => {
  const tokens = await stage.tokensOf(platform);
  stage.pass(7 * DAY);
  const renewed = await stage.of(platform).refresh(tokens);
  await expect(stage.of(platform).read(renewed)).resolves.toHaveProperty("identity");
  const isSame = renewed.refreshToken === tokens.refreshToken;
  expect(isSame).toBe(platform === "youtube");
});

test.each(rotating)("%s rotates: the refresh token before is dead", async (platform) => {
  const tokens = await stage.tokensOf(platform);
  const renewed = await stage.of(platform).refresh(tokens);
  await expect(stage.of(platform).refresh(tokens)).rejects.toMatchObject(refused);
  await expect(stage.of(platform).refresh(renewed)).resolves.toHaveProperty("accessToken");
});

test("Instagram renews by the access token itself, once it is a day old and before it ends", async () => {
  const tokens = await stage.tokensOf("instagram");
  await expect(stage.of("instagram").refresh(tokens)).rejects.toMatchObject({ name: "NetworkRefused" });
  stage.pass(DAY);
  const renewed = await stage.of("instagram").refresh(tokens);
  expect(renewed).toMatchObject({ refreshToken: null, scopes: tokens.scopes });
  stage.pass(61 * DAY);
  await expect(stage.of("instagram").refresh(renewed)).rejects.toMatchObject(refused);
});

test("Instagram's code is taken with what Instagram appends to it", async () => {
  const code = await stage.codeOf("instagram");
  expect((await stage.decide("instagram", "allow")).hash).toBe("#_");
  await expect(stage.of("instagram").exchange(`${code}#_`, consent)).resolves.toHaveProperty("tokens.accessToken");
});

test("LinkedIn renews for partners alone: others are asked for consent again, and no network is", async () => {
  const tokens = await stage.tokensOf("linkedin");
  stage.fault({ platform: "linkedin", kind: "error_500" });
  await expect(stage.of("linkedin").refresh(tokens)).rejects.toMatchObject(refused);
  stage.stage.faults.clear();
});

test("LinkedIn says with the tokens whose they are, before it takes them", async () => {
  const { tokens, identity } = await stage.of("linkedin").exchange(await stage.codeOf("linkedin"), consent);
  expect(identity).toEqual((await stage.of("linkedin").read(tokens)).identity);
});

test("LinkedIn tells followers to whom it lets ask for them, and nobody else is failed by that", async () => {
  const tokens = await stage.tokensOf("linkedin");
  const without = { ...tokens, scopes: ["openid", "profile"] };
  const { figures } = await stage.of("linkedin").read(without);
  expect(figures.followerCount).toBeNull();
});

test.each(["twitter", "youtube"] as const)("%s takes no code without its verifier", async (platform) => {
  const other = { codeVerifier: "w".repeat(43) };
  await expect(stage.of(platform).exchange(await stage.codeOf(platform), other)).rejects.toMatchObject(refused);
});

test("TikTok takes a consent back whose access token has ended by a renewed one, and by no other", async () => {
  const tokens = await stage.tokensOf("tiktok", "tom.travels");
  stage.pass(3 * HOUR);
  const live = stage.standIn("tiktok").grants.live();
  await stage.of("tiktok").revoke(tokens);
  expect(stage.standIn("tiktok").grants.live()).toBe(live);
  await stage.of("tiktok").revoke(await stage.of("tiktok").refresh(tokens));
  expect(stage.standIn("tiktok").grants.live()).toBe(live - 1);
});

test("YouTube hides what its owner hides, and knows people without a channel", async () => {
  const { figures } = await stage.of("youtube").read(await stage.tokensOf("youtube", "max.hidden"));
  expect(figures).toMatchObject({ followerCount: null, engagementRate: null });
  const nobody = await stage.tokensOf("youtube", "noa.nochannel");
  await expect(stage.of("youtube").read(nobody)).rejects.toMatchObject({ reason: "insufficient_scope" });
});

test("a consent to less than is read is told apart from a token that is not good", async () => {
  const asked = new URL(await stage.of("tiktok").authorizationUrl(consent));
  asked.searchParams.set("scope", "user.info.basic");
  const { headers } = await fetch(`${asked.href}&decision=allow`, { redirect: "manual" });
  const code = new URL(headers.get("location") ?? "").searchParams.get("code") ?? "";
  const { tokens } = await stage.of("tiktok").exchange(code, consent);
  expect(tokens.scopes).toEqual(["user.info.basic"]);
  await expect(stage.of("tiktok").read(tokens)).rejects.toMatchObject({ reason: "insufficient_scope" });
});
