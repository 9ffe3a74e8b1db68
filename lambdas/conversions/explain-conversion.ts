import { dynamodb } from "#shared/adapters/dynamodb/index";
import { explainConversion } from "#shared/contracts/conversions";
import { explainable, explainConversion as explain } from "#shared/domain/conversions/explain-conversion";
import { implement } from "#shared/runtime/implement";

export const handler = implement(explainConversion, dynamodb, async ({ actor, path }, { conversions }) => {
  const conversion = explainable(await conversions.get(path.conversionId), actor);

  return explain(conversion, actor);
});
