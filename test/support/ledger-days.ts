/** Days of the books: entries posted as rules post them, sealed as they are written, closed by the nightly job. */
import { handler as auditLedger } from "#lambdas/ledger/audit-ledger";
import { memory } from "#shared/adapters/memory/index";
import { configuredFeeRules } from "#shared/adapters/settings/processor-fee-rules";
import { capabilitiesOf } from "#shared/contracts/implied";
import { digestOf, type WrittenEntry } from "#shared/domain/audit/seal";
import type { JobRun } from "#shared/domain/jobs/job-run";
import { type Actor, systemActor } from "#shared/domain/kernel/actor";
import type { Money } from "#shared/domain/kernel/money";
import type { Occasion } from "#shared/domain/kernel/occasion";
import { campaignAccount, platformAccount, walletAccount } from "#shared/domain/ledger/account";
import type { Books } from "#shared/domain/ledger/audit/books";
import type { DecidedEntry, SettledUnit } from "#shared/domain/ledger/journal-entry";
import { entry, type EntryHead, move } from "#shared/domain/ledger/posting";
import { touchedBy } from "#shared/ports/touched";
import { withinTime } from "#shared/ports/call-time";
import { connect } from "#shared/runtime/connect";
import { eachOf } from "#shared/runtime/implement-job";
import { jobPipeline } from "#shared/runtime/pipelines";
import type { TableEngine } from "#shared/table/engine";
import { contentOf, isOf } from "#shared/table/item";
import { declarations } from "#shared/table/items/index";
import { storedChanges } from "#shared/table/repositories/changes";
import { storedSeals } from "#shared/table/repositories/seals";
import {
  aBudget,
  aFunding,
  aParticipant,
  BRAND_ID,
  CAMPAIGN_ID,
  CREATOR_ID,
  DELIVERABLE_ID,
  EARNING_ID,
  PARTICIPATION_ID,
} from "./builders.ts";
import { anEarning, aPayout, aWallet } from "./money-builders.ts";
import { requestContext } from "./gateway.ts";
import { grantedTable } from "./granted-table.ts";
import { simulatedClock } from "./simulated-clock.ts";
import { testStage, type TestStage } from "./stage.ts";

export const OTHER_BRAND_ID = "00000000-0000-4000-8000-0000000000b2";
/** Of the earning that is on hold. */
export const ON_HOLD_ID = `ern_${"0".repeat(25)}2`;
const sealers = new WeakMap<TableEngine, ReturnType<typeof storedSeals>>();

/** Everything that is not sealed yet is. */
export async function sealed({ table, clock }: Pick<TestStage, "table" | "clock">): Promise<void> {
  const kinds = Object.values(declarations).filter((one) => one.sealed);
  const written = table
    .all()
    .filter((item) => kinds.some((kind) => isOf(kind, item)))
    .map((item): WrittenEntry => ({
      key: String(item["pk"]),
      digest: digestOf(contentOf(item)),
      writtenAt: String(item["postedAt"] ?? item["at"] ?? item["closedAt"]),
    }));
  const seals = sealers.get(table) ?? storedSeals(table);
  sealers.set(table, seals);
  const { failures } = await seals.seal(written, clock.now);
  if (failures.length > 0) throw failures[0]?.error;
}

/** Entries of one commit, as an action would post them. */
export async function posted(
  stage: Pick<TestStage, "table" | "clock" | "newId">,
  decide: (occasion: Occasion) => readonly DecidedEntry[],
  { actor = systemActor("test"), onBehalfOf }: { readonly actor?: Actor; readonly onBehalfOf?: string } = {},
): Promise<void> {
  const occasion = { actor, now: stage.clock.now, requestId: "r", newId: stage.newId };
  const audit = { action: "money.moved", resource: { type: "test", id: "t" }, ...(onBehalfOf && { onBehalfOf }) };
  await storedChanges(stage.table).commit(
    { ...occasion, writes: new Set(["journalEntry"] as const) },
    { entities: [], entries: decide(occasion), audit },
  );
}

export const headOf = (key: string, type: EntryHead["type"], parts: Partial<EntryHead> = {}): EntryHead => ({
  key,
  type,
  currency: "USD",
  referenceId: key,
  description: key,
  ...parts,
});

const campaign = { campaignId: CAMPAIGN_ID, brandId: BRAND_ID };
const own = (account: "available" | "disputesReceivable", userId = BRAND_ID) => walletAccount(userId, account);
const its = (account: "unassigned" | "secured" | "spent") => campaignAccount(campaign, account);
const theirs = (account: "pending" | "payable" | "inFlight") => walletAccount(CREATOR_ID, account);
const house = platformAccount;

export const paysIn = (
  stage: Pick<TestStage, "table" | "clock" | "newId">,
  amount: number,
  key = `deposit:pi_${amount}`,
  userId = BRAND_ID,
) =>
  posted(stage, (occasion) => [
    move(
      headOf(key, "deposit", { processorIds: [key] }),
      amount,
      house("stripe_balance"),
      own("available", userId),
      occasion,
    ),
  ]);

const settles: SettledUnit[] = [{ participationId: PARTICIPATION_ID, deliverableId: DELIVERABLE_ID, unit: 1 }];

