import { dynamodb } from "#shared/adapters/dynamodb/index";
import { stripeStatements } from "#shared/adapters/stripe/statements";
import { reconcilePayments } from "#shared/contracts/reconciliations";
import { daysAround, recordOf, windowOf } from "#shared/domain/reconciliations/days";
import { reconcile } from "#shared/domain/reconciliations/reconcile";
import { implementJob } from "#shared/runtime/implement-job";
import { log } from "#shared/runtime/log";

export const handler = implementJob(
  reconcilePayments,
  { ...dynamodb, statements: stripeStatements },
  async ({ now }, { reconciliations, statements, commit }, each) => {
    // The days before are looked at again: what came late by then has come.
    await each(daysAround(now), String, async (date) => {
      const { from, to, dates } = windowOf(date);
      const entries = await reconciliations.entriesOf(dates);
      const movements = await statements.movements(from, to);

      const outcome = reconcile({ movements, entries }, date, now);

      await commit(recordOf(await reconciliations.of(date), outcome));
      const { status, differenceCount, totals } = outcome;
      log(status === "matched" ? "payments.reconciled" : "payments.differ", { date, differenceCount, totals });
      return status;
    });
  },
);
