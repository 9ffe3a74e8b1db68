/** What a shop names for an order, and what has to be looked up for it. */
import type { Campaign } from "../campaigns/campaign.ts";
import { refuse } from "../kernel/refusal.ts";
import type { Link } from "../links/link.ts";
import { LinkCode } from "../links/link-code.ts";
import { type PromoCode, promoCodeIn } from "../promo-codes/promo-code.ts";
import type { Account } from "../users/account.ts";
import type { NewConversion } from "./conversion.ts";
import { provenClick } from "./prove-click.ts";
import { conversionRefusals } from "./refusals.ts";

/** Something that an order is said to have come of. */
export type Named = {
  readonly named: string;
  /** Of the link or promo code that it names; undefined when it can be none of ours. */
  readonly code: string | undefined;
} & (
  { readonly by: "code" | "promo_code" } | { readonly by: "click"; /** Milliseconds since 1970. */ readonly at: number }
);

/**
 * Everything that an order names, once: its clicks, or without any the link; and its promo code. A link's code beside clicks is
 * that of one of them.
 *
 * @param secret that click ids are signed under; undefined when none was ever signed
 * @throws Refusal `conversion.source_unknown` when no click that is named is of the link that is named
 */
export function namedBy(input: NewConversion, secret: string | undefined): readonly Named[] {
  const { code, promoCode } = input;
  const clicks = clickIdsOf(input).map((named) => clickNamed(named, secret));
  if (code !== undefined && clicks.length > 0 && !clicks.some((click) => click.code === code))
    throw refuse(conversionRefusals.sourceUnknown);
  const links: readonly Named[] = code === undefined || clicks.length > 0 ? clicks : [linkNamed(code)];
  return promoCode === undefined
    ? links
    : [...links, { by: "promo_code", named: promoCode, code: promoCodeIn(promoCode) }];
}

const clickIdsOf = ({ clickId, clickIds = [] }: NewConversion): readonly string[] => [
  ...new Set([...(clickId === undefined ? [] : [clickId]), ...clickIds]),
];

function clickNamed(named: string, secret: string | undefined): Named {
  const click = secret === undefined ? undefined : provenClick(secret, named);
  return { by: "click", named, code: click?.code, at: click?.at ?? 0 };
}

const linkNamed = (code: string): Named => ({ by: "code", named: code, code: LinkCode.safeParse(code).data });

/** Codes of the links to look up. */
export const linksNamed = (all: readonly Named[]): ReadonlySet<string> =>
  new Set(all.flatMap(({ by, code }) => (by === "promo_code" ? [] : (code ?? []))));

/** The promo codes to look up. */
export const promoCodesNamed = (all: readonly Named[]): ReadonlySet<string> =>
  new Set(all.flatMap(({ by, code }) => (by === "promo_code" ? (code ?? []) : [])));

/** The creators to look up: those of the promo codes. */
export const creatorsOf = ({ promoCodes }: Pick<Found, "promoCodes">): ReadonlySet<string> =>
  new Set([...promoCodes.values()].flatMap((one) => one?.creatorId ?? []));

/** What was looked up: links and promo codes by their codes, campaigns by their ids. */
export interface Found {
  readonly links: ReadonlyMap<string, Link | undefined>;
  readonly promoCodes: ReadonlyMap<string, PromoCode | undefined>;
  readonly campaigns: ReadonlyMap<string, Campaign | undefined>;
  /** Accounts of the creators whose promo codes were named. */
  readonly creators: ReadonlyMap<string, Pick<Account, "status"> | undefined>;
}

/** The campaigns to look up: those of what is the brand's. */
export const campaignsOf = (
  { links, promoCodes }: Pick<Found, "links" | "promoCodes">,
  brandId: string,
): ReadonlySet<string> =>
  new Set(
    [...links.values(), ...promoCodes.values()].flatMap((one) => (one?.brandId === brandId ? one.campaignId : [])),
  );
