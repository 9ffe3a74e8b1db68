/** Every incident, brought about in the code that logs it; and the lines that are left. */
import { handler as sealEntries } from "#lambdas/system/seal-entries";
import { handler as redirectVisitor } from "#lambdas/tracking/redirect-visitor";
import { handler as rollUpClicks } from "#lambdas/tracking/roll-up-clicks";
import { handler as comparePayoutAccounts } from "#lambdas/payouts/compare-payout-accounts";
import { handler as followPayouts } from "#lambdas/payouts/follow-payouts";
import { handler as auditLedger } from "#lambdas/ledger/audit-ledger";
import { handler as bookProcessorFees } from "#lambdas/ledger/book-processor-fees";
import { handler as proveLedger } from "#lambdas/ledger/prove-ledger";
import { handler as reconcilePayments } from "#lambdas/reconciliations/reconcile-payments";
import { handler as sweepRefunds } from "#lambdas/refunds/sweep-refunds";
import { handler as sweepStripeEvents } from "#lambdas/webhooks/sweep-stripe-events";
import { memoryHitCounter } from "#shared/adapters/memory/hit-counter";
import { signedClickPorts } from "#shared/adapters/signed-http/click-ports";
import { systemActor } from "#shared/domain/kernel/actor";
import { plusDays } from "#shared/domain/kernel/time";
import type { redirectVisitor as contract } from "#shared/contracts/tracking";
import { withinTime } from "#shared/ports/call-time";
import { edgeSink, implementEdge } from "#shared/runtime/edge";
import { eachOf } from "#shared/runtime/implement-job";
import { sink } from "#shared/runtime/log";
import { eventLeftBehind } from "../actions/system/outbox.ts";
import { closedDay } from "../actions/tracking/closing.ts";
import { eventFor, link } from "../actions/tracking/visits.ts";
import { depositing, ran } from "../actions/deposits/depositing.ts";
import { exportLeftBehind } from "../actions/exports/left-behind.ts";
import { earned } from "../actions/payouts/earned.ts";
import { handsOn, payingStage } from "../actions/payouts/paying.ts";
import { refunding } from "../actions/refunds/refunding.ts";
import { socialCauses, socialQuiet } from "../actions/social/let-go.ts";
import { awsEndpoint, reply } from "./aws-endpoint.ts";
import { peopled } from "./launched.ts";
import { aPayout, aWallet } from "./money-builders.ts";
import { auditItem, streamRecord } from "./sealing.ts";
import { simulatedClock } from "./simulated-clock.ts";
import { admin, testStage } from "./stage.ts";

/** A visit with everything real but AWS, which answers with the link or not at all. */
async function visit(linkIsThere: boolean): Promise<void> {
  const { port } = await awsEndpoint(({ target }, response) =>
    linkIsThere && target.endsWith(".GetItem")
      ? reply(response, 200, { Item: { ...wired(link), secret: { B: "c2VjcmV0" } } })
      : reply(response, 500, { __type: "InternalServerError" }),
  );
  const names = ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "TABLE_NAME", "CLICK_STREAM_NAME"];
  Object.assign(process.env, Object.fromEntries(names.map((name) => [name, "x"])));
  const endpoint = `http://127.0.0.1:${port}`;
  Object.assign(process.env, { AWS_ENDPOINT_URL: endpoint, OVERFLOW_QUEUE_URL: endpoint });
  try {
    await implementEdge<typeof contract>(signedClickPorts, redirectVisitor.run)(eventFor(`/t/${link.code}`));
  } finally {
    delete process.env["AWS_ENDPOINT_URL"];
  }
}
const wired = (item: object) =>
  Object.fromEntries(
    Object.entries(item).map(([name, value]) => [name, typeof value === "boolean" ? { BOOL: value } : { S: value }]),
  );

async function proof(available: number): Promise<void> {
  const stage = testStage();
  await stage.given("wallet", aWallet({ available }));
  await stage.run(proveLedger, { actor: admin() });
}

