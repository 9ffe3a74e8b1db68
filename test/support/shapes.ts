/** What stored things are read by: the shape of each, which a new thing has to bring along. */
import type * as z from "zod";
import type { Entities, EntityName } from "#shared/domain/entities";
import { ApiKey } from "#shared/domain/api-keys/api-key";
import { AuditProof } from "#shared/domain/audit/proof";
import { Budget, Campaign, Funding } from "#shared/domain/campaigns/campaign";
import { Deliverable } from "#shared/domain/campaigns/deliverable";
import { CardDispute } from "#shared/domain/card-disputes/card-dispute";
import { TestClock } from "#shared/domain/clock/test-clock";
import { Conversion, ConversionReversal } from "#shared/domain/conversions/conversion";
import { Deposit } from "#shared/domain/deposits/deposit";
import { Dispute } from "#shared/domain/disputes/dispute";
import { Export, OpenExports } from "#shared/domain/exports/export";
import { Inquiry } from "#shared/domain/inquiries/inquiry";
import { Invitation } from "#shared/domain/invitations/invitation";
import { Participant } from "#shared/domain/invitations/participant";
import { JobLease, JobRun } from "#shared/domain/jobs/job-run";
import { Closing, LedgerClose } from "#shared/domain/ledger/closing/closing";
import { LinkName, LinkPrefix } from "#shared/domain/links/link-name";
import { Link } from "#shared/domain/links/link";
import { CreatorCard } from "#shared/domain/matching/card";
import { IndexRebuild } from "#shared/domain/matching/index-rebuild";
import { PastResult } from "#shared/domain/matching/past-result";
import { Announcement } from "#shared/domain/notifications/announcement";
import { Mail } from "#shared/domain/notifications/mail/mail";
import { MailSuppression } from "#shared/domain/notifications/mail/suppression";
import { Notification } from "#shared/domain/notifications/notification";
import { NotificationPreferences } from "#shared/domain/notifications/preferences";
import { PayoutAccount } from "#shared/domain/payouts/payout-account";
import { PayoutRun } from "#shared/domain/payouts/payout-run";
import { Payout } from "#shared/domain/payouts/payout";
import { PromoCode } from "#shared/domain/promo-codes/promo-code";
import { Reconciliation } from "#shared/domain/reconciliations/reconciliation";
import { Refund } from "#shared/domain/refunds/refund";
import {
  AudienceEvidence,
  NetworkPause,
  SocialAccount,
  SocialClaim,
  SocialDay,
} from "#shared/domain/social/social-account";
import { SocialConsent, SocialRevocation, SocialToken } from "#shared/domain/social/social-tokens";
import { Review, Submission } from "#shared/domain/submissions/submission";
import { PlatformDay } from "#shared/domain/tracking/platform-day";
import { TrackingDay } from "#shared/domain/tracking/tracking-day";
import { Upload } from "#shared/domain/uploads/upload";
import { Account } from "#shared/domain/users/account";
import { SignInCode } from "#shared/domain/users/sign-in-code";
import { Earning } from "#shared/domain/wallets/earning";
import { WalletProfile } from "#shared/domain/wallets/wallet-profile";
import { Wallet } from "#shared/domain/wallets/wallet";
import { StripeEvent } from "#shared/domain/webhooks/stripe-event";

export const shapes: { readonly [E in EntityName]: z.ZodType<Entities[E]> } = {
  account: Account,
  signInCode: SignInCode,
  wallet: Wallet,
  walletProfile: WalletProfile,
  deposit: Deposit,
  refund: Refund,
  cardDispute: CardDispute,
  stripeEvent: StripeEvent,
  earning: Earning,
  payout: Payout,
  payoutAccount: PayoutAccount,
  payoutRun: PayoutRun,
  campaign: Campaign,
  budget: Budget,
  funding: Funding,
  deliverable: Deliverable,
  invitation: Invitation,
  participant: Participant,
  submission: Submission,
  review: Review,
  upload: Upload,
  dispute: Dispute,
  link: Link,
  socialAccount: SocialAccount,
  socialToken: SocialToken,
  socialRevocation: SocialRevocation,
  socialClaim: SocialClaim,
  audienceEvidence: AudienceEvidence,
  socialConsent: SocialConsent,
  socialDay: SocialDay,
  linkPrefix: LinkPrefix,
  linkName: LinkName,
  networkPause: NetworkPause,
  creatorCard: CreatorCard,
  pastResult: PastResult,
  indexRebuild: IndexRebuild,
  apiKey: ApiKey,
  conversion: Conversion,
  conversionReversal: ConversionReversal,
  promoCode: PromoCode,
  inquiry: Inquiry,
  notification: Notification,
  notificationPreferences: NotificationPreferences,
  mail: Mail,
  announcement: Announcement,
  export: Export,
  openExports: OpenExports,
  mailSuppression: MailSuppression,
  reconciliation: Reconciliation,
  platformDay: PlatformDay,
  trackingDay: TrackingDay,
  closing: Closing,
  ledgerClose: LedgerClose,
  auditProof: AuditProof,
  jobRun: JobRun,
  jobLease: JobLease,
  testClock: TestClock,
};
