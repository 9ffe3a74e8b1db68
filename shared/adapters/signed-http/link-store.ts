import { OwnError } from "#shared/domain/kernel/own-error";
import { type StoredLink, trackedLink } from "#shared/domain/tracking/redirect";
import type { LinkStore } from "./link-cache.ts";
import { itemKey } from "#shared/table/item";
import { link } from "#shared/table/items/links";
import { type CallAws, fieldOf } from "./aws-json.ts";
import { getItem } from "./get-item.ts";

const text = (item: unknown, name: string): string | undefined => {
  const value = fieldOf(fieldOf(item, name), "S");
  return typeof value === "string" ? value : undefined;
};
const flag = (item: unknown, name: string): boolean => fieldOf(fieldOf(item, name), "BOOL") === true;

/** A stored item as a link. @throws TypeError when it lacks what every link has */
function storedLink(item: unknown): StoredLink {
  const needed = (name: string): string => {
    const value = text(item, name);
    if (value === undefined) throw new OwnError(`The stored link has no ${name}.`);
    return value;
  };
  return {
    code: needed("code"),
    campaignId: needed("campaignId"),
    creatorId: needed("creatorId"),
    destinationUrl: needed("destinationUrl"),
    disabled: flag(item, "disabled"),
    brandBanned: flag(item, "brandBanned"),
    creatorBanned: flag(item, "creatorBanned"),
    expiresAt: text(item, "expiresAt"),
    fallbackUrl: text(item, "fallbackUrl"),
    limited: fieldOf(fieldOf(item, "maxClicks"), "N") === undefined ? undefined : true,
    limitReached: flag(item, "limitReached"),
    passQuery: flag(item, "passQuery"),
    passClickId: flag(item, "passClickId"),
  };
}

/** Links on DynamoDB, read eventually consistent: half the price, and they are kept for seconds anyway. */
export const linkStore = (call: CallAws, tableName: string): LinkStore => ({
  get: async (code) => {
    const item = await getItem(call, tableName, itemKey(link, { code }));
    return item === undefined ? undefined : trackedLink(storedLink(item));
  },
});
