/** Things of every entity, some in more than one state. */
import type { Entities, EntityName } from "#shared/domain/entities";
import {
  aBudget,
  aCampaign,
  aDeliverable,
  aFunding,
  ADMIN_ID,
  anAccount,
  anInvitation,
  aParticipant,
  aSubmission,
  aWallet,
  BRAND_ID,
  CAMPAIGN_ID,
  CREATOR_ID,
  SUBMISSION_ID,
} from "./builders.ts";

const at = "2026-11-01T00:00:00.000Z";
const stamps = { version: 1, createdAt: at, updatedAt: at };
const money = { amount: 100, currency: "USD" as const };
const id = (prefix: string): string => `${prefix}_${"0".repeat(26)}`;

export const things: { readonly [E in EntityName]: readonly [Entities[E], ...Entities[E][]] } = {
  account: [anAccount(), anAccount({ id: ADMIN_ID, roles: ["admin"] })],
  wallet: [aWallet()],
  deposit: [
    {
      id: id("dep"),
      userId: BRAND_ID,
      paymentIntentId: "pi",
      clientSecret: "s",
      amount: money,
      status: "pending",
      ...stamps,
    },
  ],
  earning: [
    {
      id: id("ern"),
      creatorId: CREATOR_ID,
      campaignId: CAMPAIGN_ID,
      submissionId: SUBMISSION_ID,
      amount: money,
      status: "pending",
      availableAt: at,
      ...stamps,
    },
  ],
  campaign: [aCampaign(), aCampaign({ status: "scheduled" }), aCampaign({ status: "active" })],
  budget: [aBudget()],
  funding: [aFunding()],
  deliverable: [aDeliverable()],
  invitation: [anInvitation()],
  participant: [aParticipant()],
  submission: [aSubmission()],
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
    },
  ],
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
