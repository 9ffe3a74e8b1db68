/** What is the stand-ins' own: the page of consent, and the switches. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { SocialPlatform } from "#shared/domain/social/platform";
import { consentAs } from "#infra/local/social/scripted-consent";
import { consent, type SocialStage, socialStage } from "../../../support/social-stage.ts";

let stage: SocialStage;
beforeAll(async () => {
  stage = await socialStage();
});
afterAll(() => stage.stop());

const switched = async (method: string, path: string, body?: object) => {
  const reply = await fetch(`${stage.url}${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
  return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
};

describe.each(SocialPlatform.options)("the page of %s", (platform) => {
  test("asks who somebody is, and sends them back by a form", async () => {
    const address = await stage.of(platform).authorizationUrl(consent);
    const page = await (await fetch(address)).text();
    expect(page).toContain('value="mia.makes"');
    expect(page).toContain('<button name="decision" value="allow">Allow</button>');
    const form = new URLSearchParams({ decision: "allow", account: "mia.makes", other: "somebody new" });
    const { status, headers } = await fetch(address, { method: "POST", body: form, redirect: "manual" });
    const back = new URL(headers.get("location") ?? "");
    expect([status, back.pathname]).toEqual([302, `/social/${platform}/callback`]);
    const code = back.searchParams.get("code") ?? "";
    const { identity } = await stage
      .of(platform)
      .exchange(code, consent)
      .then(({ tokens }) => stage.of(platform).read(tokens));
    expect(identity.displayName).toBe("Somebody new");
  });

  test.each([
    ["another app", platform === "tiktok" ? "client_key" : "client_id", "nobody"],
    ["an address that is not registered", "redirect_uri", "https://evil.example/"],
    ["another way to answer", "response_type", "token"],
  ])("sends nobody anywhere for %s", async (_what, name, value) => {
    const address = new URL(await stage.of(platform).authorizationUrl(consent));
    address.searchParams.set(name, value);
    const { status, headers } = await fetch(`${address.href}&decision=allow`, { redirect: "manual" });
    expect([status, headers.get("location")]).toEqual([400, null]);
  });

  test("runs nothing that somebody called themselves", async () => {
    stage.standIn(platform).members.named("<script>alert(1)</script>");
    const page = await fetch(await stage.of(platform).authorizationUrl(consent));
    expect(await page.text()).not.toContain("<script>");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  });
});

test("a script that is not sent back is told why", async () => {
  const elsewhere = new URL(await stage.of("tiktok").authorizationUrl(consent));
  elsewhere.searchParams.set("redirect_uri", "https://evil.example/");
  await expect(consentAs("mia.makes", elsewhere.href)).rejects.toThrow(
    "redirect_uri is not the one that is registered",
  );
});

test("X asks for PKCE", async () => {
  const address = new URL(await stage.of("twitter").authorizationUrl(consent));
  address.searchParams.delete("code_challenge");
  expect((await fetch(address)).status).toBe(400);
});

test("one account may be tried by two people", async () => {
  const both = [await stage.tokensOf("tiktok"), await stage.tokensOf("tiktok")];
  const ids = await Promise.all(
    both.map(async (tokens) => (await stage.of("tiktok").read(tokens)).identity.externalId),
  );
  expect(ids[0]).toBe(ids[1]);
});

test("figures jump where they are told to, and the clock goes forward alone", async () => {
  const tokens = await stage.tokensOf("linkedin", "leo.lifts");
  await switched("PUT", "/_members", { platform: "linkedin", username: "leo.lifts", followers: 7 });
  expect((await stage.of("linkedin").read(tokens)).figures.followerCount).toBe(7);
  const ahead = stage.stage.clock.offsetSeconds + 60;
  expect((await switched("PUT", "/_clock", { offsetSeconds: ahead })).body).toMatchObject({ isMoved: true });
  expect((await switched("PUT", "/_clock", { offsetSeconds: 0 })).body).toMatchObject({ isMoved: false });
});

test("somebody takes their consents back, and a window has as much as it is told", async () => {
  const tokens = await stage.tokensOf("twitter", "ana.bakes");
  await switched("PUT", "/_limits", { platform: "twitter", units: 0 });
  await expect(stage.of("twitter").read(tokens)).rejects.toMatchObject({ name: "NetworkBusy" });
  await switched("PUT", "/_limits", { platform: "twitter", units: 75 });
  await expect(stage.of("twitter").read(tokens)).resolves.toHaveProperty("figures");
  const { body } = await switched("POST", "/_withdrawals", { platform: "twitter", username: "ana.bakes" });
  expect(body).toEqual({ withdrawn: 1 });
  await expect(stage.of("twitter").read(tokens)).rejects.toMatchObject({ reason: "invalid_grant" });
});

test("faults are set and cleared, secrets and state are told, and a switch that is none says so", async () => {
  await switched("POST", "/_faults", { platform: "youtube", operation: "profile", kind: "reset" });
  await switched("POST", "/_faults/random", { seed: 1, probabilities: { reset: 1 } });
  await switched("DELETE", "/_faults");
  const tokens = await stage.tokensOf("youtube");
  await expect(stage.of("youtube").read(tokens)).resolves.toHaveProperty("figures");
  const { secrets } = (await switched("GET", "/_secrets")).body as { readonly secrets: string[] };
  expect(secrets).toEqual(expect.arrayContaining([tokens.accessToken, "youtube-client-secret"]));
  expect((await switched("GET", "/_state")).body).toHaveProperty("youtube.connections");
  expect((await switched("POST", "/_faults", { kind: "sneeze" })).status).toBe(400);
  expect((await switched("POST", "/_nothing")).status).toBe(404);
});
