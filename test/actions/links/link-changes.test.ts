/** What a brand changes about a link that is out. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as createLink } from "#lambdas/links/create-link";
import { handler as updateLink } from "#lambdas/links/update-link";
import type { Actor } from "#shared/domain/kernel/actor";
import { LinkChanges, NewLink } from "#shared/domain/links/input";
import { aBudget, aCampaign, aParticipant, BRAND_ID, CAMPAIGN_ID } from "../../support/builders.ts";
import { auditRows, expectRefused, OTHER_BRAND_ID, peopled } from "../../support/launched.ts";
import { admin, brand, creator, type TestStage } from "../../support/stage.ts";

const destinationUrl = "https://shop.example.com/autumn";
let stage: TestStage;
let code: string;
beforeEach(async () => {
  stage = await peopled();
  await stage.given("campaign", aCampaign({ status: "active", destinationHosts: ["shop.example.com"] }));
  await stage.given("budget", aBudget());
  await stage.given("participant", aParticipant());
  const body = NewLink.parse({ destinationUrl });
  ({ code } = await stage.run(createLink, { actor: creator(), path: { campaignId: CAMPAIGN_ID }, body }));
});

const changed = (changes: object, actor: Actor = brand(), which = code) =>
  stage.run(updateLink, { actor, path: { code: which }, body: LinkChanges.parse(changes) });
const stored = () => stage.stored("link").find((link) => link["code"] === code);

describe("a link is changed", () => {
  test("by its brand: what was sent, and nothing else", async () => {
    stage.clock.now = "2026-12-01T00:00:00.000Z";
    const changes = {
      destinationUrl: "https://Shop.example.com/winter",
      disabled: true,
      expiresAt: "2027-01-01T01:00:00+01:00",
      fallbackUrl: "https://shop.example.com/over",
      maxClicks: 500,
    };
    const next = {
      ...changes,
      destinationUrl: "https://shop.example.com/winter",
      expiresAt: "2027-01-01T00:00:00.000Z",
      updatedAt: stage.clock.now,
      version: 2,
    };
    const before = stored();
    const reply = await changed(changes);
    expect(reply).toMatchObject({ ...next, code, url: `https://go.example.com/t/${code}` });
    expect(stored()).toEqual({ ...before, ...next });
  });

  test("and is told from before and after", async () => {
    await changed({ maxClicks: 3 });
    await changed({ maxClicks: null, disabled: true });
    expect(auditRows(stage, "link.updated").map(({ actorId, changes }) => [actorId, changes])).toEqual([
      [BRAND_ID, [{ field: "maxClicks", before: null, after: 3 }]],
      [
        BRAND_ID,
        [
          { field: "disabled", before: false, after: true },
          { field: "maxClicks", before: 3, after: null },
        ],
      ],
    ]);
  });

  test("back: null takes end, fallback and limit away", async () => {
    const before = await changed({ expiresAt: stage.clock.now, fallbackUrl: destinationUrl, maxClicks: 1 });
    const after = await changed({ expiresAt: null, fallbackUrl: null, maxClicks: null });
    expect(after).toEqual({ ...before, expiresAt: null, fallbackUrl: null, maxClicks: null, version: 3 });
  });

  test("by an admin for its brand, which is recorded", async () => {
    expect(await changed({ disabled: true }, admin())).toMatchObject({ disabled: true });
    expect(auditRows(stage, "link.updated")).toMatchObject([{ onBehalfOf: BRAND_ID }]);
  });

  test("also when its campaign is over", async () => {
    await stage.given("campaign", aCampaign({ status: "completed" }));
    expect(await changed({ disabled: true })).toMatchObject({ disabled: true });
  });
});

describe("a link that an admin disabled", () => {
  test.each([{ disabled: false }, { disabled: true }, { fallbackUrl: destinationUrl }])(
    "is changed by no brand (%j), and again once an admin lets it lead on",
    async (changes) => {
      await changed({ disabled: true }, admin());
      await expectRefused(stage, () => changed(changes), "link.disabled_by_admin");
      await changed({ fallbackUrl: null }, admin());
      await expectRefused(stage, () => changed(changes), "link.disabled_by_admin");
      await changed({ disabled: false }, admin());
      expect(await changed(changes)).toMatchObject(changes);
    },
  );

  test("was its brand's to disable before, and is no more", async () => {
    await changed({ disabled: true });
    await changed({ disabled: false });
    await changed({ disabled: true });
    await changed({ disabled: true }, admin());
    await expectRefused(stage, () => changed({ disabled: false }), "link.disabled_by_admin");
  });
});

describe("a link stays as it is", () => {
  test.each<[string, object, string]>([
    [
      "when it would lead off its campaign's hosts",
      { destinationUrl: "https://example.com/" },
      "link.host_not_allowed",
    ],
    ["when its fallback would", { fallbackUrl: "https://example.com/" }, "link.host_not_allowed"],
    ["when it would lead to what is no destination", { destinationUrl: "http://x.com/" }, "link.destination_refused"],
    [
      "when it would lead to a link",
      { destinationUrl: "https://go.example.com/t/abcdEFGH23" },
      "link.destination_refused",
    ],
    ["when its fallback would lead there", { fallbackUrl: "https://10.0.0.1/" }, "link.destination_refused"],
  ])("%s", (_when, changes, refusal) => expectRefused(stage, () => changed(changes), refusal));

  test.each<[string, Actor, string | undefined]>([
    ["another brand's", brand(OTHER_BRAND_ID), undefined],
    ["nobody's", brand(), "zzzzzzzzzz"],
    ["none that an admin knows", admin(), "no-such-code"],
    ["its creator's, who is no brand", creator(), undefined],
  ])("when it is %s", (_whose, actor, which) =>
    expectRefused(stage, () => changed({ disabled: true }, actor, which), "link.not_found"),
  );

  test.each([
    [{ maxClicks: 0 }],
    [{ maxClicks: 1.5 }],
    [{ expiresAt: "tomorrow" }],
    [{ destinationUrl: null }],
    [{ disabled: null }],
    [{ code: "abcdefghjk" }],
    [{ creatorId: BRAND_ID }],
    [{ brandBanned: false }],
  ])("when %j is sent", (changes) => expect(LinkChanges.safeParse(changes).success).toBe(false));
});
