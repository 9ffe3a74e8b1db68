import { dynamoTable } from "#shared/adapters/dynamodb/table";
import { stripePayments } from "#shared/adapters/stripe/payments";
import { storedLedger } from "#shared/table/repositories/wallets";
import { proveLedger } from "#shared/contracts/wallets";
import { proofOf } from "#shared/domain/wallets/auditor";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  proveLedger,
  { table: dynamoTable, ledger: storedLedger, payments: stripePayments },
  async ({ now }, { ledger, payments }) => proofOf(() => ledger.books(now), await payments.balance(), now),
);
