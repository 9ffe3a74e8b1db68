import { dynamodb } from "#shared/adapters/dynamodb/index";
import { reverseConversion } from "#shared/contracts/conversions";
import { ownConversion, reverseConversion as decide } from "#shared/domain/conversions/reverse-conversion";
import { implement } from "#shared/runtime/implement";

export const handler = implement(reverseConversion, dynamodb, async (call, { conversions, commit }) => {
  const conversion = ownConversion(await conversions.get(call.path.conversionId), call.actor.userId);

  const { change, reversal } = decide(conversion, call.body, call);

  return commit(change, reversal);
});
