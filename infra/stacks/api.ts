import { CfnOutput, Duration, Fn, Stack, type StackProps } from "aws-cdk-lib";
import {
  CorsHttpMethod,
  HttpApi,
  IpAddressType,
  HttpAuthorizer,
  HttpAuthorizerType,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
  HttpStage,
} from "aws-cdk-lib/aws-apigatewayv2";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import { removalPolicyOf, retentionOf } from "../retention.ts";
import type { Stage } from "../stages.ts";
import type { Surroundings } from "../surroundings.ts";

export interface ApiStackProps extends StackProps {
  readonly stage: Stage;
  readonly userPool: Surroundings["userPool"];
}

/** What is logged of every request: never a body, a token or an address. */
const ACCESS_LOG = {
  requestId: "$context.requestId",
  at: "$context.requestTime",
  method: "$context.httpMethod",
  route: "$context.routeKey",
  status: "$context.status",
  latencyMs: "$context.responseLatency",
  bytes: "$context.responseLength",
  authorizerError: "$context.authorizer.error",
  integrationError: "$context.integrationErrorMessage",
};

/** The gateway: CORS, throttling, access logs and the first gate. Areas add their routes to it. */
export class ApiStack extends Stack {
  readonly api: HttpApi;
  readonly authorizer: IHttpRouteAuthorizer;

  constructor(scope: Construct, id: string, { stage, userPool, ...props }: ApiStackProps) {
    super(scope, id, props);
    this.api = new HttpApi(this, "Api", {
      apiName: `atomic-${stage.name}`,
      createDefaultStage: false,
      // As the links' distribution: a creator who clicks by IPv6 and signs in by IPv4 would be two visitors.
      ipAddressType: IpAddressType.DUAL_STACK,
      corsPreflight: {
        allowOrigins: [...stage.corsOrigins],
        allowMethods: [
          CorsHttpMethod.GET,
          CorsHttpMethod.POST,
          CorsHttpMethod.PUT,
          CorsHttpMethod.PATCH,
          CorsHttpMethod.DELETE,
        ],
        allowHeaders: ["authorization", "content-type", "idempotency-key", "if-match", "if-none-match", "x-api-key"],
        exposeHeaders: ["etag", "idempotency-replayed", "retry-after", "x-request-id"],
        maxAge: Duration.hours(1),
      },
    });
    this.addStage(stage);
    this.authorizer = this.addAuthorizer(userPool);
    new CfnOutput(this, "ApiUrl", { value: this.api.apiEndpoint, description: "Where the API answers" });
    new CfnOutput(this, "ApiId", { value: this.api.apiId, description: "The API, for tools" });
  }

  private addStage(stage: Stage): void {
    const logGroup = new LogGroup(this, "AccessLogs", {
      retention: retentionOf(stage),
      removalPolicy: removalPolicyOf(stage),
    });
    new HttpStage(this, "Stage", {
      httpApi: this.api,
      stageName: "$default",
      autoDeploy: true,
      throttle: { rateLimit: stage.throttle.rate, burstLimit: stage.throttle.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(logGroup),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
      },
    });
  }

  private addAuthorizer({ id, clientIds }: Surroundings["userPool"]): IHttpRouteAuthorizer {
    const authorizer = new HttpAuthorizer(this, "Tokens", {
      httpApi: this.api,
      authorizerName: "access-tokens",
      type: HttpAuthorizerType.JWT,
      identitySource: ["$request.header.Authorization"],
      jwtIssuer: Fn.join("", ["https://cognito-idp.", this.region, ".amazonaws.com/", id]),
      jwtAudience: [...clientIds],
    });
    return HttpAuthorizer.fromHttpAuthorizerAttributes(this, "TokensOfRoutes", {
      authorizerId: authorizer.authorizerId,
      authorizerType: "JWT",
    });
  }
}
