import { dynamodb } from "#shared/adapters/dynamodb/index";
import { followLinkBan } from "#shared/contracts/links";
import { followBans, knownLink, unreached } from "#shared/domain/links/follow-bans";
import { knownAccount } from "#shared/domain/users/access";
import { implementConsumer } from "#shared/runtime/implement-consumer";
import { untilEachDecided } from "#shared/runtime/until-each-decided";

export const handler = implementConsumer(
  followLinkBan,
  dynamodb,
  async (invocation, { detail }, { accounts, links, linksOfPeople, commit }) => {
    const ofPerson = async (userId: string) =>
      unreached(linksOfPeople.ofPerson(userId), knownAccount(await accounts.get(userId)));
    const concerned = "code" in detail ? [detail] : await ofPerson(detail.userId);

    // What is true now decides, whichever event came when: one that comes again or late finds nothing to do.
    await untilEachDecided(concerned, async ({ code }) => {
      const link = knownLink(await links.get(code));
      const brand = knownAccount(await accounts.get(link.brandId));
      const creator = knownAccount(await accounts.get(link.creatorId));
      const change = followBans(link, { brand, creator }, invocation);
      return change && commit(change);
    });
  },
);
