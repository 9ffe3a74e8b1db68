/** Names that brands choose: a prefix of their own, and slugs behind it. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as awardLinkPrefix } from "#lambdas/links/award-link-prefix";
import { handler as claimLinkPrefix } from "#lambdas/links/claim-link-prefix";
import { handler as createLink } from "#lambdas/links/create-link";
import { handler as getLinkPrefix } from "#lambdas/links/get-link-prefix";
import { LinkChanges, NewLink } from "#shared/domain/links/input";
import { NewLinkPrefix } from "#shared/domain/links/link-name";
import type { Account } from "#shared/domain/users/account";
import type { Actor } from "#shared/domain/kernel/actor";
import { wantedBy } from "#shared/domain/tracking/redirect";
import { aBudget, aCampaign, aParticipant, BRAND_ID, CAMPAIGN_ID, CREATOR_ID } from "../../support/builders.ts";
import { auditRows, expectRefused, interrupted, OTHER_BRAND_ID, peopled } from "../../support/launched.ts";
import { admin, brand, creator, type TestStage } from "../../support/stage.ts";

const destinationUrl = "https://shop.example.com/autumn";
const OTHER_CAMPAIGN_ID = `cmp_${"7".repeat(26)}`;
let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
  for (const { id, brandId } of [
    { id: CAMPAIGN_ID, brandId: BRAND_ID },
    { id: OTHER_CAMPAIGN_ID, brandId: OTHER_BRAND_ID },
  ]) {
    await stage.given("campaign", aCampaign({ id, brandId, status: "active" }));
    await stage.given("budget", aBudget({ campaignId: id }));
    await stage.given("participant", aParticipant({ campaignId: id }));
  }
});

const claim = (prefix: string, actor: Actor = brand()) =>
  stage.run(claimLinkPrefix, { actor, body: NewLinkPrefix.parse({ prefix }) });
const made = (slug: string, actor: Actor = brand(), campaignId = CAMPAIGN_ID) =>
  stage.run(createLink, {
    actor,
    path: { campaignId },
    body: NewLink.parse({ destinationUrl, creatorId: CREATOR_ID, slug }),
  });

describe("a prefix", () => {
  test("is claimed once, is there already when it is claimed again, and is shown", async () => {
    const nothing = { prefix: null, claimedAt: null };
    expect(await stage.run(getLinkPrefix, { actor: brand() })).toEqual(nothing);
    const claimed = await claim("Acme");
    expect(claimed).toEqual({ prefix: "acme", claimedAt: stage.clock.now });
    expect(await claim("acme")).toEqual(claimed);
    expect(await stage.run(getLinkPrefix, { actor: brand() })).toEqual(claimed);
    expect(await stage.run(getLinkPrefix, { actor: brand(OTHER_BRAND_ID) })).toEqual(nothing);
    expect(auditRows(stage, "link_prefix.claimed")).toHaveLength(1);
    await expectRefused(stage, () => claim("other"), "link_prefix.claimed", "claimed");
  });

  test.each(["acme", "ACME", "acrne"])("of one brand keeps %s from all others", async (prefix) => {
    await claim("acme");
    await expectRefused(stage, () => claim(prefix, brand(OTHER_BRAND_ID)), "link_prefix.taken");
  });

  test.each(["admin", "adm1n", "Support", "atomic", "l0gin"])("%s is nobody's", async (prefix) => {
    await expectRefused(stage, () => claim(prefix), "link_prefix.reserved");
  });

  test.each(["ac", "1acme", "a-cme", "acme_x", "\u0430cme", "a".repeat(17), ""])("%j is none", (prefix) => {
    expect(NewLinkPrefix.safeParse({ prefix }).success).toBe(false);
  });

  test("that another brand claims meanwhile is taken", async () => {
    const theirs = interrupted(claimLinkPrefix, () => claim("acme", brand(OTHER_BRAND_ID)));
    const attempt = stage.run(theirs, { actor: brand(), body: { prefix: "acme" } });
    await expect(attempt).rejects.toMatchObject({ refusal: { code: "link_prefix.taken" } });
    expect(stage.stored("linkPrefix").map(({ brandId }) => brandId)).toEqual([OTHER_BRAND_ID]);
  });
});

const awarded = (prefix: string, brandId = OTHER_BRAND_ID) =>
  stage.run(awardLinkPrefix, { actor: admin(), path: { prefix }, body: { brandId, reason: "trade mark" } });
const told = () =>
  stage
    .stored("outboxEvent")
    .filter(({ type }) => String(type).startsWith("link_prefix."))
    .map(({ type, detail }) => ({ type, detail }));
const prefixOf = async (brandId: string) => (await stage.run(getLinkPrefix, { actor: brand(brandId) })).prefix;

describe("a disputed prefix", () => {
  beforeEach(() => claim("acme"));

  test("is an admin's to give; whoever had it may claim another, and links that are out stay", async () => {
    const out = await made("summer");
    stage.clock.now = "2026-11-26T12:00:00.000Z";
    const reply = { brandId: OTHER_BRAND_ID, prefix: "acme", claimedAt: stage.clock.now };
    expect(await awarded("acme")).toEqual(reply);
    expect(await awarded("acme")).toEqual(reply);
    expect([await prefixOf(BRAND_ID), await prefixOf(OTHER_BRAND_ID)]).toEqual([null, "acme"]);
    expect(await stage.ports.links.get(out.code)).toMatchObject({ code: "acme-summer", disabled: false });
    await expectRefused(stage, () => made("autumn"), "link_prefix.missing");
    await expectRefused(stage, () => claim("acme"), "link_prefix.taken");
    expect(await claim("zenith")).toMatchObject({ prefix: "zenith" });

    const theirs = (slug: string) => made(slug, brand(OTHER_BRAND_ID), OTHER_CAMPAIGN_ID);
    expect((await theirs("autumn")).code).toBe("acme-autumn");
    await expectRefused(stage, () => theirs("summer"), "link.slug_taken");
    expect(auditRows(stage, "link_prefix.awarded")).toMatchObject([
      {
        ...{ resource: { type: "link_prefix", id: "acme" }, onBehalfOf: OTHER_BRAND_ID },
        changes: [
          { field: "brandId", before: BRAND_ID, after: OTHER_BRAND_ID },
          { field: "prefix", before: null, after: "acme" },
          { field: "reason", before: null, after: "trade mark" },
        ],
      },
    ]);
  });

  test("comes in place of the one that its brand has meanwhile, which stays nobody else's, and goes back like that", async () => {
    await claim("zenith", brand(OTHER_BRAND_ID));
    await awarded("acme");
    expect([await prefixOf(BRAND_ID), await prefixOf(OTHER_BRAND_ID)]).toEqual([null, "acme"]);
    await expectRefused(stage, () => claim("zenith"), "link_prefix.taken");
    await awarded("acme", BRAND_ID);
    expect([await prefixOf(BRAND_ID), await prefixOf(OTHER_BRAND_ID)]).toEqual(["acme", null]);
    // Nobody holds it: it is given without being taken from anybody.
    await awarded("zenith", BRAND_ID);
    expect(await prefixOf(BRAND_ID)).toBe("zenith");
  });

  test("may be one that only looks like another's", async () => {
    await awarded("acrne");
    expect([await prefixOf(BRAND_ID), await prefixOf(OTHER_BRAND_ID)]).toEqual([null, "acrne"]);
    expect(await awarded("acme", OTHER_BRAND_ID)).toMatchObject({ prefix: "acme" });
    await expectRefused(stage, () => claim("acrne"), "link_prefix.taken");
  });

  test("is told to whoever loses it, with the reason, and to whoever gets it, once", async () => {
    await awarded("acrne");
    await awarded("acrne");
    const got = { type: "link_prefix.awarded", detail: { brandId: OTHER_BRAND_ID, prefix: "acrne", replaced: null } };
    const lost = { type: "link_prefix.lost", detail: { brandId: BRAND_ID, prefix: "acme", reason: "trade mark" } };
    expect(told()).toEqual(expect.arrayContaining([got, lost]));
    expect(told()).toHaveLength(2);
  });

  test("is told to nobody as lost whose prefix it is no more", async () => {
    await claim("zenith", brand(OTHER_BRAND_ID));
    await awarded("acme");
    await awarded("zenith", BRAND_ID);
    expect(told().map(({ type, detail }) => [type, detail])).toEqual(
      expect.arrayContaining([
        ["link_prefix.awarded", { brandId: OTHER_BRAND_ID, prefix: "acme", replaced: "zenith" }],
        ["link_prefix.lost", { brandId: BRAND_ID, prefix: "acme", reason: "trade mark" }],
        ["link_prefix.awarded", { brandId: BRAND_ID, prefix: "zenith", replaced: null }],
      ]),
    );
    expect(told()).toHaveLength(3);
  });

  test.each([
    ["an admin who is nothing else", admin()],
    ["the admin whom it goes to", admin(OTHER_BRAND_ID)],
  ])("does not go to somebody who stops being a brand while %s gives it", async (_who, actor) => {
    const set = async (roles: Account["roles"]) => {
      const account = await stage.ports.accounts.get(OTHER_BRAND_ID);
      await stage.given("account", { ...account, roles } as Account);
    };
    await set(["admin", "brand"]);
    const late = interrupted(awardLinkPrefix, () => set(["admin"]));
    const body = { brandId: OTHER_BRAND_ID, reason: "trade mark" };
    const attempt = stage.run(late, { actor, path: { prefix: "acme" }, body });
    await expect(attempt).rejects.toMatchObject({ refusal: { code: "link_prefix.not_a_brand" } });
    expect(await prefixOf(BRAND_ID)).toBe("acme");
  });

  test("is one that somebody has, and goes to a brand", async () => {
    await expectRefused(stage, () => awarded("zenith"), "link_prefix.not_found");
    await expectRefused(stage, () => awarded("acme", CREATOR_ID), "link_prefix.not_a_brand");
    await expectRefused(stage, () => awarded("acme", "nobody"), "link_prefix.not_a_brand");
  });

  test("does not go to a brand that is banned, also while it is being given", async () => {
    const ban = async () => {
      const account = await stage.ports.accounts.get(OTHER_BRAND_ID);
      await stage.given("account", { ...account, status: "suspended" } as Account);
    };
    const late = interrupted(awardLinkPrefix, ban);
    const body = { brandId: OTHER_BRAND_ID, reason: "trade mark" };
    const attempt = stage.run(late, { actor: admin(), path: { prefix: "acme" }, body });
    await expect(attempt).rejects.toMatchObject({ refusal: { code: "link_prefix.brand_suspended" } });
    await expectRefused(stage, () => awarded("acme"), "link_prefix.brand_suspended");
    expect(await prefixOf(BRAND_ID)).toBe("acme");
  });

  test("makes no link for whoever loses it while they name one", async () => {
    const late = interrupted(createLink, () => awarded("acme"));
    const body = NewLink.parse({ destinationUrl, creatorId: CREATOR_ID, slug: "summer" });
    const attempt = stage.run(late, { actor: brand(), path: { campaignId: CAMPAIGN_ID }, body });
    await expect(attempt).rejects.toMatchObject({ refusal: { code: "link_prefix.missing" } });
    expect(stage.stored("link")).toEqual([]);
  });
});

describe("a slug", () => {
  beforeEach(() => claim("acme"));

  test.each([
    ["its brand", brand()],
    ["an admin", admin()],
  ])("by %s is the code behind the brand's prefix, and leads visitors", async (_who, actor) => {
    const link = await made("Summer-20", actor);
    expect(link).toMatchObject({ code: "acme-summer-20", url: "https://go.example.com/t/acme-summer-20" });
    expect(wantedBy(`/t/${link.code}`)).toEqual({ code: link.code, kind: "click" });
    expect(await stage.ports.links.get("acme-summer-20")).toMatchObject({ creatorId: CREATOR_ID, version: 1 });
  });

  test.each(["summer", "SUMMER", "su-mmer", "surnrner"])("is taken with all that looks like it: %s", async (slug) => {
    await made("summer");
    await expectRefused(stage, () => made(slug), "link.slug_taken");
    expect(stage.stored("link")).toHaveLength(1);
  });

  test("is taken by whoever came first, also between two of the loser's reads", async () => {
    const late = interrupted(createLink, () => made("summer"));
    const body = NewLink.parse({ destinationUrl, creatorId: CREATOR_ID, slug: "summer" });
    const attempt = stage.run(late, { actor: brand(), path: { campaignId: CAMPAIGN_ID }, body });
    await expect(attempt).rejects.toMatchObject({ refusal: { code: "link.slug_taken" } });
    expect(stage.stored("link")).toHaveLength(1);
  });

  test("of another brand is another's: prefixes part them", async () => {
    await claim("zenith", brand(OTHER_BRAND_ID));
    await made("summer");
    const theirs = await made("summer", brand(OTHER_BRAND_ID), OTHER_CAMPAIGN_ID);
    expect(theirs.code).toBe("zenith-summer");
  });

  test("is the brand's to choose, and needs its prefix", async () => {
    await expectRefused(stage, () => made("summer", creator()), "link.slug_not_yours");
    const prefixless = () => made("summer", brand(OTHER_BRAND_ID), OTHER_CAMPAIGN_ID);
    await expectRefused(stage, prefixless, "link_prefix.missing");
  });

  test("stays what it is, and is spelled in one way", () => {
    expect(LinkChanges.safeParse({ slug: "winter" }).success).toBe(false);
    const refused = ["s", "-s", "s-", "su--mmer", "su_mmer", "s\u00fcmmer", "\u0430b", "s".repeat(33)];
    expect(refused.filter((slug) => NewLink.safeParse({ destinationUrl, slug }).success)).toEqual([]);
  });
});
