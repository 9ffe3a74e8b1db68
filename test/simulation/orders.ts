/** Orders of brands' shops, as those who report and miss them know of them. */
import { Conversion } from "#shared/domain/conversions/conversion";
import type { Chance } from "./chance.ts";
import type { Client } from "./client.ts";
import { CURRENCY } from "./processor.ts";
import type { World } from "./world.ts";

/** Few, so that an order is often reported again, as something else, and asked about. */
const ORDERS = 8;
export const orderOf = (chance: Chance): string => `order-${chance.below(ORDERS)}`;
export const money = (amount: number) => ({ amount, currency: CURRENCY });

/** One of the campaigns that somebody sees, as a path names it: oftener one that runs. */
export async function campaignOf(me: Client, chance: Chance) {
  const query = chance.happens(0.8) ? { query: { status: "active" } } : {};
  const campaignId = chance.oneOf(await me.list("listCampaigns", query))?.id as string | undefined;
  return campaignId === undefined ? undefined : { campaignId };
}

/** Conversions that brands were told of, as their shops remember them. */
const recorded = new WeakMap<World, { readonly userId: string; readonly conversionId: string }[]>();
export const recordedIn = (world: World) => {
  const known = recorded.get(world) ?? [];
  recorded.set(world, known);
  return known;
};

export const conversionsIn = (world: World): readonly Conversion[] =>
  world.items("conversion").map((item) => Conversion.parse(item));
