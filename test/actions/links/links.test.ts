import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as createLink } from "#lambdas/links/create-link";
import { handler as listLinks } from "#lambdas/links/list-links";
import { NewLink } from "#shared/domain/links/input";
import { CODE_ALPHABET, CODE_LENGTH } from "#shared/domain/links/code";
import type { Actor } from "#shared/domain/kernel/actor";
import type { LinkCodes } from "#shared/ports/links";
import {
  aBudget,
  aCampaign,
  anInvitation,
  aParticipant,
  BRAND_ID,
  CAMPAIGN_ID,
  CREATOR_ID,
} from "../../support/builders.ts";
import { admin, brand, creator, type TestStage } from "../../support/stage.ts";
import {
  auditRows,
  expectRefused,
  interrupted,
  OTHER_BRAND_ID,
  OTHER_CREATOR_ID,
  peopled,
} from "../../support/launched.ts";

const destinationUrl = "https://shop.example.com/autumn";
let stage: TestStage;
const storedLink = (code: string) => stage.stored("link").find((link) => link["code"] === code);
beforeEach(async () => {
  stage = await peopled();
  await stage.given("campaign", aCampaign({ status: "active" }));
  await stage.given("budget", aBudget());
  await stage.given("participant", aParticipant());
});

const made = (actor: Actor, parts: object = {}) =>
  stage.run(createLink, {
    actor,
    path: { campaignId: CAMPAIGN_ID },
    body: NewLink.parse({ destinationUrl, ...parts }),
  });

/** The action with these codes drawn in turn. */
const drawing = (codes: string[]) => {
  const linkCodes: LinkCodes = { next: () => codes.shift() ?? "2222222222" };
  const run: typeof createLink.run = (call, ports) => createLink.run(call, { ...ports, linkCodes });
  return { contract: createLink.contract, run };
};

describe("a link", () => {
  test("of a creator who takes part is their own, at the stage's link address", async () => {
    const link = await made(creator());
    expect(link).toMatchObject({
      campaignId: CAMPAIGN_ID,
      creatorId: CREATOR_ID,
      destinationUrl,
      disabled: false,
      passQuery: false,
      passClickId: false,
      createdAt: stage.clock.now,
    });
    expect(link.url).toBe(`https://go.example.com/t/${link.code}`);
    expect(link.code).toMatch(new RegExp(`^[${CODE_ALPHABET}]{${CODE_LENGTH}}$`));
    expect(storedLink(link.code)).toMatchObject({ creatorId: CREATOR_ID, brandId: BRAND_ID });
    expect(await made(creator(), { creatorId: CREATOR_ID, passClickId: true })).toMatchObject({ passClickId: true });
  });

  test.each([
    ["its brand", brand(), undefined],
    ["an admin", admin(), CREATOR_ID],
  ])("by %s is the named creator's, and is recorded", async (_who, actor, onBehalfOf) => {
    expect(await made(actor, { creatorId: CREATOR_ID })).toMatchObject({ creatorId: CREATOR_ID });
    const [row] = auditRows(stage, "link.created");
    expect([row?.["actorId"], row?.["onBehalfOf"]]).toEqual([actor.userId, onBehalfOf]);
  });

  test("leads to where it was written to lead, normalised", async () => {
    expect(await made(creator(), { destinationUrl: "HTTPS://Shop.Example.com:443/a/../b?q=ü#x" })).toMatchObject({
      destinationUrl: "https://shop.example.com/b?q=%C3%BC#x",
    });
  });

  test("never takes another's code: a code that is taken is drawn again, and the first link stays as it was", async () => {
    const parts = { path: { campaignId: CAMPAIGN_ID }, actor: creator() };
    const body = NewLink.parse({ destinationUrl });
    const first = await stage.run(drawing(["abcdefghjk"]), { ...parts, body });
    const other = NewLink.parse({ destinationUrl: "https://other.example.com/" });
    const second = await stage.run(drawing(["abcdefghjk", "abcdefghjk", "mnpqrstuvw"]), { ...parts, body: other });
    expect([first.code, second.code]).toEqual(["abcdefghjk", "mnpqrstuvw"]);
    expect(storedLink("abcdefghjk")).toMatchObject({ destinationUrl });
  });

  test("with codes that are always taken is refused, not handed out", async () => {
    const codes = () => Array.from({ length: 200 }, () => "abcdefghjk");
    const parts = { path: { campaignId: CAMPAIGN_ID }, actor: creator(), body: NewLink.parse({ destinationUrl }) };
    await stage.run(drawing(codes()), parts);
    await expectRefused(stage, () => stage.run(drawing(codes()), parts), "request.contended");
  });
});

