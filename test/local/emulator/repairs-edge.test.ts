import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import {
  attribute,
  inlineFunction,
  type Pair,
  ref,
  requestAs,
  type Resources,
  type Stage,
  startPair,
} from "./support.ts";

const echo = `
exports.handler = async (event) => ({
  statusCode: event.rawPath.endsWith("/gone") ? 410 : 200,
  headers: { "content-type": "application/json", "x-path": event.rawPath },
  body: JSON.stringify(event),
});`;

const edgeFunction = `
function handler(event) {
  var request = event.request;
  if (request.uri === "/t/own-answer")
    return { statusCode: 302, statusDescription: "Found", headers: { location: { value: "https://example.com/" } } };
  request.headers["x-viewer-address"] = { value: event.viewer.ip };
  return request;
}`;

const managed = { noCache: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", allButHost: "b689b0a8-53d0-40ab-baf2-68738e2966ac" };

const functionUrlHost = { "Fn::Select": [2, { "Fn::Split": ["/", attribute("Url", "FunctionUrl")] }] };

function origin(id: string, control?: unknown) {
  return {
    Id: id,
    DomainName: functionUrlHost,
    CustomOriginConfig: { OriginProtocolPolicy: "https-only" },
    ...(control ? { OriginAccessControlId: control } : {}),
  };
}

function behavior(target: string) {
  return {
    TargetOriginId: target,
    ViewerProtocolPolicy: "allow-all",
    CachePolicyId: managed.noCache,
    OriginRequestPolicyId: managed.allButHost,
    FunctionAssociations: [{ EventType: "viewer-request", FunctionARN: attribute("Edge", "FunctionARN") }],
  };
}

const edge: Resources = {
  Echo: inlineFunction(echo),
  Url: { Type: "AWS::Lambda::Url", Properties: { TargetFunctionArn: attribute("Echo"), AuthType: "AWS_IAM" } },
  Edge: {
    Type: "AWS::CloudFront::Function",
    Properties: {
      Name: "edge",
      AutoPublish: true,
      FunctionCode: edgeFunction,
      FunctionConfig: { Comment: "", Runtime: "cloudfront-js-2.0" },
    },
  },
  Control: {
    Type: "AWS::CloudFront::OriginAccessControl",
    Properties: {
      OriginAccessControlConfig: {
        Name: "control",
        OriginAccessControlOriginType: "lambda",
        SigningBehavior: "always",
        SigningProtocol: "sigv4",
      },
    },
  },
  Distribution: {
    Type: "AWS::CloudFront::Distribution",
    Properties: {
      DistributionConfig: {
        Enabled: true,
        Origins: [origin("signed", attribute("Control", "Id")), origin("unsigned")],
        DefaultCacheBehavior: behavior("unsigned"),
        CacheBehaviors: [{ PathPattern: "/t/*", ...behavior("signed") }],
      },
    },
  },
};

const jwt = (route: string) => ({
  Type: "AWS::ApiGatewayV2::Route",
  Properties: {
    ApiId: ref("Api"),
    RouteKey: route,
    Target: { "Fn::Join": ["/", ["integrations", ref("Integration")]] },
    ...(route === "$default" ? {} : { AuthorizationType: "JWT", AuthorizerId: ref("Authorizer") }),
  },
});

const site = "https://app.example.com";

const api: Resources = {
  Echo: inlineFunction(echo),
  Api: {
    Type: "AWS::ApiGatewayV2::Api",
    Properties: {
      Name: "api",
      ProtocolType: "HTTP",
      CorsConfiguration: {
        AllowOrigins: [site],
        AllowMethods: ["GET", "POST"],
        AllowHeaders: ["authorization"],
        AllowCredentials: true,
        MaxAge: 600,
      },
    },
  },
  Stage: {
    Type: "AWS::ApiGatewayV2::Stage",
    Properties: { ApiId: ref("Api"), StageName: "$default", AutoDeploy: true },
  },
  Integration: {
    Type: "AWS::ApiGatewayV2::Integration",
    Properties: {
      ApiId: ref("Api"),
      IntegrationType: "AWS_PROXY",
      IntegrationUri: attribute("Echo"),
      PayloadFormatVersion: "2.0",
    },
  },
  Authorizer: {
    Type: "AWS::ApiGatewayV2::Authorizer",
    Properties: {
      ApiId: ref("Api"),
      Name: "jwt",
      AuthorizerType: "JWT",
      IdentitySource: ["$request.header.Authorization"],
      JwtConfiguration: { Audience: ["none"], Issuer: "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_none" },
    },
  },
  Guarded: jwt("GET /v1/things/{thingId}"),
  Fallback: jwt("$default"),
};

interface Deployed {
  readonly stage: Stage;
  readonly apiUrl: string;
  readonly domain: string;
}

interface Event {
  readonly rawQueryString: string;
  readonly routeKey: string;
  readonly cookies?: string[];
  readonly headers: Record<string, string>;
  readonly requestContext: { http: { method: string } };
}

let pair: Pair;
let repaired: Deployed;
let stock: Deployed;

async function deploy(stage: Stage): Promise<Deployed> {
  const [ofApi, ofEdge] = await Promise.all([
    stage.deploy("api", api, { id: ref("Api") }),
    stage.deploy("edge", edge, { domain: attribute("Distribution", "DomainName") }),
  ]);
  return { stage, apiUrl: `${stage.url}/_aws/execute-api/${ofApi["id"]}/$default`, domain: ofEdge["domain"]! };
}

beforeAll(async () => {
  pair = await startPair();
  [repaired, stock] = await Promise.all([deploy(pair.repaired), deploy(pair.stock)]);
}, 60_000);

afterAll(() => pair?.stop());

describe("the HTTP API", () => {
  const preflight = async ({ apiUrl }: Deployed) => {
    const headers = { origin: site, "access-control-request-method": "GET" };
    const response = await fetch(`${apiUrl}/v1/things/1`, { method: "OPTIONS", headers });
    return [response.status, response.headers.get("access-control-allow-origin")];
  };
  const refusedOrigin = async ({ apiUrl }: Deployed) => {
    const response = await fetch(`${apiUrl}/v1/things/1`, { headers: { origin: site } });
    return [response.status, response.headers.get("access-control-allow-origin")];
  };
  const eventOf = async ({ apiUrl }: Deployed) => {
    const response = await fetch(`${apiUrl}/anything?a=1`, { headers: { cookie: "a=1; b=2" } });
    return (await response.json()) as Event;
  };

  test("http-api-template-cors", async () => {
    expect(await preflight(repaired)).toEqual([204, site]);
    expect(await preflight(stock)).toEqual([403, null]);
  });

  test("http-api-refusal-cors", async () => {
    expect(await refusedOrigin(repaired)).toEqual([401, site]);
    expect(await refusedOrigin(stock)).toEqual([401, null]);
  });

  test("http-api-event", async () => {
    const event = await eventOf(repaired);
    expect(event.cookies).toEqual(["a=1", "b=2"]);
    expect(event.headers).toMatchObject({ "x-forwarded-for": "127.0.0.1", "x-forwarded-proto": "http" });
    expect(event.headers["cookie"]).toBeUndefined();
    const unrepaired = await eventOf(stock);
    expect(unrepaired.cookies).toBeUndefined();
    expect(unrepaired.headers["x-forwarded-for"]).toBeUndefined();
  });

  test("a $default route answers what no other route does, without a token", async () => {
    expect((await eventOf(repaired)).routeKey).toBe("$default");
    const otherMethod = await fetch(`${repaired.apiUrl}/v1/things/1`, { method: "POST" });
    expect(((await otherMethod.json()) as Event).routeKey).toBe("$default");
  });
});

describe("the edge", () => {
  const get = ({ stage, domain }: Deployed, path: string, options = {}) => requestAs(stage.url, domain, path, options);

  test("cloudfront-origin-access-control", async () => {
    expect((await get(repaired, "/t/abc")).status).toBe(200);
    expect((await get(stock, "/t/abc")).status).toBe(403);
    // Without an origin access control nothing signs, repaired or not.
    expect((await get(repaired, "/elsewhere")).status).toBe(403);
  });

  test("the viewer's address and the query string reach the origin", async () => {
    const event = JSON.parse((await get(repaired, "/t/abc?x=1&y=%20z", { from: "127.0.0.1" })).body) as Event;
    expect(event.headers["x-viewer-address"]).toBe("127.0.0.1");
    expect(event.rawQueryString).toBe("x=1&y=%20z");
  });

  test("HEAD stays HEAD and is not cached", async () => {
    const answers = [await get(repaired, "/t/abc", { method: "HEAD" }), await get(repaired, "/t/abc")];
    expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
    expect(answers[0]!.body).toBe("");
    expect((JSON.parse(answers[1]!.body) as Event).requestContext.http.method).toBe("GET");
  });

  test("a CloudFront Function may answer by itself", async () => {
    const { status, headers } = await get(repaired, "/t/own-answer");
    expect([status, headers["location"]]).toEqual([302, "https://example.com/"]);
  });

  test("the origin's status is the viewer's", async () => {
    expect((await get(repaired, "/t/gone")).status).toBe(410);
  });
});
