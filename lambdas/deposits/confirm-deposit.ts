import { dynamodb } from "#shared/adapters/dynamodb/index";
import { stripePayments } from "#shared/adapters/stripe/payments";
import { confirmDeposit } from "#shared/contracts/deposits";
import { depositView, ownDeposit } from "#shared/domain/deposits/access";
import { settlePayment } from "#shared/domain/deposits/settle-payment";
import { implement } from "#shared/runtime/implement";
import { log } from "#shared/runtime/log";

export const handler = implement(
  confirmDeposit,
  { ...dynamodb, payments: stripePayments },
  async (call, { deposits, payments, commit }) => {
    const ours = await deposits.caseOf({ depositId: call.path.depositId });
    const deposit = ownDeposit(call.actor, ours.deposit);
    const payment = await payments.retrievePayment(deposit.paymentIntentId);

    const settled = settlePayment({ ...ours, deposit }, payment, call);

    const view = depositView(settled.deposit);
    const reply = settled.change ? await commit(settled.change, view) : view;
    if (settled.mismatch) log("deposit.mismatched", { depositId: deposit.id, ...settled.mismatch });
    return reply;
  },
);
