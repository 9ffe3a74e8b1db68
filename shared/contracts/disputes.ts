import * as z from "zod";
import { campaignRefusals } from "#shared/domain/campaigns/refusals";
import { Dispute, DisputeStatus } from "#shared/domain/disputes/dispute";
import { NewAppeal, NewDecision, NewDispute, NewEvidence } from "#shared/domain/disputes/input";
import { disputeLifecycle } from "#shared/domain/disputes/lifecycle";
import { disputeRefusals } from "#shared/domain/disputes/refusals";
import { idOf } from "#shared/domain/kernel/ids";
import { accessRefusals } from "#shared/domain/kernel/refusals";
import { submissionLifecycle } from "#shared/domain/submissions/lifecycle";
import { submissionRefusals } from "#shared/domain/submissions/refusals";
import { walletRefusals } from "#shared/domain/wallets/refusals";
import { http, list } from "./contract.ts";
import { submissionPath } from "./paths.ts";

const DisputeView = Dispute.omit({ createdAt: true, updatedAt: true }).meta({ id: "Dispute" });
const disputePath = submissionPath.extend({ disputeId: idOf("dispute") });

export const openDispute = http({
  route: "POST /v1/campaigns/{campaignId}/submissions/{submissionId}/disputes",
  roles: ["brand", "creator"],
  path: submissionPath,
  body: NewDispute,
  reply: DisputeView,
  status: 201,
  refuses: [submissionRefusals.notFound],
  idempotency: "required",
  uses: [
    "campaigns:read",
    "participants:read",
    "submissions:read",
    "submissions:write",
    "participants:write",
    "disputes:write",
  ],
  causes: [submissionLifecycle.dispute],
  summary: "Dispute a submission: its unit is frozen until an admin decides",
  ifItFails: "brands and creators who disagree have nobody to turn to",
});

export const listDisputes = list({
  route: "GET /v1/campaigns/{campaignId}/submissions/{submissionId}/disputes",
  roles: ["brand", "creator", "admin"],
  path: submissionPath,
  reply: DisputeView,
  refuses: [submissionRefusals.notFound],
  uses: ["campaigns:read", "submissions:read", "disputes:read"],
  summary: "List a submission's disputes, of which there is one at most",
  ifItFails: "the sides of a dispute do not see how it stands",
});

export const listAllDisputes = list({
  route: "GET /v1/admin/disputes",
  roles: ["admin"],
  query: z.strictObject({ status: DisputeStatus.optional() }),
  reply: DisputeView,
  refuses: [],
  uses: ["disputes:list"],
  summary: "List disputes between brands and creators, newest first",
  ifItFails: "admins do not see what waits for their decision",
});

export const addEvidence = http({
  route: "POST /v1/campaigns/{campaignId}/submissions/{submissionId}/disputes/{disputeId}/evidence",
  roles: ["brand", "creator"],
  path: disputePath,
  body: NewEvidence,
  reply: DisputeView,
  status: 201,
  refuses: [
    submissionRefusals.notFound,
    disputeRefusals.notFound,
    disputeRefusals.alreadyDecided,
    disputeRefusals.tooMuchEvidence,
  ],
  uses: ["campaigns:read", "submissions:read", "disputes:read", "disputes:write"],
  summary: "Add evidence to a dispute that is not decided",
  ifItFails: "a side of a dispute cannot say what speaks for it",
});

export const decideDispute = http({
  route: "POST /v1/campaigns/{campaignId}/submissions/{submissionId}/disputes/{disputeId}/decision",
  roles: ["admin"],
  path: disputePath,
  body: NewDecision,
  reply: DisputeView,
  refuses: [
    submissionRefusals.notFound,
    disputeRefusals.notFound,
    accessRefusals.conflictOfInterest,
    walletRefusals.notFound,
    campaignRefusals.currencyMismatch,
    disputeRefusals.exceedsUnit,
    disputeRefusals.fundsSpent,
  ],
  idempotency: "required",
  uses: [
    "campaigns:read",
    "participants:read",
    "submissions:read",
    "disputes:read",
    "disputes:write",
    "submissions:write",
    "participants:write",
    "earnings:read",
    "earnings:write",
    "wallets:read",
    "platformFees:read",
    "fundings:write",
    "journal:read",
    "journal:post",
  ],
  causes: [
    disputeLifecycle.decide,
    disputeLifecycle.decideAppeal,
    submissionLifecycle.award,
    submissionLifecycle.deny,
    submissionLifecycle.reinstate,
    submissionLifecycle.overturn,
  ],
  summary: "Decide a dispute: split the unit's price between creator and campaign",
  ifItFails: "disputed money stays frozen until the clock settles it",
});

export const appealDispute = http({
  route: "POST /v1/campaigns/{campaignId}/submissions/{submissionId}/disputes/{disputeId}/appeal",
  roles: ["brand", "creator"],
  path: disputePath,
  body: NewAppeal,
  reply: DisputeView,
  refuses: [submissionRefusals.notFound, disputeRefusals.notFound],
  uses: ["campaigns:read", "submissions:read", "disputes:read", "disputes:write", "earnings:read", "earnings:write"],
  causes: [disputeLifecycle.appeal],
  summary: "Appeal a dispute's decision, once and within seven days",
  ifItFails: "a wrong decision about a dispute cannot be put right",
});
