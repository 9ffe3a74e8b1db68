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
import * as z from "zod";

export interface ApiRouteProps {
  readonly contract: HttpContract;
  readonly lambda: LambdaFunction;
  readonly api: IHttpApi;
  readonly authorizer: IHttpRouteAuthorizer;
}

/** An action's route. Every route but the public ones has the native JWT authorizer as its first gate. */
export class ApiRoute extends Construct {
  constructor(scope: Construct, id: string, { contract, lambda, api, authorizer }: ApiRouteProps) {
    super(scope, id);
    const [method = "", path = ""] = contract.route.split(" ");
    new HttpRoute(this, "Route", {
      httpApi: api,
      routeKey: contract.catchAll ? HttpRouteKey.DEFAULT : HttpRouteKey.with(path, z.enum(HttpMethod).parse(method)),
      integration: new HttpLambdaIntegration("Lambda", lambda),
      ...(contract.roles !== "public" && { authorizer }),
    });
  }
}
