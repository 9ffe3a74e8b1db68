/** People with money, and campaigns brought to a state by the actions themselves: what these areas' tests start from. */
import { expect } from "@jest/globals";
import { handler as advanceCampaigns } from "#lambdas/campaigns/advance-campaigns";
import { handler as createCampaign } from "#lambdas/campaigns/create-campaign";
import { handler as createDeliverable } from "#lambdas/campaigns/create-deliverable";
import { handler as pauseCampaign } from "#lambdas/campaigns/pause-campaign";
import { handler as publishCampaign } from "#lambdas/campaigns/publish-campaign";
import { handler as releaseUntouchedUnits } from "#lambdas/campaigns/release-untouched-units";
import { handler as resumeCampaign } from "#lambdas/campaigns/resume-campaign";
import { handler as acceptInvitation } from "#lambdas/invitations/accept-invitation";
import { handler as declineInvitation } from "#lambdas/invitations/decline-invitation";
import { handler as expireInvitations } from "#lambdas/invitations/expire-invitations";
import { handler as withdrawInvitation } from "#lambdas/invitations/withdraw-invitation";
import { handler as sendInvitation } from "#lambdas/invitations/send-invitation";
import { storedChanges } from "#shared/table/repositories/changes";
import { DeliverableInput, NewCampaign } from "#shared/domain/campaigns/input";
import { NewInvitation } from "#shared/domain/invitations/input";
import { type Actor, systemActor } from "#shared/domain/kernel/actor";
import type { JobRun } from "#shared/domain/jobs/job-run";
import { plusHours } from "#shared/domain/kernel/time";
import { auditLedger } from "#shared/domain/ledger/audit/auditor";
import { platformAccount, walletAccount } from "#shared/domain/ledger/account";
import type { Line } from "#shared/domain/ledger/journal-entry";
import { entry } from "#shared/domain/ledger/posting";
import { debitLines } from "#shared/domain/wallets/brand-funds";
import type { Contract } from "#shared/contracts/contract";
import { type Change, type Requirement, sameBalances } from "#shared/domain/change";
import type { Capability, Commit, Granted } from "#shared/ports/catalogue";
import { untilDecided } from "#shared/runtime/until-decided";
import { ADMIN_ID, anAccount, BRAND_ID, CREATOR_ID } from "./builders.ts";
import { aWallet, aWalletProfile } from "./money-builders.ts";
import { ranJob } from "./ran-job.ts";
import { brand, creator, testStage, type TestStage } from "./stage.ts";

export const OTHER_BRAND_ID = "00000000-0000-4000-8000-0000000000b2";
export const OTHER_CREATOR_ID = "00000000-0000-4000-8000-0000000000c2";
export const START = "2026-11-25T12:00:00.000Z";
export const END = "2026-12-31T00:00:00.000Z";

/** Two brands, two creators and an admin, each with an empty wallet in dollars. */
export async function peopled(): Promise<TestStage> {
  const stage = testStage(START);
  const people = [
    [BRAND_ID, "brand"],
    [OTHER_BRAND_ID, "brand"],
    [CREATOR_ID, "creator"],
    [OTHER_CREATOR_ID, "creator"],
    [ADMIN_ID, "admin"],
  ] as const;
  for (const [id, role] of people) {
    await stage.given("account", anAccount({ id, email: `${id}@example.com`, roles: [role] }));
    await stage.given("wallet", aWallet({ userId: id }));
    await stage.given("walletProfile", aWalletProfile({ userId: id }));
  }
  return stage;
}

/** Money comes into a wallet as a deposit does, with its entry. */
export const paidIn = (stage: TestStage, amount: number, userId = BRAND_ID): Promise<void> =>
  booked(stage, "deposit", amount, [{ account: walletAccount(userId, "available"), amount }]);

/** A payer's bank takes money back from a brand, as a card dispute does: it owes what it has not. */
export async function chargedBack(stage: TestStage, amount: number, userId = BRAND_ID): Promise<void> {
  await untilDecided(async () => {
    const wallet = aWallet(await stage.ports.wallets.get(userId));
    const requires = [sameBalances(wallet, ["available", "disputesReceivable"])];
    await booked(stage, "dispute", -amount, debitLines(wallet, amount), requires);
  });
}

async function booked(
  stage: TestStage,
  type: "deposit" | "dispute",
  amount: number,
  lines: readonly Line[],
  requires: readonly Requirement[] = [],
): Promise<void> {
  const occasion = { actor: systemActor("test"), now: stage.clock.now, requestId: "r", newId: stage.newId };
  const referenceId = stage.newId("deposit");
  const head = { key: `${type}:${referenceId}`, type, currency: "USD", referenceId, description: type } as const;
  const processors = { account: platformAccount("stripe_balance"), amount: -amount };
  const entries = [entry(head, [processors, ...lines], occasion)];
  const audit = { action: `${type}.completed`, resource: { type: "deposit", id: referenceId } };
  await storedChanges(stage.table).commit(
    { ...occasion, writes: new Set(["journalEntry"] as const) },
    { entities: [], requires, entries, audit },
  );
}

export const aBrief = (parts: object = {}): NewCampaign =>
  NewCampaign.parse({
    name: "Autumn",
    category: "fashion",
    budget: { amount: 100_000, currency: "USD" },
    timeline: { start: START, end: END },
    ...parts,
  });

export const drafted = (stage: TestStage, parts: object = {}, actor: Actor = brand()) =>
  stage.run(createCampaign, { actor, body: aBrief(parts) });

