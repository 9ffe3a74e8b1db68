/**
 * Structured logs: one JSON object a line, which CloudWatch indexes as it is. Every line has a code of this catalogue,
 * so that metric filters and runbooks never match on sentences. A line of level `error` rings its action's alarm: nothing
 * that a client can cause is one. Bodies, tokens, addresses and e-mails are not logged.
 */
export const logCodes = {
  "request.completed": "info",
  "request.refused": "info",
  "request.failed": "error",
  /** Something outside did not answer, or not in time: the client is told to come again, and somebody should look. */
  "request.unanswered": "error",
  /** An Idempotency-Key could not be given back: whoever sends it again waits until its lease is over. */
  "key.kept": "warn",
  "job.completed": "info",
  "job.skipped": "info",
  "job.partial": "error",
  "job.failed": "error",
  "job.item_failed": "error",
  "event.failed": "error",
  "event.postponed": "info",
  "stream.failed": "error",
  "outbox.unreadable": "error",
  "outbox.unpublished": "error",
  "outbox.unmarked": "error",
  "outbox.left_behind": "error",
  "export.left_behind": "error",
  "mail.unclosed": "error",
  /** The processor holds money that was not credited to anybody. */
  "deposit.mismatched": "error",
  /** An event of the processor's was late, and is in its queue again. */
  "stripe_event.sent": "warn",
  "stripe_event.parked": "error",
  /** A creator was not noted as a visitor; their next request is. */
  "sighting.missed": "warn",
  "clicks.rolled_up": "info",
  "clicks.unreadable": "error",
  "tracking_day.closed": "info",
  /** Raw hits of a campaign's day that were counted by other rules, and that were not counted as they lie there: both are right now. */
  "tracking_day.recounted": "info",
  "tracking_day.restated": "error",
  /** More was counted of a campaign's day than was archived. */
  "tracking_day.differs": "error",
  "ledger.proven": "info",
  "ledger.unbalanced": "error",
  "payout.stuck": "error",
  /** Somebody took a transfer back whose money is at a bank: another payout's is missing on the account. */
  "payout.transfer_reversed": "error",
  "payout.unfunded": "error",
  /** A creator's account at the processor holds something else than our payouts have there. Two nights in a row, it rings. */
  "payout_account.differs": "warn",
  "refund.stuck": "error",
  /** What the processor took, by currency. */
  "processor_fees.booked": "info",
  /** More than is booked of a day by itself. */
  "processor_fee.held": "error",
  "payments.reconciled": "info",
  "payments.differ": "error",
  /** Nothing differs of what a run had time for; the next one goes on. Two nights in a row, it rings. */
  "payments.not_judged": "warn",
  /** Nothing was wrong, and what the processor holds could not be compared: it moved, or was on its way. */
  "ledger.in_motion": "info",
  /** Nothing was wrong, and something else could not be judged. Two nights in a row, it rings. */
  "ledger.not_judged": "info",
  /** An account was read: what those that were not are a share of. */
  "social.account_read": "info",
  /** A network let nobody read an account. Where many of its accounts are not read in a round, it rings. */
  "social.account_unread": "warn",
  /** A network refuses our app, whoever's tokens it asks with. */
  "social.app_refused": "error",
  /** It did not take a consent back, and does not say why. Two days in a row, it rings. */
  "social.consent_refused": "warn",
  /** A network did not take a consent back for a week, and is not asked any more: its owner has to do that there. */
  "social.consent_left": "error",
  "audit.sealed": "info",
  "audit.tampered": "error",
  "trigger.refused": "info",
  "trigger.failed": "error",
} as const;
export type LogCode = keyof typeof logCodes;

export type LogFields = Readonly<Record<string, unknown>>;

/** Where lines go; replaced in tests. */
export const sink = { write: (line: string): void => void process.stdout.write(`${line}\n`) };

/**
 * Writes a line. Its time is named as Lambda wants it: a JSON line without a valid `timestamp` is given the level INFO.
 * Source: Lambda developer guide, log-level filtering.
 */
export function log(code: LogCode, fields: LogFields): void {
  const level = logCodes[code];
  sink.write(JSON.stringify({ level, code, timestamp: new Date().toISOString(), ...fields }));
}
