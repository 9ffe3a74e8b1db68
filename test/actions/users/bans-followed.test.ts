/** What bans bring about besides: each consumer, with its events in any order and more than once. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { handler as createLink } from "#lambdas/links/create-link";
import { Link } from "#shared/domain/links/link";
import { NewLink } from "#shared/domain/links/input";
import { outcomeOf, trackedLink } from "#shared/domain/tracking/redirect";
import { BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import {
  accepted,
  advanced,
  drafted,
  expectRefused,
  invited,
  launched,
  paused,
  peopled,
  resumed,
} from "../../support/launched.ts";
import { admin, brand, creator, type TestStage } from "../../support/stage.ts";
import { bansOf } from "./bans.ts";

let stage: TestStage;
let campaignId: string;

const { ban, unban, happened, deliver, deliverAll } = bansOf(() => stage);
const statusOf = async (id = campaignId) => (await stage.ports.campaigns.get(id))?.status;

beforeEach(async () => {
  stage = await peopled();
  campaignId = await launched(stage);
});

describe("a banned brand's campaigns", () => {
  test("are paused, and go on when the ban ends", async () => {
    await ban(BRAND_ID);
    await deliverAll();
    expect(await statusOf()).toBe("paused");
    expect(await stage.ports.campaigns.budget(campaignId)).toMatchObject({ status: "paused" });
    await unban(BRAND_ID);
    await deliverAll();
    expect(await statusOf()).toBe("active");
    expect(await stage.ports.campaigns.get(campaignId)).not.toHaveProperty("pausedForBan");
  });

  test("stay paused after it where the brand had paused them", async () => {
    await paused(stage, campaignId);
    await ban(BRAND_ID);
    await deliverAll();
    await unban(BRAND_ID);
    await deliverAll();
    expect(await statusOf()).toBe("paused");
  });

  test("are not let go on by an admin, and what the brand pauses later is the brand's", async () => {
    await ban(BRAND_ID);
    await deliverAll();
    await expectRefused(stage, () => resumed(stage, campaignId, admin()), "account.suspended", "suspended");
    await unban(BRAND_ID);
    await deliverAll();
    await paused(stage, campaignId);
    await ban(BRAND_ID);
    await unban(BRAND_ID);
    await deliverAll();
    expect(await statusOf()).toBe("paused");
  });

  test("that start meanwhile are paused as well; drafts and what has ended are left alone", async () => {
    const draft = await drafted(stage);
    stage.clock.now = "2026-12-01T00:00:00.000Z";
    await ban(BRAND_ID);
    await deliverAll();
    expect(await statusOf(draft.id)).toBe("draft");
    stage.clock.now = "2026-12-31T00:00:00.000Z";
    await advanced(stage);
    await unban(BRAND_ID);
    await deliverAll();
    expect(await statusOf()).toBe("completed");
  });
});

describe("a banned person's links", () => {
  let code: string;
  const made = async (): Promise<string> => {
    const body = NewLink.parse({ destinationUrl: "https://shop.example.com/" });
    return (await stage.run(createLink, { actor: creator(), path: { campaignId }, body })).code;
  };
  const linkNow = () => Link.parse(stage.stored("link").find((link) => link["code"] === code));
  const outcome = () =>
    outcomeOf(trackedLink({ ...linkNow(), fallbackUrl: "https://shop.example.com/else" }), {
      kind: "click",
      at: 0,
      query: "",
      clickId: "hit_1",
      visitor: "0123456789abcdef",
      agent: "Firefox",
      country: "",
      languages: "",
    }).kind;

  beforeEach(async () => {
    await invited(stage, campaignId);
    await accepted(stage, campaignId);
    code = await made();
  });

  test.each([CREATOR_ID, BRAND_ID])(
    "are gone while %s is banned, and lead somewhere again after it",
    async (userId) => {
      expect(outcome()).toBe("follow");
      await ban(userId);
      await deliverAll();
      expect(outcome()).toBe("gone");
      await unban(userId);
      await deliverAll();
      expect(outcome()).toBe("follow");
    },
  );

  test("stay gone while the other side is banned still", async () => {
    await ban(CREATOR_ID);
    await ban(BRAND_ID);
    await deliverAll();
    await unban(CREATOR_ID);
    await deliverAll();
    expect(outcome()).toBe("gone");
    await unban(BRAND_ID);
    await deliverAll();
    expect(outcome()).toBe("follow");
  });

  test.each([CREATOR_ID, BRAND_ID])("that the ban of %s has reached are not asked about again", async (userId) => {
    const codes = [code, await made(), await made()];
    await ban(userId);
    await deliverAll();
    code = String(codes[1]);
    await stage.given("link", { ...linkNow(), brandBanned: false, creatorBanned: false });
    const { get } = stage.table;
    const asked: string[] = [];
    stage.table.get = (key) => {
      asked.push(key.pk);
      return get(key);
    };
    for (const event of happened()) if (event.type === "account.suspended") await deliver(event);
    expect(asked.filter((pk) => codes.some((one) => pk.endsWith(one)))).toEqual([expect.stringContaining(code)]);
    expect(outcome()).toBe("gone");
  });

  test("that are made under the brand's ban lead nowhere, and a link that somebody disabled stays so", async () => {
    await ban(BRAND_ID);
    await deliverAll();
    code = await made();
    await deliverAll();
    expect(outcome()).toBe("gone");
    await stage.given("link", { ...linkNow(), disabled: true });
    await unban(BRAND_ID);
    await deliverAll();
    expect(linkNow()).toMatchObject({ disabled: true, brandBanned: false, creatorBanned: false });
    expect(outcome()).toBe("fallback");
  });
});

describe("a banned person's sessions", () => {
  test("end, but not those they have opened since the ban ended", async () => {
    await ban(CREATOR_ID);
    await deliverAll();
    expect(stage.userPoolSessions.ended).toEqual([CREATOR_ID]);
    await unban(CREATOR_ID);
    await deliverAll();
    expect(stage.userPoolSessions.ended).toEqual([CREATOR_ID]);
  });
});

test("bans and their ends, told of in any order, late and twice, leave what the last of them says", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.boolean(), fc.constantFrom(BRAND_ID, CREATOR_ID)), { minLength: 1, maxLength: 6 }),
      fc.array(fc.nat(99), { maxLength: 20 }),
      async (bans, deliveries) => {
        stage = await peopled();
        campaignId = await launched(stage);
        await invited(stage, campaignId);
        await accepted(stage, campaignId);
        const body = NewLink.parse({ destinationUrl: "https://shop.example.com/" });
        const { code } = await stage.run(createLink, {
          actor: brand(),
          path: { campaignId },
          body: { ...body, creatorId: CREATOR_ID },
        });
        const told = [...deliveries];
        for (const [isBan, userId] of bans) {
          await (isBan ? ban(userId) : unban(userId));
          const events = happened();
          for (const at of told.splice(0, 3)) await deliver(events[at % events.length]!);
        }
        // Each event comes at least once, in the end.
        for (const event of [...happened()].reverse()) await deliver(event);
        await deliverAll();
        const isBanned = async (userId: string) => (await stage.ports.accounts.get(userId))?.status === "suspended";
        expect(await statusOf()).toBe((await isBanned(BRAND_ID)) ? "paused" : "active");
        const link = Link.parse(stage.stored("link").find((one) => one["code"] === code));
        expect([link.brandBanned ?? false, link.creatorBanned ?? false]).toEqual([
          await isBanned(BRAND_ID),
          await isBanned(CREATOR_ID),
        ]);
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);
