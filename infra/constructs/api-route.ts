import {
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  type IHttpApi,
  type IHttpRouteAuthorizer,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import type { HttpContract } from "#shared/contracts/contract";
import { needsToken } from "#shared/contracts/implied";
import * as z from "zod";

export interface ApiRouteProps {
  readonly contract: HttpContract;
  readonly lambda: LambdaFunction;
  readonly api: IHttpApi;
  readonly authorizer: IHttpRouteAuthorizer;
}

/** An action's route. The native JWT authorizer is its first gate, unless it is public or takes API keys. */
export class ApiRoute extends Construct {
  constructor(scope: Construct, id: string, { contract, lambda, api, authorizer }: ApiRouteProps) {
    super(scope, id);
    const [method = "", path = ""] = contract.route.split(" ");
    new HttpRoute(this, "Route", {
      httpApi: api,
      routeKey: contract.catchAll ? HttpRouteKey.DEFAULT : HttpRouteKey.with(path, z.enum(HttpMethod).parse(method)),
      integration: new HttpLambdaIntegration("Lambda", lambda),
      ...(needsToken(contract) && { authorizer }),
    });
  }
}
