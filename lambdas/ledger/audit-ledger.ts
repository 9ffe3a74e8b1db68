import { dynamodb } from "#shared/adapters/dynamodb/index";
import { configuredFeeRules } from "#shared/adapters/settings/processor-fee-rules";
import { stripePayments } from "#shared/adapters/stripe/payments";
import { stripeStatements } from "#shared/adapters/stripe/statements";
import { auditLedger } from "#shared/contracts/ledger";
import { NIGHTLY_LOOKS, provenBy, verdictOf } from "#shared/domain/ledger/audit/auditor";
import { closeAccount, closeDay, type Moved, movedIn } from "#shared/domain/ledger/closing/close-day";
import { feesToCome } from "#shared/domain/ledger/processor-fees";
import { implementJob } from "#shared/runtime/implement-job";
import { log } from "#shared/runtime/log";

export const handler = implementJob(
  auditLedger,
  { ...dynamodb, payments: stripePayments, statements: stripeStatements, processorFeeRules: configuredFeeRules },
  async ({ now }, { ledger, payments, statements, journal, processorFeeRules: { bounds }, commit }, each) => {
    for await (const period of ledger.periodsToClose(now)) {
      const moveOn = async (one: Moved) => {
        const change = closeAccount(await ledger.closing(one.holder.name), one, period.day);
        return change && commit(change, "moved");
      };
      // Each account has a closing of its own, where they meet nobody.
      await each(movedIn(period), ({ holder }) => holder.name, moveOn, { atOnce: 16 });
      await each([period.day], String, async () => {
        const change = closeDay(period, await ledger.closed(period), now);
        return change && commit(change, "closed");
      });
    }
    await each(["books"], String, async () => {
      const sources = {
        read: (looks: number) => ledger.books(now, looks),
        holds: () => payments.balance(),
        feesToCome: () => feesToCome({ statements, journal }, bounds, now),
      };
      const proof = await provenBy(sources, NIGHTLY_LOOKS);
      const { verdict, ...named } = verdictOf(proof);
      log(`ledger.${verdict}`, named);
      return verdict;
    });
  },
);
