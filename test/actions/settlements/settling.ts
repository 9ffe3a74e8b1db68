/** What settles units besides a verdict, by the actions themselves. */
import { expect } from "@jest/globals";
import { handler as addEvidence } from "#lambdas/disputes/add-evidence";
import { handler as appealDispute } from "#lambdas/disputes/appeal-dispute";
import { handler as decideDispute } from "#lambdas/disputes/decide-dispute";
import { handler as openDispute } from "#lambdas/disputes/open-dispute";
import { handler as cancelCampaign } from "#lambdas/settlements/cancel-campaign";
import { handler as increaseBudget } from "#lambdas/settlements/increase-budget";
import { handler as releaseRemovedSubmissions } from "#lambdas/settlements/release-removed-submissions";
import { handler as removeParticipant } from "#lambdas/settlements/remove-participant";
import { handler as settleOverdueReviews } from "#lambdas/settlements/settle-overdue-reviews";
import { configuredFees } from "#shared/adapters/settings/platform-fees";
import { memory } from "#shared/adapters/memory/index";
import { capabilitiesOf } from "#shared/contracts/implied";
import { NewAppeal, NewDecision, NewDispute, NewEvidence } from "#shared/domain/disputes/input";
import { isUnsettled, Participant } from "#shared/domain/invitations/participant";
import type { JobRun } from "#shared/domain/jobs/job-run";
import { type Actor, systemActor } from "#shared/domain/kernel/actor";
import { accountName, onNormalSide } from "#shared/domain/ledger/account";
import { JournalEntry } from "#shared/domain/ledger/journal-entry";
import { Budget } from "#shared/domain/campaigns/campaign";
import { Wallet } from "#shared/domain/wallets/wallet";
import { touchedBy } from "#shared/ports/touched";
import { connect } from "#shared/runtime/connect";
import { eachOf } from "#shared/runtime/implement-job";
import { jobPipeline } from "#shared/runtime/pipelines";
import { untilDecided } from "#shared/runtime/until-decided";
import { ADMIN_ID, BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { requestContext } from "../../support/gateway.ts";
import { grantedTable } from "../../support/granted-table.ts";
import { interrupted } from "../../support/launched.ts";
import { admin, brand, type TestStage } from "../../support/stage.ts";
import type { Work } from "../submissions/delivered.ts";

const nothing = (): Promise<void> => Promise.resolve();

export const increased = (
  stage: TestStage,
  campaignId: string,
  amount: number,
  parts: {
    readonly actor?: Actor;
    readonly key?: string;
    readonly currency?: "USD" | "EUR";
    /** Between the decision and the write. */
    readonly meanwhile?: () => Promise<unknown>;
  } = {},
) =>
  stage.run(interrupted(increaseBudget, parts.meanwhile ?? nothing), {
    actor: parts.actor ?? brand(),
    path: { campaignId },
    body: { amount, currency: parts.currency ?? "USD" },
    idempotencyDigest: parts.key ?? stage.newId("commit"),
  });

export const cancelled = (
  stage: TestStage,
  campaignId: string,
  actor: Actor = brand(),
  meanwhile: () => Promise<unknown> = nothing,
) => stage.run(interrupted(cancelCampaign, meanwhile), { actor, path: { campaignId } });

/** A brand's money stands still from now on. */
export async function suspended(stage: TestStage, userId = BRAND_ID): Promise<void> {
  const wallet = await stage.ports.wallets.get(userId);
  if (wallet) await stage.given("wallet", { ...wallet, ownerStatus: "suspended" });
}

export const removed = (
  stage: TestStage,
  campaignId: string,
  {
    creatorId = CREATOR_ID,
    actor = brand(),
    ifMatch,
  }: { creatorId?: string; actor?: Actor; ifMatch?: number | undefined } = {},
) => stage.run(removeParticipant, { actor, path: { campaignId, creatorId }, ifMatch });

/** A delivery of the latest event that somebody was removed. */
export function toldOfRemoval(stage: TestStage): Promise<void> {
  const occasion = { actor: systemActor("consumer"), now: stage.clock.now, requestId: "r", newId: stage.newId };
  const event = stage.stored("outboxEvent").findLast(({ type }) => type === "participant.removed");
  const ports = stage.granted(releaseRemovedSubmissions.contract.uses, occasion);
  return untilDecided(() => releaseRemovedSubmissions.run(occasion, event as never, ports));
}

/** The review clock, once. */
export function clocked(stage: TestStage): Promise<JobRun> {
  const { contract, run } = settleOverdueReviews;
  const world = { now: () => stage.clock.now, newId: stage.newId };
  const table = grantedTable(stage.table, touchedBy(capabilitiesOf(contract)));
  const connected = connect(
    contract,
    { ...memory(table), platformFees: configuredFees },
    { TABLE_NAME: "t", PLATFORM_FEE_SCHEDULE: JSON.stringify(stage.fees) },
  );
  const pipeline = jobPipeline(
    contract,
    connected,
    (context) => run(context.invocation, context.ports as never, eachOf(contract.job, context)),
    world,
  );
  return pipeline(undefined, requestContext() as never) as Promise<JobRun>;
}

export const disputed = (
  stage: TestStage,
  { campaignId }: Pick<Work, "campaignId">,
  submissionId: string,
  actor: Actor = brand(),
  parts: object = {},
) =>
  stage.run(openDispute, {
    actor,
    path: { campaignId, submissionId },
    body: NewDispute.parse({ reason: "It is not what we agreed", ...parts }),
  });

type DisputePath = { readonly campaignId: string; readonly submissionId: string; readonly id: string };
const pathOf = ({ campaignId, submissionId, id }: DisputePath) => ({ campaignId, submissionId, disputeId: id });

export const withEvidence = (stage: TestStage, dispute: DisputePath, actor: Actor, evidence: string | string[]) =>
  stage.run(addEvidence, { actor, path: pathOf(dispute), body: NewEvidence.parse({ evidence }) });

export const decided = (
  stage: TestStage,
  dispute: DisputePath,
  amount: number,
  { actor = admin(), currency = "USD" }: { actor?: Actor; currency?: string } = {},
) =>
  stage.run(decideDispute, {
    actor,
    path: pathOf(dispute),
    body: NewDecision.parse({ creatorShare: { amount, currency }, reason: "Half of it was made" }),
  });

export const appealed = (stage: TestStage, dispute: DisputePath, actor: Actor) =>
  stage.run(appealDispute, { actor, path: pathOf(dispute), body: NewAppeal.parse({ reason: "I made all of it" }) });

export { ADMIN_ID };

const DAY_MS = 86_400_000;
export const later = (stage: TestStage, days: number): void => {
  stage.clock.now = new Date(Date.parse(stage.clock.now) + days * DAY_MS).toISOString();
};

export const journalOf = (stage: TestStage): JournalEntry[] =>
  stage.stored("journalEntry").map((row) => JournalEntry.parse(row));

/** Balances of every account, added up from the lines themselves, each on its normal side. */
export function balances(stage: TestStage): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { account, amount } of journalOf(stage).flatMap(({ lines }) => lines)) {
    const name = accountName(account);
    sums.set(name, (sums.get(name) ?? 0) + onNormalSide(account, amount));
  }
  return sums;
}

