import { dynamodb } from "#shared/adapters/dynamodb/index";
import { configuredFeeRules } from "#shared/adapters/settings/processor-fee-rules";
import { stripePayments } from "#shared/adapters/stripe/payments";
import { stripeStatements } from "#shared/adapters/stripe/statements";
import { proveLedger } from "#shared/contracts/ledger";
import { provenBy, verdictOf } from "#shared/domain/ledger/audit/auditor";
import { feesToCome } from "#shared/domain/ledger/processor-fees";
import { implement } from "#shared/runtime/implement";
import { log } from "#shared/runtime/log";

export const handler = implement(
  proveLedger,
  { ...dynamodb, payments: stripePayments, statements: stripeStatements, processorFeeRules: configuredFeeRules },
  async ({ now }, { ledger, payments, statements, journal, processorFeeRules: { bounds } }) => {
    const proof = await provenBy({
      read: (looks) => ledger.books(now, looks),
      holds: () => payments.balance(),
      feesToCome: () => feesToCome({ statements, journal }, bounds, now),
    });
    const { verdict, ...named } = verdictOf(proof);
    log(`ledger.${verdict}`, named);
    return proof;
  },
);
