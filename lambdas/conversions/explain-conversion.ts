import { dynamodb } from "#shared/adapters/dynamodb/index";
import { explainConversion } from "#shared/contracts/conversions";
import {
  explainable,
  explainConversion as explain,
  MAX_EXPLAINED_REVERSALS,
} from "#shared/domain/conversions/explain-conversion";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  explainConversion,
  dynamodb,
  async ({ actor, path }, { conversions, conversionReversals }) => {
    const conversion = explainable(await conversions.get(path.conversionId), actor);
    const reversals = await conversionReversals.latest(conversion.id, MAX_EXPLAINED_REVERSALS);

    return explain(conversion, reversals, actor);
  },
);
