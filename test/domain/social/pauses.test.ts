/** Very many accounts at a network that has soon had enough of us: how often each of them comes back before it is read. */
import { expect, test } from "@jest/globals";
import { type Instant, plusHours, plusMilliseconds } from "#shared/domain/kernel/time";
import { SYNC_HOURS } from "#shared/domain/social/connect";
import { afterPause, isTooSoon, type SocialWork } from "#shared/domain/social/work";
import { aSocialAccount } from "../../support/social-builders.ts";

const BEGAN = "2026-11-25T12:00:00.000Z";
/** A network's: 300 accounts a minute; and it rests for a minute where it is asked for more. */
const [READ_AT_ONCE, PAUSE_SECONDS] = [300, 60];

/** All of them are received at once; whoever is received while the network rests waits as the rule says. */
function receivedUntilRead(accounts: number) {
  const queue = new Map<number, SocialWork[]>();
  const put = (work: SocialWork, second: number) => {
    const there = queue.get(second);
    if (there === undefined) queue.set(second, [work]);
    else there.push(work);
  };
  for (let at = 0; at < accounts; at += 1) put({ task: "sync", userId: `user ${at}`, platform: "tiktok" }, 0);
  let [second, received, read, readInWindow, windowEnds, restsUntil, left] = [0, 0, 0, 0, 0, 0, accounts];
  for (; left > 0; second += 1)
    for (const work of queue.get(second) ?? []) {
      received += 1;
      if (second >= windowEnds) [windowEnds, readInWindow] = [second + 60, 0];
      if (second >= restsUntil && readInWindow < READ_AT_ONCE) {
        readInWindow += 1;
        read += 1;
        left -= 1;
        continue;
      }
      if (second >= restsUntil) restsUntil = second + PAUSE_SECONDS;
      const now = plusMilliseconds(BEGAN, second * 1_000);
      const [later] = afterPause(work, { until: plusMilliseconds(BEGAN, restsUntil * 1_000) }, now);
      if (later) put(later.work, second + later.afterSeconds);
    }
  return { perAccount: received / accounts, read, minutes: Math.ceil(second / 60) };
}

test.each([
  [300, 1, 1],
  [6_000, 6, 40],
])("%i accounts are all read, received %i times each at most, in %i minutes", (accounts, times, minutes) => {
  const run = receivedUntilRead(accounts);
  expect(run.read).toBe(accounts);
  expect(run.perAccount).toBeLessThanOrEqual(times);
  expect(run.minutes).toBeLessThanOrEqual(minutes);
});

/** Rounds of six hours, in each of which whoever is due and not read yet is put into the queue once more, while nobody can be read. */
test("copies of what waits do not pile up over rounds, and each account is read once when its network is back", () => {
  const [ACCOUNTS, ROUNDS, HOURS] = [40, 12, 6];
  const account = aSocialAccount({ syncDueAt: BEGAN, lastSyncedAt: plusHours(BEGAN, -6) });
  const waiting: { at: Instant; readonly work: SocialWork }[] = [];
  let most = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const from = plusHours(BEGAN, round * HOURS);
    for (let at = 0; at < ACCOUNTS; at += 1)
      waiting.push({ at: from, work: { task: "sync", userId: `user ${at}`, platform: "twitter" } });
    // The network is refused to us for as long, and rests for five minutes each time.
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      if (next.at >= plusHours(from, HOURS)) {
        waiting.unshift(next);
        break;
      }
      const until = plusMilliseconds(next.at, 300_000);
      const [later] = afterPause(next.work, { until }, next.at);
      if (later === undefined) continue;
      waiting.push({ at: plusMilliseconds(next.at, later.afterSeconds * 1_000), work: later.work });
      waiting.sort((one, other) => one.at.localeCompare(other.at));
    }
    most = Math.max(most, waiting.length);
  }
  expect(most).toBeLessThanOrEqual(ACCOUNTS);
  const read = waiting.reduce(
    ({ state, times }, { work }) => {
      const now = plusHours(BEGAN, ROUNDS * HOURS);
      return isTooSoon(work, state, now)
        ? { state, times }
        : { state: { ...state, lastSyncedAt: now, syncDueAt: plusHours(now, SYNC_HOURS) }, times: times + 1 };
    },
    { state: account, times: 0 },
  );
  expect(read.times).toBeLessThanOrEqual(1);
});