export const everybody = (stage: TestStage): Participant[] =>
  stage.stored("participant").map((row) => Participant.parse(row));

/**
 * Every entry balances, every stored figure is the sum of its account's lines, none is below zero, what campaigns hold secured
 * is the price of what is unsettled, no unsettled unit is without a date, and nobody has money and debts at once.
 */
export function expectWholeBooks(stage: TestStage): void {
  for (const { lines } of journalOf(stage)) expect(lines.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
  const sums = balances(stage);
  const sumOf = (name: string): number => sums.get(name) ?? 0;
  for (const row of stage.stored("wallet")) {
    const wallet = Wallet.parse(row);
    expect(wallet.available > 0 && wallet.disputesReceivable > 0).toBe(false);
    for (const figure of ["available", "pending", "payable", "disputesReceivable"] as const) {
      expect([figure, wallet[figure]]).toEqual([figure, sumOf(`wallet:${wallet.userId}:${figure}`)]);
      expect(wallet[figure]).toBeGreaterThanOrEqual(0);
    }
  }
  const units = everybody(stage).flatMap((one) => one.units.map((unit) => ({ ...unit, campaignId: one.campaignId })));
  for (const row of stage.stored("budget")) {
    const budget = Budget.parse(row);
    const unsettled = units.filter((unit) => unit.campaignId === budget.campaignId && isUnsettled(unit));
    for (const figure of ["unassigned", "secured", "spent"] as const) {
      expect([figure, budget[figure]]).toEqual([figure, sumOf(`campaign:${budget.campaignId}:${figure}`)]);
      expect(budget[figure]).toBeGreaterThanOrEqual(0);
    }
    expect(budget.secured).toBe(unsettled.reduce((sum, { priceMinor }) => sum + priceMinor, 0));
  }
  for (const unit of units) expect([unit.state, unit.dueAt !== undefined]).toEqual([unit.state, isUnsettled(unit)]);
}
