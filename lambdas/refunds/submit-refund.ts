import { dynamodb } from "#shared/adapters/dynamodb/index";
import { stripePayments } from "#shared/adapters/stripe/payments";
import { submitRefund } from "#shared/contracts/refunds";
import { knownRefund } from "#shared/domain/refunds/access";
import { ordersOf } from "#shared/domain/refunds/follow-refund";
import { aboutAnswer, followAnswer } from "#shared/domain/deposits/follow-payment";
import { implementConsumer } from "#shared/runtime/implement-consumer";
import { untilEachDecided } from "#shared/runtime/until-each-decided";

export const handler = implementConsumer(
  submitRefund,
  { ...dynamodb, payments: stripePayments },
  async (invocation, { detail: { refundId } }, { deposits, payments, refunds, commit }) => {
    const refund = knownRefund(await refunds.get(refundId));

    // One commit for each part: an event that comes again goes on where the last delivery stopped.
    await untilEachDecided(ordersOf(refund, invocation.now), async (order) => {
      const said = await payments.createRefund(order);
      const change = followAnswer(order, said, await deposits.caseOf(aboutAnswer(order, said)), invocation);
      if (change) await commit(change);
    });
  },
);