/** On the first day: 1,000 paid in (and 30 kept by the processor), 600 set aside, 300 secured for three units. */
export async function firstDay(at = "2026-11-25T12:00:00.000Z"): Promise<TestStage> {
  const stage = testStage(at);
  for (const userId of [BRAND_ID, CREATOR_ID, OTHER_BRAND_ID])
    await stage.given("wallet", aWallet({ userId, updatedAt: at }));
  await stage.given("budget", aBudget({ status: "active", updatedAt: at }));
  await stage.given("funding", aFunding());
  const unit = { deliverableId: DELIVERABLE_ID, priceMinor: 100, rounds: 0, dueAt: "2026-12-31T00:00:00.000Z" };
  const units = [1, 2, 3].map((number) => ({ ...unit, unit: number, state: "open" as const }));
  await stage.given("participant", aParticipant({ units, joinedAt: at }));
  await paysIn(stage, 1_000);
  // What the processor keeps is debited to its fees and credited to what it holds.
  await posted(stage, (now) => [
    move(
      headOf("txn:1", "processing", { processorIds: ["txn_1"] }),
      30,
      house("stripe_fees"),
      house("stripe_balance"),
      now,
    ),
  ]);
  await posted(stage, (now) => [
    move(headOf("publication:c", "reservation"), 600, own("available"), its("unassigned"), now),
  ]);
  await posted(stage, (now) => [move(headOf("acceptance:c", "securing"), 300, its("unassigned"), its("secured"), now)]);
  return stage;
}

/** A creator is paid for a unit, with the house's fee; earns, and is being paid out. A disputed payment was taken back. */
export async function secondDay(stage: TestStage, at = "2026-11-26T12:00:00.000Z"): Promise<void> {
  stage.clock.now = at;
  const head = headOf(`settlement:${PARTICIPATION_ID}:${DELIVERABLE_ID}:1`, "transfer", { settles });
  await posted(stage, (now) => [
    entry(
      head,
      [
        { account: its("secured"), amount: -100 },
        { account: its("spent"), amount: 100 },
        { account: house("creator_compensation"), amount: -100 },
        { account: theirs("pending"), amount: 100 },
      ],
      now,
    ),
    move(headOf(`fee:${head.key}`, "fee"), 10, theirs("pending"), house("platform_fees"), now),
  ]);
  const [participant] = stage.stored("participant");
  const { dueAt: _, ...paid } = (participant?.["units"] as [Record<string, unknown>])[0];
  const others = (participant?.["units"] as unknown[]).slice(1);
  await stage.given("participant", {
    ...aParticipant({ joinedAt: String(participant?.["joinedAt"]) }),
    units: [{ ...paid, state: "approved" }, ...others] as never,
  });
  // What was earned is of two earnings: one that is on hold, and one of which some is being paid out.
  const usd = (amount: number) => ({ amount, currency: "USD" as const });
  await stage.given(
    "earning",
    anEarning({ id: ON_HOLD_ID, amount: usd(30), status: "pending", availableAt: "2026-12-31T00:00:00.000Z" }),
  );
  await stage.given("earning", anEarning({ amount: usd(60), allocatedMinor: 20 }));
  await stage.given(
    "payout",
    aPayout({
      status: "in_transit",
      step: "arrival",
      amount: usd(20),
      parts: [{ earningId: EARNING_ID, amountMinor: 20 }],
      createdAt: at,
      updatedAt: at,
    }),
  );
  await posted(stage, (now) => [move(headOf("maturity:1", "maturity"), 60, theirs("pending"), theirs("payable"), now)]);
  await posted(stage, (now) => [
    move(headOf("payout:1", "withdrawal"), 20, theirs("payable"), theirs("inFlight"), now),
  ]);
  await posted(stage, (now) => [
    move(headOf("dispute:1", "dispute"), 50, own("disputesReceivable", OTHER_BRAND_ID), house("stripe_balance"), now),
  ]);
  await posted(stage, (now) => [
    move(
      headOf("txn:2", "processing", { processorIds: ["txn_2"] }),
      5,
      house("stripe_fees"),
      house("stripe_balance"),
      now,
    ),
  ]);
}

/** What the processor holds after both days. */
export const HELD: readonly Money[] = [{ amount: 915, currency: "USD" }];

/** The nightly job, once. What it waits for passes at once. */
export function nightly(stage: TestStage, table: TableEngine = stage.table): Promise<JobRun> {
  const { contract, run } = auditLedger;
  const world = { now: () => stage.clock.now, newId: stage.newId };
  const adapters = {
    ...memory(grantedTable(table, touchedBy(capabilitiesOf(contract)))),
    payments: () => stage.payments,
    statements: () => stage.statements,
    processorFeeRules: configuredFeeRules,
  };
  const connected = connect(contract, adapters, {
    ...{ TABLE_NAME: "t", STRIPE_SECRET_ARN: "s", STRIPE_API_BASE: "s", PROCESSOR_FEE_BOUNDS: "{}" },
  });
  const pipeline = jobPipeline(
    contract,
    connected,
    (context) => run(context.invocation, context.ports as never, eachOf(contract.job, context)),
    world,
  );
  const context = requestContext({ getRemainingTimeInMillis: () => (contract.runs?.timeoutSeconds ?? 0) * 1_000 });
  return withinTime(Infinity, () => pipeline(undefined, context as never), simulatedClock()) as Promise<JobRun>;
}

/** A day that is closed and one after it, right in everything. */
export async function twoDays(): Promise<TestStage> {
  const stage = await firstDay();
  await sealed(stage);
  stage.clock.now = "2026-11-26T00:45:00.000Z";
  stage.payments.balance = () => Promise.resolve([{ amount: 970, currency: "USD" }]);
  await nightly(stage);
  await secondDay(stage);
  stage.payments.balance = () => Promise.resolve(HELD);
  await sealed(stage);
  return stage;
}

export const booksOf = (stage: TestStage): Promise<Books> => stage.ports.ledger.books(stage.clock.now);
