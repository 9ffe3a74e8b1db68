import { dynamodb } from "#shared/adapters/dynamodb/index";
import { getPayout } from "#shared/contracts/payouts";
import { readablePayout } from "#shared/domain/payouts/access";
import { implement } from "#shared/runtime/implement";

export const handler = implement(getPayout, dynamodb, async ({ actor, path: { payoutId } }, { payouts }) =>
  readablePayout(actor, await payouts.get(payoutId)),
);
