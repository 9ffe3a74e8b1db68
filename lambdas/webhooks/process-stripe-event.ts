import { dynamodb } from "#shared/adapters/dynamodb/index";
import { stripePayments } from "#shared/adapters/stripe/payments";
import { processStripeEvent } from "#shared/contracts/webhooks";
import { factsOf, follow, toldAdmins } from "#shared/domain/deposits/follow-payment";
import { finish, hasEnded, keptEvent, messageIn, paymentOf } from "#shared/domain/webhooks/intake";
import { implementQueue } from "#shared/runtime/implement-consumer";
import { log } from "#shared/runtime/log";
import { untilEachDecided } from "#shared/runtime/until-each-decided";

export const handler = implementQueue(
  processStripeEvent,
  { ...dynamodb, payments: stripePayments },
  async (invocation, message, { accounts, deposits, payments, stripeEvents, commit }) => {
    const event = keptEvent(await stripeEvents.get(messageIn(message).eventId));
    if (hasEnded(event)) return;
    // Events come late and out of order: what holds is what Stripe says now.
    const intentId = paymentOf(event);
    const record = intentId === undefined ? undefined : await payments.recordOf(intentId);
    const deposit = record && (await deposits.ofPayment(record.payment.paymentIntentId));
    const occasion = toldAdmins(invocation, await accounts.someAdmins());

    await untilEachDecided(factsOf(record, deposit?.id), async (fact) => {
      const { change, mismatch } = follow(fact, await deposits.caseOfAny(fact.about), occasion);
      if (change) await commit(change);
      if (mismatch) log("deposit.mismatched", { ...fact.about, ...mismatch });
    });

    await commit(finish(event, invocation.now));
  },
);
