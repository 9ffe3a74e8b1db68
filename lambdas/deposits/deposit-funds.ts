import { dynamodb } from "#shared/adapters/dynamodb/index";
import { stripePayments } from "#shared/adapters/stripe/payments";
import { depositFunds } from "#shared/contracts/deposits";
import { knownAccount } from "#shared/domain/users/access";
import { depositView } from "#shared/domain/deposits/access";
import { beginDeposit, depositableInto, depositIdOf } from "#shared/domain/deposits/deposit-funds";
import { knownProfile } from "#shared/domain/wallets/wallet-profile";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  depositFunds,
  { ...dynamodb, payments: stripePayments },
  async ({ actor: { userId }, body: amount, idempotencyDigest, now }, { accounts, wallets, payments, commit }) => {
    const { email } = knownAccount(await accounts.get(userId));
    const wallet = depositableInto(await wallets.get(userId), amount);
    const profile = knownProfile(await wallets.profile(userId));
    const customerId = profile.stripeCustomerId ?? (await payments.createCustomer({ userId, email })).customerId;
    const id = depositIdOf(idempotencyDigest, amount);
    const payment = await payments.createPayment({ depositId: id, userId, email, customerId, amount });

    const { change, deposit } = beginDeposit({ id, wallet, profile, amount, payment }, now);

    return commit(change, depositView(deposit));
  },
);
