/** Hits as a shard's consumer is handed them: who follows which link when, under one seed. */
import { type Hit, utcDay } from "#shared/domain/tracking/hit";
import type { HitRecord } from "#shared/domain/tracking/hit-records";
import { randomOf } from "../support/random.ts";
import { FIREFOX } from "../support/tracking.ts";

export const SHARD = "shardId-000000000003";
const START = Date.parse("2026-03-01T06:00:00.000Z");
export const SEED = 1;

export interface Traffic {
  readonly batches: number;
  readonly hitsABatch: number;
  readonly hitsASecond: number;
  readonly visitors: number;
  readonly links: number;
  readonly campaigns: number;
  /** How often a link is followed: by its rank (1, 1/2, 1/3, …), all alike, or each once before any twice. */
  readonly spread: "zipf" | "even" | "in turn";
}

const parsed = (hit: Hit): Hit => JSON.parse(JSON.stringify(hit)) as Hit;
const hex = (value: number, digits: number): string => (value >>> 0).toString(16).padStart(digits, "0");
const id = (prefix: string, number: number): string => `${prefix}${String(number).padStart(26, "0")}`;
const creator = (number: number): string => `3f2b8c1a-0000-4000-8000-${String(number).padStart(12, "0")}`;

function linkPicker({ links, spread }: Traffic, chance: () => number): (hit: number) => number {
  if (spread === "in turn") return (hit) => hit % links;
  if (spread === "even") return () => Math.floor(chance() * links);
  const weights = Array.from({ length: links }, (_, rank) => 1 / (rank + 1));
  let sum = 0;
  const upTo = weights.map((weight) => (sum += weight));
  return () => {
    const drawn = chance() * sum;
    let [low, high] = [0, links - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((upTo[middle] ?? 0) < drawn) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** What visits show: three kinds of devices, and of 40 countries and 30 hosts few that most come from, or none. */
const shown = (chance: () => number): Pick<Hit, "agent" | "country" | "referrerHost"> => ({
  agent: [FIREFOX, `${FIREFOX} Mobile`, `${FIREFOX} iPad`][Math.floor(chance() * 3)] ?? FIREFOX,
  country: COUNTRIES[Math.floor(chance() ** 3 * COUNTRIES.length)],
  referrerHost: chance() < 0.3 ? undefined : `www.blog${Math.floor(chance() ** 3 * 30)}.example`,
});
const COUNTRIES = Array.from({ length: 40 }, (_, number) => String.fromCharCode(65 + (number % 26), 65 + (number % 7)));

/** Batches of one shard, as the stream hands them over. */
export function* batchesOf(traffic: Traffic): Generator<readonly HitRecord[]> {
  const chance = randomOf(SEED);
  const pick = linkPicker(traffic, chance);
  for (let batch = 0; batch < traffic.batches; batch += 1) {
    yield Array.from({ length: traffic.hitsABatch }, (_, place) => {
      const number = batch * traffic.hitsABatch + place;
      const link = pick(number);
      const at = START + Math.floor((number * 1_000) / traffic.hitsASecond);
      const who = Math.floor(chance() * traffic.visitors);
      const hit = {
        id: id("hit_", number),
        code: `bench${String(link).padStart(5, "0")}`,
        campaignId: id("cmp_", link % traffic.campaigns),
        creatorId: creator(link),
        at,
        day: utcDay(at),
        visitor: hex(Math.imul(who, 0x9e3779b1), 8) + hex(who, 8),
        ...shown(chance),
        method: "GET" as const,
      };
      // As a parsed record is: texts put together of parts are slower to look up.
      return { sequenceNumber: `496${String(number).padStart(53, "0")}`, hit: parsed(hit) };
    });
  }
}
