/** What a link adds to its addresses so that the shop's own analytics know where somebody came from. */
import * as z from "zod";
import type { LinkRule, LinkShare } from "./redirect-rules.ts";

/** What a text may leave open, for every link to fill in by itself. */
interface Names {
  readonly creatorId: string;
  readonly campaignId: string;
  readonly code: string;
}

const OPEN = /\{(creatorId|campaignId|code)\}/g;
const MOST_CHARACTERS = 100;
const Text = z
  .string()
  .min(1)
  .max(MOST_CHARACTERS)
  .regex(/^\P{C}+$/u, "must have no control characters")
  .refine(
    (text) => !/[{}]/.test(text.replaceAll(OPEN, "")),
    "may leave open {creatorId}, {campaignId} and {code} alone",
  );

/** Parameters, without their `utm_`. Source: Google Analytics, "URL builders: Collect campaign data with custom URLs". */
export const Utm = z
  .strictObject({
    source: Text.optional(),
    medium: Text.optional(),
    campaign: Text.optional(),
    term: Text.optional(),
    content: Text.optional(),
  })
  .meta({ id: "Utm" });
export type Utm = z.infer<typeof Utm>;

/** A link, as far as its addresses follow from each other. */
interface Led extends Names {
  readonly destinationUrl: string;
  readonly landingUrl: string | null;
  readonly utm: Utm | null;
  readonly rules: readonly LinkRule[];
  readonly split: readonly LinkShare[];
}

/** The same with the addresses that visitors are sent to: each destination with what the template adds to it. */
export function withLandings<L extends Led>(link: L): L {
  const { utm, rules, split, destinationUrl } = link;
  const landing = (address: string): string | undefined => (utm === null ? undefined : landingOf(address, utm, link));
  const landed = <W extends { readonly destinationUrl: string; readonly landingUrl?: string | undefined }>({
    landingUrl: _before,
    ...rest
  }: W) => {
    const landingUrl = landing(rest.destinationUrl);
    return { ...rest, ...(landingUrl !== undefined && { landingUrl }) };
  };
  return {
    ...link,
    landingUrl: landing(destinationUrl) ?? null,
    rules: rules.map((rule) => landed(rule)),
    split: split.map((share) => landed(share)),
  };
}

/** What an address says already is left as it is; nothing where there is nothing to add. */
function landingOf(address: string, utm: Utm, names: Names): string | undefined {
  const url = new URL(address);
  const said = url.searchParams;
  const pairs = Object.entries(utm).flatMap(([name, text = ""]) =>
    said.has(`utm_${name}`) ? [] : [`utm_${name}=${encodeURIComponent(filledIn(text, names))}`],
  );
  if (pairs.length === 0) return undefined;
  // As text: a query that is read and written again is not the shop's own any more.
  url.search = `${url.search || "?"}${url.search && "&"}${pairs.join("&")}`;
  return url.href;
}

const filledIn = (text: string, names: Names): string =>
  text.replaceAll(OPEN, (_all, name: keyof Names) => names[name]);
