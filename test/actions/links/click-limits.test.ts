/** A link that may have so many clicks is over once they are counted. */
import { beforeEach, expect, test } from "@jest/globals";
import { handler as createLink } from "#lambdas/links/create-link";
import { handler as updateLink } from "#lambdas/links/update-link";
import { handler as closeTrackingDay } from "#lambdas/tracking/close-tracking-day";
import { handler as rollUpClicks } from "#lambdas/tracking/roll-up-clicks";
import { memoryClickArchive } from "#shared/adapters/memory/click-archive";
import { systemActor } from "#shared/domain/kernel/actor";
import { NewLink } from "#shared/domain/links/input";
import type { Hit } from "#shared/domain/tracking/hit";
import { aBudget, aCampaign, aParticipant, CAMPAIGN_ID, CREATOR_ID } from "../../support/builders.ts";
import { auditRows, peopled } from "../../support/launched.ts";
import { ranJob } from "../../support/ran-job.ts";
import { brand, creator, type TestStage } from "../../support/stage.ts";
import { aHit, visitor } from "../../support/tracking.ts";

let stage: TestStage;
let code: string;
let hits: number;
/** How often a campaign's figures were read. */
let readings: number;
beforeEach(async () => {
  stage = await peopled();
  [hits, readings] = [0, 0];
  await stage.given("campaign", aCampaign({ status: "active" }));
  await stage.given("budget", aBudget());
  await stage.given("participant", aParticipant());
  code = await newLink();
});

const newLink = async (): Promise<string> => {
  const body = NewLink.parse({ destinationUrl: "https://shop.example.com/" });
  return (await stage.run(createLink, { actor: creator(), path: { campaignId: CAMPAIGN_ID }, body })).code;
};

const limited = (maxClicks: number | null, of = code) =>
  stage.run(updateLink, { actor: brand(), path: { code: of }, body: { maxClicks } });
const link = () => stage.stored("link").find((one) => one["code"] === code);

/** Visitors' hits as the click path writes them down, in one batch of a shard; of each of the links so many. */
async function clicked(number: number, over: Partial<Hit> = {}, shard = "shard-1", codes = [code]): Promise<void> {
  const { newId, clock } = stage;
  const invocation = { actor: systemActor("clicks"), now: clock.now, requestId: "r", newId };
  const day = clock.now.slice(0, 10);
  const records = Array.from({ length: number * codes.length }, (_, at) => {
    const own = { campaignId: CAMPAIGN_ID, creatorId: CREATOR_ID, day, limited: true } as const;
    const hit = aHit((hits += 1), { ...own, code: codes[at % codes.length]!, visitor: visitor(hits), ...over });
    return {
      sequence: String(hits),
      shard,
      payload: new TextEncoder().encode(JSON.stringify(hit)),
      delivered: undefined,
    };
  });
  const ports = stage.granted(rollUpClicks.contract.uses, invocation);
  const ofCampaign: typeof ports.hitCounts.ofCampaign = (...asked) => {
    readings += 1;
    return ports.hitCounts.ofCampaign(...asked);
  };
  await rollUpClicks.run(invocation, records, { ...ports, hitCounts: { ...ports.hitCounts, ofCampaign } });
}

test("it is over with the click that it may have last, whatever day and shard counted the others", async () => {
  await limited(4);
  await clicked(2);
  stage.clock.now = new Date(Date.parse(stage.clock.now) + 86_400_000).toISOString();
  await clicked(1, {}, "shard-2");
  expect(link()).toMatchObject({ limitReached: false, version: 2 });
  await clicked(1);
  expect(link()).toMatchObject({ limitReached: true, disabled: false, version: 3 });
  expect(auditRows(stage, "link.followed_limit")).toMatchObject([
    { actorId: "system:clicks", changes: [{ field: "limitReached", before: false, after: true }] },
  ]);
});

test("what is counted after it writes the link no more", async () => {
  await limited(1);
  await clicked(1);
  await clicked(5);
  expect(link()).toMatchObject({ limitReached: true, version: 3 });
});

