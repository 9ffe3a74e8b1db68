import type { NamingState } from "#shared/domain/links/create-link";
import type { Link } from "#shared/domain/links/link";
import type { LinkName, LinkPrefix } from "#shared/domain/links/link-name";
import type { Page, PageRequest } from "./page.ts";

export interface Links {
  /** Strongly consistent. */
  get(code: string): Promise<Link | undefined>;
  /** Oldest first; with `creatorId`, that creator's alone. */
  ofCampaign(
    campaignId: string,
    filter: { readonly creatorId?: string | undefined },
    page: PageRequest,
  ): Promise<Page<Link>>;
}

export interface LinksOfPeople {
  /** Every link that somebody is a side of, as brand or as creator; read as they are asked for. */
  ofPerson(userId: string): AsyncIterable<Link>;
  /** One link of each campaign in which a creator has any; of the others of a campaign at most one is read. */
  oneInEachCampaign(creatorId: string): AsyncIterable<Link>;
}

/** Strongly consistent, all of it. */
export interface LinkNames {
  prefixOf(brandId: string): Promise<LinkPrefix | undefined>;
  /** The name, of whomever, that looks like this one, which may be it. */
  like(name: string): Promise<LinkName | undefined>;
  /** Reads nothing where no slug is asked for. */
  forSlug(brandId: string, slug: string | undefined): Promise<NamingState>;
}

export interface LinkCodes {
  /** An unguessable code nobody has been given by this call before; the write makes sure that it is nobody's. */
  next(): string;
}

export interface WebClient {
  /** Where it is, without a path. */
  readonly url: string;
}

export interface LinkUrls {
  /** The address visitors are given: the link host, `/t/` and the code. */
  of(code: string): string;
}

export interface QrCodes {
  /** The QR code of a text, row by row, its quiet zone included; `true` is dark. The same text always gives the same code. */
  of(text: string): readonly (readonly boolean[])[];
}
