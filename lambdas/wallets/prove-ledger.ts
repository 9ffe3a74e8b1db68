import { dynamodb } from "#shared/adapters/dynamodb/index";
import { stripePayments } from "#shared/adapters/stripe/payments";
import { proveLedger } from "#shared/contracts/wallets";
import { type Look, lookAt, looksSuffice, proofOf } from "#shared/domain/wallets/audit/auditor";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  proveLedger,
  { ...dynamodb, payments: stripePayments },
  async ({ now }, { ledger, payments }) => {
    const held = await payments.balance();

    const looks: Look[] = [];
    while (!looksSuffice(looks)) looks.push(lookAt(await ledger.books(now)));

    return proofOf(looks, held, now);
  },
);
