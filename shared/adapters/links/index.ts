import { randomLinkCodes } from "./link-codes.ts";
import { stageLinkUrls } from "./link-urls.ts";

/** What makes short links, besides the table: their codes and their addresses. */
export const linkParts = { linkCodes: randomLinkCodes, linkUrls: stageLinkUrls };
