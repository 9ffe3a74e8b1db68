import * as z from "zod";
import { ApiKey, type ApiKeySeen } from "#shared/domain/api-keys/api-key";
import { Instant } from "#shared/domain/kernel/time";
import type { ApiKeys } from "#shared/ports/api-keys";
import type { Item, TableEngine } from "#shared/table/engine";
import { isOf, itemKey, listing, storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { pageOf, parsed } from "./pages.ts";

const Use = z.object({ keyId: z.string(), lastUsedAt: Instant });

const usesAmong = (found: readonly Item[]): ReadonlyMap<string, string> =>
  new Map(
    found
      .filter((item) => isOf(items.apiKeyUse, item))
      .map((item) => Use.parse(item))
      .map(({ keyId, lastUsedAt }) => [keyId, lastUsedAt]),
  );

const seen = (key: ApiKey, uses: ReadonlyMap<string, string>): ApiKeySeen => ({
  ...key,
  lastUsedAt: uses.get(key.id) ?? null,
});

export const storedApiKeys = (table: TableEngine): ApiKeys => ({
  find: async (keyId) => {
    const found = await table.getMany([itemKey(items.apiKey, { id: keyId }), itemKey(items.apiKeyUse, { keyId })]);
    const key = parsed(
      ApiKey,
      found.find((item) => isOf(items.apiKey, item)),
    );
    return key && seen(key, usesAmong(found));
  },
  ofBrand: async (brandId, page) => {
    const keys = await pageOf(table, listing(items.apiKey.listings.ofBrand, { brandId }), ApiKey, page);
    const uses = usesAmong(await table.getMany(keys.items.map(({ id: keyId }) => itemKey(items.apiKeyUse, { keyId }))));
    return { ...keys, items: keys.items.map((key) => seen(key, uses)) };
  },
  noteUse: (keyId, lastUsedAt) =>
    table.write({ kind: "put", item: storedItem(items.apiKeyUse, { keyId, lastUsedAt }), when: { any: true } }),
});
