import { dynamoTable } from "#shared/adapters/dynamodb/table";
import { stripePayments } from "#shared/adapters/stripe/payments";
import { storedLedger } from "#shared/table/repositories/wallets";
import { proveLedger } from "#shared/contracts/wallets";
import { type Look, lookAt, looksSuffice, proofOf } from "#shared/domain/wallets/audit/auditor";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  proveLedger,
  { table: dynamoTable, ledger: storedLedger, payments: stripePayments },
  async ({ now }, { ledger, payments }) => {
    const held = await payments.balance();

    const looks: Look[] = [];
    while (!looksSuffice(looks)) looks.push(lookAt(await ledger.books(now)));

    return proofOf(looks, held, now);
  },
);
