import { dynamodb } from "#shared/adapters/dynamodb/index";
import { getReconciliation } from "#shared/contracts/reconciliations";
import { found } from "#shared/domain/kernel/refusal";
import { reconciliationRefusals } from "#shared/domain/reconciliations/refusals";
import { implement } from "#shared/runtime/implement";

export const handler = implement(getReconciliation, dynamodb, async ({ path: { date } }, { reconciliations }) =>
  found(await reconciliations.of(date), reconciliationRefusals.notFound),
);
