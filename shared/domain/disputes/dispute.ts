import * as z from "zod";
import { idOf, UserId } from "../kernel/ids.ts";
import { Money } from "../kernel/money.ts";
import { Instant } from "../kernel/time.ts";

/**
 * `open`: the unit is frozen. `decided`: an admin split its price, and a side may appeal once. `appealed`: it will be decided
 * once more. Final: `closed` by the decision about the appeal, `expired` because nobody decided in time.
 */
export const DisputeStatus = z.enum(["open", "decided", "appealed", "closed", "expired"]);
export type DisputeStatus = z.infer<typeof DisputeStatus>;

/** Something that a side, or an admin, lays before whoever decides. */
export const Evidence = z.object({ by: UserId, at: Instant, text: z.string() });
export type Evidence = z.infer<typeof Evidence>;

/** How a unit's price was split. */
export const Decision = z.object({
  creatorShare: Money,
  reason: z.string(),
  decidedBy: UserId,
  decidedAt: Instant,
  /** Whether this is the last word. */
  isFinal: z.boolean(),
});
export type Decision = z.infer<typeof Decision>;

export const Appeal = z.object({
  by: UserId,
  at: Instant,
  reason: z.string(),
  /** Without another decision until then, the first one stands. */
  dueAt: Instant,
});
export type Appeal = z.infer<typeof Appeal>;

/** Brand and creator disagree about one submission. There is at most one about each, for ever. */
export const Dispute = z.object({
  id: idOf("dispute"),
  campaignId: idOf("campaign"),
  submissionId: idOf("submission"),
  brandId: UserId,
  creatorId: UserId,
  participationId: idOf("participation"),
  deliverableId: idOf("deliverable"),
  unit: z.int(),
  /** Of the unit. */
  price: Money,
  status: DisputeStatus,
  /** What the submission was when it was frozen: whose turn it was, and what silence would have made of it, follow from it. */
  openedFrom: z.enum(["pending_review", "changes_requested"]),
  reason: z.string(),
  openedBy: UserId,
  openedAt: Instant,
  /** Without a decision until then, the unit is settled as silence would have, or goes on: see `expire-dispute.ts`. */
  dueAt: Instant,
  evidence: z.array(Evidence),
  /** One, or with an appeal two: the last one holds. */
  decisions: z.array(Decision).max(2),
  appeal: Appeal.optional(),
  /** What the creator earned by it. */
  earningId: idOf("earning").optional(),
  version: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Dispute = z.infer<typeof Dispute>;

/** Days in which an admin decides. */
export const DECISION_DAYS = 30;
/** Days in which a side may appeal; a creator's share stays on hold for as long. */
export const APPEAL_DAYS = 7;
/**
 * A dispute is one item: so many pieces of each side, each so long, are well below the 400 kB of one. Each side's own, so that
 * neither can leave the other without a word.
 */
export const MAX_EVIDENCE_OF_SIDE = 20;
export const MAX_EVIDENCE_CHARACTERS = 2_000;
