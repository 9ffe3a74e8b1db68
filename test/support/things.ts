/** Things of every entity, some in more than one state. */
import { suppressionIdOf } from "#shared/domain/notifications/mail/suppression";
import { preferencesOf } from "#shared/domain/notifications/preferences";
import type { Entities, EntityName } from "#shared/domain/entities";
import {
  aBudget,
  aCampaign,
  aDeliverable,
  aDispute,
  aFunding,
  ADMIN_ID,
  anAccount,
  anInvitation,
  aParticipant,
  aSubmission,
  BRAND_ID,
  CAMPAIGN_ID,
  CREATOR_ID,
  SUBMISSION_ID,
} from "./builders.ts";
import {
  aCardDispute,
  aDeposit,
  anEarning,
  aPayout,
  aPayoutAccount,
  aRefund,
  aStripeEvent,
  aWallet,
  aWalletProfile,
} from "./money-builders.ts";

const at = "2026-11-01T00:00:00.000Z";
const stamps = { version: 1, createdAt: at, updatedAt: at };
const id = (prefix: string): string => `${prefix}_${"0".repeat(26)}`;

export const things: { readonly [E in EntityName]: readonly [Entities[E], ...Entities[E][]] } = {
  testClock: [{ offsetSeconds: 60, version: 1 }],
  account: [anAccount(), anAccount({ id: ADMIN_ID, roles: ["admin"] })],
  wallet: [aWallet()],
  walletProfile: [aWalletProfile()],
  deposit: [aDeposit(), aDeposit({ status: "completed", feePending: true })],
  refund: [aRefund()],
  cardDispute: [aCardDispute()],
  stripeEvent: [aStripeEvent()],
  earning: [anEarning({ status: "pending" }), anEarning()],
  payout: [aPayout()],
  payoutAccount: [aPayoutAccount()],
  payoutRun: [{ id: id("run"), startedBy: ADMIN_ID, queued: 1, version: 1, createdAt: at }],
  reconciliation: [
    {
      date: "2026-11-24",
      status: "matched",
      totals: [{ currency: "USD", matched: 1, processorMinor: 5, booksMinor: 5 }],
      differenceCount: 0,
      differences: [],
      reconciledAt: at,
      version: 1,
    },
  ],
  campaign: [aCampaign(), aCampaign({ status: "scheduled" }), aCampaign({ status: "active" })],
  budget: [aBudget()],
  funding: [aFunding()],
  deliverable: [aDeliverable()],
  invitation: [anInvitation()],
  participant: [aParticipant()],
  submission: [aSubmission()],
  dispute: [
    aDispute(),
    aDispute({
      status: "appealed",
      appeal: { by: BRAND_ID, at, reason: "r", dueAt: "2026-12-02T00:00:00.000Z" },
    }),
  ],
  review: [
    {
      id: id("rev"),
      campaignId: CAMPAIGN_ID,
      submissionId: SUBMISSION_ID,
      reviewerId: BRAND_ID,
      decision: "approved",
      feedback: null,
      reasons: [],
      reviewedAt: at,
      version: 1,
    },
  ],
  link: [
    {
      code: "abcdefghjk",
      campaignId: CAMPAIGN_ID,
      brandId: BRAND_ID,
      creatorId: CREATOR_ID,
      destinationUrl: "https://example.com/",
      disabled: false,
      passQuery: true,
      passClickId: false,
      ...stamps,
    },
  ],
  notification: [
    {
      id: id("ntf"),
      userId: CREATOR_ID,
      type: "t",
      title: "t",
      message: "m",
      category: "system",
      readAt: null,
      metadata: {},
      version: 1,
      createdAt: at,
      arrivedAt: at,
    },
  ],
  notificationPreferences: [
    {
      userId: CREATOR_ID,
      ...preferencesOf(undefined),
      version: 1,
      createdAt: at,
      updatedAt: at,
    },
  ],
  announcement: [
    {
      id: id("ann"),
      userId: CREATOR_ID,
      title: "t",
      message: "m",
      category: "system",
      recipients: 1,
      madeBy: BRAND_ID,
      version: 1,
      createdAt: at,
    },
  ],
  mailSuppression: [{ id: suppressionIdOf("ada@example.com"), reason: "bounce", version: 1, createdAt: at }],
  mail: [
    {
      id: "m",
      userId: CREATOR_ID,
      template: "t",
      status: "sending",
      claimedUntil: at,
      claimedBy: "r",
      version: 1,
      createdAt: at,
    },
  ],
  closing: [
    {
      account: `wallet:${BRAND_ID}`,
      currency: "USD",
      figures: { available: 100 },
      commits: 1,
      lastCommitIds: [id("cmt")],
      day: "2026-11-01",
      version: 1,
    },
  ],
  ledgerClose: [
    {
      day: "2026-11-01",
      currencies: [],
      entries: 0,
      commits: 0,
      heads: [],
      chainHead: "",
      unsealed: [],
      closedAt: at,
      version: 1,
    },
  ],
  jobRun: [{ id: id("run"), job: "j", startedAt: at, outcome: "running", counts: {}, version: 1 }],
  jobLease: [{ job: "j", runId: id("run"), expiresAt: at, version: 1 }],
};
