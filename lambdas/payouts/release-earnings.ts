import { dynamodb } from "#shared/adapters/dynamodb/index";
import { releaseEarnings } from "#shared/contracts/payouts";
import { matureEarning } from "#shared/domain/payouts/mature-earning";
import { ownWallet } from "#shared/domain/wallets/wallet";
import { implementJob } from "#shared/runtime/implement-job";

const idOf = ({ id }: { readonly id: string }): string => id;

export const handler = implementJob(
  releaseEarnings,
  dynamodb,
  async (invocation, { earnings, wallets, commit }, each) => {
    const release = async ({ id, creatorId }: { readonly id: string; readonly creatorId: string }) => {
      const wallet = ownWallet(await wallets.get(creatorId));
      const [earning] = await earnings.some(creatorId, [id]);
      const change = earning && matureEarning(earning, wallet, invocation);
      return change && commit(change, "released");
    };

    await Promise.all(earnings.matured(invocation.now).map((part) => each(part, idOf, release)));
  },
);
