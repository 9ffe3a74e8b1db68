/** Everything that one table gives, by noun. A bundle gets those that its contract names: infra/build/only-needed.ts. */
export { storedAccounts as accounts } from "./accounts.ts";
export { storedCallers as callers, storedSigningKeys as signingKeys } from "./callers.ts";
export { storedCampaigns as campaigns } from "./campaigns.ts";
export { storedChanges as changes } from "./changes.ts";
export { storedCursors as cursors } from "./cursors.ts";
export { storedIdempotency as idempotency } from "./idempotency.ts";
export { storedInvitations as invitations, storedParticipants as participants } from "./invitations.ts";
export { storedJobs as jobs } from "./jobs.ts";
export { storedLinks as links } from "./links.ts";
export { storedMails as mails, storedNotifications as notifications } from "./notifications.ts";
export { storedOutbox as outbox } from "./outbox.ts";
export { storedSeals as seals } from "./seals.ts";
export { storedSubmissions as submissions } from "./submissions.ts";
export { storedDeposits as deposits } from "./deposits.ts";
export { storedCardDisputes as cardDisputes, storedRefunds as refunds } from "./refunds.ts";
export { storedStripeEvents as stripeEvents } from "./webhooks.ts";
export { storedEarnings as earnings, storedLedger as ledger, storedWallets as wallets } from "./wallets.ts";
