import { dynamodb } from "#shared/adapters/dynamodb/index";
import { claimLinkPrefix } from "#shared/contracts/links";
import { claimPrefix, prefixView } from "#shared/domain/links/claim-prefix";
import { implement } from "#shared/runtime/implement";

export const handler = implement(claimLinkPrefix, dynamodb, async (call, { linkNames, commit }) => {
  const { actor, body } = call;
  const own = await linkNames.prefixOf(actor.userId);
  const alike = await linkNames.like(body.prefix);

  const { change, linkPrefix } = claimPrefix({ own, alike }, body.prefix, call);

  const reply = prefixView(linkPrefix);
  return change ? commit(change, reply) : reply;
});
