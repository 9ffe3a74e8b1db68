import { dynamodb } from "#shared/adapters/dynamodb/index";
import { stripeStatements } from "#shared/adapters/stripe/statements";
import { reconcilePayments } from "#shared/contracts/reconciliations";
import * as days from "#shared/domain/reconciliations/days";
import { reconcile } from "#shared/domain/reconciliations/reconcile";
import { wholeSides } from "#shared/domain/reconciliations/whole";
import { shareLeft } from "#shared/ports/call-time";
import { implementJob } from "#shared/runtime/implement-job";
import { log } from "#shared/runtime/log";

const said = { matched: "payments.reconciled", differs: "payments.differ", not_judged: "payments.not_judged" } as const;

export const handler = implementJob(
  reconcilePayments,
  { ...dynamodb, statements: stripeStatements },
  async ({ now }, { reconciliations, journal, statements, commit }, each) => {
    const entriesOf = days.slidingDays((date) => journal.postedOn(date));
    const movementsOf = days.slidingDays((date) => statements.movements(...days.boundsOf(date)));
    const compare = async (date: string) => {
      const around = days.daysAround(date);
      const [movements, entries] = [await movementsOf(around), await entriesOf(around)];
      const before = await reconciliations.of(date);
      const elsewhere = { journal, statements, shareLeft };
      const whole = await wholeSides({ movements, entries }, date, before?.version ?? 0, elsewhere);

      const outcome = reconcile(whole, date, now);

      await commit(days.recordOf(before, outcome));
      const { status, differenceCount, notJudgedCount, totals } = outcome;
      log(said[status], { date, differenceCount, notJudgedCount, totals });
      return status;
    };
    const { latest, madeUp } = days.daysToCompare(await reconciliations.some(days.daysToLookAt(now)), now);
    await each(latest, String, compare);
    await each(madeUp, String, days.whileTime(compare, shareLeft));
  },
);
