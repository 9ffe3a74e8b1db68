import type { Context } from "aws-lambda";
import type { ScheduleContract } from "#shared/contracts/contract";
import type { NeedsOf, UsesOf } from "#shared/contracts/implied";
import type { FailedItem } from "#shared/domain/jobs/job-run";
import { sideBySide } from "#shared/domain/kernel/side-by-side";
import { requireTime } from "#shared/ports/call-time";
import type { Adapters, Granted } from "#shared/ports/catalogue";
import { type JobInvocation, realWorld, type World } from "./call.ts";
import { connect } from "./connect.ts";
import { describeError, sentenceOf } from "./describe-error.ts";
import { log } from "./log.ts";
import { jobPipeline } from "./pipelines.ts";
import { untilDecided } from "./until-decided.ts";

/**
 * Works through items one by one, or so many at once, and is over when all of them are. `work` names what it did to an item
 * (counted by that name in the run's record) or gives nothing. An item that changed meanwhile is decided again; one that fails
 * is logged, counted as `failed` and named in the run's record with its reason, and the others go on. When the run's time is up, it ends there and fails: what was done
 * is counted, and its record says how far it came.
 */
export type Each = <T>(
  items: AsyncIterable<T> | Iterable<T>,
  nameOf: (item: T) => string,
  work: (item: T) => Promise<string | undefined>,
  /** More than one of items that have nothing to do with each other: which write no item in common. */
  bounds?: { readonly atOnce: number },
) => Promise<void>;

/** Makes the Lambda handler of a job; see middleware/run-record.ts for its lease and its record. */
export function implementJob<C extends ScheduleContract>(
  contract: C,
  adapters: NoInfer<Adapters<NeedsOf<C>>>,
  run: (invocation: JobInvocation, ports: Granted<UsesOf<C>>, each: Each) => Promise<void>,
) {
  const started = (world: World) => {
    const connected = connect(contract, adapters);
    return jobPipeline(
      contract,
      connected,
      (context) => run(context.invocation, connected.portsFor(context.invocation), eachOf(contract.job, context)),
      world,
    );
  };
  let pipeline: ReturnType<typeof started> | undefined;
  const handler = async (event: unknown, context: Context) =>
    (pipeline ??= started(realWorld))(event, context as Parameters<typeof pipeline>[1]);
  return Object.assign(handler, { run, contract });
}

/** What a run did so far. */
export interface Progress {
  readonly counts: Record<string, number>;
  failures?: FailedItem[];
  /** The item that it dealt with last; one of the last, where several are dealt with at once. */
  reached?: string;
}

/** Items of a run, counted by what was done to them. */
export const eachOf =
  (job: string, progress: Progress): Each =>
  async (items, nameOf, work, { atOnce } = { atOnce: 1 }) => {
    const { counts } = progress;
    const failures = (progress.failures ??= []);
    // Whatever ends one of them ends the run; what the others have begun is counted.
    await sideBySide(items, atOnce, async (item) => {
      requireTime();
      const outcome = await untilDecided(() => work(item)).catch((error: unknown) => {
        log("job.item_failed", { job, item: nameOf(item), ...describeError(error) });
        failures.push({ item: nameOf(item), reason: sentenceOf(error) });
        return "failed";
      });
      progress.reached = nameOf(item);
      if (outcome !== undefined) counts[outcome] = (counts[outcome] ?? 0) + 1;
    });
  };