describe("a link is refused", () => {
  test.each<[string, Actor, object, string]>([
    ["to a creator who is only invited", creator(OTHER_CREATOR_ID), {}, "link.creator_not_taking_part"],
    ["to its brand naming nobody", brand(), {}, "link.creator_needed"],
    ["to an admin naming nobody", admin(), {}, "link.creator_needed"],
    [
      "to its brand naming one who does not take part",
      brand(),
      { creatorId: OTHER_CREATOR_ID },
      "link.creator_not_taking_part",
    ],
    ["to its brand naming a stranger", brand(), { creatorId: OTHER_BRAND_ID }, "link.creator_not_taking_part"],
    ["to a creator naming another", creator(), { creatorId: OTHER_CREATOR_ID }, "campaign.not_found"],
    ["to another brand", brand(OTHER_BRAND_ID), { creatorId: CREATOR_ID }, "campaign.not_found"],
    ["to another brand naming nobody", brand(OTHER_BRAND_ID), {}, "campaign.not_found"],
    ["to a stranger", creator("00000000-0000-4000-8000-0000000000c3"), {}, "campaign.not_found"],
    [
      "to a destination that is none",
      creator(),
      { destinationUrl: "http://shop.example.com/" },
      "link.destination_refused",
    ],
  ])("%s", async (_what, actor, parts, code) => {
    await stage.given("invitation", anInvitation({ creatorId: OTHER_CREATOR_ID }));
    await expectRefused(stage, () => made(actor, parts), code);
  });

  test("to a creator who takes part no longer", async () => {
    await stage.given("participant", aParticipant({ status: "inactive" }));
    await expectRefused(stage, () => made(creator()), "campaign.not_found");
    await expectRefused(stage, () => made(brand(), { creatorId: CREATOR_ID }), "link.creator_not_taking_part");
  });

  test.each(["completed", "cancelled"] as const)("in a campaign that is %s", async (status) => {
    await stage.given("campaign", aCampaign({ status }));
    await expectRefused(stage, () => made(creator()), "link.campaign_ended", status);
  });

  test("in a draft, which nobody takes part in", async () => {
    const id = "cmp_00000000000000000000000077";
    await stage.given("campaign", aCampaign({ id }));
    await stage.given("budget", aBudget({ campaignId: id }));
    const body = NewLink.parse({ destinationUrl, creatorId: CREATOR_ID });
    const attempt = () => stage.run(createLink, { actor: brand(), path: { campaignId: id }, body });
    await expectRefused(stage, attempt, "link.creator_not_taking_part");
  });

  test.each([
    ["https://shop.example.com/", undefined],
    ["https://eu.brand.example.net/", undefined],
    ["https://a.b.brand.example.net/", undefined],
    ["https://brand.example.net/", "link.host_not_allowed"],
    ["https://notbrand.example.net/", "link.host_not_allowed"],
    ["https://evil.com/shop.example.com", "link.host_not_allowed"],
    ["https://www.shop.example.com/", "link.host_not_allowed"],
    ["https://shop.example.com.evil.com/", "link.host_not_allowed"],
    ["http://shop.example.com/", "link.destination_refused"],
  ])("to %s, by the campaign's hosts: %s", async (url, code) => {
    const destinationHosts = ["shop.example.com", "*.brand.example.net"];
    await stage.given("campaign", aCampaign({ status: "active", destinationHosts }));
    if (code === undefined)
      expect(await made(creator(), { destinationUrl: url })).toMatchObject({ destinationUrl: url });
    else await expectRefused(stage, () => made(creator(), { destinationUrl: url }), code);
  });
});

describe("a link and its creator's participation", () => {
  const path = { campaignId: CAMPAIGN_ID };
  const body = NewLink.parse({ destinationUrl, creatorId: CREATOR_ID });
  const during = (change: Parameters<typeof aParticipant>[0]) =>
    interrupted(createLink, () => stage.given("participant", aParticipant({ version: 2, ...change })));

  test.each([
    [creator(), "campaign.not_found"],
    [brand(), "link.creator_not_taking_part"],
  ])("cannot pass each other: one that ends before the link is written is refused", async (actor, code) => {
    const attempt = stage.run(during({ status: "inactive" }), { actor, path, body });
    await expect(attempt).rejects.toMatchObject({ refusal: { code } });
    expect([stage.stored("link"), auditRows(stage, "link.created")]).toEqual([[], []]);
  });

  test("do not stop each other: what changes in it meanwhile is decided on again", async () => {
    const link = await stage.run(during({ status: "completed" }), { actor: creator(), path, body });
    expect(storedLink(link.code)).toMatchObject({ creatorId: CREATOR_ID, version: 1 });
    expect(stage.stored("link")).toHaveLength(1);
  });
});

describe("the list of links", () => {
  const list = async (actor: Actor, limit = 25) => {
    const { items, next } = await stage.run(listLinks, { actor, path: { campaignId: CAMPAIGN_ID }, page: { limit } });
    return { creators: items.map(({ creatorId }) => creatorId), urls: items.map(({ url }) => url), next };
  };
  beforeEach(async () => {
    await stage.given("participant", aParticipant({ creatorId: OTHER_CREATOR_ID }));
    await made(creator());
    await made(creator());
    await made(creator(OTHER_CREATOR_ID));
  });

  test("is everybody's for brand and admins, and a creator's own for a creator", async () => {
    for (const actor of [brand(), admin()]) expect((await list(actor)).creators).toHaveLength(3);
    expect((await list(creator())).creators).toEqual([CREATOR_ID, CREATOR_ID]);
    expect((await list(creator(OTHER_CREATOR_ID))).creators).toEqual([OTHER_CREATOR_ID]);
    expect((await list(creator())).urls[0]).toMatch(/^https:\/\/go\.example\.com\/t\//);
  });

  test("comes in pages", async () => {
    expect((await list(brand(), 2)).next).toBeDefined();
    expect((await list(brand(), 3)).next).toBeUndefined();
  });

  test.each([
    ["another brand", brand(OTHER_BRAND_ID)],
    ["a stranger", creator("00000000-0000-4000-8000-0000000000c3")],
  ])("is nothing for %s", async (_who, actor) => {
    await expectRefused(stage, () => list(actor), "campaign.not_found");
  });
});
