import { dynamodb } from "#shared/adapters/dynamodb/index";
import { followAddressBan } from "#shared/contracts/users";
import { knownAccount } from "#shared/domain/users/access";
import { addressesAfter, bansToFollow, followAddressBan as decide } from "#shared/domain/users/follow-address-ban";
import { implementConsumer } from "#shared/runtime/implement-consumer";
import { untilEachDecided } from "#shared/runtime/until-each-decided";

export const handler = implementConsumer(
  followAddressBan,
  dynamodb,
  async (invocation, { detail }, { accounts, wallets, commit }) => {
    const person = knownAccount(await accounts.get(detail.userId));
    const alike = await Promise.all(addressesAfter(detail, person).map((email) => accounts.ofAddress(email)));

    // What is true now decides, whichever event came when: one that comes again or late finds nothing to do.
    await untilEachDecided(alike.flatMap(bansToFollow), async ({ id, otherId }) => {
      const account = knownAccount(await accounts.get(id));
      const other = knownAccount(await accounts.get(otherId));
      const wallet = await wallets.get(id);
      const admins = await accounts.someAdmins();
      const change = decide({ account, other, wallet, admins }, invocation);
      return change && commit(change);
    });
  },
);
