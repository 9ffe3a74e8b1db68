import { dynamodb } from "#shared/adapters/dynamodb/index";
import { getWallet } from "#shared/contracts/wallets";
import { walletView } from "#shared/domain/wallets/open-wallet";
import { implement } from "#shared/runtime/implement";

export const handler = implement(getWallet, dynamodb, async ({ actor: { userId } }, { wallets }) => {
  const { wallet, funded } = await wallets.withFunded(userId);

  return walletView(wallet, funded);
});
