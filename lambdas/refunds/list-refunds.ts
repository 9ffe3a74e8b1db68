import { dynamodb } from "#shared/adapters/dynamodb/index";
import { listRefunds } from "#shared/contracts/refunds";
import { refundView } from "#shared/domain/refunds/refund";
import { implement } from "#shared/runtime/implement";

export const handler = implement(listRefunds, dynamodb, async ({ actor, page }, { refunds }) => {
  const { items, ...rest } = await refunds.ofOwner(actor.userId, page);

  return { items: items.map(refundView), ...rest };
});
