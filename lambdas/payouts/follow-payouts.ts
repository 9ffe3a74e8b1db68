import { dynamodb } from "#shared/adapters/dynamodb/index";
import { followPayouts } from "#shared/contracts/payouts";
import { lookAgain } from "#shared/domain/payouts/look-again";
import { implementJob } from "#shared/runtime/implement-job";

const idOf = ({ id }: { readonly id: string }): string => id;

export const handler = implementJob(followPayouts, dynamodb, async ({ now }, { payouts, commit }, each) => {
  const look = async ({ id }: { readonly id: string }): Promise<string | undefined> => {
    const change = lookAgain(await payouts.get(id), now);
    return change && commit(change, "looked_at");
  };

  await Promise.all(payouts.due(now).map((part) => each(part, idOf, look)));
});
