import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import type * as z from "zod";
import type { HttpContract } from "#shared/contracts/contract";
import type { NeedsOf, UsesOf } from "#shared/contracts/implied";
import type { Adapters, Granted } from "#shared/ports/catalogue";
import type { Page } from "#shared/ports/page";
import { type Call, realWorld } from "./call.ts";
import { connect } from "./connect.ts";
import { type AnyRun, httpPipeline } from "./pipelines.ts";

type Parts<C> =
  C extends HttpContract<infer _U, infer P, infer Q, infer B, infer R, infer L>
    ? { call: Call<z.output<P>, z.output<Q>, z.output<B>>; result: L extends true ? Page<z.input<R>> : z.input<R> }
    : never;
/** What an action's `run` receives, as its contract has parsed it. */
export type CallOf<C extends HttpContract> = Parts<C>["call"];
/** What it gives back: the reply's body, or for a list one page of items. */
export type ResultOf<C extends HttpContract> = Parts<C>["result"];

/**
 * Makes the Lambda handler of an HTTP action. What may refuse, in this order: token, account and role, size and shape,
 * idempotency key, the action itself. The result is parsed by the contract before it leaves, and before it is committed;
 * everything thrown becomes a problem. `run` is the bare action, which tests call with fakes.
 *
 * @param adapters one record, of which only what the contract `uses` is made: `dynamodb`, or
 *   `{ ...dynamodb, payments: stripePayments }`
 */
export function implement<C extends HttpContract>(
  contract: C,
  adapters: NoInfer<Adapters<NeedsOf<C>>>,
  run: (call: CallOf<C>, ports: Granted<UsesOf<C>>) => Promise<ResultOf<C>>,
) {
  let pipeline: ReturnType<typeof httpPipeline> | undefined;
  const handler = async (event: APIGatewayProxyEventV2, context: Context) => {
    // The contract's shapes have parsed what `run` receives; the types of one call cannot be told to a shared pipeline.
    pipeline ??= httpPipeline(contract, connect(contract, adapters), run as AnyRun, realWorld);
    return pipeline(event, context);
  };
  return Object.assign(handler, { run, contract });
}
