import { SocialPlatform } from "#shared/domain/social/platform";
import { SocialAccount, SocialDay } from "#shared/domain/social/social-account";
import type { SocialAccounts, SocialDays } from "#shared/ports/social-accounts";
import type { TableEngine } from "#shared/table/engine";
import { itemKey, listing, ranged } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { everyOf, parsed } from "./pages.ts";

export const storedSocialAccounts = (table: TableEngine): SocialAccounts => ({
  get: async (userId, platform) =>
    parsed(SocialAccount, await table.get(itemKey(items.socialAccount, { userId, platform }))),
  ofPerson: (userId) => everyOf(table, listing(items.socialAccount, { userId }), SocialAccount),
});

export const storedSocialDays = (table: TableEngine): SocialDays => ({
  ofPerson: async (userId, { platform, ...span }) => {
    const days = (platform === undefined ? SocialPlatform.options : [platform]).map((of) =>
      everyOf(table, ranged(listing(items.socialDay, { userId }, of), span), SocialDay),
    );
    return (await Promise.all(days)).flat();
  },
});
