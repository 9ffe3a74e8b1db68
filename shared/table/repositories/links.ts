import { Link } from "#shared/domain/links/link";
import type { Links } from "#shared/ports/links";
import type { TableEngine } from "#shared/table/engine";
import { keys, patterns } from "#shared/table/keys";
import { pageOf, parsed } from "./pages.ts";

export const storedLinks = (table: TableEngine): Links => ({
  get: async (code) => parsed(Link, await table.get(keys.link(code))),
  ofCampaign: (campaignId, { creatorId }, page) => {
    const { pk, prefix } = patterns.linksOfCampaign(campaignId, creatorId);
    return pageOf(table, { index: "owner", partition: pk, prefix }, Link, page);
  },
});
