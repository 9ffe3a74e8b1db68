import { dynamodb } from "#shared/adapters/dynamodb/index";
import { stripePayments } from "#shared/adapters/stripe/payments";
import { auditLedger } from "#shared/contracts/ledger";
import { isOver, lookedAt, newAudit, proofOf, verdictOf } from "#shared/domain/ledger/audit/auditor";
import { closeAccount, closeDay, daysToClose, type Moved, movedIn } from "#shared/domain/ledger/closing/close-day";
import { implementJob } from "#shared/runtime/implement-job";
import { log } from "#shared/runtime/log";

const nameOf = ({ holder }: Moved): string => holder.name;

export const handler = implementJob(
  auditLedger,
  { ...dynamodb, payments: stripePayments },
  async ({ now }, { ledger, payments, commit }, each) => {
    let last = await ledger.lastClose(now);
    for (const day of daysToClose(last, now)) {
      const period = await ledger.period(last, day);
      const moved = movedIn(period);
      await each(moved, nameOf, async (one) => {
        const [closing] = await ledger.closings([nameOf(one)]);
        const change = closeAccount(closing, one, day);
        return change && commit(change, "moved");
      });
      await each([day], String, async () => {
        const closings = await ledger.closings(moved.map(nameOf));
        const closed = await ledger.close(day);
        return closed ? undefined : commit(closeDay(period, closings, now), "closed");
      });
      last = (await ledger.close(day)) ?? last;
    }

    await each(["books"], String, async () => {
      let audit = newAudit;
      for (; !isOver(audit);) {
        const books = await ledger.books(now, audit.looks);
        audit = lookedAt(audit, { books, held: await payments.balance() });
      }
      const { verdict, ...named } = verdictOf(proofOf(audit));
      log(`ledger.${verdict}`, named);
      return verdict;
    });
  },
);
