import type { Context } from "aws-lambda";
import type { UserPoolContract } from "#shared/contracts/contract";
import type { NeedsOf, UsesOf } from "#shared/contracts/implied";
import type { Adapters, Granted } from "#shared/ports/catalogue";
import { realWorld, type World } from "./call.ts";
import { connectOnce } from "./connect.ts";
import type { PoolCall, PoolContext } from "./middleware/pool-event.ts";
import { poolPipeline } from "./pipelines.ts";
import { untilDecided } from "./until-decided.ts";

/** Makes the Lambda handler of a user-pool trigger. What `run` gives back becomes the event's response. */
export function implementUserPool<C extends UserPoolContract>(
  contract: C,
  adapters: NoInfer<Adapters<NeedsOf<C>>>,
  run: (call: PoolCall, ports: Granted<UsesOf<C>>) => Promise<Readonly<Record<string, unknown>>>,
  world: World = realWorld,
) {
  const connected = connectOnce(contract, adapters);
  const pipeline = poolPipeline(contract, world, ({ call, userPoolId }) => {
    // The pool is told by its event: the environment of a pool's own trigger could only name it in a circle.
    const made = connected({ USER_POOL_ID: userPoolId });
    return untilDecided(() => run(call, made.portsFor(call)));
  });
  const handler = (event: unknown, context: Context) => pipeline(event, context as PoolContext);
  return Object.assign(handler, { run, contract });
}
