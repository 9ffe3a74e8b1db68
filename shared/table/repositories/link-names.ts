import { codeOf, LinkName, LinkPrefix, nameSkeletonOf } from "#shared/domain/links/link-name";
import type { LinkNames } from "#shared/ports/links";
import type { TableEngine } from "#shared/table/engine";
import { itemKey } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { parsed } from "./pages.ts";

export function storedLinkNames(table: TableEngine): LinkNames {
  const prefixOf = async (brandId: string) =>
    parsed(LinkPrefix, await table.get(itemKey(items.linkPrefix, { brandId })));
  const like = async (name: string) =>
    parsed(LinkName, await table.get(itemKey(items.linkName, { skeleton: nameSkeletonOf(name) })));
  return {
    prefixOf,
    like,
    forSlug: async (brandId, slug) => {
      const prefix = slug === undefined ? undefined : await prefixOf(brandId);
      const code = prefix && slug && codeOf(prefix.prefix, slug);
      return { prefix, alike: code === undefined ? undefined : await like(code) };
    },
  };
}
