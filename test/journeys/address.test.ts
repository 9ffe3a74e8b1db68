/** A person changes the address that they sign in with and are written to. */
import { randomUUID } from "node:crypto";
import {
  CognitoIdentityProviderClient,
  UpdateUserAttributesCommand,
  VerifyUserAttributeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { expect, test } from "@jest/globals";
import { awsConfig, call, eventually, mailsTo, signIn, signUp } from "../support/local-stage.ts";

const cognito = new CognitoIdentityProviderClient(awsConfig);
const addressSeenBy = async (token: string): Promise<unknown> => (await call("GET", "/v1/me", { token })).body.email;

test("a changed address holds once its code came back, and is the account's with the next token", async () => {
  const { email, token } = await signUp("creator", "Mover");
  const moved = `moved-${randomUUID().slice(0, 8)}@example.com`;
  const UserAttributes = [{ Name: "email", Value: moved }];
  await cognito.send(new UpdateUserAttributesCommand({ AccessToken: token, UserAttributes }));

  expect(await addressSeenBy((await signIn(email)).token)).toBe(email);
  const mail = await eventually("the code", async () => (await mailsTo(moved))[0]);
  const Code = /\b\d{6}\b/.exec(`${mail.subject} ${mail.text} ${mail.html}`)?.[0];
  await cognito.send(new VerifyUserAttributeCommand({ AccessToken: token, AttributeName: "email", Code }));

  expect(await addressSeenBy(token)).toBe(email);
  expect(await addressSeenBy((await signIn(moved)).token)).toBe(moved);
  // The account is what holds: the token from before the change sees the same.
  expect(await addressSeenBy(token)).toBe(moved);
}, 60_000);
