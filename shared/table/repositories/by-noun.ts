/** Everything that one table gives, by noun. A bundle gets those that its contract names: infra/build/only-needed.ts. */
export { storedAccounts as accounts } from "./accounts.ts";
export { storedApiKeys as apiKeys } from "./api-keys.ts";
export { storedAuditTrail as auditTrail } from "./audit-trail.ts";
export { storedCallers as callers, storedSigningKeys as signingKeys } from "./callers.ts";
export { storedCampaigns as campaigns } from "./campaigns.ts";
export { storedChanges as changes } from "./changes.ts";
export {
  storedClickKeys as clickKeys,
  storedConversionReversals as conversionReversals,
  storedConversions as conversions,
  storedConversionTallies as conversionTallies,
} from "./conversions.ts";
export { storedCreators as creators } from "./creators.ts";
export { storedCursors as cursors } from "./cursors.ts";
export { storedDisputes as disputes } from "./disputes.ts";
export { storedExportedLists as exportedLists } from "./exported-lists.ts";
export { storedExports as exports } from "./exports.ts";
export { storedIdempotency as idempotency } from "./idempotency.ts";
export { storedInquiries as inquiries } from "./inquiries.ts";
export { storedInvitations as invitations, storedParticipants as participants } from "./invitations.ts";
export { storedJobs as jobs } from "./jobs.ts";
export { storedLedger as ledger } from "./ledger.ts";
export { storedLinkNames as linkNames } from "./link-names.ts";
export { storedLinks as links, storedLinksOfPeople as linksOfPeople } from "./links.ts";
export {
  storedAnnouncements as announcements,
  storedMails as mails,
  storedMailSuppressions as mailSuppressions,
  storedNotifications as notifications,
  storedPreferences as preferences,
  storedRecipients as recipients,
  storedUnsubscribeKeys as unsubscribeKeys,
} from "./notifications.ts";
export {
  storedCandidates as candidates,
  storedCreatorCards as creatorCards,
  storedExposures as exposures,
  storedIndexRebuilds as indexRebuilds,
  storedPastResults as pastResults,
} from "./matching.ts";
export { storedOutbox as outbox } from "./outbox.ts";
export { storedPayoutAccounts as payoutAccounts, storedPayouts as payouts } from "./payouts.ts";
export { storedPromoCodes as promoCodes } from "./promo-codes.ts";
export { storedPlatformDays as platformDays } from "./platform-days.ts";
export { storedVisitsOfCreators as creatorVisits } from "./creator-visits.ts";
export { storedTrackingDays as trackingDays } from "./tracking-days.ts";
export { storedReconciliations as reconciliations } from "./reconciliations.ts";
export { storedSeals as seals } from "./seals.ts";
export { storedSightings as sightings } from "./sightings.ts";
export {
  storedNetworkPauses as networkPauses,
  storedSocialAccounts as socialAccounts,
  storedSocialCases as socialCases,
  storedSocialClaims as socialClaims,
  storedSocialConsents as socialConsents,
  storedSocialDays as socialDays,
  storedSocialRevocations as socialRevocations,
  storedSocialTokens as socialTokens,
} from "./social-accounts.ts";
export { storedVisitorKeys as visitorKeys } from "./visitor-keys.ts";
export { storedSubmissions as submissions } from "./submissions.ts";
export { storedUploads as uploads } from "./uploads.ts";
export { storedDeposits as deposits } from "./deposits.ts";
export { storedCardDisputes as cardDisputes, storedRefunds as refunds } from "./refunds.ts";
export { storedTestClock as testClock } from "./test-clock.ts";
export { storedSignInCodes as signInCodes } from "./sign-in-codes.ts";
export { storedStripeEvents as stripeEvents } from "./webhooks.ts";
export { storedEarnings as earnings, storedJournal as journal, storedWallets as wallets } from "./wallets.ts";
