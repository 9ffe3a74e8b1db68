/**
 * The one settlement of a unit. Approval, rejection, cancellation, removal, expiry, silence and a dispute's decision all come
 * to this: the unit's price leaves `secured`, some of it for the creator, the rest for the campaign or its brand. They
 * compete for the participation's item, and for the entry's key.
 */
import { closedWhenEmpty } from "../campaigns/budget.ts";
import type { Budget, Campaign } from "../campaigns/campaign.ts";
import { hasEnded } from "../campaigns/lifecycle.ts";
import { created, type EntityChange, type Requirement, sameOwnerStatus, standing } from "../change.ts";
import type { DomainEvent } from "../events/events.ts";
import { isUnsettled, type Participant, type Unit } from "../invitations/participant.ts";
import { money } from "../kernel/money.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { type Instant, later, plusDays } from "../kernel/time.ts";
import { campaignAccount, type LedgerAccount, platformAccount, walletAccount } from "../ledger/account.ts";
import { entryKeys } from "../ledger/entry-keys.ts";
import type { DecidedEntry } from "../ledger/journal-entry.ts";
import { entry, type EntryHead, move } from "../ledger/posting.ts";
import { type Credit, creditTo } from "../wallets/brand-funds.ts";
import type { Earning } from "../wallets/earning.ts";
import type { Wallet } from "../wallets/wallet.ts";
import { type PlatformFeeSchedule, splitFee } from "./platform-fee.ts";

/** What every settlement looks at. */
export interface SettlementState {
  readonly campaign: Campaign;
  readonly budget: Budget;
  /** What goes home goes there. */
  readonly brandWallet: Wallet;
  readonly participant: Pick<Participant, "id" | "creatorId" | "version">;
}

/** What one that pays looks at besides. */
export interface Payee {
  /** The creator's. */
  readonly wallet: Wallet;
  readonly fees: PlatformFeeSchedule;
}

/** What became of a unit's money: part of the change that decides it. */
export interface Settlement {
  readonly entities: readonly EntityChange[];
  readonly entries: readonly DecidedEntry[];
  readonly requires: readonly Requirement[];
  readonly events: readonly DomainEvent[];
  readonly earning?: Earning;
}

export const noSettlement: Settlement = { entities: [], entries: [], requires: [], events: [] };

/** Why a unit was settled, as the entry says it. */
export interface Reason {
  /** A submission's, or the campaign's. */
  readonly referenceId: string;
  readonly description: string;
}

/** What a creator gets of a unit's price, and for what. */
export interface Share {
  readonly submissionId: string;
  readonly shareMinor: number;
  /** On hold at least until then, whatever the campaign says. */
  readonly heldUntil?: Instant;
}

/** The unit is the creator's, or as much of it as the share says; the rest goes back. */
export function payFor(
  state: SettlementState & { readonly payee: Payee },
  unit: Unit,
  share: Share,
  occasion: Occasion,
): Settlement {
  const { campaign, payee } = state;
  const held =
    campaign.creatorHoldDays > 0 || payee.wallet.ownerStatus === "suspended" || share.heldUntil !== undefined;
  const head = headOf(state, [unit], { referenceId: share.submissionId, description: earnedIn(campaign) });
  const { entries, requires, netMinor } = splitOf(state, head, unit.priceMinor, { ...share, held }, occasion);
  const closed = closedWhenEmpty(campaign, state.budget, unit.priceMinor);
  // Whether the money is held depends on its owner's status.
  const settlement = { entries, requires: [...requires, sameOwnerStatus(payee.wallet)] };
  // All of the share may be the house's.
  if (netMinor === 0) return { ...settlement, entities: closed, events: [] };
  const earned = earningOf(state, unit, { ...share, netMinor, held }, occasion);
  return {
    ...settlement,
    entities: [earned.change, ...closed],
    events: held ? [] : [earned.event],
    earning: earned.earning,
  };
}

/** Nobody is paid for these units: their price goes back, in one entry. */
export function giveBack(
  state: SettlementState,
  units: readonly Unit[],
  reason: Reason,
  occasion: Occasion,
): Settlement {
  const { campaign, budget } = state;
  const amount = units.reduce((sum, { priceMinor }) => sum + priceMinor, 0);
  const type = hasEnded(campaign, occasion.now) ? "release" : "unsecuring";
  const head = headOf(state, units, reason);
  const { lines, requires } = givenUp(state, amount, amount, occasion);
  return {
    entities: closedWhenEmpty(campaign, budget, amount),
    entries: [entry({ ...head, type }, lines, occasion)],
    requires,
    events: [],
  };
}

export const earnedIn = ({ name }: Campaign): string => `Earned in “${name}”`;

