/**
 * Campaigns under arbitrary sequences of what people and time can do, one after the other and at the same moment. After
 * every step the ledger's own auditor finds nothing, no money has come or gone, and statuses have moved only as their table says.
 */
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { handler as declineInvitation } from "#lambdas/invitations/decline-invitation";
import { campaignLifecycle } from "#shared/domain/campaigns/lifecycle";
import { Refusal } from "#shared/domain/kernel/refusal";
import { BRAND_ID, CREATOR_ID } from "../support/builders.ts";
import { admin, brand, creator, type TestStage } from "../support/stage.ts";
import {
  accepted,
  advanced,
  asked,
  brokenInvariants,
  drafted,
  END,
  invited,
  OTHER_BRAND_ID,
  OTHER_CREATOR_ID,
  paidIn,
  paused,
  peopled,
  published,
  resumed,
  START,
  toldOfStatus,
} from "../support/launched.ts";

const CAMPAIGNS = 2;
const MONTH_MS = Date.parse(END) - Date.parse(START);
const at = fc.nat({ max: CAMPAIGNS - 1 });
const who = fc.constantFrom(CREATOR_ID, OTHER_CREATOR_ID);
type Step = (stage: TestStage, ids: readonly string[]) => Promise<unknown>;
const named = (name: string, step: Step) => Object.assign(step, { toString: () => name });

const idAt = (ids: readonly string[], index: number): string => ids[index] ?? "";
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.nat({ max: 60_000 }).map((amount) => named(`pay ${amount + 1}`, (stage) => paidIn(stage, amount + 1))),
  fc
    .tuple(at, fc.integer({ min: 1, max: 3 }))
    .map(([index, quantity]) =>
      named(`ask ${index}`, (stage, ids) =>
        asked(stage, idAt(ids, index), { quantity, compensation: { amount: 7_001, currency: "USD" } }),
      ),
    ),
  fc
    .tuple(at, fc.constantFrom(brand(), admin(), brand(OTHER_BRAND_ID)))
    .map(([index, actor]) => named(`publish ${index}`, (stage, ids) => published(stage, idAt(ids, index), actor))),
  fc
    .tuple(at, fc.constantFrom(brand(), admin(), brand(OTHER_BRAND_ID)), fc.constantFrom(paused, resumed))
    .map(([index, actor, act]) => named(`${act.name} ${index}`, (stage, ids) => act(stage, idAt(ids, index), actor))),
  fc
    .tuple(at, who)
    .map(([index, creatorId]) =>
      named(`invite ${index} ${creatorId}`, (stage, ids) => invited(stage, idAt(ids, index), { creatorId })),
    ),
  fc
    .tuple(at, who, fc.boolean())
    .map(([index, creatorId, byAdmin]) =>
      named(`accept ${index} ${creatorId}`, (stage, ids) =>
        accepted(stage, idAt(ids, index), creatorId, byAdmin ? admin() : creator(creatorId)),
      ),
    ),
  fc
    .tuple(at, who)
    .map(([index, creatorId]) =>
      named(`decline ${index} ${creatorId}`, (stage, ids) =>
        stage.run(declineInvitation, { actor: creator(creatorId), path: { campaignId: idAt(ids, index), creatorId } }),
      ),
    ),
  fc.constant(named("advance", (stage) => advanced(stage))),
  at.map((index) => named(`tell ${index}`, (stage, ids) => toldOfStatus(stage, idAt(ids, index), "completed"))),
  fc.nat({ max: MONTH_MS / 3 }).map((pause) =>
    named(`wait ${pause}`, async (stage) => {
      stage.clock.now = new Date(Date.parse(stage.clock.now) + pause).toISOString();
    }),
  ),
);

const reachable = new Set(
  Object.values(campaignLifecycle).flatMap(({ from, to }) => from.map((one) => `${one} > ${to}`)),
);

/** Under which names the audit records that a campaign's status changed. */
const statusActions = ["campaign.published", "campaign.paused", "campaign.resumed", "campaign.status_changed"];

async function statusesOf(stage: TestStage, ids: readonly string[]) {
  const campaigns = await Promise.all(ids.map((id) => stage.ports.campaigns.get(id)));
  return campaigns.map((campaign) => campaign?.status ?? "missing");
}

/** What is in the brand's hands and its campaigns', and what was ever paid in. */
async function moneyOf(stage: TestStage) {
  const wallet = await stage.walletOf(BRAND_ID);
  const deposits = stage.stored("journalEntry").filter((item) => item["type"] === "deposit");
  const paid = deposits.flatMap((item) => item["lines"] as { amount: number }[]).filter(({ amount }) => amount > 0);
  return {
    held: wallet.available + wallet.reserved,
    paid: paid.reduce((sum, { amount }) => sum + amount, 0),
  };
}

test("no sequence of steps loses money, breaks the ledger or moves a status where its table does not lead", async () => {
  const seen = new Set<string>();
  let refusals = 0;
  let securing = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 5, maxLength: 40, size: "max" }),
      async (moments) => {
        const stage = await peopled();
        const ids: string[] = [];
        for (const start of [START, "2026-12-05T00:00:00Z"]) {
          const { id } = await drafted(stage, {
            budget: { amount: 30_000, currency: "USD" },
            timeline: { start, end: END },
          });
          ids.push(id);
          await asked(stage, id, { compensation: { amount: 7_001, currency: "USD" } });
        }
        for (const moment of moments) {
          const before = await statusesOf(stage, ids);
          const attempts = await Promise.allSettled(moment.map((one) => one(stage, ids)));
          for (const attempt of attempts) {
            if (attempt.status === "fulfilled") continue;
            expect(attempt.reason).toBeInstanceOf(Refusal);
            refusals += 1;
          }
          const after = await statusesOf(stage, ids);
          after.forEach((status, index) => {
            // Steps at one moment, and a campaign that slept through its start, may go two ways at once.
            if (status !== before[index]) seen.add(`${before[index]} > ${status}`);
          });
          expect(await brokenInvariants(stage)).toEqual([]);
          const { held, paid } = await moneyOf(stage);
          expect(held).toBe(paid);
        }
        const rows = stage.table.all().filter((item) => statusActions.includes(String(item["action"])));
        for (const row of rows) {
          const [change] = row["changes"] as { before: string; after: string }[];
          expect(reachable).toContain(`${change?.before} > ${change?.after}`);
        }
        securing += stage.table.all().filter((item) => item["type"] === "securing").length;
      },
    ),
    { numRuns: 150, seed: 20_261_125 },
  );
  // The sequences reached what they are meant to try.
  expect([...seen]).toEqual(
    expect.arrayContaining([
      "draft > active",
      "draft > scheduled",
      "scheduled > active",
      "active > paused",
      "paused > active",
      "active > completed",
    ]),
  );
  expect(refusals).toBeGreaterThan(100);
  expect(securing).toBeGreaterThan(10);
}, 180_000);
