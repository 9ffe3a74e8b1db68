import { dynamodb } from "#shared/adapters/dynamodb/index";
import { stripePayments } from "#shared/adapters/stripe/payments";
import { receiveStripeWebhook } from "#shared/contracts/wallets";
import { depositOfEvent, signedEvent } from "#shared/domain/wallets/access";
import { settlePayment } from "#shared/domain/wallets/deposit-funds";
import { implement } from "#shared/runtime/implement";

const received = { received: true } as const;

export const handler = implement(
  receiveStripeWebhook,
  { ...dynamodb, payments: stripePayments },
  async (call, { deposits, payments, commit }) => {
    const event = signedEvent(await payments.verifyWebhook(call.rawBody, call.headers["stripe-signature"]));
    const depositId = depositOfEvent(event);
    const deposit = depositId === undefined ? undefined : await deposits.get(depositId);
    if (deposit === undefined) return received;
    // Events come late and out of order: what holds is what the processor says now.
    const payment = await payments.retrievePayment(deposit.paymentIntentId);

    const { change } = settlePayment(deposit, payment, call);

    return change ? commit(change, received) : received;
  },
);