/** A night on which so many commits of a wallet are not found yet. */
async function night(commits: number): Promise<void> {
  const stage = testStage();
  await stage.given("wallet", aWallet({ commits, available: 0, updatedAt: stage.clock.now }));
  // It looks again and again, later each time.
  await withinTime(Infinity, () => ran(stage, auditLedger), simulatedClock());
}

/** Days of which we booked nothing, and the processor so many movements. @param left what is of the run's time, of 100, after they are read */
async function reconciliation(movements: number, left = 100): Promise<void> {
  const stage = testStage();
  const { now } = stage.clock;
  const invocation = { actor: systemActor("job"), now, receivedAt: now, requestId: "r", newId: stage.newId };
  const one = {
    id: "txn_1",
    type: "charge",
    category: "charge",
    currency: "USD",
    amountMinor: 500,
    feeMinor: 45,
    createdAt: plusDays(stage.clock.now, -1),
    objectIds: [],
  };
  let nowMs = 0;
  const statements = {
    movements() {
      nowMs = 100 - left;
      return Promise.resolve(Array.from({ length: movements }, () => one));
    },
    about: () => Promise.resolve([]),
  };
  const ports = { ...stage.granted(reconcilePayments.contract.uses, invocation), statements };
  const run = () => reconcilePayments.run(invocation, ports as never, eachOf("reconcile-payments", { counts: {} }));
  await withinTime(100, run, { ...simulatedClock(), nowMs: () => nowMs });
}

/** A fee of so much, taken by the processor today. */
async function fee(amountMinor: number): Promise<void> {
  const stage = testStage();
  stage.payments.moveHouse({ type: "stripe_fee", amountMinor: -amountMinor });
  await ran(stage, bookProcessorFees);
}

/** A deposit of 5,000 of which so much was received, as its webhook brings it. */
async function payment(received: number): Promise<void> {
  const { stage, begin, deliver } = await depositing();
  const { paymentIntentId } = await begin();
  stage.payments.pay(paymentIntentId, received);
  await deliver(stage.payments.webhook(paymentIntentId));
}

/** An event of Stripe's that nobody works off, looked at so often. */
async function lateEvent(sweeps: number): Promise<void> {
  const { stage, begin, receive } = await depositing();
  await receive(stage.payments.webhook((await begin()).paymentIntentId));
  for (let day = 1; day <= sweeps; day += 1) {
    stage.clock.now = `2026-12-0${day}T12:00:00.000Z`;
    await ran(stage, sweepStripeEvents);
  }
}

/** A payout that stands at its first step for so many days. */
async function standing(days: number): Promise<void> {
  const stage = testStage();
  await stage.given("wallet", aWallet({ userId: aPayout().creatorId }));
  await stage.given("payout", aPayout());
  stage.clock.now = plusDays(aPayout().updatedAt, days);
  await ran(stage, followPayouts);
}

/** A payout of 10,000 out of what the house has at the processor. */
async function payout(funds: number): Promise<void> {
  const stage = await peopled();
  stage.payoutProcessor.fund("USD", funds);
  const { onboarded, ask, steps } = handsOn(stage);
  await onboarded();
  await earned(stage, 10_000);
  await ask();
  await steps();
}

/** A payout whose transfer is taken back while its bank has the money, or not. */
async function reversal(isReversed: boolean): Promise<void> {
  const { stage, sent, told } = await payingStage();
  const { transferId } = await sent();
  if (isReversed) stage.payoutProcessor.takeBack(transferId, 1);
  await told("transfer", transferId);
}

/** A night on which a creator's account owes so much, with a payout on its way to their bank. */
async function account(owed: number): Promise<void> {
  const { stage, sent, job } = await payingStage();
  await sent();
  stage.payoutProcessor.owe("USD", owed);
  await job(comparePayoutAccounts);
}