/** A post of 100.00 dollars, twice, unless said otherwise. */
export const asked = (stage: TestStage, campaignId: string, parts: object = {}, actor: Actor = brand()) => {
  const compensation = { amount: 10_000, currency: "USD" };
  const body = DeliverableInput.parse({ type: "instagram_post", quantity: 2, compensation, ...parts });
  return stage.run(createDeliverable, { actor, path: { campaignId }, body });
};

export const published = (stage: TestStage, campaignId: string, actor: Actor = brand()) =>
  stage.run(publishCampaign, { actor, path: { campaignId } });

export const paused = (stage: TestStage, campaignId: string, actor: Actor = brand()) =>
  stage.run(pauseCampaign, { actor, path: { campaignId } });

export const resumed = (stage: TestStage, campaignId: string, actor: Actor = brand()) =>
  stage.run(resumeCampaign, { actor, path: { campaignId } });

/** A campaign that is up, with one deliverable and the whole budget set aside. */
export async function launched(stage: TestStage, parts: object = {}): Promise<string> {
  const { id } = await drafted(stage, parts);
  await asked(stage, id);
  await paidIn(stage, 100_000);
  await published(stage, id);
  return id;
}

export const invited = (stage: TestStage, campaignId: string, parts: object = {}, actor: Actor = brand()) =>
  stage.run(sendInvitation, {
    actor,
    path: { campaignId },
    body: NewInvitation.parse({ creatorId: CREATOR_ID, ...parts }),
  });

export const accepted = (
  stage: TestStage,
  campaignId: string,
  creatorId = CREATOR_ID,
  actor: Actor = creator(creatorId),
  ifMatch?: number,
) => stage.run(acceptInvitation, { actor, path: { campaignId, creatorId }, ifMatch });

export const declined = (
  stage: TestStage,
  campaignId: string,
  creatorId = CREATOR_ID,
  actor: Actor = creator(creatorId),
  ifMatch?: number,
) => stage.run(declineInvitation, { actor, path: { campaignId, creatorId }, ifMatch });

export const withdrawn = (
  stage: TestStage,
  campaignId: string,
  {
    creatorId = CREATOR_ID,
    actor = brand(),
    ifMatch,
  }: { creatorId?: string; actor?: Actor; ifMatch?: number | undefined } = {},
) => stage.run(withdrawInvitation, { actor, path: { campaignId, creatorId }, ifMatch });

/** The job about invitations, once. */
export const expired = (stage: TestStage): Promise<JobRun> => ranJob(stage, expireInvitations);

/** The hourly job, once. */
export const advanced = (stage: TestStage): Promise<JobRun> => ranJob(stage, advanceCampaigns);

/** A delivery of the event that a campaign's status changed, with something that happens before its first commit. */
export function toldOfStatus(
  stage: TestStage,
  campaignId: string,
  to: string,
  meanwhile: () => Promise<unknown> = () => Promise.resolve(),
): Promise<void> {
  const occasion = { actor: systemActor("consumer"), now: stage.clock.now, requestId: "r", newId: stage.newId };
  const detail = { campaignId, campaignName: "Autumn", brandId: BRAND_ID, from: "active", to };
  const event = {
    id: "evt_1",
    type: "campaign.status_changed" as const,
    at: stage.clock.now,
    requestId: "r",
    detail,
  };
  const ports = committingAfter(stage.granted(releaseUntouchedUnits.contract.uses, occasion), once(meanwhile));
  return untilDecided(() => releaseUntouchedUnits.run(occasion, event, ports));
}

interface Committing<C, U extends Capability, R> {
  readonly contract: Contract & { readonly uses: readonly U[] };
  readonly run: (call: C, ports: Granted<U>) => Promise<R>;
}
/** The action, with something that happens after it has decided and before it first commits. */
export function interrupted<C, U extends Capability, R>(
  { contract, run }: Committing<C, U, R>,
  meanwhile: () => Promise<unknown>,
): Committing<C, U, R> {
  const first = once(meanwhile);
  return { contract, run: (call, ports) => run(call, committingAfter(ports, first)) };
}

function once(act: () => Promise<unknown>): () => Promise<unknown> {
  let pending: (() => Promise<unknown>) | undefined = act;
  return async () => {
    const first = pending;
    pending = undefined;
    await first?.();
  };
}

function committingAfter<P>(ports: P, meanwhile: () => Promise<unknown>): P {
  const commit: Commit = async <T>(change: Change, reply?: T) => {
    await meanwhile();
    return (ports as unknown as { readonly commit: Commit }).commit(change, reply);
  };
  return { ...(ports as P & object), commit };
}

/** The refusal's code and state, and not a thing written. */
export async function expectRefused(
  stage: TestStage,
  attempt: () => Promise<unknown>,
  code: string,
  currentState?: string,
): Promise<void> {
  const before = stage.table.all();
  await expect(attempt()).rejects.toMatchObject({
    refusal: { code },
    ...(currentState !== undefined && { context: { currentState } }),
  });
  expect(stage.table.all()).toEqual(before);
}

export const auditRows = (stage: TestStage, action: string) =>
  stage.stored("auditEntry").filter((item) => item["action"] === action);

/**
 * Names of the invariants of the ledger that do not hold, as of an hour later, when no index may lag any more. Nobody seals
 * here: that what is stored was sealed is not asked.
 */
export async function brokenInvariants(stage: TestStage): Promise<string[]> {
  const books = await stage.ports.ledger.books(stage.clock.now);
  const invariants = auditLedger({ ...books, asOf: plusHours(books.asOf, 1) }).filter(({ id }) => id !== "M7");
  return invariants.filter(({ passed }) => !passed).map(({ id, title }) => `${id} ${title}`);
}
