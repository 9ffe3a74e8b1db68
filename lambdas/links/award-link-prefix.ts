import { dynamodb } from "#shared/adapters/dynamodb/index";
import { awardLinkPrefix } from "#shared/contracts/links";
import { awardPrefix } from "#shared/domain/links/award-prefix";
import { implement } from "#shared/runtime/implement";

export const handler = implement(awardLinkPrefix, dynamodb, async (call, { linkNames, accounts, commit }) => {
  const { prefix } = call.path;
  const { brandId, reason } = call.body;
  const brand = await accounts.get(brandId);
  const name = await linkNames.like(prefix);
  const held = name && (await linkNames.prefixOf(name.brandId));
  const own = await linkNames.prefixOf(brandId);

  const { change, linkPrefix } = awardPrefix({ name, held, brand, own }, { prefix, reason }, call);

  const reply = { brandId, prefix: linkPrefix.prefix, claimedAt: linkPrefix.claimedAt };
  return change ? commit(change, reply) : reply;
});