/** The entries of a price that a creator gets some of: the split, and the house's fee out of their share. */
export function splitOf(
  state: SettlementState & { readonly payee: Payee },
  head: Omit<EntryHead, "type">,
  priceMinor: number,
  { shareMinor, held }: { readonly shareMinor: number; readonly held: boolean },
  occasion: Occasion,
): Pick<Settlement, "entries" | "requires"> & { readonly netMinor: number } {
  const { campaign, payee } = state;
  const { netMinor, feeMinor } = splitFee(shareMinor, payee.fees, occasion.now);
  const { lines, requires } = givenUp(state, priceMinor, priceMinor - shareMinor, occasion);
  const creators = walletAccount(payee.wallet.userId, held ? "pending" : "payable");
  const split = entry(
    { ...head, type: "transfer" },
    [
      ...lines,
      { account: accountOf(campaign, "spent"), amount: shareMinor },
      { account: platformAccount("creator_compensation"), amount: -shareMinor },
      { account: creators, amount: shareMinor },
    ],
    occasion,
  );
  return { entries: [split, ...feeOf(head, feeMinor, creators, occasion)], requires, netMinor };
}

/** A participation without unsettled units is over. */
export const completedWhenSettled = (participant: Participant): Participant =>
  participant.status === "active" && !participant.units.some(isUnsettled)
    ? { ...participant, status: "completed" }
    : participant;

export const accountOf = (
  { id: campaignId, brandId }: Campaign,
  account: "unassigned" | "secured" | "spent",
): LedgerAccount => campaignAccount({ campaignId, brandId }, account);

/**
 * A price leaves `secured`. What of it goes back can be promised to somebody else, or goes home to the brand when the
 * campaign is over: only then is the brand's wallet held.
 */
export function givenUp(
  { campaign, brandWallet }: SettlementState,
  priceMinor: number,
  restMinor: number,
  { now }: Occasion,
): Credit {
  const back = hasEnded(campaign, now)
    ? creditTo(brandWallet, restMinor)
    : { lines: [{ account: accountOf(campaign, "unassigned"), amount: restMinor }], requires: [] };
  return {
    lines: [{ account: accountOf(campaign, "secured"), amount: -priceMinor }, ...back.lines],
    requires: [standing(campaign), ...back.requires],
  };
}

function headOf({ campaign, participant }: SettlementState, units: readonly Unit[], reason: Reason) {
  const settles = units.map(({ deliverableId, unit }) => ({ participationId: participant.id, deliverableId, unit }));
  const [first, ...others] = settles;
  const key =
    first && others.length === 0
      ? entryKeys.settlement(first)
      : entryKeys.settlements(participant.id, participant.version);
  return { key, currency: campaign.plannedBudget.currency, settles, ...reason };
}

/** The creator pays the house out of their share. */
function feeOf(
  { key, currency, referenceId }: Omit<EntryHead, "type">,
  feeMinor: number,
  from: LedgerAccount,
  occasion: Occasion,
): readonly DecidedEntry[] {
  if (feeMinor === 0) return [];
  const head = {
    key: entryKeys.platformFee(key),
    type: "fee",
    currency,
    referenceId,
    description: "Platform fee",
  } as const;
  return [move(head, feeMinor, from, platformAccount("platform_fees"), occasion)];
}

export function earningOf(
  { campaign, participant }: SettlementState,
  { deliverableId, unit }: Pick<Unit, "deliverableId" | "unit">,
  of: Omit<Share, "shareMinor"> & { readonly netMinor: number; readonly held: boolean },
  { now, newId }: Occasion,
) {
  const { creatorId } = participant;
  const heldFor = plusDays(now, campaign.creatorHoldDays);
  const change = created("earning", {
    id: newId("earning"),
    creatorId,
    campaignId: campaign.id,
    campaignName: campaign.name,
    participationId: participant.id,
    deliverableId,
    unit,
    submissionId: of.submissionId,
    amount: money(of.netMinor, campaign.plannedBudget.currency),
    allocatedMinor: 0,
    paidMinor: 0,
    status: of.held ? "pending" : "available",
    availableAt: of.heldUntil === undefined ? heldFor : later(heldFor, of.heldUntil),
    createdAt: now,
    updatedAt: now,
  });
  const earning = change.next;
  const event: DomainEvent = {
    type: "earning.available",
    detail: {
      campaignId: campaign.id,
      campaignName: campaign.name,
      creatorId,
      earningId: earning.id,
      amount: earning.amount,
    },
  };
  return { change, earning, event };
}

/** A participant with some of their units settled. */
export function withSettled(
  participant: Participant,
  units: readonly Unit[],
  state: "approved" | "rejected" | "released",
  occasion: Occasion,
): Participant {
  const settled = participant.units.map((one) => {
    if (!units.includes(one)) return one;
    const { dueAt: _, ...unit } = one;
    return { ...unit, state };
  });
  return completedWhenSettled({ ...participant, units: settled, updatedAt: occasion.now });
}
