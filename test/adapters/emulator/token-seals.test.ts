import { beforeAll, describe } from "@jest/globals";
import { kmsTokenSeals } from "#shared/adapters/kms/token-seals";
import type { TokenSeals } from "#shared/ports/social-networks";
import { stack } from "../../support/local-stage.ts";
import { tokenSealsSuite } from "../suites/token-seals.ts";

describe("the emulator's KMS", () => {
  let seals: TokenSeals;
  beforeAll(async () => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" });
    const reply = await fetch(stack.awsEndpoint, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "TrentService.CreateKey",
        authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${stack.region}/kms/aws4_request`,
      },
      body: "{}",
    });
    const { KeyMetadata } = (await reply.json()) as { readonly KeyMetadata: { readonly Arn: string } };
    seals = kmsTokenSeals({ TOKEN_KEY_ARN: KeyMetadata.Arn, TOKEN_KEY_ORIGIN: stack.awsEndpoint });
  });
  tokenSealsSuite(() => seals);
});
