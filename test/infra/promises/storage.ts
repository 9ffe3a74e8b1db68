import { expect, test } from "@jest/globals";
import { stackPolicy } from "#infra/preflight/protect";
import { keepingStacks } from "#infra/protection";
import { FILE_DAYS } from "#shared/domain/exports/view";
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
      Object.values(schema.indexes).map(({ name }) => [name, schema.projection]),
    );
  });

  /** What may refuse to be deleted, and would end a rollback in ROLLBACK_FAILED: it stays, under a name that never comes again. */
  const guarded = ["AWS::DynamoDB::Table", "AWS::Cognito::UserPool", "AWS::S3::Bucket"];
  /** What costs money or only litters while it lies empty: it goes with a creation that is rolled back. */
  const unguarded = ["AWS::Kinesis::Stream", "AWS::KMS::Key", "AWS::Logs::LogGroup"];

  test("keeps what holds people and money when its stack goes, in production alone", () => {
    for (const type of [...guarded, ...unguarded]) {
      const policy = guarded.includes(type) ? "Retain" : "RetainExceptOnCreate";
      const found = ofType(stage, type);
      expect([type, found.length > 0]).toEqual([type, true]);
      for (const { id, DeletionPolicy, UpdateReplacePolicy } of found)
        expect([id, DeletionPolicy, UpdateReplacePolicy]).toEqual([
          id,
          kept ? policy : "Delete",
          kept ? "Retain" : "Delete",
        ]);
    }
  });

  test("seals people's tokens under a key of its own that rotates, where there are networks", () => {
    const keys = ofType(stage, "AWS::KMS::Key").filter(({ Properties }) => /tokens/.test(Properties.Description));
    expect(keys.map(({ Properties }) => Properties.EnableKeyRotation)).toEqual(stage.social ? [true] : []);
  });

  test("can be deployed again after whatever was rolled back or taken out: what stays has no name of ours", () => {
    const names = {
      ...{ Table: "TableName", UserPool: "UserPoolName", Bucket: "BucketName", Stream: "Name" },
      ...{ LogGroup: "LogGroupName", LogStream: "LogStreamName", Key: "a key has none" },
    };
    const stays = stage.synth().resources.filter(({ DeletionPolicy = "Delete" }) => DeletionPolicy !== "Delete");
    for (const { id, Type, Properties } of stays) {
      // Its name is what it is; preflight asks whose it is.
      if (Type === "AWS::SES::EmailIdentity") continue;
      const property = Object.entries(names).find(([type]) => Type.endsWith(`::${type}`))?.[1];
      expect([id, Type, property]).toEqual([id, Type, expect.any(String)]);
      expect([id, Properties[property ?? ""]]).toEqual([id, undefined]);
    }
  });

  test("can try a failed first deploy again: no stack is protected before it stands", () => {
    expect(stage.synth().protectedStacks).toEqual(kept ? ["atomic-prod-data"] : []);
  });

  test("lets no update take out or replace what holds data where data is kept, least of all a key", () => {
    const [allowed, denied] = stackPolicy.Statement;
    expect([allowed.Effect, denied.Effect, denied.Action]).toEqual([
      "Allow",
      "Deny",
      ["Update:Delete", "Update:Replace"],
    ]);
    const held: readonly string[] = denied.Condition.StringEquals.ResourceType;
    // Of a log the past stays under its old name, and an identity of SES is what it is called: another would be the same.
    const others = ["AWS::Logs::LogGroup", "AWS::Logs::LogStream", "AWS::SES::EmailIdentity"];
    const stays = stage
      .synth()
      .resources.filter(({ stack }) => keepingStacks(stage).includes(stack))
      .filter(({ Type, DeletionPolicy = "Delete" }) => DeletionPolicy !== "Delete" || Type === "AWS::SQS::Queue");
    const types = new Set(stays.map(({ Type }) => Type).filter((type) => !others.includes(type)));
    if (kept) expect([...types].sort()).toEqual([...held].sort());
  });

  test("keeps every raw hit, in a private bucket that speaks TLS only", () => {
    const [stream] = ofType(stage, "AWS::Kinesis::Stream");
    expect(stream?.Properties.StreamEncryption).toBeDefined();
    const [delivery] = ofType(stage, "AWS::KinesisFirehose::DeliveryStream");
    expect(pointsTo(delivery?.Properties.KinesisStreamSourceConfiguration)).toContain(stream?.id);
    const buckets = ofType(stage, "AWS::S3::Bucket");
    expect(buckets).toHaveLength(stage.name === "local" ? 4 : 5);
    for (const { id, Properties } of buckets) {
      expect(Properties.BucketEncryption).toBeDefined();
      expect(Properties.LifecycleConfiguration.Rules).toHaveLength(id.startsWith("SubmittedFiles") ? 2 : 1);
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

  test("keeps what was handed in as it was, and what nobody handed in for some days; pages of the web client may upload", () => {
    const bucket = ofType(stage, "AWS::S3::Bucket").find(({ id }) => id.startsWith("SubmittedFiles"));
    expect(bucket?.Properties).toMatchObject({
      VersioningConfiguration: { Status: "Enabled" },
      LifecycleConfiguration: {
        Rules: [
          {
            ExpirationInDays: 3,
            // What was handed in may be followed by another upload of the same form before its tag is taken away.
            NoncurrentVersionExpiration: { NoncurrentDays: 3 },
            TagFilters: [{ Key: "unclaimed", Value: "true" }],
            Status: "Enabled",
          },
          // S3 refuses it in a rule with a tag, or with days.
          { ExpiredObjectDeleteMarker: true, Status: "Enabled" },
        ],
      },
      CorsConfiguration: {
        CorsRules: [{ AllowedMethods: ["POST", "GET"], AllowedOrigins: [expect.stringMatching(/^http/)] }],
      },
    });
  });

  test("keeps exported files for as long as they can be fetched, and clears away what was never finished", () => {
    const bucket = ofType(stage, "AWS::S3::Bucket").find(({ id }) => id.startsWith("ExportedFiles"));
    expect(bucket?.Properties).toMatchObject({
      LifecycleConfiguration: {
        Rules: [
          {
            ExpirationInDays: FILE_DAYS,
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 2 },
            Status: "Enabled",
          },
        ],
      },
      CorsConfiguration: { CorsRules: [{ AllowedMethods: ["GET"] }] },
    });
    expect(bucket?.Properties.VersioningConfiguration).toBeUndefined();
  });

  test("puts secrets into no template but the stand-ins'", () => {
    expect(ofType(stage, "AWS::SecretsManager::Secret")).toHaveLength(stage.name === "local" ? 2 : 0);
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
    expect(triggers.sort()).toEqual([
      "CreateAuthChallenge",
      "CustomMessage",
      "DefineAuthChallenge",
      "PostConfirmation",
      "PreSignUp",
      "PreTokenGenerationConfig",
      "VerifyAuthChallengeResponse",
    ]);
    expect(pool?.Properties.UsernameConfiguration).toEqual({ CaseSensitive: false });
    // Version 2, which the plan must allow: the API takes access tokens, and version 1 writes id tokens alone.
    expect(pool?.Properties.LambdaConfig.PreTokenGenerationConfig.LambdaVersion).toBe("V2_0");
    expect(pool?.Properties.UserPoolTier).toBe("ESSENTIALS");
    expect(pool?.Properties.UserAttributeUpdateSettings).toEqual({
      AttributesRequireVerificationBeforeUpdate: ["email"],
    });
    const outside = stage.name !== "local";
    expect(pool?.Properties.EmailConfiguration?.EmailSendingAccount).toBe(outside ? "DEVELOPER" : undefined);
    const [client] = ofType(stage, "AWS::Cognito::UserPoolClient");
    expect(client?.Properties).toMatchObject({
      GenerateSecret: false,
      PreventUserExistenceErrors: "ENABLED",
      EnableTokenRevocation: true,
      AccessTokenValidity: 60,
      RefreshTokenValidity: 30 * 24 * 60,
      RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 30 },
      AuthSessionValidity: 10,
    });
    expect((client?.Properties.WriteAttributes as string[]).sort()).toEqual(["custom:role", "email", "name"]);
    expect((client?.Properties.ReadAttributes as string[]).sort()).toEqual([
      "custom:role",
      "email",
      "email_verified",
      "name",
    ]);
    const flows = ["ALLOW_CUSTOM_AUTH", "ALLOW_USER_SRP_AUTH", ...(outside ? [] : ["ALLOW_USER_PASSWORD_AUTH"])];
    expect((client?.Properties.ExplicitAuthFlows as string[]).sort()).toEqual(flows.sort());
    const [token] = ofType(stage, "AWS::Lambda::Function").filter(({ id }) => id.startsWith("nameRoles"));
    expect(token?.Properties.Environment.Variables.ADMIN_SECOND_FACTOR).toBe(outside ? "required" : "optional");
    expect(ofType(stage, "AWS::Cognito::UserPoolIdentityProvider")).toEqual([]);
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