test("robots and views use nothing up, and a visitor who comes again does", async () => {
  await limited(2);
  await clicked(3, { agent: "curl/8" });
  await clicked(3, { kind: "view" });
  await clicked(1, { visitor: visitor(1) });
  expect(link()).toMatchObject({ limitReached: false });
  await clicked(1, { visitor: visitor(1) });
  expect(link()).toMatchObject({ limitReached: true });
});

test("a limit under what was counted holds at once, and a higher one or none opens the link again", async () => {
  await clicked(5);
  expect(link()).toMatchObject({ limitReached: false });
  expect(await limited(5)).toMatchObject({ maxClicks: 5, limitReached: true });
  expect(await limited(6)).toMatchObject({ limitReached: false });
  expect(await limited(3)).toMatchObject({ limitReached: true });
  expect(await limited(null)).toMatchObject({ maxClicks: null, limitReached: false });
});

test("a campaign is read once for all of its links in a batch, and not for those that are over or have no limit", async () => {
  const codes = [code, ...(await Promise.all(Array.from({ length: 20 }, newLink)))];
  for (const one of codes) await limited(2, one);
  await clicked(1, {}, "shard-1", codes);
  await clicked(1, {}, "shard-1", codes);
  expect(readings).toBe(2);
  expect(stage.stored("link").filter((one) => one["limitReached"] !== true)).toEqual([]);
  await clicked(1, {}, "shard-1", codes);
  await limited(null);
  await clicked(1);
  expect(readings).toBe(2);
});

test("a change that sets no limit reads no figures, and leaves a link that is over as it is", async () => {
  await clicked(3);
  await limited(3);
  stage.ports.hitCounts.ofCampaign = () => Promise.reject(new Error("nobody asked for them"));
  const change = (body: object) => stage.run(updateLink, { actor: brand(), path: { code }, body });
  expect(await change({ disabled: true })).toMatchObject({ disabled: true, limitReached: true });
  expect(await change({ maxClicks: null })).toMatchObject({ maxClicks: null, limitReached: false });
  await expect(change({ maxClicks: 4 })).rejects.toThrow("nobody asked");
});

/** The closing of the day after a link's hits, of which so many reached the archive alone. */
async function closedWith(uncounted: number, over: Partial<Hit> = {}) {
  const archive = memoryClickArchive();
  const day = stage.clock.now.slice(0, 10);
  const own = { campaignId: CAMPAIGN_ID, creatorId: CREATOR_ID, code, day, limited: true, ...over } as const;
  const numbers = Array.from({ length: hits + uncounted }, (_, at) => at + 1);
  archive.put(
    `${day}T12`,
    numbers.map((number) => aHit(number, { ...own, visitor: visitor(number) })),
  );
  stage.clock.now = `${new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)}T02:00:00.000Z`;
  const adapters = { clickArchive: () => archive, hitCounts: () => stage.ports.hitCounts };
  return () => ranJob(stage, closeTrackingDay, { adapters });
}

test("it is over with the closing that restates the day, whatever was counted in batches", async () => {
  await limited(4);
  await clicked(2);
  const close = await closedWith(2);
  expect((await close()).counts).toEqual({ restated: 1, spent: 1 });
  expect(link()).toMatchObject({ limitReached: true, version: 3 });
  expect((await close()).counts).toEqual({ agrees: 1 });
  expect(link()).toMatchObject({ version: 3 });
});

test("a closing that died before it marked the link is made up for by the next", async () => {
  await limited(3);
  await clicked(2);
  const close = await closedWith(1);
  const { write, transact } = stage.table;
  stage.table.transact = (operations) =>
    JSON.stringify(operations).includes("limitReached") ? Promise.reject(new Error("died")) : transact(operations);
  expect(await close()).toMatchObject({ outcome: "partial", counts: { restated: 1, failed: 1 } });
  Object.assign(stage.table, { write, transact });
  expect((await close()).counts).toEqual({ agrees: 1, spent: 1 });
  expect(link()).toMatchObject({ limitReached: true });
});

test("a link that may have more clicks than the closing finds goes on", async () => {
  await limited(2);
  await clicked(1);
  expect((await (await closedWith(0))()).counts).toEqual({ agrees: 1 });
  expect(link()).toMatchObject({ limitReached: false, version: 2 });
});
