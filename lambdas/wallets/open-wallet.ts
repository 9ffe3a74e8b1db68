import { dynamodb } from "#shared/adapters/dynamodb/index";
import { stripePayments } from "#shared/adapters/stripe/payments";
import { openWallet } from "#shared/contracts/wallets";
import { knownAccount } from "#shared/domain/users/access";
import { openWallet as decide, walletView } from "#shared/domain/wallets/open-wallet";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  openWallet,
  { ...dynamodb, payments: stripePayments },
  async ({ actor: { userId }, body, now }, { accounts, wallets, payments, commit }) => {
    const { email } = knownAccount(await accounts.get(userId));
    const { wallet, funded } = await wallets.withFunded(userId);
    const profile = await wallets.profile(userId);
    const customerId = profile?.stripeCustomerId ?? (await payments.createCustomer({ userId, email })).customerId;

    const opened = decide({ userId, wallet, profile, customerId }, body.currency, now);

    const view = walletView(opened.wallet, funded);
    return opened.change ? commit(opened.change, view) : view;
  },
);
