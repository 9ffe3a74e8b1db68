import { dynamodb } from "#shared/adapters/dynamodb/index";
import { stripePayments } from "#shared/adapters/stripe/payments";
import { proveLedger } from "#shared/contracts/wallets";
import { proofOf } from "#shared/domain/wallets/auditor";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  proveLedger,
  { ...dynamodb, payments: stripePayments },
  async ({ now }, { ledger, payments }) => proofOf(() => ledger.books(now), await payments.balance(), now),
);
