import { dynamodb } from "#shared/adapters/dynamodb/index";
import { getWallet } from "#shared/contracts/wallets";
import { walletView } from "#shared/domain/wallets/open-wallet";
import { walletViewAt } from "#shared/domain/wallets/past-wallet";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  getWallet,
  dynamodb,
  async ({ actor: { userId }, query: { at }, now }, { wallets }) => {
    if (at !== undefined) return walletViewAt(await wallets.since(userId, at), at, now);

    const { wallet, funded } = await wallets.withFunded(userId);
    return walletView(wallet, funded);
  },
);
