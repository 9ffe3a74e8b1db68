import * as z from "zod";
import { idOf, UserId } from "../kernel/ids.ts";
import { Money } from "../kernel/money.ts";
import { Instant } from "../kernel/time.ts";

export const ParticipantStatus = z.enum(["active", "inactive", "completed"]);

/**
 * `open`: nothing handed in, or the last round asked for changes. `submitted`: waiting for the brand. `disputed`: waiting for
 * an admin's decision. The rest is final: `approved` paid the creator, `rejected` and `released` gave the price back.
 */
export const UnitState = z.enum(["open", "submitted", "disputed", "approved", "rejected", "released"]);
export type UnitState = z.infer<typeof UnitState>;

/** One piece of content a participant owes, with its secured price. It is settled exactly once. */
export const Unit = z.object({
  deliverableId: idOf("deliverable"),
  unit: z.int().min(1),
  priceMinor: z.int(),
  state: UnitState,
  /** Rounds handed in so far. */
  rounds: z.int(),
  /** The latest submission. */
  submissionId: idOf("submission").optional(),
  /** When time settles it, if nobody has until then: no secured money is without it. Missing once it is settled. */
  dueAt: Instant.optional(),
});
export type Unit = z.infer<typeof Unit>;

/** Units that one creator may be asked for in a campaign: they are settled in one item, and listed a hundred people at once. */
export const MAX_UNITS = 100;

/** A participation that ended before the same creator joined again; each of its units is settled. */
export const PastParticipation = z.object({
  id: idOf("participation"),
  budgetAllocated: Money,
  joinedAt: Instant,
  leftAt: Instant,
  /** How many of its units came to which end. */
  units: z.partialRecord(UnitState, z.int()),
});

export type PastParticipation = z.infer<typeof PastParticipation>;

/** A creator taking part, with every unit owed. One item, so that everything that settles a unit competes for it. */
export const Participant = z.object({
  /** Of the participation: somebody who left and joins again has another, under which each unit is settled anew. */
  id: idOf("participation"),
  campaignId: idOf("campaign"),
  brandId: UserId,
  creatorId: UserId,
  status: ParticipantStatus,
  budgetAllocated: Money,
  units: z.array(Unit),
  joinedAt: Instant,
  /** Their participations before this one, oldest first. */
  earlier: z.array(PastParticipation).optional(),
  /** When they were told that the campaign is over, or that what they had not begun is given up. */
  toldOfEndAt: Instant.optional(),
  version: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Participant = z.infer<typeof Participant>;

const UNSETTLED: readonly UnitState[] = ["open", "submitted", "disputed"];
/** Still owed, or waiting for a decision: its price is held. */
export const isUnsettled = ({ state }: Unit): boolean => UNSETTLED.includes(state);

/** Units nobody handed anything in for. */
export const untouchedUnits = ({ units }: Participant): readonly Unit[] =>
  units.filter(({ state, rounds }) => state === "open" && rounds === 0);

/** A participant with one unit replaced. */
export const withUnit = (participant: Participant, unit: Unit, now: Instant): Participant => ({
  ...participant,
  units: participant.units.map((one) =>
    one.deliverableId === unit.deliverableId && one.unit === unit.unit ? unit : one,
  ),
  updatedAt: now,
});
