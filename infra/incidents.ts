import { SocialPlatform } from "#shared/domain/social/platform";
import { platformNames } from "#shared/domain/social/platform-names";
import { ROUND_HOURS } from "#shared/domain/social/room";

/** What rings by itself, beside its action's alarm, because something else is to be done about it. */
export interface Incident {
  /** Of the log line that says it. */
  readonly code: string;
  /** Which refusal, where that is what it says. */
  readonly refusal?: string;
  /** About which network, where each has an alarm of its own. */
  readonly platform?: SocialPlatform;
  /** The actions that log it, in kebab-case. Their lines are one count, whose alarm stands beside the first. */
  readonly actions: readonly [string, ...string[]];
  /** Who is hurt, for the alarm. */
  readonly meaning: string;
  /** Heading of docs/runbook.md. */
  readonly article: string;
  /** Of its alarm; the article's, unless that is another's already. */
  readonly name?: string;
  /** Rings when it was said on so many days in a row, for what may be once; at once, unless said otherwise. */
  readonly days?: number;
  /**
   * Rings where it was said so often within so many hours; with a share, only where that is so much of these lines and those that say
   * the opposite together. One alone is nobody's business, many are.
   */
  readonly many?: {
    readonly atLeast: number;
    /**
     * Longer than what one run of the work says: the window moves on, and would hold the last lines of it without the first.
     * Source: CloudWatch user guide, "Alarm evaluation window", sliding unless said otherwise.
     */
    readonly hours: number;
    readonly share?: { readonly percent: number; readonly opposite: string };
  };
}

export const incidents: readonly Incident[] = [
  {
    code: "click.parked",
    actions: ["redirect-visitor"],
    meaning: "Neither the stream nor the overflow queue took a click: it is in the log alone, and not counted",
    article: "parked-clicks",
  },
  {
    code: "link.unavailable",
    actions: ["redirect-visitor"],
    meaning: "Links cannot be looked up: visitors are sent away, or follow what was known before",
    article: "links-unavailable",
  },
  {
    code: "clicks.unreadable",
    actions: ["roll-up-clicks"],
    meaning: "Records of the click stream are no hits, and were left out of every count",
    article: "unreadable-clicks",
  },
  {
    code: "outbox.left_behind",
    actions: ["sweep-outbox"],
    meaning: "Events waited for five minutes until the sweep sent them: the relay of the outbox is late or dead",
    article: "relay-behind",
  },
  {
    code: "export.left_behind",
    actions: ["end-overdue-exports"],
    meaning:
      "Files that people asked for were not made within a day, and nobody works on them any more; they were told",
    article: "exports-left-behind",
  },
  {
    code: "audit.tampered",
    actions: ["seal-entries"],
    meaning: "Something that is written once was changed or deleted, and by no action of ours",
    article: "tampered",
  },
  // Each network by itself: one of few accounts would never be much of all.
  ...SocialPlatform.options.map((platform): Incident => ({
    code: "social.account_unread",
    platform,
    actions: ["work-on-social-accounts"],
    meaning: `Many creators' accounts with ${platformNames[platform]} are not read: their figures grow old, or their owners are asked to connect again`,
    article: "accounts-unread",
    name: `accounts-unread-${platform}`,
    // Of people who take consents back, or leave, there are a few in a thousand a day.
    many: { atLeast: 10, hours: ROUND_HOURS + 1, share: { percent: 5, opposite: "social.account_read" } },
  })),
  {
    code: "request.refused",
    refusal: "social.network_unavailable",
    actions: ["connect-social-account"],
    meaning: "Creators who come back from a network with its consent are connected to nothing, over and over",
    article: "accounts-unread",
    name: "connections-fail",
    many: { atLeast: 10, hours: 1 },
  },
  {
    code: "social.consent_refused",
    actions: ["revoke-social-consents"],
    meaning: "For two days in a row a network refused to take a consent back, and did not say why",
    article: "consents-left",
    name: "consents-refused",
    days: 2,
  },
  {
    code: "social.consent_left",
    actions: ["revoke-social-consents"],
    meaning: "A network did not take a consent back for a week: its owner, who let go of it here, has it there still",
    article: "consents-left",
  },
  {
    code: "payout.stuck",
    actions: ["follow-payouts"],
    meaning: "A payout stands where it is: its creator waits for money that is neither theirs nor on its way",
    article: "payouts-stand-still",
  },
  {
    code: "payout.transfer_reversed",
    actions: ["carry-out-payouts"],
    meaning:
      "Somebody took a transfer back by hand whose money has left for a bank: another payout of that creator fails",
    article: "transfer-reversed",
  },
  {
    code: "payout.unfunded",
    actions: ["carry-out-payouts"],
    meaning: "The house has too little available at the processor: payouts fail, and creators have to ask again",
    article: "payouts-unfunded",
  },
  {
    code: "payout_account.differs",
    actions: ["compare-payout-accounts"],
    meaning:
      "For two nights in a row a creator's account at the processor holds something else than our payouts have there",
    article: "payout-accounts-differ",
    days: 2,
  },
  {
    code: "tracking_day.differs",
    actions: ["close-tracking-day"],
    meaning: "More clicks were counted than archived: figures of a day may be wrong, and cannot be restated",
    article: "tracking-day-differs",
  },
  {
    code: "tracking_day.restated",
    actions: ["close-tracking-day"],
    meaning:
      "Clicks of a day were not counted as they were archived: figures are right now, and the rollup missed something",
    article: "tracking-day-restated",
  },
  {
    code: "refund.stuck",
    actions: ["sweep-refunds"],
    meaning: "A refund does not end: a brand waits for money that is neither theirs to spend nor back with them",
    article: "refunds-stand-still",
  },
  {
    code: "payments.differ",
    actions: ["reconcile-payments"],
    meaning: "Our books and the payment processor's do not agree about a day",
    article: "payments-differ",
  },
  {
    code: "payments.not_judged",
    actions: ["reconcile-payments"],
    meaning: "For two nights in a row there was no time to look up whether our books and the payment processor's agree",
    article: "payments-differ",
    name: "payments-not-judged",
    days: 2,
  },
  {
    code: "processor_fee.held",
    actions: ["book-processor-fees"],
    meaning: "The payment processor took more of the house in a day than is booked without somebody having looked",
    article: "house-movements",
  },
  {
    code: "deposit.mismatched",
    actions: ["process-stripe-event", "sweep-deposits", "confirm-deposit"],
    meaning: "The payment processor holds money that is not what its deposit asked for: nobody was credited",
    article: "deposit-mismatch",
  },
  {
    code: "stripe_event.parked",
    actions: ["sweep-stripe-events"],
    meaning: "An event of the payment processor's was tried to the end: what it tells of may not be in the books",
    article: "replay-stripe-events",
  },
  {
    code: "ledger.unbalanced",
    actions: ["audit-ledger", "prove-ledger"],
    meaning: "The books do not balance: somebody has more or less money than they should",
    article: "books-not-balanced",
  },
  {
    code: "ledger.not_judged",
    actions: ["audit-ledger"],
    meaning: "For two nights in a row nobody could say whether the books balance",
    article: "books-not-balanced",
    name: "books-not-judged",
    days: 2,
  },
];
