/** Who is told of what commands do that can be rehearsed: a part of the table, for what rehearses brings nothing else along. */
import type { EventType } from "../../events/events.ts";
import { known } from "../../kernel/refusal.ts";
import { campaignsTellings } from "./campaigns.ts";
import { paymentsTellings } from "./payments.ts";
import { submissionsTellings } from "./submissions.ts";
import type { Telling, TellingsOf } from "./telling.ts";

export const commandTellings = {
  "creator.results_changed": [],
  ...campaignsTellings,
  ...submissionsTellings,
  ...paymentsTellings,
} as const;

/** @throws for an event that no command causes: a defect */
export const toldOfCommand = <T extends EventType>(type: T): readonly Telling<T>[] =>
  known<readonly Telling<T>[]>((commandTellings as Partial<TellingsOf<EventType>>)[type], `telling of ${type}`);
