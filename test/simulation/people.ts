/** How people get into a world: by the user pool's triggers, as everybody does. */
import type { Role } from "#shared/domain/kernel/actor";
import { itemKey } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { tokenIssuer, USER_POOL_ID } from "../support/tokens.ts";
import type { Chance } from "./chance.ts";
import type { Person } from "./client.ts";
import type { World } from "./world.ts";

export const issuer = tokenIssuer();
const REFRESH = "TokenGeneration_RefreshTokens";

/** All that somebody of this name ever has, with the one they come with. */
export const addressesOf = (name: string): readonly string[] =>
  ["", ".0", ".1", ".2"].map((suffix) => `${name}${suffix}@example.com`);

/** Whom an admin may do something to. */
export const drawnPerson = (world: World, chance: Chance): Person | undefined =>
  chance.oneOf(world.people.filter(({ role }) => role !== "admin"));

/** The pool's keys are there before anybody comes: nobody is asked for them over a network. */
export const openPool = (world: World): Promise<void> =>
  world.put({ ...itemKey(items.signingKeys, {}), jwks: issuer.jwks });

/** Has a new token made, with what the pool knows of the person by then. */
export const renewed = (world: World, person: Person, attempt: string): Promise<boolean> =>
  trigger(world, person, "nameRoles", REFRESH, attempt);

/** Signs up and in. Should the trigger of the sign-up die, the account is opened at the first token. */
export async function joined(world: World, role: Role, number: number): Promise<Person> {
  const place = world.people.length + 1;
  const userId = `00000000-0000-4000-8000-${String(place).padStart(12, "0")}`;
  const name = `${role}-${number}`;
  const person: Person = { name, userId, email: `${name}@example.com`, role, token: "" };
  world.people.push(person);
  // Admins are made in the console: they have a group, and never sign up.
  if (role !== "admin") await trigger(world, person, "openAccount", "PostConfirmation_ConfirmSignUp", 1);
  for (let attempt = 1; person.token === ""; attempt += 1) {
    const named = await trigger(world, person, "nameRoles", "TokenGeneration_Authentication", attempt);
    if (named) person.token = issuer.sign(userId, [role]);
  }
  return person;
}

async function trigger(
  world: World,
  person: Person,
  action: string,
  source: string,
  attempt: number | string,
): Promise<boolean> {
  const { name, userId, email, role } = person;
  const groups = role === "admin" || source === REFRESH ? [role] : [];
  const lambda = world.running.lambdas.find((one) => one.name === action);
  if (lambda === undefined) throw new Error(`there is no trigger ${action}`);
  const event = {
    userPoolId: USER_POOL_ID,
    triggerSource: source,
    userName: userId,
    request: {
      userAttributes: { sub: userId, email, email_verified: "true", name, "custom:role": role },
      groupConfiguration: { groupsToOverride: groups },
    },
    response: {},
  };
  const ended = await world.running.invoke(lambda, event, `${name} ${action} #${attempt}`);
  return !ended.died && !ended.failed;
}
