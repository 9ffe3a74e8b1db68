import { expect, test } from "@jest/globals";
import { schema } from "#shared/table/schema";
import { ofType, pointsTo, type StageUnderTest } from "./stage.ts";

export function promiseStorage(stage: StageUnderTest): void {
  const kept = stage.name === "prod";

  test("keys, indexes and streams the table as its schema says, encrypted, and can bring it back", () => {
    const [table, ...others] = ofType(stage, "AWS::DynamoDB::Table");
    expect(others).toEqual([]);
    expect(table?.Properties).toMatchObject({
      KeySchema: [
        { AttributeName: schema.partitionKey, KeyType: "HASH" },
        { AttributeName: schema.sortKey, KeyType: "RANGE" },
      ],
      BillingMode: "PAY_PER_REQUEST",
      TimeToLiveSpecification: { AttributeName: schema.expiresAt, Enabled: true },
      StreamSpecification: { StreamViewType: "NEW_IMAGE" },
      SSESpecification: { SSEEnabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: kept,
    });
    const indexes = (table?.Properties.GlobalSecondaryIndexes ?? []) as {
      IndexName: string;
      Projection: { ProjectionType: string };
    }[];
    expect(indexes.map(({ IndexName, Projection }) => [IndexName, Projection.ProjectionType])).toEqual(
      Object.values(schema.indexes).map(({ name }) => [name, "ALL"]),
    );
  });

  test("keeps what holds people and money when its stack goes, in production alone", () => {
    for (const type of ["AWS::DynamoDB::Table", "AWS::Kinesis::Stream", "AWS::Cognito::UserPool", "AWS::S3::Bucket"]) {
      for (const { id, DeletionPolicy } of ofType(stage, type))
        expect([id, DeletionPolicy]).toEqual([id, kept ? "Retain" : "Delete"]);
    }
    expect(new Set(stage.synth().protectedStacks)).toEqual(new Set([kept]));
  });

  test("keeps every raw hit, in a private bucket that speaks TLS only", () => {
    const [stream] = ofType(stage, "AWS::Kinesis::Stream");
    expect(stream?.Properties.StreamEncryption).toBeDefined();
    const [delivery] = ofType(stage, "AWS::KinesisFirehose::DeliveryStream");
    expect(pointsTo(delivery?.Properties.KinesisStreamSourceConfiguration)).toContain(stream?.id);
    const buckets = ofType(stage, "AWS::S3::Bucket");
    expect(buckets).toHaveLength(stage.name === "local" ? 2 : 3);
    for (const { id, Properties } of buckets) {
      expect(Properties.BucketEncryption).toBeDefined();
      expect(Properties.LifecycleConfiguration.Rules).toHaveLength(1);
      expect(Properties.PublicAccessBlockConfiguration).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
      const policy = ofType(stage, "AWS::S3::BucketPolicy").find((one) => pointsTo(one.Properties.Bucket).includes(id));
      expect(pointsTo(policy?.Properties.PolicyDocument)).toContain('"aws:SecureTransport":"false"');
    }
  });

  test("puts secrets into no template but the stand-in's", () => {
    expect(ofType(stage, "AWS::SecretsManager::Secret")).toHaveLength(stage.name === "local" ? 1 : 0);
    const text = JSON.stringify(stage.synth().resources);
    expect(/sk_live|sk_test|whsec/.test(text)).toBe(stage.name === "local");
    expect(text.includes("http://")).toBe(stage.name === "local");
  });

  test("signs people up by e-mail, with a role nobody changes, and sends no password in the clear", () => {
    const [pool] = ofType(stage, "AWS::Cognito::UserPool");
    expect(pool?.Properties).toMatchObject({
      UsernameAttributes: ["email"],
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
      MfaConfiguration: "OPTIONAL",
      EnabledMfas: ["SOFTWARE_TOKEN_MFA"],
      Policies: { PasswordPolicy: { MinimumLength: 12 } },
      Schema: expect.arrayContaining([expect.objectContaining({ Name: "role", Mutable: false })]),
    });
    const triggers = Object.keys(pool?.Properties.LambdaConfig ?? {});
    expect(triggers.sort()).toEqual(["PostConfirmation", "PreSignUp", "PreTokenGeneration"]);
    const outside = stage.name !== "local";
    expect(pool?.Properties.EmailConfiguration?.EmailSendingAccount).toBe(outside ? "DEVELOPER" : undefined);
    const [client] = ofType(stage, "AWS::Cognito::UserPoolClient");
    expect(client?.Properties).toMatchObject({
      GenerateSecret: false,
      PreventUserExistenceErrors: "ENABLED",
      EnableTokenRevocation: true,
      AccessTokenValidity: 60,
      RefreshTokenValidity: 30 * 24 * 60,
    });
    expect((client?.Properties.ExplicitAuthFlows as string[]).includes("ALLOW_USER_PASSWORD_AUTH")).toBe(!outside);
    const groups = ofType(stage, "AWS::Cognito::UserPoolGroup").map(({ Properties }) => String(Properties.GroupName));
    expect(groups.sort()).toEqual(["admin", "brand", "creator"]);
  });

  test("sends mail over TLS and hears of bounces and complaints", () => {
    const [settings] = ofType(stage, "AWS::SES::ConfigurationSet");
    expect(settings?.Properties).toMatchObject({
      DeliveryOptions: { TlsPolicy: "REQUIRE" },
      SuppressionOptions: { SuppressedReasons: ["BOUNCE", "COMPLAINT"] },
    });
    const [told] = ofType(stage, "AWS::SES::ConfigurationSetEventDestination");
    expect(told?.Properties.EventDestination).toMatchObject({
      MatchingEventTypes: ["bounce", "complaint"],
      SnsDestination: expect.anything(),
    });
  });
}