/** A refund that the processor has accepted, and that has not ended after so many days. */
async function refund(days: number): Promise<void> {
  const { stage, request, submit } = await refunding(5_000);
  stage.payments.answerRefunds("pending");
  await request(2_000);
  await submit();
  stage.clock.now = plusDays(stage.clock.now, days);
  await ran(stage, sweepRefunds);
}

async function sealing(event: "INSERT" | "MODIFY"): Promise<void> {
  const stage = testStage();
  const { contract, run } = sealEntries;
  const invocation = { actor: systemActor("seals"), now: stage.clock.now, requestId: "r", newId: stage.newId };
  const delivered = streamRecord(event, auditItem(1, stage.clock.now));
  await run(
    invocation,
    [{ sequence: "1", shard: "", payload: undefined, delivered }],
    stage.granted(contract.uses, invocation),
  );
}

async function rollup(payload: Uint8Array): Promise<void> {
  const { newId, clock } = testStage();
  const invocation = { ...{ newId, now: clock.now, requestId: "r" }, actor: { userId: "system:clicks", roles: [] } };
  const ports = { hitCounter: memoryHitCounter() } as unknown as Parameters<typeof rollUpClicks.run>[2];
  await rollUpClicks.run(invocation, [{ sequence: "1", shard: "s", payload, delivered: undefined }], ports);
}

/** By code of the incident. */
const causes: Readonly<Record<string, () => Promise<void>>> = {
  "click.parked": () => visit(true),
  "link.unavailable": () => visit(false),
  "clicks.unreadable": () => rollup(new TextEncoder().encode("no hit")),
  "tracking_day.differs": () => closedDay(0),
  "tracking_day.restated": () => closedDay(2),
  "outbox.left_behind": eventLeftBehind,
  "export.left_behind": () => exportLeftBehind(1),
  "audit.tampered": () => sealing("MODIFY"),
  "payments.differ": () => reconciliation(1),
  "payments.not_judged": () => reconciliation(1, 10),
  "processor_fee.held": () => fee(100_001),
  "deposit.mismatched": () => payment(4_999),
  "stripe_event.parked": () => lateEvent(4),
  ...socialCauses,
  "payout.stuck": () => standing(2),
  "payout.transfer_reversed": () => reversal(true),
  "payout_account.differs": () => account(1),
  ...{ "payout.unfunded": () => payout(1), "refund.stuck": () => refund(16) },
  "ledger.unbalanced": () => proof(501),
  "ledger.not_judged": () => night(1),
};
/** What the same code logs when all is well. */
const quiet: Readonly<Record<string, () => Promise<void>>> = {
  ...{ "tracking_day.differs": () => closedDay(1), "tracking_day.restated": () => closedDay(1) },
  "export.left_behind": () => exportLeftBehind(0),
  "audit.tampered": () => sealing("INSERT"),
  "payments.differ": () => reconciliation(0),
  "payments.not_judged": () => reconciliation(1, 30),
  "processor_fee.held": () => fee(100_000),
  "deposit.mismatched": () => payment(5_000),
  "stripe_event.parked": () => lateEvent(3),
  ...socialQuiet,
  "payout.stuck": () => standing(1),
  "payout.transfer_reversed": () => reversal(false),
  "payout_account.differs": () => account(0),
  "payout.unfunded": () => payout(10_000),
  "refund.stuck": () => refund(14),
  "ledger.unbalanced": () => proof(0),
  "ledger.not_judged": () => night(0),
};

async function linesDuring(work: () => Promise<void>): Promise<string[]> {
  const lines: string[] = [];
  sink.write = edgeSink.write = (line) => void lines.push(line);
  await work();
  return lines;
}

/** @throws Error for an incident that nobody here knows to bring about. */
export function linesOfIncident(code: string): Promise<string[]> {
  const cause = causes[code];
  if (cause === undefined) throw new Error(`nothing brings ${code} about`);
  return linesDuring(cause);
}
export const linesWithout = (code: string): Promise<string[]> => linesDuring(quiet[code] ?? (() => Promise.resolve()));
