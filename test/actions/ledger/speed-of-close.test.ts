/** How long a night takes to close its accounts, in simulated time at 15 ms a transaction. */
import { expect, test } from "@jest/globals";
import { handler as auditLedger } from "#lambdas/ledger/audit-ledger";
import { configuredFeeRules } from "#shared/adapters/settings/processor-fee-rules";
import { memory } from "#shared/adapters/memory/index";
import { systemActor } from "#shared/domain/kernel/actor";
import { withinTime } from "#shared/ports/call-time";
import { connect } from "#shared/runtime/connect";
import { type Each, eachOf } from "#shared/runtime/implement-job";
import { aWallet } from "../../support/money-builders.ts";
import { paysIn } from "../../support/ledger-days.ts";
import { simulated } from "../../support/simulated-table.ts";
import { testStage } from "../../support/stage.ts";

const ACCOUNTS = 320;
/** What the job has, in milliseconds: its record and the proof's reading left out. */
const JOB_MS = 900_000;

/** A day on which so many brands paid in a cent each, closed with this way to carry items out. */
async function closed(through: (each: Each) => Each) {
  const stage = testStage("2026-11-25T12:00:00.000Z");
  for (let number = 1; number <= ACCOUNTS; number += 1) {
    const userId = `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
    await stage.given("wallet", aWallet({ userId }));
    await paysIn(stage, 1, `deposit:pi_${number}`, userId);
  }
  const { table, clock } = simulated();
  for (const item of stage.table.all())
    await table.driver.write({ kind: "put", item: item as never, when: { any: true } });
  const { contract, run } = auditLedger;
  const payments = { balance: () => Promise.resolve([{ amount: ACCOUNTS, currency: "USD" }]) };
  const adapters = {
    ...memory(table),
    payments: () => payments as never,
    statements: () => stage.statements,
    processorFeeRules: configuredFeeRules,
  };
  const connected = connect(contract, adapters, {
    ...{ TABLE_NAME: "t", STRIPE_SECRET_ARN: "s", STRIPE_API_BASE: "s", PROCESSOR_FEE_BOUNDS: "{}" },
  });
  const now = "2026-11-26T00:45:00.000Z";
  const invocation = { actor: systemActor("audit-ledger"), now, receivedAt: now, requestId: "r", newId: stage.newId };
  const counts: Record<string, number> = {};
  const tookMs: number[] = [];
  const each: Each = async (items, nameOf, work, bounds) => {
    const from = clock.nowMs();
    await through(eachOf(contract.job, { counts }))(items, nameOf, work, bounds);
    tookMs.push(clock.nowMs() - from);
  };
  await withinTime(Infinity, () => run(invocation, connected.portsFor(invocation) as never, each), clock);
  expect(counts).toMatchObject({ moved: ACCOUNTS, closed: 1 });
  const [accountsMs = 0] = tookMs;
  return { accountsMs, conflicts: table.tally.conflicts };
}

test("accounts are moved forward side by side, and meet nobody", async () => {
  const oneByOne = await closed((each) => (items, nameOf, work) => each(items, nameOf, work));
  const sideBySide = await closed((each) => each);
  const fitting = ({ accountsMs }: { accountsMs: number }) => Math.floor((JOB_MS / accountsMs) * ACCOUNTS);
  const faster = oneByOne.accountsMs / sideBySide.accountsMs;
  console.log(
    `${ACCOUNTS} accounts: ${oneByOne.accountsMs} ms one by one, ${sideBySide.accountsMs} ms side by side ` +
      `(${faster.toFixed(1)} times); ${fitting(oneByOne)} and ${fitting(sideBySide)} accounts in 900 s`,
  );
  expect(sideBySide.conflicts).toBe(0);
  expect(faster).toBeGreaterThan(15);
}, 60_000);
