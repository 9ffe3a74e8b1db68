/** Matches as they are answered. */
import type { Campaign } from "../campaigns/campaign.ts";
import { dayOf, type Instant } from "../kernel/time.ts";
import type { Account } from "../users/account.ts";
import { publicProfile } from "./public-profile.ts";
import type { Brief } from "./brief.ts";
import type { Exposure } from "./exposure.ts";
import { type Candidate, exclusionsOf } from "./filters.ts";
import { matchOf } from "./match.ts";
import { weightsVersion } from "./weights.ts";

/** A candidate whose profile is shown with their match. */
type Shown = Candidate & { readonly account: Account };

/** Those of them whom nothing leaves out. */
export const proposable = <C extends Candidate>(brief: Brief, candidates: readonly C[], now: Instant): readonly C[] =>
  candidates.filter((candidate) => exclusionsOf(brief, candidate, now).length === 0);

const explained = (brief: Brief, shown: Shown, now: Instant) => ({
  ...matchOf(brief, shown.card, now),
  profile: publicProfile(shown),
});

/** By what the scores are made. */
const judgement = (campaign: Campaign, { weights }: Brief) => ({
  weightsVersion: weightsVersion(campaign),
  weights: { ...weights },
});

/** Whom a campaign is proposed. */
export interface Proposed<C> {
  /** Best first. */
  readonly best: readonly C[];
  /** Whether nobody who is not among them ranks before any of them. */
  readonly isExact: boolean;
}

export const proposal = (campaign: Campaign, brief: Brief, { best, isExact }: Proposed<Shown>, now: Instant) => ({
  data: best.map((one) => explained(brief, one, now)),
  isExact,
  ...judgement(campaign, brief),
});

/** A creator, and what a campaign looks for. */
type Fit = Pick<Shown, "account" | "card"> & { readonly brief: Brief };

/** One creator as they would fit, proposed or not. */
export const explanation = (campaign: Campaign, { brief, ...shown }: Fit & Shown, now: Instant) => ({
  ...explained(brief, shown, now),
  excludedBy: exclusionsOf(brief, shown, now).map(({ filter, evidence }) => ({ filter, evidence: { ...evidence } })),
  ...judgement(campaign, brief),
});

/** The same for themselves. That they are invited or take part is what they see it by, and leaves them out of nothing. */
export const ownExplanation = (campaign: Campaign, fit: Fit, now: Instant) =>
  explanation(campaign, { ...fit, invitation: undefined, participant: undefined }, now);

/** What of a list is counted. */
export const exposureOf = (
  { campaignId }: Brief,
  proposed: readonly { readonly creatorId: string }[],
  now: Instant,
): Exposure => ({
  day: dayOf(now),
  campaignId,
  creatorIds: proposed.map(({ creatorId }) => creatorId),
});
