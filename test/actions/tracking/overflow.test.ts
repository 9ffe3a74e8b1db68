/** Hits that took the overflow queue, whose messages come at least once. */
import { expect, test } from "@jest/globals";
import { handler as relayOverflowClicks } from "#lambdas/tracking/relay-overflow-clicks";
import { systemActor } from "#shared/domain/kernel/actor";
import { hitsByShard } from "#shared/domain/tracking/hit-records";
import type { Hit } from "#shared/domain/tracking/hit";
import { summarise } from "#shared/domain/tracking/summary";
import { testStage } from "../../support/stage.ts";
import { aHit, DAY } from "../../support/tracking.ts";

const stage = testStage();
const occasion = { actor: systemActor("queue"), now: stage.clock.now, requestId: "r", newId: stage.newId };
const relayed = (message: unknown) =>
  relayOverflowClicks.run(occasion, message, stage.granted(relayOverflowClicks.contract.uses, occasion));

test("a hit whose message is delivered three times, and which was in the stream after all, is counted once", async () => {
  const hit = aHit(1);
  for (let delivery = 0; delivery < 3; delivery += 1) await relayed({ ...hit, retried: true });
  const { appended } = stage.clickStream;
  expect(appended.map(({ visitor }) => visitor)).toEqual([hit.visitor, hit.visitor, hit.visitor]);
  expect(appended.map(({ body }) => (JSON.parse(body) as Hit).retried)).toEqual([true, true, true]);

  const bodies = [...appended.map(({ body }) => body), JSON.stringify(hit)];
  const records = bodies.map((body, at) => ({
    sequence: String(at + 1),
    shard: "s",
    payload: Buffer.from(body),
    delivered: undefined,
  }));
  const { hitCounter, hitCounts } = stage.ports;
  for (const batch of [records.slice(0, 2), records.slice(2), records])
    for (const [shard, hits] of hitsByShard(batch).shards)
      expect(await hitCounter.count(shard, hits)).toMatchObject({ failures: [] });
  const counted = await hitCounts.ofCampaign(hit.campaignId, DAY, DAY);
  expect(summarise(counted).clicks.total).toBe(1);
});

test("a message that is no hit is no hit of anybody's: it goes to the dead letters", async () => {
  await expect(relayed({ code: "x" })).rejects.toThrow("no hit");
});
