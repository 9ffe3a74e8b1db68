import middy from "@middy/core";
import httpHeaderNormalizer from "@middy/http-header-normalizer";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type * as z from "zod";
import type { HttpContract } from "#shared/contracts/contract";
import { type Capability, type Granted, runtimeEnvironment, type Wiring } from "#shared/ports/catalogue";
import type { Page } from "#shared/ports/page";
import { cognitoAuthenticator } from "./authenticate.ts";
import { type Call, realWorld } from "./call.ts";
import { connect } from "./connect.ts";
import { type AnyRun, answerRequest, type Serving } from "./http.ts";

/** What `run` gives back: the reply's body, or for a list one page of items. */
type Result<R extends z.ZodType, L extends boolean> = L extends true ? Page<z.input<R>> : z.input<R>;

/**
 * Makes the Lambda handler of an HTTP action. What may refuse, in this order: token, account and role, size and shape,
 * idempotency key, the action itself. The result is parsed by the contract before it leaves; everything thrown becomes
 * a problem. `run` is the bare action, which tests call with fakes.
 */
export function implement<
  U extends Capability,
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
  L extends boolean,
>(
  contract: HttpContract<U, P, Q, B, R, L>,
  wiring: NoInfer<Wiring<U>>,
  run: (call: Call<z.output<P>, z.output<Q>, z.output<B>>, ports: Granted<U>) => Promise<Result<R, L>>,
) {
  let serving: Serving | undefined;
  const handler = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(httpHeaderNormalizer())
    .handler((event) => {
      serving ??= makeServing(contract, wiring);
      // The contract's shapes have parsed what `run` receives; the types of one call cannot be told to a shared pipeline.
      return answerRequest(serving, contract, run as AnyRun, event);
    });
  return Object.assign(handler, { run, contract });
}

function makeServing<U extends Capability>(contract: HttpContract<U>, wiring: Wiring<U>): Serving {
  const guarded = contract.roles === "public" ? [] : runtimeEnvironment.http;
  const connected = connect(contract.uses, wiring, guarded);
  const authenticate = contract.roles === "public" ? undefined : cognitoAuthenticator(connected.table);
  return { connected, authenticate, world: realWorld };
}
