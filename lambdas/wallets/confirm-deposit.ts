import { dynamodb } from "#shared/adapters/dynamodb/index";
import { stripePayments } from "#shared/adapters/stripe/payments";
import { confirmDeposit } from "#shared/contracts/wallets";
import { ownDeposit } from "#shared/domain/wallets/access";
import { settlePayment } from "#shared/domain/wallets/deposit-funds";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  confirmDeposit,
  { ...dynamodb, payments: stripePayments },
  async (call, { deposits, payments, commit }) => {
    const deposit = ownDeposit(call.actor, await deposits.get(call.path.depositId));
    const payment = await payments.retrievePayment(deposit.paymentIntentId);

    const settled = settlePayment(deposit, payment, call);

    return settled.change ? commit(settled.change, settled.deposit) : settled.deposit;
  },
);
