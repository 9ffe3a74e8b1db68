import { expect, test } from "@jest/globals";
import { type AnyDeclaration, leadingKey } from "#shared/table/item";
import { declarations } from "#shared/table/items/index";
import { functionsOf, listOf, ofType, pointsTo, type Statement, type StageUnderTest, statementsOf } from "./stage.ts";

const KEYS = "dynamodb:LeadingKeys";
const onItems = /^dynamodb:(GetItem|BatchGetItem|Query|PutItem|UpdateItem|DeleteItem|ConditionCheckItem)$/;
/** Objects below one prefix, and one call that knows no resource. */
const wildcards = ["/clicks/*", "/files/*", "/exports/*", "/aws/lambda/*", '"dynamodb:ListStreams"'];

/** Short names for what rights are on: the export or the attribute they point to. */
function resourceNames(resource: unknown): string[] {
  return (Array.isArray(resource) ? resource : [resource]).map((one) => {
    const text = pointsTo(one);
    const named = /:(identity|configuration-set)\//.exec(text)?.[1] ?? /:secret:/.exec(text)?.[0].replaceAll(":", "");
    return named ?? /(?:ExportsOutput(?:Ref|FnGetAtt)|GetAtt":\[")([A-Za-z]+)/.exec(text)?.[1] ?? text;
  });
}

/** Rights on items, by the actions they consist of. The first that fits takes its actions out of a statement. */
const verbs: readonly (readonly [string, readonly string[]])[] = [
  ["gets", ["GetItem", "BatchGetItem"]],
  ["queries", ["Query"]],
  ["puts", ["PutItem"]],
  ["removes", ["DeleteItem"]],
  ["adds", ["UpdateItem"]],
  ["checks", ["ConditionCheckItem"]],
];
const kinds = Object.values(declarations);
const ofTable = new Set(kinds.map(leadingKey));
const ofIndexes = new Set(kinds.flatMap(({ listings = {} }) => Object.values(listings).map(leadingKey)));
const removable = new Set(kinds.filter((one) => one.removable).map(leadingKey));
/** Figures that are changed in place. Everything else is put, whole, under its version. */
const inPlace = new Set(
  [
    declarations.wallet,
    declarations.budget,
    declarations.unreadCount,
    declarations.countedHit,
    declarations.conversionTally,
  ].map(leadingKey),
);

/** Partitions that a statement opens, and for what: CDK merges statements about the same partitions. */
function opened({ Action, Condition }: Statement): { verb: string; keys: readonly string[] }[] {
  const left = new Set(listOf(Action).map((action) => action.replace("dynamodb:", "")));
  const found = verbs.flatMap(([verb, actions]) => {
    if (!actions.every((action) => left.has(action))) return [];
    for (const action of actions) left.delete(action);
    return [verb];
  });
  const keys = listOf(Condition?.["ForAllValues:StringLike"]?.[KEYS]);
  return [...found, ...left].map((verb) => ({ verb, keys }));
}

/** What one function may do, as a person would want to review it. */
function rightsOf(statements: readonly Statement[]): string[] {
  const onTable = statements
    .filter(({ Action }) => listOf(Action).some((action) => onItems.test(action)))
    .flatMap(opened);
  const opens = (verb: string): string[] => onTable.filter((one) => one.verb === verb).flatMap(({ keys }) => keys);
  const known = new Set(onTable.flatMap(({ verb, keys }) => (verb === "checks" ? [] : keys)));
  const partitions = [...new Set(onTable.map(({ verb }) => verb))]
    .map((verb) => [
      verb,
      ...opens(verb)
        .filter((key) => verb !== "checks" || !known.has(key))
        .sort(),
    ])
    .filter((words) => words.length > 1);
  const others = statements
    .filter(({ Action }) => !listOf(Action).some((action) => onItems.test(action) || action.startsWith("logs:")))
    .map(({ Action, Resource }) => [...listOf(Action), "on", ...resourceNames(Resource)]);
  return [...partitions, ...others].map((words) => words.join(" ")).sort();
}

