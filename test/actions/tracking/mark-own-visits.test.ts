/** From a creator's signed-in request to the figures: the visitor they are is told to every campaign in which they have links. */
import { beforeEach, expect, test } from "@jest/globals";
import { handler as markOwnVisits } from "#lambdas/tracking/mark-own-visits";
import { systemActor } from "#shared/domain/kernel/actor";
import type { Hit } from "#shared/domain/tracking/hit";
import { hitsByShard } from "#shared/domain/tracking/hit-records";
import { Recount } from "#shared/domain/tracking/recount";
import { verdictOn } from "#shared/domain/tracking/close-day";
import { summarise } from "#shared/domain/tracking/summary";
import { aCampaign, anInvitation, BRAND_ID, CAMPAIGN_ID, CREATOR_ID } from "../../support/builders.ts";
import { OTHER_CREATOR_ID, peopled } from "../../support/launched.ts";
import { aLink } from "../../support/shop.ts";
import type { TestStage } from "../../support/stage.ts";
import { aHit, DAY } from "../../support/tracking.ts";

const AT = `${DAY}T12:00:00.000Z`;
const OTHER_CAMPAIGN_ID = CAMPAIGN_ID.replace(/.$/, "9");
const sighting = { creatorId: CREATOR_ID, day: DAY, visitor: "0123456789abcdef" };
let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
  for (const id of [CAMPAIGN_ID, OTHER_CAMPAIGN_ID]) {
    await stage.given("campaign", aCampaign({ id }));
    await stage.given("invitation", anInvitation({ campaignId: id, status: "accepted" }));
  }
  await stage.given("link", aLink({ code: "mmne222222" }));
  await stage.given("link", aLink({ code: "mmne333333" }));
  await stage.given("link", aLink({ code: "thees22222", creatorId: OTHER_CREATOR_ID }));
  await stage.given("link", aLink({ code: "mmne444444", campaignId: OTHER_CAMPAIGN_ID }));
});

const occasion = { actor: systemActor("event"), now: AT, requestId: "r" };
type Event = Parameters<typeof markOwnVisits.run>[1];
const told = async (event: Event) => {
  const invocation = { ...occasion, newId: stage.newId };
  await markOwnVisits.run(invocation, event, stage.granted(markOwnVisits.contract.uses, invocation));
};
const seen = () => told({ id: "evt_1", type: "creator.seen", at: AT, requestId: "r", detail: sighting });
const linked = (creatorId = CREATOR_ID, at = AT) =>
  told({
    id: "evt_2",
    type: "link.created",
    at,
    requestId: "r",
    detail: { code: "mmne222222", campaignId: CAMPAIGN_ID, brandId: BRAND_ID, creatorId },
  });
const appended = (): Hit[] => stage.clickStream.appended.map(({ body }) => JSON.parse(body) as Hit);

test("each campaign in which they have links is told once, in the shard of the visitor's hits", async () => {
  await seen();
  expect(appended().map(({ campaignId }) => campaignId)).toEqual([CAMPAIGN_ID, OTHER_CAMPAIGN_ID]);
  expect(stage.clickStream.appended.map(({ visitor }) => visitor)).toEqual([sighting.visitor, sighting.visitor]);
});

test("of a campaign no more than its first links are read, however many the creator has in it", async () => {
  for (let number = 111; number < 999; number += 7) {
    const digits = String(number).replace(/[01]/g, "m");
    await stage.given("link", aLink({ code: `many222${digits}` }));
  }
  let read = 0;
  const { getMany } = stage.table;
  stage.table.getMany = async (keys) => {
    read += keys.filter(({ pk }) => pk.startsWith("LINK#")).length;
    return getMany(keys);
  };
  await seen();
  expect(appended().map(({ campaignId }) => campaignId)).toEqual([CAMPAIGN_ID, OTHER_CAMPAIGN_ID]);
  // One, and whether there is another.
  expect(read).toBeLessThanOrEqual(2 * 2);
});

test("a link that is made afterwards is told as well, of the creator who was seen that day", async () => {
  await linked();
  expect(appended()).toEqual([]);
  const visit = { creatorId: OTHER_CREATOR_ID, address: "203.0.113.7", agent: "Firefox" };
  await stage.ports.sightings.note(visit, { at: AT, requestId: "r" });
  await linked(OTHER_CREATOR_ID);
  await linked(OTHER_CREATOR_ID, "2026-03-02T00:00:00.000Z");
  expect(appended()).toMatchObject([{ kind: "own", creatorId: OTHER_CREATOR_ID, campaignId: CAMPAIGN_ID, day: DAY }]);
});

test("their clicks are then self, before and after, however often it is told, and the closing agrees", async () => {
  const { visitor } = sighting;
  const click = (number: number, code: string, creatorId: string) =>
    aHit(number, { visitor, code, creatorId, campaignId: CAMPAIGN_ID });
  const clicks = [click(1, "mmne222222", CREATOR_ID), click(2, "mmne222222", CREATOR_ID)];
  await seen();
  await seen();
  const raw = [...clicks, ...appended(), click(3, "mmne333333", CREATOR_ID), click(4, "thees22222", OTHER_CREATOR_ID)];
  const payloads = raw.map((hit) => Buffer.from(JSON.stringify(hit)));
  const records = payloads.map((payload, at) => ({ sequence: String(at + 1), shard: "s", payload, delivered: {} }));
  for (const [shard, hits] of hitsByShard(records).shards) await stage.ports.hitCounter.count(shard, hits);

  const counted = await stage.ports.hitCounts.ofCampaign(CAMPAIGN_ID, DAY, DAY);
  const { byClass, unique, total } = summarise(counted).clicks;
  expect([byClass.self, byClass.valid, total, unique]).toEqual([3, 1, 1, 1]);

  const recount = new Recount(DAY);
  recount.add(payloads.reverse().join("\n"), `${DAY}T05`);
  expect(verdictOn(recount.of(CAMPAIGN_ID), counted)).toEqual({ is: "agrees" });
  expect(verdictOn(recount.of(OTHER_CAMPAIGN_ID), [])).toEqual({ is: "agrees" });
});
