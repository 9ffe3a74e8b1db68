/**
 * What it takes to count a day's raw hits anew: CPU of a hit and what the process holds, for a day that grows, with a bound of the hits
 * that are held at once. `node --expose-gc test/bench/recount.ts`; figures: docs/tracking.md.
 */
import { recounted } from "#shared/application/tracking/recounted";
import type { Hit } from "#shared/domain/tracking/hit";
import { utcDay } from "#shared/domain/tracking/hit";

const MB = 1024 ** 2;
const DAY = utcDay(Date.UTC(2026, 2, 1));
const HOUR = `${DAY}T05`;
/** Lines of a text, as an object of the archive holds them. */
const A_TEXT = 20_000;
const BOUND = 2 ** 20;
const SPREAD = 0x9e3779b1;

const hex = (number: number, digits: number): string => (number >>> 0).toString(16).padStart(digits, "0");

/** Each hit another visitor's: nobody's day takes more. */
function hitOf(number: number): Hit {
  const visitor = `${hex(Math.imul(number + 1, SPREAD), 8)}${hex(number, 8)}`;
  return {
    id: `hit_01J${String(number).padStart(23, "0")}`,
    code: `mmne${String(number % 500).padStart(6, "2")}`,
    campaignId: `cmp_${number % 50}`,
    creatorId: `creator-${number % 250}`,
    at: Date.UTC(2026, 2, 1) + number,
    day: DAY,
    visitor,
    agent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    method: "GET",
    country: "DE",
    referrerHost: "l.instagram.com",
  };
}

/** Made as they are read: what is held is the count's. @param sampled after each text */
function archiveOf(hits: number, sampled: () => void) {
  return {
    async *arrivedIn() {
      for (let from = 0; from < hits; from += A_TEXT) {
        yield Array.from({ length: Math.min(A_TEXT, hits - from) }, (_, at) => JSON.stringify(hitOf(from + at))).join(
          "\n",
        );
        sampled();
      }
    },
  };
}

for (const hits of [BOUND / 2, BOUND, 2 * BOUND, 4 * BOUND]) {
  globalThis.gc?.();
  const before = process.memoryUsage();
  let most = 0;
  const sampled = () => {
    const { arrayBuffers } = process.memoryUsage();
    most = Math.max(most, arrayBuffers - before.arrayBuffers);
  };
  const began = process.cpuUsage();
  const recount = await recounted(archiveOf(hits, sampled), DAY, [HOUR], BOUND);
  const { user, system } = process.cpuUsage(began);
  const unique = recount.campaigns.reduce(
    (sum, id) => sum + recount.of(id).reduce((all, one) => all + one.unique, 0),
    0,
  );
  if (unique !== hits) throw new Error(`${unique} of ${hits} visitors`);
  console.log(
    `${hits.toLocaleString("en")} hits, at most ${BOUND.toLocaleString("en")} held: tables of ${(most / MB).toFixed(0)} MB, ` +
      `${((user + system) / hits).toFixed(1)} µs of a hit, the archive's part included`,
  );
}
