/** What must hold before an invitation's status changes. */
import type { Budget, Campaign } from "../campaigns/campaign.ts";
import { isOpen } from "../campaigns/lifecycle.ts";
import { campaignRefusals } from "../campaigns/refusals.ts";
import { type Guard, notDue, type Stop } from "../kernel/lifecycle.ts";
import { formatMoney } from "../kernel/money.ts";
import { accessRefusals, lifecycleRefusals } from "../kernel/refusals.ts";
import type { Instant } from "../kernel/time.ts";
import { walletRefusals } from "../wallets/refusals.ts";
import type { Wallet } from "../wallets/wallet.ts";
import type { Invitation } from "./invitation.ts";
import { isUnsettled, type Participant } from "./participant.ts";
import { invitationRefusals } from "./refusals.ts";

/** What stands between an invitation and its acceptance. */
export interface Offer {
  readonly invitation: Invitation;
  readonly campaign: Campaign;
  readonly budget: Budget;
  /** The creator's. */
  readonly wallet: Wallet | undefined;
  /**
   * The brand's, as it was read: a condition on it would make everybody who accepts wait for each other. A ban in between
   * finds the money secured, and what is secured stays promised.
   */
  readonly brandWallet: Wallet | undefined;
  /** An earlier participation of the same creator. */
  readonly participant?: Participant | undefined;
}

export const hasExpired = ({ expiresAt }: Invitation, now: Instant): boolean => expiresAt <= now;

export const timeIsUp: Guard<Invitation> = {
  says: "its time is up",
  refuses: [lifecycleRefusals.notDue],
  stops: (invitation, { now }) =>
    hasExpired(invitation, now) ? [] : [notDue(`It expires on ${invitation.expiresAt}`)],
};

export const timeIsLeft: Guard<Invitation> = {
  says: "not expired",
  refuses: [invitationRefusals.expired],
  stops: (invitation, { now }) => expiryStops(invitation, now),
};

export const acceptable: Guard<Offer> = {
  says: "brand and creator are active, not expired, the campaign is open, nothing of an earlier part is unsettled, the creator's wallet has its currency, its budget covers the price",
  refuses: [
    accessRefusals.ownerSuspended,
    invitationRefusals.expired,
    invitationRefusals.campaignNotOpen,
    invitationRefusals.unsettled,
    walletRefusals.currencyMismatch,
    campaignRefusals.insufficientFunds,
  ],
  stops: (offer, { now }) => [
    ...ownerStops(offer),
    ...stateStops(offer, now),
    ...unsettledStops(offer),
    ...currencyStops(offer),
    ...fundStops(offer),
  ],
};

function ownerStops({ wallet, brandWallet }: Offer): readonly Stop[] {
  const refusal = accessRefusals.ownerSuspended;
  const isHeld = [wallet, brandWallet].some((one) => one?.ownerStatus === "suspended");
  return isHeld ? [{ refusal, detail: refusal.title, currentState: "suspended" }] : [];
}

function stateStops({ invitation, campaign }: Offer, now: Instant): readonly Stop[] {
  const notOpen: Stop = {
    refusal: invitationRefusals.campaignNotOpen,
    detail: `The campaign is ${campaign.status} until ${campaign.timeline.end}`,
    currentState: campaign.status,
  };
  return [...expiryStops(invitation, now), ...(isOpen(campaign, now) ? [] : [notOpen])];
}

function expiryStops(invitation: Invitation, now: Instant): readonly Stop[] {
  const detail = `It expired on ${invitation.expiresAt}`;
  return hasExpired(invitation, now) ? [{ refusal: invitationRefusals.expired, detail, currentState: "expired" }] : [];
}

/** A creator has one participation at a time: money that is still held for an earlier one must not lose its place. */
export function unsettledStops({ participant }: Pick<Offer, "participant">): readonly Stop[] {
  const refusal = invitationRefusals.unsettled;
  if (!participant?.units.some(isUnsettled)) return [];
  return [{ refusal, detail: refusal.title, currentState: participant.status }];
}

/** Found out here, not when the work is done and can no longer be paid. */
function currencyStops({ invitation, wallet }: Offer): readonly Stop[] {
  const { currency } = invitation.compensation;
  if (wallet?.currency === currency) return [];
  return [{ refusal: walletRefusals.currencyMismatch, detail: `The campaign pays in ${currency}` }];
}

function fundStops({ invitation, budget }: Offer): readonly Stop[] {
  const { unassigned, currency } = budget;
  if (unassigned >= invitation.compensation.amount) return [];
  const price = formatMoney(invitation.compensation);
  const left = formatMoney({ amount: unassigned, currency });
  return [{ refusal: campaignRefusals.insufficientFunds, detail: `The price is ${price}; ${left} remain` }];
}
