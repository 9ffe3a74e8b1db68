import type { ApiKey } from "./api-keys/api-key.ts";
import type { AuditProof } from "./audit/proof.ts";
import type { Budget, Campaign, Funding } from "./campaigns/campaign.ts";
import type { TestClock } from "./clock/test-clock.ts";
import type { Deliverable } from "./campaigns/deliverable.ts";
import type { Conversion, ConversionReversal } from "./conversions/conversion.ts";
import type { Dispute } from "./disputes/dispute.ts";
import type { Invitation } from "./invitations/invitation.ts";
import type { Participant } from "./invitations/participant.ts";
import type { JobLease, JobRun } from "./jobs/job-run.ts";
import type { Link } from "./links/link.ts";
import type { Closing, LedgerClose } from "./ledger/closing/closing.ts";
import type { Announcement } from "./notifications/announcement.ts";
import type { Mail } from "./notifications/mail/mail.ts";
import type { MailSuppression } from "./notifications/mail/suppression.ts";
import type { Notification } from "./notifications/notification.ts";
import type { NotificationPreferences } from "./notifications/preferences.ts";
import type { Payout } from "./payouts/payout.ts";
import type { PayoutAccount } from "./payouts/payout-account.ts";
import type { PayoutRun } from "./payouts/payout-run.ts";
import type { Reconciliation } from "./reconciliations/reconciliation.ts";
import type { Review, Submission } from "./submissions/submission.ts";
import type { Upload } from "./uploads/upload.ts";
import type { Account } from "./users/account.ts";
import type { SignInCode } from "./users/sign-in-code.ts";
import type { CardDispute } from "./card-disputes/card-dispute.ts";
import type { Refund } from "./refunds/refund.ts";
import type { Deposit } from "./deposits/deposit.ts";
import type { Earning } from "./wallets/earning.ts";
import type { Wallet } from "./wallets/wallet.ts";
import type { WalletProfile } from "./wallets/wallet-profile.ts";
import type { StripeEvent } from "./webhooks/stripe-event.ts";

/** What a change may hold besides entries of the journal. Each carries the version that its next write is conditional on. */
export interface Entities {
  readonly account: Account;
  readonly signInCode: SignInCode;
  readonly wallet: Wallet;
  readonly walletProfile: WalletProfile;
  readonly deposit: Deposit;
  readonly refund: Refund;
  readonly cardDispute: CardDispute;
  readonly stripeEvent: StripeEvent;
  readonly earning: Earning;
  readonly payout: Payout;
  readonly payoutAccount: PayoutAccount;
  readonly payoutRun: PayoutRun;
  readonly campaign: Campaign;
  readonly budget: Budget;
  readonly funding: Funding;
  readonly deliverable: Deliverable;
  readonly invitation: Invitation;
  readonly participant: Participant;
  readonly submission: Submission;
  readonly review: Review;
  readonly upload: Upload;
  readonly dispute: Dispute;
  readonly link: Link;
  readonly apiKey: ApiKey;
  readonly conversion: Conversion;
  readonly conversionReversal: ConversionReversal;
  readonly notification: Notification;
  readonly notificationPreferences: NotificationPreferences;
  readonly mail: Mail;
  readonly announcement: Announcement;
  readonly mailSuppression: MailSuppression;
  readonly reconciliation: Reconciliation;
  readonly closing: Closing;
  readonly ledgerClose: LedgerClose;
  readonly auditProof: AuditProof;
  readonly jobRun: JobRun;
  readonly jobLease: JobLease;
  readonly testClock: TestClock;
}

export type EntityName = keyof Entities;

/** What a change may hold: things, and entries of the journal. */
export type Committable = EntityName | "journalEntry";
