/** What happens in the demo: one play per brand, which need not wait for each other. */
import type { DemoClient, SignedIn } from "./client.ts";
import { follow } from "./clicks.ts";
import {
  accept,
  decline,
  dispute,
  draft,
  type Drafted,
  inDays,
  invite,
  link,
  payOut,
  publish,
  refund,
  review,
  submit,
  usd,
} from "./steps.ts";
import type { creators } from "./people.ts";

/** Everybody of the demo, by the name the plays use. */
export type Cast = Readonly<Record<"nova" | "kitchen" | keyof typeof creators, SignedIn>>;

const autumnShoes = {
  name: "Autumn shoes",
  category: "fashion",
  description: "Show how you wear them where you live.",
  brandGuidelines: "Name the brand in the first line; mark the post as an advertisement.",
  budget: usd(300_000),
  timeline: { start: inDays(-7), end: inDays(30), timeZone: "America/New_York" },
  targetAudience: { countries: ["US", "GB"], platforms: ["instagram"] },
  destinationHosts: ["nova.example.com"],
};
const autumnPost = {
  type: "instagram_post",
  quantity: 1,
  description: "One post with the shoes in daily life.",
  compensation: usd(40_000),
};
const springRun = {
  name: "Spring run",
  category: "sports",
  budget: usd(150_000),
  timeline: { start: inDays(60), end: inDays(90) },
};
const springReel = { type: "instagram_reel", quantity: 2, compensation: usd(25_000) };

const harvestBox = {
  name: "Harvest box",
  category: "food",
  description: "Cook something out of the box.",
  budget: usd(120_000),
  timeline: { start: inDays(-3), end: inDays(21), timeZone: "Europe/Berlin" },
  destinationHosts: ["kitchen.example.com", "*.kitchen.example.com"],
  creatorHoldDays: 0,
};
const harvestVideo = { type: "tiktok_video", quantity: 1, compensation: usd(15_000) };
const winterRecipes = {
  name: "Winter recipes",
  category: "food",
  budget: usd(60_000),
  timeline: { start: inDays(7), end: inDays(45), timeZone: "Europe/Berlin" },
};
const winterVideo = { type: "youtube_short", quantity: 2, compensation: usd(10_000) };

const instagram = (post: string) => ({ type: "url", contentUrl: `https://instagram.example.com/p/${post}` });
const tiktok = (video: string) => ({ type: "url", contentUrl: `https://tiktok.example.com/v/${video}` });

/** Nova Shoes: a campaign in full swing, with every kind of answer and verdict, and a draft that is not yet funded. */
async function playNova(client: DemoClient, cast: Cast): Promise<void> {
  const { nova, mia, zoe, chloe, leo, aiko, noah } = cast;
  const [shoes] = await Promise.all([
    draft(client, nova, autumnShoes, autumnPost),
    draft(client, nova, springRun, springReel),
    client.deposit(nova, 500_000),
  ]);
  await publish(client, shoes);
  await invite(client, shoes, [mia, zoe, chloe, leo, aiko, noah], "We like how you show things. Join us?");
  await accept(client, shoes, [mia, zoe, chloe]);
  await Promise.all([decline(client, shoes, leo), novaVerdicts(client, shoes, cast), novaLinks(client, shoes, cast)]);
}

async function novaVerdicts(client: DemoClient, shoes: Drafted, { mia, zoe, chloe }: Cast): Promise<void> {
  const [first, , third] = await Promise.all([
    submit(client, shoes, mia, instagram("mia-autumn")),
    submit(client, shoes, zoe, instagram("zoe-autumn")),
    submit(client, shoes, chloe, instagram("chloe-autumn")),
  ]);
  await review(client, shoes, first, { decision: "approved", feedback: "Exactly right, thank you!" });
  await review(client, shoes, third, { decision: "changes_requested", feedback: "Please name the brand first." });
}

async function novaLinks(client: DemoClient, shoes: Drafted, { mia, zoe }: Cast): Promise<void> {
  const [ofMia, ofZoe] = await Promise.all([
    link(client, shoes, mia, "https://nova.example.com/autumn"),
    link(client, shoes, zoe, "https://nova.example.com/autumn?from=zoe"),
  ]);
  await Promise.all([follow(client, ofMia), follow(client, ofZoe, 5)]);
}

/**
 * Green Kitchen: a campaign whose creator was paid out at once, and with whose other creator there is a dispute; one that
 * starts next week, open invitations, and money that was given back.
 */
async function playKitchen(client: DemoClient, cast: Cast): Promise<void> {
  const { kitchen, leo, sofia, omar, ella } = cast;
  const [harvest, winter] = await Promise.all([
    draft(client, kitchen, harvestBox, harvestVideo),
    draft(client, kitchen, winterRecipes, winterVideo),
    client.deposit(kitchen, 250_000),
  ]);
  await publish(client, harvest);
  await publish(client, winter);
  await invite(client, harvest, [leo, sofia], "There is a box for you.");
  await invite(client, winter, [omar, ella], "Save the date.");
  await accept(client, harvest, [leo, sofia]);
  const [done, other] = await Promise.all([
    submit(client, harvest, leo, tiktok("leo-harvest")),
    submit(client, harvest, sofia, tiktok("sofia-harvest")),
    client.onboard(leo),
  ]);
  await review(client, harvest, done, { decision: "approved", feedback: "We are hungry now." });
  await payOut(client, leo, 10_000);
  await dispute(client, kitchen, other, "The box is not in the picture.");
  await refund(client, kitchen, 20_000);
  await follow(client, await link(client, harvest, leo, "https://kitchen.example.com/harvest"), 9);
}

export const plays: readonly ((client: DemoClient, cast: Cast) => Promise<void>)[] = [playNova, playKitchen];
