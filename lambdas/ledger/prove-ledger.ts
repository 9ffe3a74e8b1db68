import { dynamodb } from "#shared/adapters/dynamodb/index";
import { stripePayments } from "#shared/adapters/stripe/payments";
import { proveLedger } from "#shared/contracts/ledger";
import { provenBy, verdictOf } from "#shared/domain/ledger/audit/auditor";
import { implement } from "#shared/runtime/implement";
import { log } from "#shared/runtime/log";

export const handler = implement(
  proveLedger,
  { ...dynamodb, payments: stripePayments },
  async ({ now }, { ledger, payments }) => {
    const proof = await provenBy(
      (looks) => ledger.books(now, looks),
      () => payments.balance(),
    );
    const { verdict, ...named } = verdictOf(proof);
    log(`ledger.${verdict}`, named);
    return proof;
  },
);
