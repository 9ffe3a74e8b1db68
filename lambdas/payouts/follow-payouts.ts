import { dynamodb } from "#shared/adapters/dynamodb/index";
import { followPayouts } from "#shared/contracts/payouts";
import { lookAgain, standsStill } from "#shared/domain/payouts/look-again";
import type { Payout } from "#shared/domain/payouts/payout";
import { ownWallet } from "#shared/domain/wallets/wallet";
import { implementJob } from "#shared/runtime/implement-job";
import { log } from "#shared/runtime/log";

const idOf = ({ id }: Payout): string => id;

export const handler = implementJob(followPayouts, dynamodb, async ({ now }, { payouts, wallets, commit }, each) => {
  const look = async ({ id, creatorId }: Payout): Promise<string | undefined> => {
    const payout = await payouts.get(id);
    const wallet = ownWallet(await wallets.get(creatorId));
    if (payout && standsStill(payout, wallet, now)) log("payout.stuck", { payoutId: id, step: payout.step });
    const change = lookAgain(payout, now);
    return change && commit(change, "looked_at");
  };

  await Promise.all(payouts.due(now).map((part) => each(part, idOf, look)));
});
