/** Nightly comparisons on a stage, and what they leave. */
import { handler as reconcilePayments } from "#lambdas/reconciliations/reconcile-payments";
import { plusDays } from "#shared/domain/kernel/time";
import { Reconciliation } from "#shared/domain/reconciliations/reconciliation";
import type { TestStage } from "../../support/stage.ts";
import { ran } from "../deposits/depositing.ts";

/** The night's run, so many days after an instant. */
export async function nightAfter(stage: TestStage, start: string, days: number): Promise<Record<string, number>> {
  stage.clock.now = `${plusDays(start, days).slice(0, "YYYY-MM-DD".length)}T03:30:00.000Z`;
  return ran(stage, reconcilePayments);
}

export const recordsOn = (stage: TestStage): readonly Reconciliation[] =>
  stage.stored("reconciliation").map((item) => Reconciliation.parse(item));

/** What differs by now, each with its day. */
export const differencesOn = (stage: TestStage): readonly string[] =>
  recordsOn(stage).flatMap(({ date, differences }) =>
    differences.map(({ kind, entryKeys, processorIds }) => [date, kind, ...entryKeys, ...processorIds].join(" ")),
  );
