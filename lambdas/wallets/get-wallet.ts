import { dynamoTable } from "#shared/adapters/dynamodb/table";
import { storedWallets } from "#shared/table/repositories/wallets";
import { getWallet } from "#shared/contracts/wallets";
import { found } from "#shared/domain/kernel/refusal";
import { walletView } from "#shared/domain/wallets/open-wallet";
import { walletRefusals } from "#shared/domain/wallets/refusals";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  getWallet,
  { table: dynamoTable, wallets: storedWallets },
  async ({ actor }, { wallets }) => walletView(found(await wallets.get(actor.userId), walletRefusals.notFound)),
);
