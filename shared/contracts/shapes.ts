/** What clients see of the things the domain knows, where several contracts show it. */
import * as z from "zod";
import { Account } from "#shared/domain/users/account";
import { Campaign, CampaignStatus } from "#shared/domain/campaigns/campaign";
import { Deliverable } from "#shared/domain/campaigns/deliverable";
import { Invitation } from "#shared/domain/invitations/invitation";
import { Participant } from "#shared/domain/invitations/participant";
import { Currency } from "#shared/domain/kernel/money";
import { Instant } from "#shared/domain/kernel/time";
import { CardAccount } from "#shared/domain/matching/card";
import { WalletTransaction } from "#shared/domain/wallets/transaction";
import { SubmittedFile } from "#shared/domain/uploads/upload";
import { Submission } from "#shared/domain/submissions/submission";

/** A person as they see themselves, and as admins see them. */
export const Me = Account.omit({
  ban: true,
  groupsPending: true,
  groupsWere: true,
  groupsSetAt: true,
  secondFactorSince: true,
}).meta({ id: "Me" });

/** A creator as everybody who is signed in sees them: nothing that they could be reached by. */
export const CreatorView = Account.pick({
  id: true,
  fullName: true,
  avatarUrl: true,
  bio: true,
  location: true,
  creator: true,
  createdAt: true,
})
  .extend({
    /** Figures of their accounts, each as of a moment; what a network does not tell is null. */
    social: z.array(CardAccount.omit({ flags: true })),
    /** What became of their work in earlier campaigns, with how much of it there was; null: nobody knows yet. */
    results: z.object({
      onTimeRate: z.number().nullable(),
      pieces: z.int(),
      approvalRate: z.number().nullable(),
      decided: z.int(),
      clicksPerFollower: z.number().nullable(),
      campaigns: z.int(),
      asOf: Instant.nullable(),
    }),
  })
  .meta({ id: "Creator" });

/** A campaign with its money: `remaining` = total − reserved − spent. */
export const CampaignView = Campaign.omit({ plannedBudget: true, pausedForBan: true })
  .extend({
    budget: z.object({ currency: Currency, total: z.int(), reserved: z.int(), spent: z.int(), remaining: z.int() }),
  })
  .meta({ id: "Campaign" });
export type CampaignView = z.infer<typeof CampaignView>;

export const DeliverableView = Deliverable.omit({ remindedOf: true }).meta({ id: "Deliverable" });

export const InvitationView = Invitation.omit({ createdAt: true, updatedAt: true }).meta({ id: "Invitation" });

/** What a participant holds; `secured` says that the price is set aside for them. */
export const ParticipantView = Participant.omit({ units: true, toldOfEndAt: true, createdAt: true, updatedAt: true })
  .extend({
    secured: z.boolean(),
    units: z.array(z.object({ deliverableId: z.string(), unit: z.int(), state: z.string() })),
  })
  .meta({ id: "Participant" });

export const SubmissionView = Submission.omit({ reminders: true, createdAt: true, updatedAt: true })
  .extend({ file: SubmittedFile.omit({ versionId: true }).optional() })
  .meta({
    id: "Submission",
  });

export const statusFilter = z.strictObject({ status: CampaignStatus.optional() });

/** A movement of one wallet, as its owner and admins see it. */
export const TransactionView = WalletTransaction.omit({ payable: true }).meta({ id: "WalletTransaction" });
