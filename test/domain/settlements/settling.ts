/** A participation of two units, and ways to settle the first: what the tests of settlements start from. */
import type { Unit } from "#shared/domain/invitations/participant";
import { systemActor } from "#shared/domain/kernel/actor";
import { campaignAccount, type LedgerAccount, walletAccount } from "#shared/domain/ledger/account";
import type { PlatformFeeSchedule } from "#shared/domain/settlements/platform-fee";
import { payFor, type SettlementState } from "#shared/domain/settlements/settle";
import {
  aBudget,
  aCampaign,
  aParticipant,
  BRAND_ID,
  CAMPAIGN_ID,
  CREATOR_ID,
  DELIVERABLE_ID,
  PARTICIPATION_ID,
  SUBMISSION_ID,
} from "../../support/builders.ts";
import { aWallet } from "../../support/money-builders.ts";
import { sequentialIds } from "../../support/stage.ts";

export const now = "2026-11-25T12:00:00.000Z";
export const END = aCampaign().timeline.end;
export const occasionAt = (at = now) => ({ actor: systemActor("test"), now: at, newId: sequentialIds() });
export const unit = (number: number, parts: Partial<Unit> = {}): Unit => ({
  deliverableId: DELIVERABLE_ID,
  unit: number,
  priceMinor: 10_000,
  state: "submitted",
  rounds: 1,
  submissionId: SUBMISSION_ID,
  dueAt: END,
  ...parts,
});
export const first = unit(1);
export const second = unit(2, { priceMinor: 333 });
export const state = (parts: Partial<SettlementState> = {}): SettlementState => ({
  campaign: aCampaign({ status: "active", creatorHoldDays: 0 }),
  budget: aBudget({ status: "active", unassigned: 500, secured: 10_333 }),
  brandWallet: aWallet(),
  participant: aParticipant({ units: [first, second], version: 6 }),
  ...parts,
});
export const tenPercent: PlatformFeeSchedule = [{ from: now, basisPoints: 1_000 }];

export interface Paying {
  readonly share?: number;
  readonly fees?: PlatformFeeSchedule;
  readonly ownerStatus?: "active" | "suspended";
  readonly holdDays?: number;
  readonly status?: "active" | "paused" | "completed" | "cancelled";
  readonly at?: string;
  readonly budget?: SettlementState["budget"];
  /** What a dispute has left the brand owing. */
  readonly owing?: number;
}
export function pay({ share = 10_000, fees = [], ownerStatus = "active", holdDays = 0, ...rest }: Paying = {}) {
  const { status = "active", at = now, budget, owing = 0 } = rest;
  const campaign = aCampaign({ status, creatorHoldDays: holdDays });
  const payee = { wallet: aWallet({ userId: CREATOR_ID, ownerStatus }), fees };
  const brandWallet = aWallet({ disputesReceivable: owing });
  return payFor(
    { ...state({ campaign, brandWallet, ...(budget && { budget }) }), payee },
    first,
    { shareMinor: share, submissionId: SUBMISSION_ID },
    occasionAt(at),
  );
}

export const of = (account: "unassigned" | "secured" | "spent") =>
  campaignAccount({ campaignId: CAMPAIGN_ID, brandId: BRAND_ID }, account);
export const brands = walletAccount(BRAND_ID, "available");
export const owed = walletAccount(BRAND_ID, "disputesReceivable");
/** The debt is what it was read as. */
export const sameDebt = (disputesReceivable: number) => ({ balances: { userId: BRAND_ID, disputesReceivable } });
export const line = (account: LedgerAccount, amount: number) => ({ account, amount });
export const settled = (number: number) => ({
  participationId: PARTICIPATION_ID,
  deliverableId: DELIVERABLE_ID,
  unit: number,
});
export const KEY = `settlement:${PARTICIPATION_ID}:${DELIVERABLE_ID}:1`;
