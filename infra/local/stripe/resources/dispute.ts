import { collectionOf } from "../account.ts";
import type { Call } from "../call.ts";
import type { DisputeReason } from "../cards.ts";
import { disputeFee } from "../fees.ts";
import { newId } from "../identifiers.ts";
import type { Metadata } from "../metadata.ts";
import { recordMovement } from "./balance-transactions.ts";
import type { BalanceTransaction } from "./balance-transactions.ts";
import { charges } from "./charge.ts";
import type { Charge } from "./charge.ts";

/** Stripe's `dispute`. */
export interface Dispute {
  readonly id: string;
  readonly object: "dispute";
  readonly amount: number;
  /** Whole, not by id: the withdrawal, and the reinstatement when there was one. */
  readonly balance_transactions: readonly BalanceTransaction[];
  readonly charge: string;
  readonly created: number;
  readonly currency: string;
  readonly enhanced_eligibility_types: readonly never[];
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly evidence_details: {
    readonly due_by: number | null;
    readonly enhanced_eligibility: object;
    readonly has_evidence: boolean;
    readonly past_due: boolean;
    readonly submission_count: number;
    readonly submission_method: string;
  };
  readonly intended_submission_method: null;
  readonly is_charge_refundable: boolean;
  readonly livemode: false;
  readonly metadata: Metadata;
  readonly payment_intent: string | null;
  readonly payment_method_details: object;
  readonly reason: string;
  readonly status: DisputeStatus;
}

type DisputeStatus = `${"warning_" | ""}${"needs_response" | "under_review"}` | "warning_closed" | "won" | "lost";

/** The disputes of an account. */
export const disputes = collectionOf<Dispute>("dispute");

/** What evidence may say, each as a text. */
export const evidenceFields = (
  "access_activity_log billing_address cancellation_policy cancellation_policy_disclosure cancellation_rebuttal " +
  "customer_communication customer_email_address customer_name customer_purchase_ip customer_signature " +
  "duplicate_charge_documentation duplicate_charge_explanation duplicate_charge_id product_description receipt " +
  "refund_policy refund_policy_disclosure refund_refusal_explanation service_date service_documentation " +
  "shipping_address shipping_carrier shipping_date shipping_documentation shipping_tracking_number " +
  "uncategorized_file uncategorized_text"
).split(" ");

const reasonCodes: Readonly<Record<DisputeReason, string>> = {
  ...{ fraudulent: "10.4", product_not_received: "13.1", general: "13.6", duplicate: "12.6", unrecognized: "10.4" },
};

const week = 7 * 24 * 60 * 60;

/** What somebody disputes of a charge. */
export interface Complaint {
  readonly reason: DisputeReason;
  readonly isInquiry: boolean;
  /** All of the charge unless given. */
  readonly amount?: number | undefined;
}

/** A cardholder disputes a charge: the money and a fee are withdrawn at once, but for a mere inquiry. */
export function openDispute(call: Call, chargeId: string, complaint: Complaint): Dispute | undefined {
  const charge = charges(call.account).get(chargeId);
  if (!charge) return undefined;
  charges(call.account).put({ ...charge, disputed: true });
  const dispute = disputes(call.account).put(newDispute(call, charge, complaint));
  call.emit("charge.dispute.created", dispute);
  if (complaint.isInquiry) return dispute;
  const withdrawn = recordMovement(call, {
    ...adjustment(call, dispute, "dispute"),
    amount: -dispute.amount,
    fee: disputeFee(dispute.currency),
  });
  return changeDispute(call, { ...dispute, balance_transactions: [withdrawn] }, "charge.dispute.funds_withdrawn");
}

function newDispute(call: Call, charge: Charge, { amount, isInquiry, reason }: Complaint): Dispute {
  return {
    ...{ id: newId("dp"), object: "dispute", amount: amount ?? charge.amount, balance_transactions: [] },
    ...{ charge: charge.id, created: call.nowSeconds, currency: charge.currency, enhanced_eligibility_types: [] },
    evidence: { ...Object.fromEntries(evidenceFields.map((name) => [name, null])), enhanced_evidence: {} },
    evidence_details: {
      ...{ due_by: call.nowSeconds + week, enhanced_eligibility: {}, has_evidence: false, past_due: false },
      ...{ submission_count: 0, submission_method: "manual" },
    },
    ...{ intended_submission_method: null, is_charge_refundable: isInquiry, livemode: false, metadata: {} },
    payment_intent: charge.payment_intent,
    payment_method_details: {
      card: {
        brand: "visa",
        case_type: isInquiry ? "inquiry" : "chargeback",
        network: "visa",
        network_reason_code: reasonCodes[reason],
      },
      type: "card",
    },
    reason,
    status: isInquiry ? "warning_needs_response" : "needs_response",
  };
}

function adjustment(call: Call, { charge, currency, id }: Dispute, reportingCategory: string) {
  const description = `Chargeback ${reportingCategory === "dispute" ? "withdrawal" : "reversal"} for ${charge}`;
  return {
    currency,
    source: id,
    type: "adjustment",
    reportingCategory,
    description,
    availableOnSeconds: call.nowSeconds,
  };
}

/** Keeps a changed dispute, and tells. */
export function changeDispute(call: Call, dispute: Dispute, event: `charge.dispute.${string}`): Dispute {
  const changed = disputes(call.account).put(dispute);
  call.emit(event, changed);
  return changed;
}

/** Whether a dispute is decided. */
export function isClosed({ status }: Dispute): boolean {
  return status === "won" || status === "lost" || status === "warning_closed";
}

/**
 * The bank has decided. What was withdrawn comes back to who wins; since June 2025 the fee for having received a
 * dispute does not (https://stripe.com/pricing). The fee for countering one, which does, is left out.
 * An inquiry is closed, whoever was right.
 */
export function closeDispute(call: Call, dispute: Dispute, outcome: "won" | "lost"): Dispute {
  if (dispute.status.startsWith("warning_")) {
    return changeDispute(call, { ...dispute, status: "warning_closed" }, "charge.dispute.closed");
  }
  if (outcome === "lost") return changeDispute(call, { ...dispute, status: "lost" }, "charge.dispute.closed");
  const back = { ...adjustment(call, dispute, "dispute_reversal"), amount: dispute.amount, fee: 0 };
  const balance_transactions = [...dispute.balance_transactions, recordMovement(call, back)];
  const won = { ...dispute, balance_transactions, status: "won" } as const;
  changeDispute(call, won, "charge.dispute.funds_reinstated");
  return changeDispute(call, won, "charge.dispute.closed");
}
