import { dynamodb } from "#shared/adapters/dynamodb/index";
import { getCreator } from "#shared/contracts/creators";
import { publicProfile, shownCreator } from "#shared/domain/matching/public-profile";
import { factsOf } from "#shared/application/matching/creator-facts";
import { implement } from "#shared/runtime/implement";

export const handler = implement(getCreator, dynamodb, async ({ path: { creatorId } }, ports) =>
  publicProfile(shownCreator(await factsOf(creatorId, ports))),
);
