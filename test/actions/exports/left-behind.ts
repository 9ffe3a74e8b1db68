import { handler as endOverdueExports } from "#lambdas/exports/end-overdue-exports";
import { plusDays } from "#shared/domain/kernel/time";
import { peopled } from "../../support/launched.ts";
import { ranJob } from "../../support/ran-job.ts";
import { exporting } from "./exporting.ts";

/** So many days after somebody asked for a file, of which no turn was taken. */
export async function exportLeftBehind(days: number): Promise<void> {
  const stage = await peopled();
  await exporting(stage).ask();
  stage.clock.now = plusDays(stage.clock.now, days);
  await ranJob(stage, endOverdueExports);
}
