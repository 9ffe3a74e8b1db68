import * as z from "zod";
import { Money } from "../kernel/money.ts";
import { MAX_EVIDENCE_CHARACTERS, MAX_EVIDENCE_OF_SIDE } from "./dispute.ts";

const Reason = z.string().trim().min(1).max(5_000);
const Piece = z.string().trim().min(1).max(MAX_EVIDENCE_CHARACTERS);
/** What speaks for a side, in words and links: one piece, or several. */
const Pieces = z.union([Piece, z.array(Piece).min(1).max(MAX_EVIDENCE_OF_SIDE)]).transform((given) => [given].flat());

export const NewDispute = z.strictObject({ reason: Reason, evidence: Pieces.optional() }).meta({ id: "NewDispute" });
export type NewDispute = z.infer<typeof NewDispute>;

export const NewEvidence = z.strictObject({ evidence: Pieces }).meta({ id: "NewEvidence" });
export type NewEvidence = z.infer<typeof NewEvidence>;

/** How much of the unit's price the creator gets: all, some, or nothing of it. */
export const NewDecision = z.strictObject({ creatorShare: Money, reason: Reason }).meta({ id: "NewDecision" });
export type NewDecision = z.infer<typeof NewDecision>;

export const NewAppeal = z.strictObject({ reason: Reason }).meta({ id: "NewAppeal" });
export type NewAppeal = z.infer<typeof NewAppeal>;
