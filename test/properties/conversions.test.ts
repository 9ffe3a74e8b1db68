/**
 * Orders that come at once, on a table that conflicts as DynamoDB does: each is counted once, whoever else is at it, and no
 * more is taken back of one than it was worth.
 */
import { expect, test } from "@jest/globals";
import { handler as recordConversion } from "#lambdas/conversions/record-conversion";
import { handler as reverseConversion } from "#lambdas/conversions/reverse-conversion";
import { memory } from "#shared/adapters/memory/index";
import { conversionSummary } from "#shared/domain/conversions/tally";
import type { Actor } from "#shared/domain/kernel/actor";
import { entityItem } from "#shared/table/entity";
import { aCampaign, CAMPAIGN_ID } from "../support/builders.ts";
import { loggedLines } from "../support/gateway.ts";
import { aLink, CODE, usd } from "../support/shop.ts";
import { type Answered, done, type SimulatedApi, simulatedApi } from "../support/simulated-api.ts";
import { calling } from "../support/simulated-table.ts";

const CROWD = 20;
const DAY_MS = 86_400_000;
const SEEDS = [1, 2, 3];

async function setting(seed: number): Promise<{ readonly api: SimulatedApi; readonly brand: Actor }> {
  loggedLines();
  const api = await simulatedApi(seed);
  const brand = await api.person("brand");
  const [start, end] = [-1, 30].map((days) => new Date(Date.now() + days * DAY_MS).toISOString());
  const timeline = { start: start ?? "", end: end ?? "", timeZone: "UTC" };
  const items = [
    entityItem("campaign", aCampaign({ brandId: brand.userId, status: "active", timeline })),
    entityItem("link", aLink({ brandId: brand.userId })),
  ];
  for (const item of items) await api.table.driver.write({ kind: "put", item, when: { any: true } });
  return { api, brand };
}

const figures = async (api: SimulatedApi) => {
  const ports = memory(api.table);
  const tallies = await calling(api, () =>
    ports.conversionTallies({}).ofCampaign(CAMPAIGN_ID, "2000-01-01", "2100-01-01"),
  );
  return conversionSummary(tallies).total;
};
const ordered = (api: SimulatedApi, brand: Actor, orderId: string) =>
  api.send(brand, recordConversion, { body: { orderId, code: CODE, value: usd(10_000) } });
const statuses = (answers: readonly Answered[]) =>
  Object.fromEntries([...Map.groupBy(answers, ({ status }) => status)].map(([status, all]) => [status, all.length]));
const atOnce = <T>(ask: (at: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: CROWD }, (_, at) => ask(at)));

test.each(SEEDS)(`${CROWD} orders of one link at once are all recorded, and counted (seed %i)`, async (seed) => {
  const { api, brand } = await setting(seed);
  const answers = await atOnce((at) => ordered(api, brand, `order-${at}`));
  expect(statuses(answers)).toEqual({ 201: CROWD });
  expect(await figures(api)).toEqual({ conversions: CROWD, valueMinor: CROWD * 10_000 });
  const slowest = Math.max(...answers.map(({ tookMs }) => tookMs));
  console.log(`seed ${seed}: the last of ${CROWD} took ${slowest} simulated ms`);
  expect(slowest).toBeLessThan(2_000);
});

test.each(SEEDS)(`one order ${CROWD} times at once is one conversion (seed %i)`, async (seed) => {
  const { api, brand } = await setting(seed);
  const answers = await atOnce(() => ordered(api, brand, "order"));
  expect(statuses(answers)).toEqual({ 200: CROWD - 1, 201: 1 });
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  expect(await figures(api)).toEqual({ conversions: 1, valueMinor: 10_000 });
});

test.each(SEEDS)(`${CROWD} reversals at once take back no more than the value (seed %i)`, async (seed) => {
  const { api, brand } = await setting(seed);
  const { id } = await done(ordered(api, brand, "order"));
  const path = { conversionId: String(id) };
  const body = { amount: usd(900), reason: "returned" };
  const answers = await atOnce(() => api.send(brand, reverseConversion, { path, body }));
  expect(statuses(answers)).toEqual({ 201: 11, 422: CROWD - 11 });
  expect(await figures(api)).toEqual({ conversions: 1, valueMinor: 100 });
});
