/** Orders that come of links, clicks and promo codes: reported once or often, and taken back in part. */
import { type Conversion, ConversionReversal } from "#shared/domain/conversions/conversion";
import { clickIdOf } from "#shared/domain/conversions/click-id";
import { conversionSummary, ConversionTally } from "#shared/domain/conversions/tally";
import { type CreditedTouch, netShareMinor } from "#shared/domain/conversions/touch";
import { hitId } from "#shared/domain/tracking/hit";
import { itemKey } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import type { Area, Invariant, Move, Story } from "../area.ts";
import type { Chance } from "../chance.ts";
import { type Client, clientOf, isDone } from "../client.ts";
import { campaignOf, conversionsIn, money, orderOf, recordedIn } from "../orders.ts";
import { HOUR_MS } from "../processor.ts";
import type { World } from "../world.ts";
import { joinedCampaign } from "./campaigns.ts";

const SECRET = Buffer.alloc(32, 7);
/** The key that the edge signs with is there once somebody clicked. */
const signed = new WeakMap<World, Promise<void>>();
const keyed = (world: World): Promise<void> => {
  const put = signed.get(world) ?? world.put({ ...itemKey(items.clickKey, {}), secret: new Uint8Array(SECRET) });
  signed.set(world, put);
  return put;
};

/** A click within the last hours, as the edge signs it. */
async function clicked(world: World, chance: Chance, code: string): Promise<string> {
  await keyed(world);
  const at = Date.parse(world.running.now()) - Math.floor(chance.between(0, 6) * HOUR_MS);
  const random = Uint8Array.from({ length: 16 }, () => chance.below(256));
  return clickIdOf(SECRET.toString("base64"), hitId(at, random), code);
}

/** Codes of a campaign's links; where there is none, the brand makes one, for somebody who takes part. */
async function linksOf(me: Client, chance: Chance, path: { readonly campaignId: string }): Promise<readonly string[]> {
  const links = (await me.list("listLinks", { path })).map(({ code }) => String(code));
  const creatorId = chance.oneOf(await me.list("listParticipants", { path }))?.creatorId as string | undefined;
  if (creatorId === undefined || (links.length > 0 && chance.happens(0.7))) return links;
  const body = { destinationUrl: "https://shop.example.com/", creatorId };
  const made = await me.act("createLink", { path, body });
  return isDone(made) ? [...links, String(made.body["code"])] : links;
}

/** What a shop knows of an order: a link, up to three clicks, a promo code, or some of them. */
async function sources(me: Client, chance: Chance, world: World, path: { readonly campaignId: string }) {
  const links = await linksOf(me, chance, path);
  const promoCode = chance.oneOf(await me.list("listPromoCodes", { path }))?.code as string | undefined;
  const code = chance.oneOf(links);
  const isTyped = promoCode !== undefined && (code === undefined || chance.happens(0.4));
  if (code === undefined) return isTyped ? { promoCode } : undefined;
  const others = Array.from({ length: chance.below(3) }, () => chance.oneOf(links) ?? code);
  const clickIds = await Promise.all([code, ...others].map((one) => clicked(world, chance, one)));
  return { ...(chance.happens(0.7) ? { clickIds } : { code }), ...(isTyped && { promoCode }) };
}

/** Some at once, and some of them twice, as a shop does that was not answered. */
const reporting: Move = {
  name: "report orders",
  role: "brand",
  weight: 8,
  async act(me, chance, world) {
    const path = await campaignOf(me, chance);
    const named = path && (await sources(me, chance, world, path));
    if (named === undefined) return false;
    const orders = Array.from({ length: 1 + chance.below(3) }, () => ({
      body: { orderId: orderOf(chance), value: money(1 + chance.below(9_999)), ...named },
    }));
    const again = orders.filter(() => chance.happens(0.3));
    const answers = await Promise.all([...orders, ...again].map((order) => me.act("recordConversion", order)));
    for (const answer of answers)
      if (isDone(answer)) recordedIn(world).push({ userId: me.person.userId, conversionId: String(answer.body["id"]) });
    return true;
  },
};

const reversing: Move = {
  name: "take part of an order back",
  role: "brand",
  weight: 3,
  async act(me, chance, world) {
    const one = chance.oneOf(recordedIn(world).filter(({ userId }) => userId === me.person.userId));
    if (one === undefined) return false;
    const body = { amount: money(1 + chance.below(4_000)), reason: "returned" };
    await me.act("reverseConversion", { path: { conversionId: one.conversionId }, body });
    return true;
  },
};

