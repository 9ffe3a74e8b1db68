/** Every kind of thing in the table, in the order it is printed in docs/data-model.md. */
import type { Key } from "../engine.ts";
import { type AnyDeclaration, partitionStart, type ListingDeclaration } from "../item.ts";
import { apiKey, apiKeyUse } from "./api-keys.ts";
import { budget, campaign, deliverable, funding } from "./campaigns.ts";
import { testClock } from "./clock.ts";
import { clickKey, conversion, conversionReversal, conversionTally, promoCode } from "./conversions.ts";
import { inquiry } from "./inquiries.ts";
import { exported, openExports } from "./exports.ts";
import { invitation, participant } from "./invitations.ts";
import { closing, journalEntry, ledgerClose } from "./ledger.ts";
import { link, linkName, linkPrefix } from "./links.ts";
import { creatorCard, exposure, indexEntry, indexRebuild, pastResult } from "./matching.ts";
import {
  announcement,
  mail,
  mailSuppression,
  notification,
  notificationPreferences,
  unreadCount,
  unsubscribeKey,
} from "./notifications.ts";
import { payout, payoutAccount, payoutRun } from "./payouts.ts";
import { reconciliation } from "./reconciliations.ts";
import {
  audienceEvidence,
  networkPause,
  socialAccount,
  socialClaim,
  socialCode,
  socialConsent,
  socialDay,
  socialRevocation,
  socialToken,
} from "./social.ts";
import { dispute, review, submission, upload } from "./submissions.ts";
import {
  auditEntry,
  auditProof,
  cursorKey,
  idempotencyRecord,
  jobLease,
  jobRun,
  outboxEvent,
  seal,
  sealHead,
} from "./system.ts";
import {
  countedHit,
  creatorVisits,
  hitBucket,
  hitSegment,
  hitShard,
  hitTotals,
  platformDay,
  trackingDay,
  sighting,
  visitorKey,
} from "./tracking.ts";
import { account, directoryEntry, signInCode, signingKeys } from "./users.ts";
import {
  cardDispute,
  deposit,
  earning,
  refund,
  stripeEvent,
  wallet,
  walletProfile,
  walletTransaction,
} from "./wallets.ts";

export const items = {
  account,
  signInCode,
  directoryEntry,
  signingKeys,
  campaign,
  budget,
  funding,
  deliverable,
  invitation,
  participant,
  submission,
  review,
  upload,
  dispute,
  wallet,
  walletProfile,
  walletTransaction,
  earning,
  payout,
  payoutAccount,
  payoutRun,
  deposit,
  refund,
  cardDispute,
  stripeEvent,
  journalEntry,
  reconciliation,
  closing,
  ledgerClose,
  apiKey,
  apiKeyUse,
  conversion,
  conversionReversal,
  conversionTally,
  promoCode,
  inquiry,
  socialAccount,
  socialRevocation,
  socialToken,
  socialClaim,
  audienceEvidence,
  socialConsent,
  socialCode,
  socialDay,
  networkPause,
  creatorCard,
  indexEntry,
  pastResult,
  indexRebuild,
  exposure,
  clickKey,
  link,
  linkPrefix,
  linkName,
  hitBucket,
  hitTotals,
  hitSegment,
  hitShard,
  creatorVisits,
  countedHit,
  visitorKey,
  sighting,
  platformDay,
  trackingDay,
  notification,
  unreadCount,
  notificationPreferences,
  mail,
  mailSuppression,
  unsubscribeKey,
  announcement,
  export: exported,
  openExports,
  auditEntry,
  seal,
  sealHead,
  auditProof,
  outboxEvent,
  idempotencyRecord,
  cursorKey,
  jobLease,
  jobRun,
  testClock,
} as const;

export type StoredKind = keyof typeof items;
/** A kind and one of its listings: `campaign.due`. */
export type ListingName = {
  [K in StoredKind]: (typeof items)[K] extends { readonly listings: infer L } ? `${K}.${keyof L & string}` : never;
}[StoredKind];

/** The same, for what is asked of all of them. A declaration under another name than its own does not compile. */
export const declarations: { readonly [K in StoredKind]: AnyDeclaration & { readonly kind: K } } = items;

/** What the keys of each kind begin with. Every write asks for its kind. */
const starts = (Object.keys(items) as StoredKind[]).map((kind) => ({
  kind,
  start: partitionStart(declarations[kind]),
}));

/** @throws when the key is of no kind: a defect. */
export function kindOf(key: Pick<Key, "pk">): StoredKind {
  const found = starts.find(({ start }) => key.pk.startsWith(start));
  if (found === undefined) throw new Error(`a key of no kind: ${key.pk}`);
  return found.kind;
}

/** @throws when there is no such listing: a defect. */
export function listingNamed(name: ListingName): ListingDeclaration {
  const [kind, list] = name.split(".") as [StoredKind, string];
  const found = declarations[kind].listings?.[list];
  if (found === undefined) throw new Error(`no listing ${name}`);
  return found;
}
