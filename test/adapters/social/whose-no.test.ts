/** A network's no is about somebody's consent, about us, or about nobody: by it accounts are let go of, or engineers are rung. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { SocialPlatform } from "#shared/domain/social/platform";
import { LINKEDIN_FOLLOWERS_SCOPE } from "#shared/ports/social-settings";
import { type AnsweringNetwork, answeringNetwork, json, tokens } from "../../support/answering-network.ts";

let network: AnsweringNetwork;
beforeAll(async () => {
  network = await answeringNetwork();
});
afterAll(() => network.stop());

test.each(
  ["server_error", "temporarily_unavailable"].flatMap((error) => [200, 400].map((status) => [error, status] as const)),
)("%s with a status of %i is the network's own failure, and not ours", async (error, status) => {
  network.answer = json(JSON.stringify({ error }), {}, status);
  for (const platform of ["tiktok", "twitter", "linkedin", "youtube"] as const)
    await expect(network.of(platform).refresh(tokens)).rejects.toMatchObject({ name: "OutcomeUnknown" });
});

describe("a limit", () => {
  const busy = (platform: SocialPlatform, body: object, status: number) => {
    network.answer = json(JSON.stringify(body), {}, status);
    return expect(network.of(platform).read(tokens)).rejects;
  };
  const throttled = (whose: string) => `Resource level throttle ${whose}limit for calls to this resource is reached.`;
  test.each([
    ["twitter", {}, 429, "account"],
    ["twitter", { title: "UsageCapExceeded" }, 429, "everybody"],
    ["instagram", { error: { code: 4 } }, 400, "everybody"],
    ["instagram", { error: { code: 80_002 } }, 400, "account"],
    ["tiktok", {}, 429, "everybody"],
    ["youtube", { error: { code: 403, errors: [{ reason: "quotaExceeded" }] } }, 403, "everybody"],
    ["youtube", { error: { code: 403, errors: [{ reason: "servingLimitExceeded" }] } }, 403, "everybody"],
    ["linkedin", {}, 429, "everybody"],
    ["linkedin", { serviceErrorCode: 101, message: throttled("APPLICATION DAY ") }, 429, "everybody"],
    ["linkedin", { serviceErrorCode: 101, message: throttled("") }, 429, "everybody"],
    ["linkedin", { serviceErrorCode: 101, message: throttled("APPLICATION_AND_MEMBER DAY ") }, 429, "account"],
    ["linkedin", { serviceErrorCode: 101, message: throttled("MEMBER DAY ") }, 429, "account"],
  ] as const)("of %s is whose it is: %j", async (platform, body, status, whose) => {
    await busy(platform, body, status).toMatchObject({ name: "NetworkBusy", whose });
  });
});

test("the month's use of X is waited for by the day, and not by the window of a quarter of an hour", async () => {
  const headers = { "x-rate-limit-reset": String(Math.ceil(Date.now() / 1_000) + 900) };
  network.answer = json(JSON.stringify({ title: "UsageCapExceeded" }), headers, 429);
  await expect(network.of("twitter").read(tokens)).rejects.toMatchObject({ retryAfterSeconds: 86_400 });
});

describe("a page that stands before a network, and turns everybody away", () => {
  const gate = (status: number) =>
    json("<html><title>Access Denied</title></html>", { "content-type": "text/html" }, status);

  test.each(SocialPlatform.options.flatMap((platform) => [401, 403].map((status) => [platform, status] as const)))(
    "is no word of %s about anybody's consent (%i)",
    async (platform, status) => {
      network.answer = gate(status);
      await expect(network.of(platform).read(tokens)).rejects.toMatchObject({ name: "Unavailable" });
    },
  );

  test.each(["tiktok", "twitter", "youtube"] as const)("has taken no consent back at %s", async (platform) => {
    network.answer = gate(401);
    await expect(network.of(platform).revoke(tokens)).rejects.toMatchObject({ name: "OutcomeUnknown" });
  });

  test("is not what a network says in the header that is for it", async () => {
    network.answer = json("", { "www-authenticate": 'Bearer error="invalid_token"' }, 401);
    await expect(network.of("linkedin").read(tokens)).rejects.toMatchObject({ reason: "invalid_grant" });
  });
});

describe("a no", () => {
  const channel = {
    id: "UC1",
    snippet: { title: "Mia" },
    statistics: { subscriberCount: "12", videoCount: "0" },
    contentDetails: { relatedPlaylists: { uploads: "UU1" } },
  };
  const channels = json(JSON.stringify({ kind: "youtube#channelListResponse", items: [channel] }));
  const nothing = (reason: string) => json(JSON.stringify({ error: { code: 404, errors: [{ reason }] } }), {}, 404);
  const clientForbidden = {
    type: "https://api.twitter.com/2/problems/client-forbidden",
    reason: "client-not-enrolled",
  };
  test.each([
    ["twitter", clientForbidden, 403, "misconfigured"],
    ["twitter", { type: "about:blank", status: 403, errors: [{ code: 453 }] }, 403, "misconfigured"],
    ["twitter", { type: "about:blank", status: 403, title: "Forbidden" }, 403, "unexplained"],
    [
      "instagram",
      { error: { code: 200, message: "API access deactivated. To reactivate, go to the app dashboard." } },
      400,
      "misconfigured",
    ],
    ["instagram", { error: { code: 200, message: "API access blocked." } }, 400, "misconfigured"],
    [
      "instagram",
      { error: { code: 190, message: "Error validating application. It was deleted." } },
      400,
      "misconfigured",
    ],
    [
      "instagram",
      { error: { code: 190, message: "Error validating access token: it was ended" } },
      400,
      "invalid_grant",
    ],
    ["instagram", { error: { code: 200, message: "(#200) The user has not granted it" } }, 400, "insufficient_scope"],
    ["instagram", { error: { code: 200 } }, 400, "insufficient_scope"],
    ["youtube", { error: { code: 403, errors: [{ reason: "forbidden" }] } }, 403, "unexplained"],
    ["youtube", { error: { code: 403, errors: [{ reason: "insufficientPermissions" }] } }, 403, "insufficient_scope"],
    ["youtube", { error: { code: 403, errors: [{ reason: "channelClosed" }] } }, 403, "insufficient_scope"],
  ] as const)("of %s is about our app, or about one person's consent: %j", async (platform, body, status, reason) => {
    network.answer = json(JSON.stringify(body), {}, status);
    await expect(network.of(platform).read(tokens)).rejects.toMatchObject({ name: "NetworkRefused", reason });
  });

  test.each(SocialPlatform.options)(
    "of %s that says of nothing what it is about lets go of nobody's tokens",
    async (platform) => {
      network.answer = json(JSON.stringify({ message: "Forbidden" }), {}, 403);
      const reason = "unexplained";
      await expect(network.of(platform).read(tokens)).rejects.toMatchObject({ name: "NetworkRefused", reason });
    },
  );

  test("of X to how it was asked is no word about anybody: the next time it is good", async () => {
    const type = "https://api.twitter.com/2/problems/unsupported-authentication";
    network.answer = json(JSON.stringify({ type, title: "Unsupported Authentication", status: 403 }), {}, 403);
    await expect(network.of("twitter").read(tokens)).rejects.toMatchObject({ name: "Unavailable" });
  });

  test("of LinkedIn to what the token's own scopes cover is not known to be about them: it is of all where our app lost the product", async () => {
    const userInfo = json(JSON.stringify({ sub: "1", name: "Mia", picture: "https://media.example/1" }));
    const no = json(JSON.stringify({ status: 403, serviceErrorCode: 100, message: "Not enough permissions" }), {}, 403);
    network.answer = (reply, path) => (path.endsWith("/userinfo") ? userInfo : no)(reply, path);
    const read = network.of("linkedin").read({ ...tokens, scopes: [LINKEDIN_FOLLOWERS_SCOPE] });
    await expect(read).rejects.toMatchObject({ name: "NetworkRefused", reason: "unexplained" });
  });

  test.each(["twitter", "tiktok", "linkedin", "youtube"] as const)(
    "to our app's own name is our app's (%s)",
    async (platform) => {
      const refusedBy = (error: string) => {
        network.answer = json(JSON.stringify({ error }), {}, 401);
        return expect(network.of(platform).refresh(tokens)).rejects;
      };
      await refusedBy("invalid_client").toMatchObject({ reason: "misconfigured" });
      // Elsewhere than at X also said of one token, of another app that was ours before.
      const reason = platform === "twitter" ? "misconfigured" : "unexplained";
      await refusedBy("unauthorized_client").toMatchObject({ reason });
    },
  );

  test("of X to what was not consented to is known without asking it", async () => {
    network.answer = json("{}", {}, 500);
    const narrow = { ...tokens, scopes: ["users.read", "offline.access"] };
    await expect(network.of("twitter").read(narrow)).rejects.toMatchObject({ reason: "insufficient_scope" });
  });

  test.each(["tiktok", "youtube"] as const)(
    "of %s to a code is about the code, and to a renewal it explains nothing",
    async (platform) => {
      network.answer = json(JSON.stringify({ error: "invalid_request" }), {}, 400);
      const exchanged = network.of(platform).exchange("x", { codeVerifier: "v" });
      await expect(exchanged).rejects.toMatchObject({ reason: "invalid_grant" });
      await expect(network.of(platform).refresh(tokens)).rejects.toMatchObject({ reason: "unexplained" });
    },
  );

  test("of YouTube is no empty answer of another shape: a channel is missing where its list is empty", async () => {
    network.answer = json("{}");
    await expect(network.of("youtube").read(tokens)).rejects.toMatchObject({ name: "Unavailable" });
    network.answer = json(JSON.stringify({ kind: "youtube#channelListResponse" }));
    await expect(network.of("youtube").read(tokens)).rejects.toMatchObject({ reason: "insufficient_scope" });
  });

  test("of X that no credits are left is our app's", async () => {
    network.answer = json(JSON.stringify({ title: "CreditsDepleted" }), {}, 402);
    await expect(network.of("twitter").read(tokens)).rejects.toMatchObject({ reason: "misconfigured" });
  });

  test("of YouTube that something else is not found is not a channel without videos", async () => {
    network.answer = (reply, path) => (path.endsWith("/channels") ? channels : nothing("notFound"))(reply, path);
    await expect(network.of("youtube").read(tokens)).rejects.toMatchObject({ reason: "unexplained" });
  });

  test("of YouTube to the uploads of a channel that has none is no no", async () => {
    network.answer = (reply, path) =>
      (path.endsWith("/channels") ? channels : nothing("playlistNotFound"))(reply, path);
    const { figures } = await network.of("youtube").read(tokens);
    expect(figures).toMatchObject({ followerCount: 12, postCount: 0, engagementRate: null });
  });
});
