import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { attribute, inlineFunction, type Pair, ref, type Resources, type Stage, startPair, until } from "./support.ts";

/** Says which request it is; on one path it takes longer than the gateway waits. */
const answering = `
exports.handler = async (event) => {
  if (event.rawPath === "/slow") await new Promise((resolve) => setTimeout(resolve, 1500));
  return { statusCode: 200, body: event.requestContext.requestId };
};`;

const FORMAT = {
  id: "$context.requestId",
  route: "$context.routeKey",
  status: "$context.status",
  unknown: "$context.x",
};

function api(name: string, TimeoutInMillis: number, settings: Readonly<Record<string, unknown>>): Resources {
  const at = (part: string) => `${name}${part}`;
  return {
    [name]: { Type: "AWS::ApiGatewayV2::Api", Properties: { Name: name, ProtocolType: "HTTP" } },
    [at("Calls")]: {
      Type: "AWS::ApiGatewayV2::Integration",
      Properties: {
        ApiId: ref(name),
        IntegrationType: "AWS_PROXY",
        IntegrationUri: attribute("Answering"),
        PayloadFormatVersion: "2.0",
        TimeoutInMillis,
      },
    },
    ...Object.fromEntries(
      ["/quick", "/slow"].map((path) => [
        at(path.slice(1)),
        {
          Type: "AWS::ApiGatewayV2::Route",
          Properties: {
            ApiId: ref(name),
            RouteKey: `GET ${path}`,
            Target: { "Fn::Join": ["/", ["integrations", ref(at("Calls"))]] },
          },
        },
      ]),
    ),
    [at("Stage")]: {
      Type: "AWS::ApiGatewayV2::Stage",
      Properties: { ApiId: ref(name), StageName: "$default", AutoDeploy: true, ...settings },
    },
  };
}

const BURST = 3;
const resources: Resources = {
  Answering: inlineFunction(answering),
  Lines: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: "lines" } },
  // The rate gives nothing back while the test runs: what is let through is the burst, to the last one.
  ...api("Narrow", 20_000, { DefaultRouteSettings: { ThrottlingRateLimit: 0.001, ThrottlingBurstLimit: BURST } }),
  ...api("Logged", 300, { AccessLogSettings: { DestinationArn: attribute("Lines"), Format: JSON.stringify(FORMAT) } }),
};

let pair: Pair;
let apis: ReadonlyMap<Stage, Readonly<Record<string, string>>>;

const ask = (stage: Stage, name: string, path: string) =>
  fetch(`${stage.url}/_aws/execute-api/${apis.get(stage)?.[name] ?? ""}/$default${path}`);

/** What the log group holds, by CloudWatch Logs' own protocol: one call needs no client. */
async function lines(stage: Stage): Promise<unknown[]> {
  const reply = await fetch(stage.url, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "Logs_20140328.FilterLogEvents",
      authorization: "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/logs/aws4_request, Signature=0",
    },
    body: JSON.stringify({ logGroupName: "lines" }),
  });
  const { events } = (await reply.json()) as { events: readonly { message: string }[] };
  return events.map(({ message }) => JSON.parse(message) as unknown);
}

beforeAll(async () => {
  pair = await startPair();
  const deployed = async (stage: Stage) =>
    [stage, await stage.deploy("limits", resources, { Narrow: ref("Narrow"), Logged: ref("Logged") })] as const;
  apis = new Map(await Promise.all([deployed(pair.repaired), deployed(pair.stock)]));
}, 60_000);

afterAll(() => pair?.stop());

test("http-api-throttling", async () => {
  const statuses = async (stage: Stage) => {
    const replies = await Promise.all(Array.from({ length: 8 }, () => ask(stage, "Narrow", "/quick")));
    return replies.map(({ status }) => status).sort();
  };
  expect(await statuses(pair.repaired)).toEqual([200, 200, 200, 429, 429, 429, 429, 429]);
  expect(new Set(await statuses(pair.stock))).toEqual(new Set([200]));
});

test("http-api-integration-timeout", async () => {
  const repaired = await ask(pair.repaired, "Logged", "/slow");
  expect([repaired.status, await repaired.json()]).toEqual([503, { message: "Service Unavailable" }]);
  expect((await ask(pair.stock, "Logged", "/slow")).status).toBe(200);
}, 20_000);

test("http-api-access-logs", async () => {
  const reply = await until("an answer in time", async () => {
    const said = await ask(pair.repaired, "Logged", "/quick");
    return said.status === 200 ? said.text() : undefined;
  });
  expect(await lines(pair.repaired)).toContainEqual({ id: reply, route: "GET /quick", status: "200", unknown: "-" });
  expect((await ask(pair.stock, "Logged", "/quick")).status).toBe(200);
  expect(await lines(pair.stock)).toEqual([]);
});
