import * as z from "zod";
import type { Call } from "../call.ts";
import { disputeReasons } from "../cards.ts";
import { ControlProblem, control } from "../controls.ts";
import { listPage } from "../listing.ts";
import { metadata, withMetadata } from "../metadata.ts";
import { boolean, clearableText, isWithin, page, parameters, text, timeRange } from "../parameters.ts";
import { invalidRequest, resourceMissing } from "../refusal.ts";
import { route } from "../routes.ts";
import { changeDispute, closeDispute, disputes, evidenceFields, isClosed, openDispute } from "./dispute.ts";
import type { Dispute } from "./dispute.ts";

const evidence = z.strictObject({
  ...Object.fromEntries(evidenceFields.map((name) => [name, clearableText().optional()])),
  enhanced_evidence: z.record(z.string(), z.unknown()).optional(),
});

const change = parameters({
  evidence: evidence.optional(),
  metadata: metadata().optional(),
  submit: boolean().default(true),
});

function disputeOf(call: Call): Dispute {
  const dispute = disputes(call.account).get(call.id);
  if (!dispute) throw resourceMissing("dispute", call.id, "dispute", 404);
  return dispute;
}

function openDisputeOf(call: Call): Dispute {
  const dispute = disputeOf(call);
  if (isClosed(dispute)) throw invalidRequest("This dispute is already closed");
  return dispute;
}

function withEvidence(dispute: Dispute, input: z.output<typeof change>): Dispute {
  if (!input.evidence) return dispute;
  const details = { ...dispute.evidence_details, has_evidence: true };
  const staged = { ...dispute, evidence: { ...dispute.evidence, ...input.evidence }, evidence_details: details };
  if (!input.submit) return staged;
  return {
    ...staged,
    evidence_details: { ...details, submission_count: details.submission_count + 1 },
    status: dispute.status.startsWith("warning_") ? "warning_under_review" : "under_review",
  };
}

// https://docs.stripe.com/testing#disputes: two texts decide a dispute of the test mode.
const decisive = { winning_evidence: "won", losing_evidence: "lost" } as const;

function decideLater(call: Call, dispute: Dispute): void {
  const said = dispute.evidence["uncategorized_text"];
  const outcome = said === "winning_evidence" || said === "losing_evidence" ? decisive[said] : undefined;
  if (outcome === undefined || !dispute.status.endsWith("under_review")) return;
  call.later(call.settings.disputeDelayMs, (later) => {
    const current = disputes(later.account).get(dispute.id);
    if (current && !isClosed(current)) closeDispute(later, current, outcome);
  });
}

const listed = { collection: disputes, noun: "dispute", url: "/v1/disputes" };

const filters = { charge: text().optional(), created: timeRange().optional(), payment_intent: text().optional() };

export const disputeRoutes = [
  route("GET /v1/disputes/{id}", parameters({}), (_input, call) => disputeOf(call)),
  route("POST /v1/disputes/{id}", change, (input, call) => {
    const known = openDisputeOf(call);
    const changed = { ...withEvidence(known, input), metadata: withMetadata(known.metadata, input.metadata) };
    changeDispute(call, changed, "charge.dispute.updated");
    decideLater(call, changed);
    return changed;
  }),
  // https://docs.stripe.com/api/disputes/close: giving up is losing.
  route("POST /v1/disputes/{id}/close", parameters({}), (_input, call) =>
    closeDispute(call, openDisputeOf(call), "lost"),
  ),
  route("GET /v1/disputes", parameters({ ...page, ...filters }), (input, call) =>
    listPage(
      listed,
      call.account,
      input,
      (dispute) =>
        isWithin(dispute.created, input.created) &&
        (input.charge === undefined || dispute.charge === input.charge) &&
        (input.payment_intent === undefined || dispute.payment_intent === input.payment_intent),
    ),
  ),
];

const complaint = z.strictObject({
  amount: z.int().min(1).optional(),
  isInquiry: z.boolean().default(false),
  reason: z.enum(disputeReasons).default("fraudulent"),
});

export const disputeControls = [
  // The cardholder complains.
  control("POST /_charges/{id}/disputes", complaint, (input, call) => {
    const dispute = openDispute(call, call.id, input);
    if (!dispute) throw new ControlProblem(404, `No such charge: '${call.id}'`);
    return dispute;
  }),
  // Their bank decides.
  control("POST /_disputes/{id}", z.strictObject({ outcome: z.enum(["won", "lost"]) }), (input, call) =>
    closeDispute(call, openDisputeOf(call), input.outcome),
  ),
];
