/**
 * A dispute's decision was appealed, and the unit's price is split another way. The journal is never changed: what the first
 * decision booked is taken back by entries that mirror it, and the other split is booked, all in one write. For as long as
 * the creator's share is on hold only; what comes from the brand must still be there.
 */
import { ENDED_STATUSES } from "../campaigns/lifecycle.ts";
import { changed, type EntityChange, type Requirement, sameBalances, sameOwnerStatus, standing } from "../change.ts";
import { disputeRefusals } from "../disputes/refusals.ts";
import { money } from "../kernel/money.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { refuse } from "../kernel/refusal.ts";
import { plusDays } from "../kernel/time.ts";
import { walletAccount } from "../ledger/account.ts";
import { entryKeys } from "../ledger/entry-keys.ts";
import { budgetDeltas } from "../ledger/figures.ts";
import type { DecidedEntry, JournalEntry, Line } from "../ledger/journal-entry.ts";
import { entry, move, reversal } from "../ledger/posting.ts";
import { fundsAfter } from "../wallets/brand-funds.ts";
import type { Earning } from "../wallets/earning.ts";
import { feesAsOf } from "./platform-fee.ts";
import {
  accountOf,
  earnedIn,
  earningOf,
  givenUp,
  noSettlement,
  type Payee,
  type Settlement,
  type SettlementState,
  type Share,
  splitOf,
} from "./settle.ts";

/** Entries of the journal by which a unit was settled. */
export interface BookedSplit {
  readonly settlement: JournalEntry;
  /** The house's, out of the creator's share. */
  readonly fee: JournalEntry | undefined;
}

/** The split that was booked, when it was. */
export const bookedSplit = (settlement: JournalEntry | undefined, fee: JournalEntry | undefined) =>
  settlement && { settlement, fee };

export interface ResettlementState extends SettlementState {
  readonly payee: Payee;
  /** What the first split gave the creator. */
  readonly earning: Earning | undefined;
  /** Of the unit, minor units. */
  readonly price: number;
}

export function settleAgain(
  state: ResettlementState,
  booked: BookedSplit,
  share: Share,
  occasion: Occasion,
): Settlement {
  const { campaign, payee, brandWallet } = state;
  const back = takenBack(state, booked, occasion);
  // What the brand gets of the other split comes to what the first one's end leaves it; the fee is still the first one's.
  const asSettled = { ...payee, fees: feesAsOf(payee.fees, booked.settlement.effectiveAt) };
  const without = { ...state, payee: asSettled, brandWallet: fundsAfter(brandWallet, linesOf(back)) };
  const split = splitAgain(without, booked, share, occasion);
  const entries = [...back, ...split.entries];
  requireCovered(state, entries);
  const earned = earningAgain(state, booked, { ...share, netMinor: split.netMinor }, occasion);
  return {
    ...noSettlement,
    entities: earned.entities,
    entries,
    requires: [standing(campaign), sameOwnerStatus(payee.wallet), ...sameFunds(state, entries)],
    ...(earned.earning && { earning: earned.earning }),
  };
}

const linesOf = (entries: readonly DecidedEntry[]): readonly Line[] => entries.flatMap(({ lines }) => lines);

/** What the brand has and owes was added up, where it is touched. */
const sameFunds = ({ brandWallet }: ResettlementState, entries: readonly DecidedEntry[]): Requirement[] =>
  linesOf(entries).some(({ account }) => account.of === "wallet" && account.userId === brandWallet.userId)
    ? [sameBalances(brandWallet, ["available", "disputesReceivable"])]
    : [];

/** Mirrors of what was booked. What went home with the campaign's end comes out of the wallet that it went to. */
function takenBack(
  { campaign }: ResettlementState,
  { settlement, fee }: BookedSplit,
  occasion: Occasion,
): DecidedEntry[] {
  const unassigned = accountOf(campaign, "unassigned");
  const returned = settlement.lines
    .filter(({ account }) => account.of === "campaign" && account.account === "unassigned")
    .reduce((sum, { amount }) => sum + amount, 0);
  const isHome = returned > 0 && ENDED_STATUSES.includes(campaign.status);
  const { referenceId, currency, id } = settlement;
  const head = { key: entryKeys.recall(id), type: "reservation", currency, referenceId } as const;
  const from = walletAccount(campaign.brandId, "available");
  const recall = { ...head, description: `Set aside again in “${campaign.name}”` };
  return [
    ...(isHome ? [move(recall, returned, from, unassigned, occasion)] : []),
    ...[settlement, fee].flatMap((one) => (one ? [reversal(one, occasion)] : [])),
  ];
}

function splitAgain(
  state: ResettlementState,
  { settlement }: BookedSplit,
  { shareMinor }: Share,
  occasion: Occasion,
): { readonly entries: readonly DecidedEntry[]; readonly netMinor: number } {
  // The unit stays settled by the first entry: it is settled once, for ever.
  const { referenceId, currency, key } = settlement;
  const head = { key: entryKeys.appeal(key), currency, referenceId, description: earnedIn(state.campaign) };
  if (shareMinor > 0) return splitOf(state, head, state.price, { shareMinor, held: true }, occasion);
  const { lines } = givenUp(state, state.price, state.price, occasion);
  const given = { ...head, type: "unsecuring", description: `Dispute decided in “${state.campaign.name}”` } as const;
  return { entries: [entry(given, lines, occasion)], netMinor: 0 };
}

/** Figures are bounded by the write as well; here it is told what is missing. Nobody comes to owe money by an appeal. */
function requireCovered({ budget, brandWallet }: ResettlementState, entries: readonly DecidedEntry[]): void {
  const lines = linesOf(entries);
  const unassigned = budgetDeltas(lines).get(budget.campaignId)?.unassigned ?? 0;
  const { disputesReceivable } = fundsAfter(brandWallet, lines);
  if (budget.unassigned + unassigned < 0 || disputesReceivable > brandWallet.disputesReceivable)
    throw refuse(disputeRefusals.fundsSpent);
}

function earningAgain(
  state: ResettlementState,
  { settlement }: BookedSplit,
  { submissionId, netMinor }: Omit<Share, "shareMinor"> & { readonly netMinor: number },
  occasion: Occasion,
): { readonly entities: readonly EntityChange[]; readonly earning?: Earning } {
  const { earning, campaign } = state;
  const { now } = occasion;
  const [unit] = settlement.settles ?? [];
  if (earning !== undefined) {
    const update = changed("earning", earning, {
      ...earning,
      amount: money(netMinor, earning.amount.currency),
      status: netMinor > 0 ? "pending" : "cancelled",
      availableAt: plusDays(now, campaign.creatorHoldDays),
      updatedAt: now,
    });
    return { entities: [update], earning: update.next };
  }
  if (netMinor === 0 || unit === undefined) return { entities: [] };
  const ofFirst = { ...state, participant: { ...state.participant, id: unit.participationId } };
  const { change } = earningOf(ofFirst, unit, { submissionId, netMinor, held: true }, occasion);
  return { entities: [change], earning: change.next };
}
