import * as z from "zod";
import { idOf } from "#shared/domain/kernel/ids";
import { InstantInput } from "#shared/domain/kernel/time";

/** What invoked a job: somebody's request for a run, in the bus's envelope around our event; or else its schedule. */
const Requested = z.object({ detail: z.object({ detail: z.object({ runId: idOf("jobRun") }) }) });
const Scheduled = z.object({ scheduledAt: InstantInput });

/** The run that was asked for; undefined when it is the schedule's. */
export const requestedRunOf = (event: unknown): string | undefined =>
  Requested.safeParse(event).data?.detail.detail.runId;

/** When its schedule meant the job to run; whoever invokes it by hand does not say. */
export function scheduledAtOf(event: unknown): { readonly scheduledAt?: string } {
  const { data } = Scheduled.safeParse(event);
  return data ? { scheduledAt: data.scheduledAt } : {};
}
