/**
 * `TZ=ZONE node days-in-a-zone.ts SEED`: clicks around the days on which a zone's clocks change, on a machine of that zone. Each
 * batch comes ten times, some hits two days late, some to the archive alone, and every night is closed; what is shown must be what
 * a count of the instants by themselves comes to. Prints how much there was.
 */
import { deepStrictEqual as same } from "node:assert/strict";
import { summarise } from "#shared/domain/tracking/summary";
import { type Hit, utcDay } from "#shared/domain/tracking/hit";
import { closingStage } from "../actions/tracking/closing.ts";
import { randomOf } from "../support/random.ts";
import { aHit, code, exactly, inSequence, visitor } from "../support/tracking.ts";

const [HOUR, DAY] = [3_600_000, 86_400_000];
const TIMES = 10;
const MOST_LATE_DAYS = 2;
const YEAR = [Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1)] as const;
const zone = process.env["TZ"] ?? "";
const random = randomOf(Number(process.argv[2]));
const below = (end: number): number => Math.floor(random() * end);

/** Minutes that the machine is behind UTC. */
const behind = (at: number): number => new Date(at).getTimezoneOffset();
const midnightOf = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** Instants at which the machine's clock is set; where it never is, a midnight of its own. */
function changes(): readonly number[] {
  const found: number[] = [];
  for (let at = YEAR[0]; at < YEAR[1]; at += HOUR / 4) if (behind(at) !== behind(at - HOUR / 4)) found.push(at);
  return found.length > 0 ? found : [midnightOf(Date.UTC(2026, 6, 1))];
}

/** What a day's or an hour's edge might be, here and in UTC, a millisecond before and after, and instants in between. */
function instantsAround(change: number): readonly number[] {
  const days = [-1, 0, 1].map((by) => change + by * DAY);
  const edges = [...days.map(midnightOf), ...days.map((at) => at - (at % DAY)), change];
  const exact = edges.flatMap((edge) => [-HOUR, -HOUR / 2, -1, 0, 1, HOUR / 2, HOUR].map((by) => edge + by));
  return [...exact, ...Array.from({ length: 300 }, () => change + below(3 * DAY) - 1.5 * DAY)].map(Math.floor);
}

/** By arithmetic alone: the day that so many whole days after 1970-01-01 is. */
function dayOf(at: number): string {
  const [era, day] = [146_097n, BigInt(Math.floor(at / DAY)) + 719_468n];
  const ofEra = day % era;
  const year = (ofEra - ofEra / 1_460n + ofEra / 36_524n - ofEra / (era - 1n)) / 365n;
  const ofYear = ofEra - (365n * year + year / 4n - year / 100n);
  const march = (5n * ofYear + 2n) / 153n;
  const month = march < 10n ? march + 3n : march - 9n;
  const text = (number: bigint): string => String(number).padStart(2, "0");
  const years = year + (day / era) * 400n + (month <= 2n ? 1n : 0n);
  return `${years}-${text(month)}-${text(ofYear - (153n * march + 2n) / 5n + 1n)}`;
}

/** Clicks by hour and by day, with nothing of the product's but the instants. */
function byHand(hits: readonly Hit[]) {
  const clicks = hits.filter(({ method }) => method === "GET");
  const tally = (keyOf: (at: number) => string) =>
    Object.fromEntries([...Map.groupBy(clicks, ({ at }) => keyOf(at))].map(([key, all]) => [key, all.length]).sort());
  return { byDay: tally(dayOf), byHour: tally((at) => String(Math.floor(at / HOUR) % 24)) };
}

const hourName = (at: number): string => new Date(at).toISOString().slice(0, "2026-03-01T05".length);

async function around(change: number) {
  const { stage, archive, counter, close } = closingStage();
  const hits = instantsAround(change).map((at, number) => {
    const day = utcDay(at);
    const who = visitor(1 + below(20) + Number(day.slice(-2)) * 100);
    return aHit(number, { at, day, visitor: who, code: code(1 + below(3)), method: below(9) === 0 ? "HEAD" : "GET" });
  });
  same(
    hits.map(({ day }) => day),
    hits.map(({ at }) => dayOf(at)),
  );
  const comings = hits.map((hit) => ({ hit, at: hit.at + (below(5) === 0 ? below(MOST_LATE_DAYS * DAY) : 0) }));
  comings.sort((one, other) => one.at - other.at);
  const [first, last] = [comings[0]?.at ?? 0, (comings.at(-1)?.at ?? 0) + DAY];
  const outcomes: Record<string, number> = {};
  let sequence = 1;
  for (let night = first - (first % DAY) + 2 * HOUR; night < last + DAY; night += DAY) {
    const come = comings.filter(({ at }) => at < night && at >= night - DAY);
    for (const { hit, at } of come) archive.put(hourName(at), [hit]);
    const streamed = come.flatMap(({ hit }) => (below(20) === 0 ? [] : [hit]));
    const records = inSequence(streamed, sequence);
    await counter.count("s", records);
    for (let again = 1; again < TIMES; again += 1) await counter.count("s", records.slice(below(records.length)));
    sequence += records.length;
    stage.clock.now = new Date(night).toISOString();
    const run = await close();
    same(run.outcome, "succeeded");
    for (const [name, count] of Object.entries(run.counts)) outcomes[name] = (outcomes[name] ?? 0) + count;
  }

  const [from, to] = [dayOf(first - 5 * DAY), dayOf(last)];
  const { rulesVersion: _rules, ...shown } = summarise(await counter.ofCampaign("cmp_1", from, to));
  same(shown, exactly(hits));
  const hours = shown.visits?.hour.map(({ value, visits }) => [value, visits] as const) ?? [];
  const days = shown.byDay.map(({ date, clicks }) => [date, clicks] as const).filter(([, clicks]) => clicks > 0);
  same({ byDay: Object.fromEntries(days), byHour: Object.fromEntries(hours.toSorted()) }, byHand(hits));
  // Nothing is left to be put right, and nothing ever was that the archive could not put right.
  same(
    [(await close()).counts["restated"], outcomes["differs"], outcomes["failed"]],
    [undefined, undefined, undefined],
  );
  return { hits: hits.length, days: days.length, ...outcomes };
}

// The machine is where it should be.
same(Intl.DateTimeFormat().resolvedOptions().timeZone, zone);
const told = [];
for (const change of changes()) told.push({ change: new Date(change).toISOString(), ...(await around(change)) });
process.stdout.write(JSON.stringify(told));
