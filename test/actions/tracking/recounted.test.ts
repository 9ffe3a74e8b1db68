/** A day of more hits than fit is read in parts, and comes to the same. */
import { expect, test } from "@jest/globals";
import { recounted } from "#shared/application/tracking/recounted";
import type { Recount } from "#shared/domain/tracking/recount";
import type { Hit } from "#shared/domain/tracking/hit";
import { summarise } from "#shared/domain/tracking/summary";
import { aHit, code, DAY, exactly, visitor } from "#test/support/tracking";

const HOURS = Array.from({ length: 24 }, (_, hour) => `${DAY}T${String(hour).padStart(2, "0")}`);
const A_TEXT = 50;
const hits = Array.from({ length: 6_000 }, (_, number) =>
  aHit(number, {
    visitor: visitor(number % 1_500),
    campaignId: `cmp_${(number % 7) % 2}`,
    code: code(number % 7),
    creatorId: `creator-${(number % 7) % 3}`,
    ...(number % 400 === 0 && { kind: "own" }),
    ...(number % 11 === 0 && { agent: "curl/8" }),
    ...(number % 13 === 0 && { limited: true, country: "KE", referrerHost: `blog-${number % 30}.example` }),
  }),
);
const late = [aHit(9_000, { day: "2026-02-28" }), aHit(9_001, { day: "2026-02-27" })];

/** Hits by the hour, each object of `A_TEXT`, some twice, and what is none. */
function archive(all: readonly Hit[], reading: { texts: number } = { texts: 0 }) {
  const lines = [...all, ...late, ...all.filter((_, at) => at % 30 === 0)].map((hit) => JSON.stringify(hit));
  const texts = [...Array(Math.ceil(lines.length / A_TEXT)).keys()].map((at) =>
    [...lines.slice(at * A_TEXT, (at + 1) * A_TEXT), ...(at === 3 ? ["no hit"] : [])].join("\n"),
  );
  return {
    async *arrivedIn(hour: string) {
      for (const [at, text] of texts.entries()) {
        if (HOURS[at % HOURS.length] !== hour) continue;
        reading.texts += 1;
        yield text;
      }
    },
  };
}

const told = (recount: Recount) => ({
  campaigns: [...recount.campaigns].sort(),
  ofOthers: [...recount.ofOthers.keys()].sort(),
  unreadable: recount.unreadable,
  limited: [...recount.limited].sort(),
  figures: [...recount.campaigns].sort().map((id) => summarise(recount.of(id))),
  visits: [...recount.campaigns].sort().map((id) => recount.visitsOf(id)),
});
/** Hosts and creators are listed as they came, which other parts change. */
const inOrder = (all: ReturnType<typeof told>) => ({
  ...all,
  visits: all.visits.map((of) => [...of].sort((one, other) => (one.creatorId < other.creatorId ? -1 : 1))),
});

test.each([1, 2, 3, 4, 6])("in as many parts as it takes to hold a %d-th of it", async (part) => {
  const whole = inOrder(told(await recounted(archive(hits), DAY, HOURS)));
  const reading = { texts: 0 };
  const mostHeld = Math.ceil((hits.length + A_TEXT) / part);
  const recount = await recounted(archive(hits, reading), DAY, HOURS, mostHeld);
  expect(inOrder(told(recount))).toEqual(whole);
  const { rulesVersion: _version, ...summary } = summarise(recount.of("cmp_1"));
  expect(summary).toEqual(exactly(hits.filter(({ campaignId }) => campaignId === "cmp_1")));
  const objects = Math.ceil((hits.length * (1 + 1 / 30) + late.length) / A_TEXT);
  expect(reading.texts / objects).toBe(part === 1 ? 1 : 1 + Math.ceil(part * 1.1));
});

test("and a flood of one visitor, whose hits are all in one part, ends", async () => {
  const flood = Array.from({ length: 500 }, (_, number) => aHit(number));
  const recount = await recounted(archive(flood), DAY, HOURS, 100);
  expect(summarise(recount.of("cmp_1")).clicks).toMatchObject({ total: 100, unique: 1, byClass: { burst: 400 } });
});

test("what is stored of a day that was read in parts is what is stored of it whole", async () => {
  const [one, many] = [await recounted(archive(hits), DAY, HOURS), await recounted(archive(hits), DAY, HOURS, 900)];
  expect(many.totalsOf("cmp_0").unique).toBe(one.totalsOf("cmp_0").unique);
  expect(many.totalsOf("cmp_0").totals.map(({ part }) => part)).toEqual(
    one.totalsOf("cmp_0").totals.map(({ part }) => part),
  );
});
