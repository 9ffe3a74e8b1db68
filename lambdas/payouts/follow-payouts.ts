import { dynamodb } from "#shared/adapters/dynamodb/index";
import { followPayouts } from "#shared/contracts/payouts";
import { lookAgain, standsStill } from "#shared/domain/payouts/look-again";
import { implementJob } from "#shared/runtime/implement-job";
import { log } from "#shared/runtime/log";

const idOf = ({ id }: { readonly id: string }): string => id;

export const handler = implementJob(followPayouts, dynamodb, async ({ now }, { payouts, commit }, each) => {
  const look = async ({ id }: { readonly id: string }): Promise<string | undefined> => {
    const payout = await payouts.get(id);
    if (payout && standsStill(payout, now)) log("payout.stuck", { payoutId: id, step: payout.step });
    const change = lookAgain(payout, now);
    return change && commit(change, "looked_at");
  };

  await Promise.all(payouts.due(now).map((part) => each(part, idOf, look)));
});
