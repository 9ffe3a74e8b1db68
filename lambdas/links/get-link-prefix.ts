import { dynamodb } from "#shared/adapters/dynamodb/index";
import { getLinkPrefix } from "#shared/contracts/links";
import { prefixView } from "#shared/domain/links/claim-prefix";
import { implement } from "#shared/runtime/implement";

export const handler = implement(getLinkPrefix, dynamodb, async ({ actor }, { linkNames }) =>
  prefixView(await linkNames.prefixOf(actor.userId)),
);
