import { dynamodb } from "#shared/adapters/dynamodb/index";
import { stripePayments } from "#shared/adapters/stripe/payments";
import { sweepDeposits } from "#shared/contracts/deposits";
import type { Deposit } from "#shared/domain/deposits/deposit";
import { factsOf, follow, toldAdmins } from "#shared/domain/deposits/follow-payment";
import { knownDeposit } from "#shared/domain/deposits/access";
import { postponed } from "#shared/domain/deposits/settle-payment";
import { implementJob } from "#shared/runtime/implement-job";
import { log } from "#shared/runtime/log";
import { untilEachDecided } from "#shared/runtime/until-each-decided";

export const handler = implementJob(
  sweepDeposits,
  { ...dynamodb, payments: stripePayments },
  async (invocation, { accounts, deposits, payments, commit }, each) => {
    const occasion = toldAdmins(invocation, await accounts.someAdmins());

    const ask = async ({ id, paymentIntentId }: Deposit): Promise<string> => {
      const record = await payments.recordOf(paymentIntentId);
      await untilEachDecided(factsOf(record, id), async (fact) => {
        const { change, mismatch } = follow(fact, await deposits.caseOfAny(fact.about), occasion);
        if (change) await commit(change);
        if (mismatch) log("deposit.mismatched", { ...fact.about, ...mismatch });
      });
      const asked = knownDeposit(await deposits.get(id));
      const later = postponed(asked, invocation.now);
      return later ? commit(later, "postponed") : asked.status;
    };

    await each(deposits.due(invocation.now), ({ id }) => id, ask);
  },
);
