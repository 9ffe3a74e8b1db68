import { dynamodb } from "#shared/adapters/dynamodb/index";
import { stripeStatements } from "#shared/adapters/stripe/statements";
import { reconcilePayments } from "#shared/contracts/reconciliations";
import {
  boundsOf,
  daysAround,
  daysToCompare,
  daysToLookAt,
  recordOf,
  slidingDays,
} from "#shared/domain/reconciliations/days";
import { bookedLater, reconcile } from "#shared/domain/reconciliations/reconcile";
import { implementJob } from "#shared/runtime/implement-job";
import { log } from "#shared/runtime/log";

export const handler = implementJob(
  reconcilePayments,
  { ...dynamodb, statements: stripeStatements },
  async ({ now }, { reconciliations, journal, statements, commit }, each) => {
    const entriesOf = slidingDays((date) => journal.postedOn(date));
    const movementsOf = slidingDays((date) => statements.movements(...boundsOf(date)));
    const recorded = await reconciliations.some(daysToLookAt(now));
    await each(daysToCompare(recorded, now), String, async (date) => {
      const movements = await movementsOf(daysAround(date));
      const entries = await entriesOf(daysAround(date));
      const later = await journal.some(bookedLater({ movements, entries }));

      const outcome = reconcile({ movements, entries: [...entries, ...later] }, date, now);

      await commit(recordOf(await reconciliations.of(date), outcome));
      const { status, differenceCount, totals } = outcome;
      log(status === "matched" ? "payments.reconciled" : "payments.differ", { date, differenceCount, totals });
      return status;
    });
  },
);
