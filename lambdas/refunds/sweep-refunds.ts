import { dynamodb } from "#shared/adapters/dynamodb/index";
import { stripePayments } from "#shared/adapters/stripe/payments";
import { sweepRefunds } from "#shared/contracts/refunds";
import { knownRefund } from "#shared/domain/refunds/access";
import { ordersOf } from "#shared/domain/refunds/follow-refund";
import { lookAgain, standsStill, stuckAs } from "#shared/domain/refunds/look-again";
import { aboutAnswer, followAnswer } from "#shared/domain/deposits/follow-payment";
import { implementJob } from "#shared/runtime/implement-job";
import { log } from "#shared/runtime/log";
import { untilEachDecided } from "#shared/runtime/until-each-decided";

export const handler = implementJob(
  sweepRefunds,
  { ...dynamodb, payments: stripePayments },
  async (invocation, { deposits, payments, refunds, commit }, each) => {
    const ask = async ({ id }: { readonly id: string }): Promise<string> => {
      const orders = ordersOf(knownRefund(await refunds.get(id)), invocation.now);
      const asking = untilEachDecided(orders, async (order) => {
        const said = await payments.createRefund(order);
        const change = followAnswer(order, said, await deposits.caseOf(aboutAnswer(order, said)), invocation);
        if (change) await commit(change);
      });
      // What failed is asked again later as well, and may stand still.
      await Promise.allSettled([asking]);
      const asked = knownRefund(await refunds.get(id));
      if (standsStill(asked, invocation.now)) log("refund.stuck", stuckAs(asked));
      const later = lookAgain(asked, invocation.now);
      if (later) await commit(later);
      await asking;
      return later ? "postponed" : asked.status;
    };

    await each(refunds.due(invocation.now), ({ id }) => id, ask);
  },
);
