/**
 * Notices of the processor's in a storm: each told up to twenty times, shuffled over three days, some before the deposit is
 * noted, some of unknown kinds, some under a wrong signature. Each payment is credited once.
 */
import { type Chance, chanceOf } from "./chance.ts";
import { clientOf, isDone, request } from "./client.ts";
import { processorOf } from "./processor.ts";
import { everyArea } from "./index.ts";
import { judge, peopled, quiet } from "./simulate.ts";
import { type World, worldOf } from "./world.ts";

const HOUR_MS = 3_600_000;
const MOST_COPIES = 20;
const DAYS = 3;

export interface WebhookStorm {
  readonly findings: readonly string[];
  readonly notices: number;
  readonly forged: number;
  readonly unknown: number;
  readonly counts: Readonly<Record<string, number>>;
}

/** @param notices about so many */
export async function webhookStorm(seed: number, notices: number): Promise<WebhookStorm> {
  const areas = await everyArea();
  const world = await worldOf({ seed, areas, pace: { leastMs: 6 * HOUR_MS } });
  await peopled(world);
  const told = { notices: 0, forged: 0, unknown: 0 };
  const deposits = Math.ceil(notices / (MOST_COPIES / 2));
  await Promise.all(Array.from({ length: deposits }, (_, at) => deposit(world, at, told)));
  await world.until(world.running.nowMs() + DAYS * 24 * HOUR_MS);
  await quiet(world, 48);
  await judge(world, areas);
  return { ...told, findings: world.findings, counts: world.counts };
}

async function deposit(world: World, at: number, told: { notices: number; forged: number; unknown: number }) {
  const { seed } = world.running;
  const chance = chanceOf(seed, "storm", at);
  const brands = world.people.filter(({ role }) => role === "brand");
  const brand = brands[at % brands.length];
  if (brand === undefined) return;
  await world.running.takes(chance.between(0, HOUR_MS));
  const amount = 1_000 + chance.below(50_000);
  const made = await clientOf(world, brand, `storm ${at}`).act("depositFunds", { body: { amount, currency: "USD" } });
  if (!isDone(made)) return;
  const intentId = made.body["paymentIntentId"] as string;
  processorOf(world).pay(intentId, brand.userId, amount);
  for (let copies = 1 + chance.below(MOST_COPIES); copies > 0; copies -= 1) {
    const afterMs = chance.between(0, DAYS * 24 * HOUR_MS);
    world.running.later(afterMs, () => void tell(world, intentId, `${at}-${copies}`, chance, told));
  }
}

async function tell(
  world: World,
  intentId: string,
  copy: string,
  chance: Chance,
  told: { notices: number; forged: number; unknown: number },
): Promise<void> {
  const { rawBody, signature } = processorOf(world).payments.webhook(intentId, `evt_${intentId}`);
  const isForged = chance.happens(0.01);
  const isUnknown = chance.happens(0.01);
  const raw = isUnknown ? JSON.stringify({ ...JSON.parse(rawBody), kind: "ignored", type: "unknown.thing" }) : rawBody;
  const headers = { "stripe-signature": isForged ? "forged" : signature };
  told.notices += 1;
  if (isForged) told.forged += 1;
  if (isUnknown) told.unknown += 1;
  const answer = await request(world, "receiveStripeWebhook", { raw, headers }, `storm notice ${copy}`);
  if (answer === undefined || answer.status === 503) return;
  if (isForged !== answer.status >= 400)
    world.find(`a notice was answered otherwise than its signature: ${answer.status}`);
}
