import { dynamodb } from "#shared/adapters/dynamodb/index";
import { requestRefund } from "#shared/contracts/refunds";
import { refundView } from "#shared/domain/refunds/refund";
import { namedDeposit, refundableFrom, requestRefund as decide } from "#shared/domain/refunds/request-refund";
import { implement } from "#shared/runtime/implement";

export const handler = implement(requestRefund, dynamodb, async (call, { wallets, deposits, commit }) => {
  const { amount, depositId } = call.body;
  const { userId } = call.actor;
  const named = depositId === undefined ? undefined : namedDeposit(userId, await deposits.get(depositId));
  const wallet = refundableFrom(await wallets.get(userId), amount);
  const from = named ?? (await deposits.refundable(userId, amount.amount));

  const { change, refund } = decide({ wallet, deposits: from, amount }, call);

  return commit(change, refundView(refund));
});
