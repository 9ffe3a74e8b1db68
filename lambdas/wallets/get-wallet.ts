import { dynamodb } from "#shared/adapters/dynamodb/index";
import { getWallet } from "#shared/contracts/wallets";
import { found } from "#shared/domain/kernel/refusal";
import { walletView } from "#shared/domain/wallets/open-wallet";
import { walletRefusals } from "#shared/domain/wallets/refusals";
import { implement } from "#shared/runtime/implement";

export const handler = implement(getWallet, dynamodb, async ({ actor }, { wallets }) =>
  walletView(found(await wallets.get(actor.userId), walletRefusals.notFound)),
);
