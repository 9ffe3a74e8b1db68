import { dynamodb } from "#shared/adapters/dynamodb/index";
import { stripePayments } from "#shared/adapters/stripe/payments";
import { proveLedger } from "#shared/contracts/ledger";
import { isOver, lookedAt, newAudit, proofOf, verdictOf } from "#shared/domain/ledger/audit/auditor";
import { implement } from "#shared/runtime/implement";
import { log } from "#shared/runtime/log";

export const handler = implement(
  proveLedger,
  { ...dynamodb, payments: stripePayments },
  async ({ now }, { ledger, payments }) => {
    let audit = newAudit;
    while (!isOver(audit)) {
      const books = await ledger.books(now, audit.looks);
      audit = lookedAt(audit, { books, held: await payments.balance() });
    }

    const proof = proofOf(audit);
    const { verdict, ...named } = verdictOf(proof);
    log(`ledger.${verdict}`, named);
    return proof;
  },
);
