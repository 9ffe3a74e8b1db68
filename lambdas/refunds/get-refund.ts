import { dynamodb } from "#shared/adapters/dynamodb/index";
import { getRefund } from "#shared/contracts/refunds";
import { ownRefund } from "#shared/domain/refunds/access";
import { refundView } from "#shared/domain/refunds/refund";
import { implement } from "#shared/runtime/implement";

export const handler = implement(getRefund, dynamodb, async ({ actor, path }, { refunds }) =>
  refundView(ownRefund(actor, await refunds.get(path.refundId))),
);
