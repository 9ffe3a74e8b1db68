/** A demo to look at, made by using the product: nothing is written behind its back. */
import type { DemoUser, StackFile } from "../stack-file.ts";
import { DemoClient, type SignedIn } from "./client.ts";
import { adminPerson, brands, creators } from "./people.ts";

const DAY_MS = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString();

/** Signs everybody up and lets them work. Gives those who can sign in. */
export async function seedDemo(stack: StackFile): Promise<DemoUser[]> {
  const client = new DemoClient(stack);
  const admin = await client.makeAdmin(await client.signUp(adminPerson));
  const [[nova, kitchen], signedCreators] = await Promise.all([
    Promise.all([client.signUp(brands[0]), client.signUp(brands[1])]),
    Promise.all(creators.map((person) => client.signUp(person))),
  ]);
  await Promise.all([autumnShoes(client, nova, signedCreators), kitchenCampaigns(client, kitchen, signedCreators)]);
  return [admin, nova, kitchen, ...signedCreators].map(({ email, password, role, userId }) => ({
    email,
    password,
    role,
    userId,
  }));
}

interface Launched {
  readonly campaign: string;
  readonly deliverable: string;
}

async function draft(client: DemoClient, brand: SignedIn, body: object, deliverable: object): Promise<Launched> {
  const campaign = String((await client.post(brand, "/v1/campaigns", body)).id);
  const made = await client.post(brand, `/v1/campaigns/${campaign}/deliverables`, deliverable);
  return { campaign, deliverable: String(made.id) };
}

/** A campaign in full swing: an approved post, one to review, an open invitation, a refusal, and clicks. */
async function autumnShoes(client: DemoClient, brand: SignedIn, people: readonly SignedIn[]): Promise<void> {
  await client.deposit(brand, 500_000);
  const { campaign, deliverable } = await draft(
    client,
    brand,
    {
      name: "Autumn shoes", category: "fashion", budget: { amount: 300_000, currency: "USD" },
      timeline: { start: inDays(-7), end: inDays(30) }, description: "Show how you wear them.", destinationHosts: ["nova.example.com"],
    },
    { type: "instagram_post", quantity: 1, compensation: { amount: 40_000, currency: "USD" } },
  ); // prettier-ignore
  await client.post(brand, `/v1/campaigns/${campaign}/publication`);
  const [mia, leo, zoe, aiko] = [people[0], people[1], people[8], people[2]] as [
    SignedIn,
    SignedIn,
    SignedIn,
    SignedIn,
  ];
  for (const { userId } of [mia, leo, zoe, aiko])
    await client.post(brand, `/v1/campaigns/${campaign}/invitations`, { creatorId: userId });
  await client.post(leo, `/v1/campaigns/${campaign}/invitations/${leo.userId}/decline`);
  for (const joiner of [mia, zoe])
    await client.post(joiner, `/v1/campaigns/${campaign}/invitations/${joiner.userId}/acceptance`);
  const submissions = await Promise.all(
    [mia, zoe].map((by) =>
      client.post(by, `/v1/campaigns/${campaign}/submissions`, {
        deliverableId: deliverable, type: "url", contentUrl: "https://instagram.example.com/p/demo",
      }),
    ),
  ); // prettier-ignore
  await client.post(brand, `/v1/campaigns/${campaign}/submissions/${String(submissions[0]?.id)}/reviews`, {
    decision: "approved", feedback: "Exactly right, thank you!",
  }); // prettier-ignore
  const link = await client.post(mia, `/v1/campaigns/${campaign}/links`, {
    destinationUrl: "https://nova.example.com/autumn",
  });
  const agents = Array.from(
    { length: 12 },
    (_, at) => `Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0.0.${at % 8} Safari/537.36`,
  );
  await Promise.all(agents.map((agent) => client.visit(String(link["code"]), agent)));
}

/** One campaign that starts next week, and one that is still a draft. */
async function kitchenCampaigns(client: DemoClient, brand: SignedIn, people: readonly SignedIn[]): Promise<void> {
  await client.deposit(brand, 200_000);
  const timeline = { start: inDays(7), end: inDays(45), timeZone: "Europe/Berlin" };
  const recipe = { type: "tiktok_video", quantity: 2, compensation: { amount: 15_000, currency: "USD" } };
  const winter = { name: "Winter recipes", category: "food", budget: { amount: 120_000, currency: "USD" }, timeline };
  const { campaign } = await draft(client, brand, winter, recipe);
  await client.post(brand, `/v1/campaigns/${campaign}/publication`);
  const sofia = people[4] as SignedIn;
  await client.post(brand, `/v1/campaigns/${campaign}/invitations`, { creatorId: sofia.userId });
  await draft(client, brand, { ...winter, name: "Spring menu" }, recipe);
}