const coding: Move = {
  name: "give a creator a promo code, or end one",
  role: "brand",
  weight: 2,
  async act(me, chance) {
    const path = await campaignOf(me, chance);
    if (path === undefined) return false;
    const present = chance.oneOf(await me.list("listPromoCodes", { path }));
    if (present !== undefined && chance.happens(0.2)) {
      await me.act("endPromoCode", { path: { ...path, promoCode: present.code as string } });
      return true;
    }
    const creatorId = chance.oneOf(await me.list("listParticipants", { path }))?.creatorId as string | undefined;
    if (creatorId === undefined) return false;
    await me.act("createPromoCode", { path, body: { code: `PROMO-${chance.below(20)}`, creatorId } });
    return true;
  },
};

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
const sumOf = (touches: readonly CreditedTouch[], figure: "percent" | "shareMinor" | "reversedMinor"): number =>
  sum(touches.map((touch) => touch[figure]));

/** What the conversions come to for a campaign, counted one by one. */
function figuresOf(conversions: readonly Conversion[], campaignId: string) {
  const own = conversions.map(({ touches }) =>
    touches.filter((touch) => touch.percent > 0 && touch.campaignId === campaignId),
  );
  return {
    conversions: own.filter(({ length }) => length > 0).length,
    valueMinor: sum(own.flat().map(netShareMinor)),
  };
}

const invariants: readonly Invariant[] = [
  {
    says: "an order is not one conversion, or its campaign does not count it once",
    broken(world) {
      const conversions = conversionsIn(world);
      const orders = new Set(conversions.map(({ brandId, orderId }) => `${brandId} ${orderId}`));
      const tallies = world.items("conversionTally").map((item) => ConversionTally.parse(item));
      const wrong = world.items("campaign").flatMap(({ id }) => {
        const counted = conversionSummary(tallies.filter(({ campaignId }) => campaignId === id)).total;
        const there = figuresOf(conversions, String(id));
        const same = counted.conversions === there.conversions && counted.valueMinor === there.valueMinor;
        return same ? [] : [`${String(id)}: ${JSON.stringify(counted)} counted of ${JSON.stringify(there)}`];
      });
      return [...wrong, ...(orders.size === conversions.length ? [] : ["an order has two conversions"])];
    },
  },
  {
    says: "shares of an order do not add up",
    broken(world) {
      const reversals = world.items("conversionReversal").map((item) => ConversionReversal.parse(item));
      return conversionsIn(world).flatMap(({ id, touches, value, reversedMinor }) => {
        const taken = sum(
          reversals.filter(({ conversionId }) => conversionId === id).map(({ amount }) => amount.amount),
        );
        const isWhole = sumOf(touches, "percent") === 100 && sumOf(touches, "shareMinor") === value.amount;
        const isReversed =
          taken === reversedMinor && sumOf(touches, "reversedMinor") === taken && taken <= value.amount;
        return isWhole && isReversed ? [] : [`${id}: ${JSON.stringify(touches)}, ${taken} taken back`];
      });
    },
  },
];

const missedSale: Story = {
  name: "an order of a link, reported twice and taken back in part, and one that its creator missed",
  async tell(world) {
    const [brand, creator] = (["brand", "creator"] as const).map((role) =>
      world.people.find((one) => one.role === role),
    );
    if (brand === undefined || creator === undefined) return;
    const [shop, maker] = [clientOf(world, brand, "shop", true), clientOf(world, creator, "seller", true)];
    const done = async (me: Client, ...asked: Parameters<Client["act"]>) => {
      const answer = await me.act(...asked);
      if (!isDone(answer)) world.find(`${asked[0]}: ${answer?.text ?? "no answer"}`);
      return answer?.body ?? {};
    };
    const path = await joinedCampaign(world, shop, maker);
    const destinationUrl = "https://shop.example.com/";
    const code = String((await done(maker, "createLink", { path, body: { destinationUrl } }))["code"]);
    const order = { orderId: "told-1", code, value: money(1_001) };
    const conversionId = String((await done(shop, "recordConversion", { body: order }))["id"]);
    await done(shop, "recordConversion", { body: { ...order, value: money(5) } });
    await done(shop, "reverseConversion", { path: { conversionId }, body: { amount: money(300), reason: "returned" } });
    const asked = { path, body: { orderId: "told-2" } };
    const inquiryId = String((await done(maker, "openInquiry", asked))["id"]);
    const late = await done(shop, "recordConversion", { body: { ...order, orderId: "told-2" } });
    const body = { outcome: "credited", conversionId: late["id"] as string };
    await done(shop, "answerInquiry", { path: { inquiryId }, body });
    await done(maker, "requestExport", { body: { kind: "campaign-analytics", format: "csv", ...path } });
    await world.running.takes(HOUR_MS);
  },
};

export const area: Area = {
  moves: [reporting, reversing, coding],
  invariants,
  stories: [missedSale],
};
