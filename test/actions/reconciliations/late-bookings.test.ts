/** What is booked long after it moved belongs to the day of the movement, and is a riddle on no other. */
import { describe, expect, test } from "@jest/globals";
import { handler as carryOutPayouts } from "#lambdas/payouts/carry-out-payouts";
import { handler as followPayouts } from "#lambdas/payouts/follow-payouts";
import type { EventDetail } from "#shared/domain/events/events";
import { plusDays } from "#shared/domain/kernel/time";
import { JournalEntry } from "#shared/domain/ledger/journal-entry";
import { storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import type { TestStage } from "../../support/stage.ts";
import { depositing, usd } from "../deposits/depositing.ts";
import { payingStage } from "../payouts/paying.ts";
import { refunding } from "../refunds/refunding.ts";
import { differencesOn, nightAfter, recordsOn } from "./comparing.ts";

const START = "2026-11-25T12:00:00.000Z";
/** Nights one after the other; gives back what differed after each. */
async function nights(stage: TestStage, from: number, to: number, evening?: (day: number) => Promise<unknown>) {
  const said: (readonly string[])[] = [];
  for (let day = from; day <= to; day += 1) {
    await nightAfter(stage, START, day);
    said.push(differencesOn(stage));
    stage.clock.now = plusDays(START, day);
    await evening?.(day);
  }
  return said;
}
const afterMidnight = (days: number) => `${plusDays(START, days).slice(0, "YYYY-MM-DD".length)}T00:00:04.000Z`;

describe("a deposit", () => {
  test("that is heard of five days late differs until it is booked, and then its day matches", async () => {
    const { stage, begin, confirm } = await depositing();
    stage.payments.takeFees();
    const deposit = await begin(usd(50_000));
    stage.payments.pay(deposit.paymentIntentId);
    const said = await nights(stage, 1, 12, async (day) => {
      if (day === 5) await confirm(deposit.id);
    });
    const waiting = [expect.stringMatching(/^2026-11-25 not_booked .*pi_1/)];
    expect(said).toEqual([...Array<unknown>(5).fill(waiting), ...Array<unknown>(7).fill([])]);
    expect(recordsOn(stage).find(({ date }) => date === "2026-11-25")?.totals).toMatchObject([{ matched: 1 }]);
    // The day on which it was booked has nothing of its own.
    expect(recordsOn(stage).find(({ date }) => date === "2026-11-30")).toMatchObject({ status: "matched", totals: [] });
  });

  test.each([
    ["just after midnight", "2026-11-25T23:59:58.000Z", afterMidnight(1)],
    ["on its own day", "2026-11-25T23:00:58.000Z", "2026-11-25T23:10:04.000Z"],
  ])("booked %s and refunded four days later agrees on every day", async (_when, paidAt, bookedAt) => {
    const { stage, begin, confirm, request, submit } = await refunding();
    stage.clock.now = paidAt;
    const deposit = await begin(usd(50_000), "key-0");
    stage.payments.pay(deposit.paymentIntentId);
    stage.clock.now = bookedAt;
    await confirm(deposit.id);
    const said = await nights(stage, 1, 12, async (day) => {
      if (day !== 4) return;
      await request(10_000);
      await submit();
    });
    expect(said.flat()).toEqual([]);
  });

  test("booked once more, ten days later under another key, is named although its own day has matched", async () => {
    const { stage } = await refunding(50_000);
    expect((await nights(stage, 1, 9)).flat()).toEqual([]);
    const [entry] = stage.stored("journalEntry").map((item) => JournalEntry.parse(item));
    const again = { ...entry, key: "by hand", postedAt: plusDays(START, 9) } as JournalEntry;
    await stage.table.write({ kind: "put", item: storedItem(items.journalEntry, again), when: { any: true } });
    const [named] = await nights(stage, 10, 10);
    expect(named).toEqual([expect.stringMatching(/^2026-12-04 booked_twice .*by hand/)]);
  });
});

describe("a payout", () => {
  test("whose reversal by hand is heard of by the late look alone: every day agrees in the end", async () => {
    const paying = await payingStage();
    const { stage } = paying;
    const { id, transferId } = await paying.paid();
    stage.clock.now = plusDays(START, 1);
    stage.payoutProcessor.takeBack(transferId);
    const handled = new Set(stage.stored("outboxEvent").map((item) => item["id"]));
    const said = await nights(stage, 2, 12, async () => {
      await paying.job(followPayouts);
      for (const { id: eventId, type, detail } of stage.stored("outboxEvent"))
        if (type === "processor.object_changed" && !handled.has(eventId)) {
          handled.add(eventId);
          await paying.changed(carryOutPayouts, detail as EventDetail<"processor.object_changed">);
        }
    });
    expect(await paying.read(id)).toMatchObject({ status: "paid", reversedMinor: 20_000 });
    await paying.expectWholeBooks();
    const about = said.map((all) => all.filter((one) => /payout|tr_/.test(one)));
    expect(about.flat().filter((one) => one.includes("not_at_processor"))).toEqual([]);
    expect(about[0]).toEqual([
      expect.stringContaining("2026-11-25 amount_differs"),
      expect.stringContaining("2026-11-26 amount_differs"),
    ]);
    expect(about.at(-1)).toEqual([]);
  });
});

describe("an entry", () => {
  test("of what the processor has never heard is named on its posting day, until somebody takes it back", async () => {
    const { stage } = await refunding(50_000);
    const [entry] = stage.stored("journalEntry").map((item) => JournalEntry.parse(item));
    const invented = { ...entry, key: "deposit:pi_none", processorIds: ["pi_none"] } as JournalEntry;
    await stage.table.write({ kind: "put", item: storedItem(items.journalEntry, invented), when: { any: true } });
    const said = await nights(stage, 1, 9);
    expect(said).toEqual(Array(9).fill(["2026-11-25 not_at_processor deposit:pi_none"]));
    const lines = invented.lines.map(({ account, amount }) => ({ account, amount: 0 - amount }));
    const back = { ...invented, key: "taken back", lines, postedAt: plusDays(START, 9) };
    await stage.table.write({ kind: "put", item: storedItem(items.journalEntry, back), when: { any: true } });
    expect(await nights(stage, 10, 10)).toEqual([[]]);
  });
});
