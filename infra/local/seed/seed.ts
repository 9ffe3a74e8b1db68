/** A demo to look at, made by using the product: nothing is written behind its back. */
import type { DemoUser, StackFile } from "../stack-file.ts";
import { connectAudiences } from "./audiences.ts";
import { type Cast, plays } from "./campaigns.ts";
import { DemoClient, type SignedIn } from "./client.ts";
import { fewAtOnce } from "./few-at-once.ts";
import { adminPerson, brands, creators, type DemoPerson } from "./people.ts";

/** Signs everybody up and lets them work, unless that was done before. Gives those who can sign in. */
export async function seedDemo(stack: StackFile): Promise<DemoUser[]> {
  const client = new DemoClient(stack);
  // The admin comes last, so where there is one, the demo is whole.
  const admin = await client.returning({ ...adminPerson, role: "admin" });
  if (admin) return usersOf(admin, await everybody(async (person) => (await client.returning(person)) ?? gone(person)));
  const cast = await everybody((person) => client.signUp(person));
  await Promise.all([connectAudiences, ...plays].map((play) => play(client, cast)));
  return usersOf(await client.makeAdmin(await client.signUp(adminPerson)), cast);
}

async function everybody(welcome: (person: DemoPerson) => Promise<SignedIn>): Promise<Cast> {
  const people: readonly (readonly [string, DemoPerson])[] = Object.entries({ ...brands, ...creators });
  const entered = await fewAtOnce(people, async ([name, person]) => [name, await welcome(person)] as const);
  return Object.fromEntries(entered) as unknown as Cast;
}

function gone({ email }: DemoPerson): never {
  throw new Error(`the demo was seeded, but ${email} cannot sign in`);
}

const usersOf = (admin: SignedIn, cast: Cast): DemoUser[] =>
  [admin, ...Object.values(cast)].map(({ email, password, role, userId }) => ({ email, password, role, userId }));
