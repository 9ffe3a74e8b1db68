import { dynamodb } from "#shared/adapters/dynamodb/index";
import { stripePayments } from "#shared/adapters/stripe/payments";
import { proveLedger } from "#shared/contracts/wallets";
import { brokenIn, type Look, lookAt, looksSuffice, proofOf } from "#shared/domain/ledger/audit/auditor";
import { implement } from "#shared/runtime/implement";
import { log } from "#shared/runtime/log";

export const handler = implement(
  proveLedger,
  { ...dynamodb, payments: stripePayments },
  async ({ now }, { ledger, payments }) => {
    const held = await payments.balance();

    const looks: Look[] = [];
    while (!looksSuffice(looks)) looks.push(lookAt(await ledger.books(now)));

    const proof = proofOf(looks, held, now);
    log(proof.balanced ? "ledger.proven" : "ledger.unbalanced", { broken: brokenIn(proof) });
    return proof;
  },
);
