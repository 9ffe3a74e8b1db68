import type { LinkUrls } from "#shared/ports/links";

/** Addresses under the stage's link origin, which has no path. */
export const stageLinkUrls = ({ LINK_ORIGIN }: { readonly LINK_ORIGIN: string }): LinkUrls => ({
  of: (code) => `${LINK_ORIGIN}/t/${code}`,
});
