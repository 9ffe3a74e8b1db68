/** What brands and creators do in every play of the demo. */
import type { DemoClient, SignedIn } from "./client.ts";

const DAY_MS = 86_400_000;
export const inDays = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString();
export const usd = (amount: number) => ({ amount, currency: "USD" });

/** A campaign with its deliverable. */
export interface Drafted {
  readonly brand: SignedIn;
  readonly path: string;
  readonly deliverable: string;
}

export async function draft(client: DemoClient, brand: SignedIn, brief: object, deliverable: object): Promise<Drafted> {
  const { id } = await client.post(brand, "/v1/campaigns", brief);
  const path = `/v1/campaigns/${String(id)}`;
  const made = await client.post(brand, `${path}/deliverables`, deliverable);
  return { brand, path, deliverable: String(made.id) };
}

/** Every campaign of a brand is paid out of one wallet, so publications come one after another. */
export const publish = (client: DemoClient, { brand, path }: Drafted) => client.post(brand, `${path}/publication`);

export const invite = (client: DemoClient, { brand, path }: Drafted, creators: readonly SignedIn[], message: string) =>
  inTurn(creators, ({ userId }) => client.post(brand, `${path}/invitations`, { creatorId: userId, message }));

export const accept = (client: DemoClient, { path }: Drafted, creators: readonly SignedIn[]) =>
  inTurn(creators, (creator) => client.post(creator, `${path}/invitations/${creator.userId}/acceptance`));

export const decline = (client: DemoClient, { path }: Drafted, creator: SignedIn) =>
  client.post(creator, `${path}/invitations/${creator.userId}/decline`);

/** Hands content in; gives the submission's path. */
export async function submit(
  client: DemoClient,
  { path, deliverable }: Drafted,
  creator: SignedIn,
  content: object,
): Promise<string> {
  const { id } = await client.post(creator, `${path}/submissions`, { deliverableId: deliverable, ...content });
  return `${path}/submissions/${String(id)}`;
}

export const review = (client: DemoClient, { brand }: Drafted, submission: string, verdict: object) =>
  client.post(brand, `${submission}/reviews`, verdict);

/** Freezes what was handed in until an admin decides; gives the dispute's path. */
export async function dispute(client: DemoClient, by: SignedIn, submission: string, reason: string): Promise<string> {
  const { id } = await client.post(by, `${submission}/disputes`, { reason });
  return `${submission}/disputes/${String(id)}`;
}

/** Asks for a creator's earnings, all there is or so much of it; they arrive by themselves. */
export const payOut = (client: DemoClient, creator: SignedIn, amount?: number) =>
  client.post(creator, "/v1/payouts", amount === undefined ? {} : { amount: usd(amount) });

/** Takes back what is not spent; it goes the way it came. */
export const refund = (client: DemoClient, brand: SignedIn, amount: number) =>
  client.post(brand, "/v1/wallet/refunds", { amount: usd(amount) });

/** A creator's short link; gives its code. */
export async function link(
  client: DemoClient,
  { path }: Drafted,
  creator: SignedIn,
  destinationUrl: string,
): Promise<string> {
  const made = await client.post(creator, `${path}/links`, { destinationUrl });
  return String(made["code"]);
}

/** People who act on one campaign at the same moment may meet in its budget, and one would have to try again. */
async function inTurn<T>(people: readonly SignedIn[], act: (person: SignedIn) => Promise<T>): Promise<void> {
  for (const person of people) await act(person);
}
