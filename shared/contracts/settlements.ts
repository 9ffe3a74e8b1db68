/** What settles units besides a verdict, and what moves a campaign's budget. Verdicts are in submissions.ts, disputes in disputes.ts. */
import * as z from "zod";
import { campaignLifecycle } from "#shared/domain/campaigns/lifecycle";
import { campaignRefusals } from "#shared/domain/campaigns/refusals";
import { disputeLifecycle } from "#shared/domain/disputes/lifecycle";
import { invitationLifecycle } from "#shared/domain/invitations/lifecycle";
import { invitationRefusals } from "#shared/domain/invitations/refusals";
import { PositiveMoney } from "#shared/domain/kernel/money";
import { accessRefusals } from "#shared/domain/kernel/refusals";
import { submissionLifecycle } from "#shared/domain/submissions/lifecycle";
import { walletRefusals } from "#shared/domain/wallets/refusals";
import { http, onEvent, schedule } from "./contract.ts";
import { campaignPath, creatorInCampaignPath } from "./paths.ts";
import { CampaignView } from "./shapes.ts";

export const increaseBudget = http({
  route: "POST /v1/campaigns/{campaignId}/budget-increases",
  roles: ["brand", "admin"],
  path: campaignPath,
  body: PositiveMoney,
  reply: CampaignView,
  refuses: [
    campaignRefusals.notFound,
    campaignRefusals.notPublished,
    campaignRefusals.ended,
    accessRefusals.ownerSuspended,
    walletRefusals.notFound,
    walletRefusals.currencyMismatch,
    campaignRefusals.budgetTooHigh,
    walletRefusals.insufficientFunds,
  ],
  idempotency: "required",
  uses: ["campaigns:read", "wallets:read", "journal:post"],
  summary: "Set more of the brand's money aside for a published campaign",
  ifItFails: "brands cannot take more creators on in a campaign that goes well",
});

export const cancelCampaign = http({
  route: "POST /v1/campaigns/{campaignId}/cancellation",
  roles: ["brand", "admin"],
  path: campaignPath,
  reply: CampaignView,
  refuses: [campaignRefusals.notFound, walletRefusals.notFound],
  idempotency: "required",
  uses: ["campaigns:read", "campaigns:write", "budgets:write", "fundings:write", "wallets:read", "journal:post"],
  causes: [campaignLifecycle.cancel],
  summary: "End a campaign before its time; what is not promised goes back at once",
  ifItFails: "brands cannot stop a campaign, and its unspent money stays set aside until its end",
});

export const removeParticipant = http({
  route: "DELETE /v1/campaigns/{campaignId}/participants/{creatorId}",
  roles: ["brand", "admin"],
  path: creatorInCampaignPath,
  reply: z.undefined(),
  status: 204,
  refuses: [campaignRefusals.notFound, invitationRefusals.noSuchParticipant, accessRefusals.conflictOfInterest],
  ifMatch: "participant",
  uses: ["campaigns:read", "participants:write", "invitations:write", "fundings:write", "wallets:read", "journal:post"],
  causes: [invitationLifecycle.revoke],
  summary: "Remove a creator from a campaign; what is not settled goes back",
  ifItFails: "brands cannot part from a creator, whose price stays secured",
});

export const releaseRemovedSubmissions = onEvent({
  events: ["participant.removed"],
  uses: ["submissions:read", "submissions:write"],
  causes: [submissionLifecycle.release],
  runs: { timeoutSeconds: 60 },
  summary: "Say of what a removed creator handed in that its unit was given up",
  ifItFails: "content of removed creators is listed as waiting, though nobody can decide it any more",
});

export const settleOverdueReviews = schedule({
  job: "settle-overdue-reviews",
  every: "rate(15 minutes)",
  timeZone: "UTC",
  uses: [
    "participants:listDue",
    "participants:read",
    "participants:write",
    "campaigns:read",
    "submissions:read",
    "submissions:write",
    "disputes:read",
    "disputes:listDue",
    "disputes:write",
    "wallets:read",
    "earnings:write",
    "platformFees:read",
    "fundings:write",
    "journal:post",
  ],
  causes: [
    submissionLifecycle.deemApproved,
    submissionLifecycle.release,
    submissionLifecycle.award,
    submissionLifecycle.resumeReview,
    submissionLifecycle.resumeRound,
    disputeLifecycle.expire,
    disputeLifecycle.uphold,
  ],
  runs: { timeoutSeconds: 300 },
  summary: "Settle every unit whose date has come: silence approves, what did not come is released",
  ifItFails:
    "creators wait for money that the brand's silence has given them, and money for work that does not come stays secured",
});
