/** The stage's own switches; networks have none of these. */
import * as z from "zod";
import { SocialPlatform } from "#shared/domain/social/platform";
import type { Clock } from "#infra/local/stripe/clock";
import { faultShape, type Faults, randomShape } from "./faults.ts";
import type { Reply } from "./network.ts";
import type { StandIn } from "./stand-in.ts";

export interface Controlled {
  readonly clock: Clock;
  readonly faults: Faults;
  readonly standIns: ReadonlyMap<string, StandIn>;
}

const clockShape = z.strictObject({ offsetSeconds: z.int().min(0) });
const memberShape = z.strictObject({
  platform: SocialPlatform,
  username: z.string().min(1).max(60),
  followers: z.int().min(0).optional(),
  following: z.int().min(0).optional(),
  posts: z
    .array(z.strictObject({ likes: z.int().min(0).nullable(), comments: z.int().min(0) }))
    .max(100)
    .optional(),
});
const withdrawalShape = z.strictObject({ platform: SocialPlatform, username: z.string() });
const limitShape = z.strictObject({ platform: SocialPlatform, units: z.int().min(0) });

type Control = (body: unknown, stage: Controlled) => Reply;

const control =
  <S extends z.ZodType>(shape: S, run: (input: z.output<S>, stage: Controlled) => object): Control =>
  (body, stage) => {
    const input = shape.safeParse(body);
    return input.success
      ? { status: 200, body: run(input.data, stage) }
      : { status: 400, body: { message: z.prettifyError(input.error) } };
  };

const nothing = z.unknown();
const at = ({ standIns }: Controlled, platform: SocialPlatform): StandIn => {
  const found = standIns.get(platform);
  if (!found) throw new Error(`${platform} is not played`);
  return found;
};

function changeMember(
  { platform, username, posts, ...counts }: z.output<typeof memberShape>,
  stage: Controlled,
): object {
  const member = at(stage, platform).members.named(username);
  const given = Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== undefined));
  return Object.assign(member, given, posts && { posts: posts.map((post, nth) => ({ id: `${nth + 1}`, ...post })) });
}

const controls: Readonly<Record<string, Control>> = {
  "PUT /_clock": control(clockShape, ({ offsetSeconds }, { clock }) => {
    const isMoved = clock.move(offsetSeconds);
    return { isMoved, offsetSeconds: clock.offsetSeconds, now: new Date(clock.now()).toISOString() };
  }),
  "POST /_faults": control(faultShape, (fault, { faults }) => {
    faults.add(fault);
    return fault;
  }),
  "POST /_faults/random": control(randomShape, (random, { faults }) => {
    faults.randomize(random);
    return random;
  }),
  "DELETE /_faults": control(nothing, (_, { faults }) => {
    faults.clear();
    return {};
  }),
  "PUT /_members": control(memberShape, changeMember),
  "POST /_withdrawals": control(withdrawalShape, ({ platform, username }, stage) => ({
    withdrawn: at(stage, platform).grants.withdraw(username),
  })),
  "PUT /_limits": control(limitShape, ({ platform, units }, stage) => {
    at(stage, platform).spent.units = units;
    return { platform, units };
  }),
  "GET /_state": control(nothing, (_, { standIns }) =>
    Object.fromEntries(
      [...standIns].map(([platform, { members, grants }]) => [
        platform,
        { members: members.all().map(({ username }) => username), connections: grants.live() },
      ]),
    ),
  ),
  "GET /_secrets": control(nothing, (_, { standIns }) => ({
    secrets: [...standIns.values()].flatMap(({ grants, client }) => [client.secret, ...grants.secrets()]),
  })),
};

/**
 * Throws a switch.
 *
 * | switch | what happens |
 * |---|---|
 * | `PUT /_clock` `{ offsetSeconds }` | what the networks date by is that far ahead of the machine's clock |
 * | `POST /_faults` `{ platform, operation, kind, times, retryAfterSeconds }` | requests fail as told; `*` is any |
 * | `POST /_faults/random` `{ seed, probabilities }`, `DELETE /_faults` | they fail by chance, or no more |
 * | `PUT /_members` `{ platform, username, followers, following, posts }` | somebody's figures change |
 * | `POST /_withdrawals` `{ platform, username }` | somebody takes their consents back at the network |
 * | `PUT /_limits` `{ platform, units }` | a window has so many requests |
 * | `GET /_state` | who there is, and how many consents live |
 * | `GET /_secrets` | every code, token and client secret, for tests that look for them where none may be |
 */
export function answerControl(stage: Controlled, method: string, path: string, body: unknown): Reply {
  const run = controls[`${method} ${path}`];
  return run ? run(body, stage) : { status: 404, body: { message: `Nothing at ${method} ${path}.` } };
}