export function promiseAccess(stage: StageUnderTest): void {
  test("grants named actions on named resources", () => {
    const statements = ofType(stage, "AWS::IAM::Policy").flatMap(({ id, Properties }) =>
      (Properties.PolicyDocument.Statement as Statement[]).map((statement) => ({ id, text: pointsTo(statement) })),
    );
    expect(statements.length).toBeGreaterThan(100);
    for (const { id, text } of statements) {
      const rest = wildcards.some((allowed) => text.includes(allowed))
        ? text.replaceAll("/*", "").replace('"*"', "")
        : text;
      // Patterns of partition keys are the conditions' own language.
      expect([id, rest.replaceAll(/[A-Z_]+#\*/g, "")]).toEqual([id, expect.not.stringContaining("*")]);
    }
    for (const { id, Properties } of ofType(stage, "AWS::IAM::Role"))
      expect([id, Properties.ManagedPolicyArns, Properties.Policies]).toEqual([id, undefined, undefined]);
  });

  test("opens partitions of named kinds only, and nothing when no partition is asked for", () => {
    for (const [name, lambda] of functionsOf(stage)) {
      const role = String(lambda.Properties.Role["Fn::GetAtt"][0]);
      for (const statement of statementsOf(stage, lambda.stack, role)) {
        const { Action, Condition, Resource } = statement;
        if (!listOf(Action).some((action) => onItems.test(action))) continue;
        expect([name, Condition?.["Null"]]).toEqual([name, { [KEYS]: "false" }]);
        const resources = Array.isArray(Resource) ? (Resource as unknown[]) : [Resource];
        for (const { verb, keys } of opened(statement)) {
          const listed = keys.some((key) => ofIndexes.has(key));
          const known = listed ? ofIndexes : ofTable;
          expect([name, listed && verb !== "queries"]).toEqual([name, false]);
          expect([name, verbs.map(([one]) => one)]).toEqual([name, expect.arrayContaining([verb])]);
          expect([name, keys.length > 0, keys.filter((key) => !known.has(key))]).toEqual([name, true, []]);
          for (const one of resources)
            expect([name, verb, pointsTo(one).includes("/index/")]).toEqual([name, verb, listed]);
        }
      }
    }
  });

  test("changes in place only figures, and removes only what was lent", () => {
    const allowed: Readonly<Record<string, ReadonlySet<string>>> = { adds: inPlace, removes: removable };
    const seen = new Set<string>();
    for (const [name, lambda] of functionsOf(stage)) {
      const role = String(lambda.Properties.Role["Fn::GetAtt"][0]);
      for (const { verb, keys } of statementsOf(stage, lambda.stack, role).flatMap(opened)) {
        const among = allowed[verb];
        if (among === undefined) continue;
        seen.add(verb);
        expect([name, verb, keys.filter((key) => !among.has(key))]).toEqual([name, verb, []]);
      }
    }
    expect([...seen].sort()).toEqual(["adds", "removes"]);
  });

  test("keeps money from what only tells people, and people's rights from what only moves money", () => {
    const changed = (name: string): string[] => {
      const lambda = functionsOf(stage).get(name);
      if (!lambda) throw new Error(`no function ${name}`);
      const role = String(lambda.Properties.Role["Fn::GetAtt"][0]);
      const changing = statementsOf(stage, lambda.stack, role)
        .flatMap(opened)
        .filter(({ verb }) => /puts|adds/.test(verb));
      return changing.flatMap(({ verb, keys }) => keys.map((key) => `${verb} ${key}`)).sort();
    };
    const { unreadCount, auditEntry, outboxEvent, notification } = declarations;
    const { wallet, budget, deposit, refund, cardDispute, journalEntry, walletTransaction, stripeEvent } = declarations;
    const recorded = [auditEntry, outboxEvent];
    const rights = (adds: readonly AnyDeclaration[], puts: readonly AnyDeclaration[]): string[] =>
      [...adds.map((one) => `adds ${leadingKey(one)}`), ...puts.map((one) => `puts ${leadingKey(one)}`)].sort();
    expect(changed("notify-people")).toEqual(rights([unreadCount], [...recorded, notification]));
    // Who listens to the world moves no money.
    expect(changed("receive-stripe-webhook")).toEqual(rights([], [...recorded, stripeEvent]));
    const told = [deposit, refund, cardDispute, stripeEvent];
    const money = rights([wallet, budget], [...recorded, ...told, journalEntry, walletTransaction]);
    expect(changed("process-stripe-event")).toEqual(money);
  });

  test("never lets a function read the table whole, or remove it", () => {
    const actions = ofType(stage, "AWS::IAM::Policy").flatMap(({ Properties }) =>
      (Properties.PolicyDocument.Statement as Statement[]).flatMap(({ Action }) => listOf(Action)),
    );
    expect(actions.filter((action) => /Scan|PartiQL|DeleteTable|UpdateTable|BatchWrite/.test(action))).toEqual([]);
  });

  test("lets nobody reach the click function but the distribution", () => {
    const [url] = ofType(stage, "AWS::Lambda::Url");
    expect(url?.Properties.AuthType).toBe("AWS_IAM");
    const [distribution] = ofType(stage, "AWS::CloudFront::Distribution");
    const { Origins, DefaultCacheBehavior, WebACLId } = distribution?.Properties.DistributionConfig ?? {};
    expect(Origins[0].OriginAccessControlId).toBeDefined();
    // Since October 2025 a Function URL asks its caller for both rights.
    const rights = ofType(stage, "AWS::Lambda::Permission").filter(
      ({ Properties }) => Properties.Principal === "cloudfront.amazonaws.com",
    );
    expect(rights.map(({ Properties }) => String(Properties.Action)).sort()).toEqual([
      "lambda:InvokeFunction",
      "lambda:InvokeFunctionUrl",
    ]);
    expect(DefaultCacheBehavior).toMatchObject({
      // A managed policy: CachingDisabled.
      CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
      ViewerProtocolPolicy: "redirect-to-https",
      FunctionAssociations: [{ EventType: "viewer-request" }],
    });
    // A Function URL answers to its own name alone, so the viewer's `Host` is not passed on.
    const [visits] = ofType(stage, "AWS::CloudFront::OriginRequestPolicy");
    const { HeadersConfig, CookiesConfig, QueryStringsConfig } = visits?.Properties.OriginRequestPolicyConfig ?? {};
    expect(HeadersConfig).toEqual({
      HeaderBehavior: "whitelist",
      Headers: expect.arrayContaining(["x-viewer-address", "cloudfront-viewer-country", "cloudfront-viewer-asn"]),
    });
    expect(HeadersConfig.Headers).not.toContain("host");
    expect(HeadersConfig.Headers.length).toBeLessThanOrEqual(10);
    expect([CookiesConfig, QueryStringsConfig]).toEqual([{ CookieBehavior: "none" }, { QueryStringBehavior: "all" }]);
    const outside = stage.name !== "local";
    expect(WebACLId !== undefined).toBe(outside);
    const walls = ofType(stage, "AWS::WAFv2::WebACL");
    expect(walls.map(({ Properties }) => [Properties.Scope, Properties.Rules.length])).toEqual(
      outside ? [["CLOUDFRONT", 1]] : [],
    );
  });

  test("logs visitors' requests without what tells who they are, where CloudFront alone may write", () => {
    const outside = stage.name !== "local";
    const [distribution] = ofType(stage, "AWS::CloudFront::Distribution");
    expect(distribution?.Properties.DistributionConfig.Logging).toBeUndefined();
    const deliveries = ofType(stage, "AWS::Logs::Delivery");
    expect(deliveries).toHaveLength(outside ? 1 : 0);
    for (const { Properties, DependsOn } of deliveries) {
      const telling = /^c-|User-Agent|Referer|Cookie|x-forwarded-for|query|asn|country/;
      expect((Properties.RecordFields as string[]).filter((field) => telling.test(field))).toEqual([]);
      expect(Properties.RecordFields).toEqual(
        expect.arrayContaining(["cs-uri-stem", "sc-status", "x-edge-request-id"]),
      );
      const policies = ofType(stage, "AWS::S3::BucketPolicy").filter(({ id }) => DependsOn?.includes(id));
      expect(pointsTo(policies[0]?.Properties.PolicyDocument)).toContain("delivery.logs.amazonaws.com");
    }
    const [source] = ofType(stage, "AWS::Logs::DeliverySource");
    if (outside) expect(pointsTo(source?.Properties.ResourceArn)).toContain(distribution?.id);
  });

  test("cuts an address off only at what no crowd behind one carrier's address does", () => {
    for (const { Properties } of ofType(stage, "AWS::WAFv2::WebACL")) {
      const { limit, Limit = limit, EvaluationWindowSec } = Properties.Rules[0].Statement.RateBasedStatement;
      expect([Limit / EvaluationWindowSec, EvaluationWindowSec]).toEqual([200, 300]);
    }
  });
}

/** Every function's rights, for the snapshot that is reviewed whenever it changes. */
export function rights(stage: StageUnderTest): string {
  const lines = [...functionsOf(stage)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, lambda]) => {
      const role = String(lambda.Properties.Role["Fn::GetAtt"][0]);
      return [name, ...rightsOf(statementsOf(stage, lambda.stack, role)).map((line) => `  ${line}`)];
    });
  return lines.join("\n");
}
