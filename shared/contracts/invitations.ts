import * as z from "zod";
import { campaignRefusals } from "#shared/domain/campaigns/refusals";
import { InvitationStatus } from "#shared/domain/invitations/invitation";
import { NewInvitation } from "#shared/domain/invitations/input";
import { invitationLifecycle } from "#shared/domain/invitations/lifecycle";
import { invitationRefusals } from "#shared/domain/invitations/refusals";
import { accessRefusals } from "#shared/domain/kernel/refusals";
import { http, list, schedule } from "./contract.ts";
import { campaignPath, creatorInCampaignPath } from "./paths.ts";
import { InvitationView, ParticipantView } from "./shapes.ts";

export const sendInvitation = http({
  route: "POST /v1/campaigns/{campaignId}/invitations",
  roles: ["brand", "admin"],
  path: campaignPath,
  body: NewInvitation,
  reply: InvitationView,
  status: 201,
  refuses: [
    campaignRefusals.notFound,
    invitationRefusals.noSuchCreator,
    invitationRefusals.noSuchDeliverable,
    invitationRefusals.tooManyUnits,
    invitationRefusals.campaignNotOpen,
    invitationRefusals.unsettled,
    invitationRefusals.expiryNotFuture,
    accessRefusals.conflictOfInterest,
    accessRefusals.ownerSuspended,
  ],
  uses: ["campaigns:read", "accounts:read", "invitations:write"],
  causes: [invitationLifecycle.expire, invitationLifecycle.renew],
  summary: "Invite a creator",
  ifItFails: "brands cannot invite creators",
});

export const listCampaignInvitations = list({
  route: "GET /v1/campaigns/{campaignId}/invitations",
  roles: ["brand", "admin"],
  path: campaignPath,
  reply: InvitationView,
  refuses: [campaignRefusals.notFound],
  uses: ["campaigns:read", "invitations:read"],
  summary: "List a campaign's invitations",
  ifItFails: "brands do not see whom they invited",
});

export const listMyInvitations = list({
  route: "GET /v1/invitations",
  roles: ["creator"],
  query: z.strictObject({ status: InvitationStatus.optional() }),
  reply: InvitationView,
  refuses: [],
  uses: ["invitations:list"],
  summary: "List your invitations",
  ifItFails: "creators do not see their invitations",
});

export const acceptInvitation = http({
  route: "POST /v1/campaigns/{campaignId}/invitations/{creatorId}/acceptance",
  roles: ["creator", "admin"],
  path: creatorInCampaignPath,
  reply: ParticipantView,
  status: 201,
  refuses: [invitationRefusals.notFound, accessRefusals.conflictOfInterest],
  ifMatch: "invitation",
  idempotency: "required",
  uses: [
    "campaigns:read",
    "wallets:read",
    "walletProfiles:write",
    "invitations:write",
    "participants:write",
    "journal:post",
  ],
  causes: [invitationLifecycle.accept],
  summary: "Accept an invitation, with the payment secured",
  ifItFails: "creators cannot join campaigns",
});

export const declineInvitation = http({
  route: "POST /v1/campaigns/{campaignId}/invitations/{creatorId}/decline",
  roles: ["creator", "admin"],
  path: creatorInCampaignPath,
  reply: InvitationView,
  refuses: [invitationRefusals.notFound],
  ifMatch: "invitation",
  uses: ["invitations:read", "invitations:write"],
  causes: [invitationLifecycle.decline],
  summary: "Decline an invitation",
  ifItFails: "creators cannot say no, and brands wait for an answer",
});

export const withdrawInvitation = http({
  route: "DELETE /v1/campaigns/{campaignId}/invitations/{creatorId}",
  roles: ["brand", "admin"],
  path: creatorInCampaignPath,
  reply: z.undefined(),
  status: 204,
  refuses: [campaignRefusals.notFound, invitationRefusals.notFound],
  ifMatch: "invitation",
  uses: ["campaigns:read", "invitations:write"],
  causes: [invitationLifecycle.withdraw],
  summary: "Withdraw an invitation that nobody has answered",
  ifItFails: "brands cannot take back an offer, and creators accept what is not meant any more",
});

export const expireInvitations = schedule({
  job: "expire-invitations",
  every: "rate(15 minutes)",
  timeZone: "UTC",
  uses: ["invitations:listDue", "invitations:read", "invitations:write"],
  causes: [invitationLifecycle.expire],
  runs: { timeoutSeconds: 300 },
  summary: "Say of invitations that nobody answered in time that they have expired",
  ifItFails: "nobody is told that an invitation has expired",
});

export const listParticipants = list({
  route: "GET /v1/campaigns/{campaignId}/participants",
  roles: ["brand", "creator", "admin"],
  path: campaignPath,
  reply: ParticipantView,
  refuses: [campaignRefusals.notFound],
  uses: ["campaigns:read", "participants:read"],
  summary: "List who takes part; a creator sees only themselves",
  ifItFails: "brands do not see who takes part",
});
