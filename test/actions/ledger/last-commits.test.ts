/** What a closing remembers, so that the last commit of a wallet is known: it may have been decided before many others. */
import { expect, test } from "@jest/globals";
import { auditLedger } from "#shared/domain/ledger/audit/auditor";
import { closeAccount, type Moved } from "#shared/domain/ledger/closing/close-day";
import { MOST_LAST_COMMITS } from "#shared/domain/ledger/closing/closing";
import { platformAccount, walletAccount } from "#shared/domain/ledger/account";
import type { JournalEntry } from "#shared/domain/ledger/journal-entry";
import { walletHolder } from "#shared/domain/ledger/postings";
import { plusMilliseconds } from "#shared/domain/kernel/time";
import { BRAND_ID } from "../../support/builders.ts";
import { booksOf, firstDay, nightly, paysIn, sealed } from "../../support/ledger-days.ts";
import type { TestStage } from "../../support/stage.ts";

const DAY = "2026-11-25";
const NEXT = "2026-11-26";

async function night(stage: TestStage, day: string, held: number): Promise<void> {
  stage.payments.balance = () => Promise.resolve([{ amount: held, currency: "USD" }]);
  stage.clock.now = `${day}T00:45:00.000Z`;
  await sealed(stage);
  await nightly(stage);
}
const foundAgainst = async (stage: TestStage) =>
  auditLedger(await booksOf(stage)).flatMap(({ id, passed, violations }) => (passed ? [] : [id, violations]));

test("a slow job's commit is the last one of a wallet that sixty others moved since it was decided", async () => {
  const stage = await firstDay();
  for (let number = 1; number <= 60; number += 1) {
    stage.clock.now = plusMilliseconds(`${DAY}T23:54:00.000Z`, number * 5_000);
    await paysIn(stage, number);
  }
  // Decided first, and written last.
  stage.clock.now = `${DAY}T23:45:00.000Z`;
  await paysIn(stage, 100, "deposit:pi_slow");
  await night(stage, NEXT, 970 + 1_830 + 100);
  expect(await foundAgainst(stage)).toEqual([]);
  stage.clock.now = `${NEXT}T12:00:00.000Z`;
  expect(await foundAgainst(stage)).toEqual([]);
});

test("nor is it forgotten when others of the next day were decided after it and written before", async () => {
  const stage = await firstDay();
  stage.clock.now = `${NEXT}T00:02:00.000Z`;
  await paysIn(stage, 1);
  stage.clock.now = `${DAY}T23:59:00.000Z`;
  await paysIn(stage, 100, "deposit:pi_slow");
  for (const day of [NEXT, "2026-11-27"]) await night(stage, day, 970 + 1 + 100);
  stage.clock.now = "2026-11-27T12:00:00.000Z";
  expect(await foundAgainst(stage)).toEqual([]);
});

/** So many commits of one wallet, one a second. */
function busy(count: number): Moved {
  const entries = Array.from({ length: count }, (_, at) => {
    const lines = [
      { account: platformAccount("stripe_balance"), amount: -1 },
      { account: walletAccount(BRAND_ID, "available"), amount: 1 },
    ];
    const postedAt = plusMilliseconds(`${DAY}T12:00:00.000Z`, at * 1_000);
    return { commitId: `c${at}`, currency: "USD", lines, postedAt } as unknown as JournalEntry;
  });
  const holder = walletHolder(BRAND_ID);
  return { holder, entries, whole: new Set(entries.map(({ commitId }) => commitId)) };
}
const remembered = (count: number): string[] => {
  const next = closeAccount(undefined, busy(count), DAY)?.entities[0]?.next as { lastCommitIds: string[] };
  return next.lastCommitIds;
};

test("what was decided more than half an hour before the last is not remembered, and never more than a bound", () => {
  expect(remembered(2_400)).toHaveLength(1_801);
  const [first] = remembered(2_400);
  expect(first).toBe("c599");
  expect(MOST_LAST_COMMITS).toBeGreaterThan(1_801);
});

test("of a wallet that more moved than is remembered, counts and figures alone are asked", async () => {
  const stage = await firstDay();
  await night(stage, NEXT, 970);
  const [closing] = stage.stored("closing").filter(({ account }) => account === `wallet:${BRAND_ID}`);
  const others = Array.from({ length: MOST_LAST_COMMITS }, (_, at) => `cmt_7${String(at).padStart(25, "0")}`);
  stage.clock.now = `${NEXT}T12:00:00.000Z`;
  const withLast = async (lastCommitIds: readonly string[]) => {
    await stage.given("closing", { ...(closing as never as object), lastCommitIds } as never);
    return foundAgainst(stage);
  };
  expect(await withLast(others)).toEqual([]);
  expect((await withLast(others.slice(1)))[0]).toBe("M4");
});
