/** Everything that people do at the user pool besides a first sign-up: codes, new passwords, refreshes, signing out. */
import { randomUUID } from "node:crypto";
import {
  CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
  GetTokensFromRefreshTokenCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  RevokeTokenCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { expect, test } from "@jest/globals";
import { awsConfig, call, eventually, mailsTo, signUp, stack } from "../support/local-stage.ts";

const cognito = new CognitoIdentityProviderClient(awsConfig);
const ClientId = stack.userPoolClientId;
const NEW_PASSWORD = "Another-2026-pass!";

const ask = (USERNAME: string) =>
  cognito.send(new InitiateAuthCommand({ ClientId, AuthFlow: "CUSTOM_AUTH", AuthParameters: { USERNAME } }));
const answer = (USERNAME: string, Session: string | undefined, ANSWER: string) => {
  const ChallengeResponses = { USERNAME, ANSWER };
  return cognito.send(
    new RespondToAuthChallengeCommand({ ClientId, ChallengeName: "CUSTOM_CHALLENGE", Session, ChallengeResponses }),
  );
};
const signIn = async (USERNAME: string, PASSWORD: string) => {
  const AuthParameters = { USERNAME, PASSWORD };
  const command = new InitiateAuthCommand({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters });
  return (await cognito.send(command)).AuthenticationResult;
};
const refresh = async (RefreshToken = "") =>
  (await cognito.send(new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken }))).AuthenticationResult;

/** What the last mail under a subject says. */
const mailed = (email: string, subject: string) =>
  eventually(`“${subject}” to ${email}`, async () =>
    (await mailsTo(email)).filter((mail) => String(mail.subject) === subject).at(-1),
  );
const codeIn = (mail: { readonly html?: string | null; readonly text?: string | null }, digits: number) =>
  new RegExp(String.raw`\b\d{${digits}}\b`).exec(`${mail.text} ${mail.html}`)?.[0] ?? "none";

test("a code by e-mail signs in, once and in any case of the address", async () => {
  const { email, userId } = await signUp("creator", "Coder");
  const asked = await ask(email.toUpperCase());
  expect(asked).toMatchObject({ ChallengeName: "CUSTOM_CHALLENGE", ChallengeParameters: { delivery: "EMAIL" } });
  const code = codeIn(await mailed(email, "Your code to sign in"), 8);
  const again = await answer(email, asked.Session, code === "00000000" ? "11111111" : "00000000");
  const { AuthenticationResult } = await answer(email, again.Session, code);
  const me = await call("GET", "/v1/me", { token: AuthenticationResult?.AccessToken });
  expect(me.body).toMatchObject({ id: userId, email });

  const second = await ask(email);
  const used = await answer(email, second.Session, code);
  expect(used.AuthenticationResult).toBeUndefined();
}, 60_000);

test("nobody learns whether an address has an account, and three wrong codes are all", async () => {
  const { email } = await signUp("brand", "Hidden");
  const outcomes = await Promise.all(
    [email, `nobody-${randomUUID()}@example.com`].map(async (address) => {
      let { Session, ChallengeParameters } = await ask(address);
      const shown = [ChallengeParameters];
      for (let tries = 1; tries < 3; tries += 1)
        ({ Session, ChallengeParameters } = await answer(address, Session, "wrong"));
      const last = await answer(address, Session, "wrong").catch((error: unknown) => error);
      return [...shown, ChallengeParameters, (last as Error).name, (last as Error).message];
    }),
  );
  expect(outcomes[1]).toEqual(outcomes[0]);
  expect(outcomes[0]).toContain("NotAuthorizedException");
}, 60_000);

test("a forgotten password is set anew with the mailed code, which leads into the web client", async () => {
  const { email } = await signUp("creator", "Forgetful <b>");
  await cognito.send(new ForgotPasswordCommand({ ClientId, Username: email }));
  const mail = await mailed(email, "Set a new password");
  expect(mail.html).toContain("Hello Forgetful &lt;b&gt;,");
  expect(mail.html).toContain(`href="${stack.corsOrigins[0]}/reset-password"`);
  const sent = { ClientId, Username: email, Password: NEW_PASSWORD };
  await cognito.send(new ConfirmForgotPasswordCommand({ ...sent, ConfirmationCode: codeIn(mail, 6) }));
  const token = (await signIn(email, NEW_PASSWORD))?.AccessToken;
  expect((await call("GET", "/v1/me", { token })).body).toMatchObject({ email, roles: ["creator"] });
}, 60_000);

test("refresh tokens change with each use, and end with a revocation or a sign-out everywhere", async () => {
  const { email } = await signUp("brand", "Turner");
  const first = await signIn(email, "Journey-2026-pass!");
  const second = await refresh(first?.RefreshToken);
  expect(second?.RefreshToken).not.toBe(first?.RefreshToken);
  expect((await call("GET", "/v1/me", { token: second?.AccessToken })).status).toBe(200);

  await cognito.send(new RevokeTokenCommand({ ClientId, Token: second?.RefreshToken }));
  await expect(refresh(second?.RefreshToken)).rejects.toMatchObject({ name: "NotAuthorizedException" });

  const [here, there] = [await signIn(email, "Journey-2026-pass!"), await signIn(email, "Journey-2026-pass!")];
  await cognito.send(new GlobalSignOutCommand({ AccessToken: here?.AccessToken }));
  await expect(refresh(there?.RefreshToken)).rejects.toMatchObject({ name: "NotAuthorizedException" });
}, 60_000);

test("of two who sign up with one address at once, one does", async () => {
  const email = `twin-${randomUUID().slice(0, 8)}@example.com`;
  const join = (Username: string) => {
    const UserAttributes = Object.entries({ email: Username, "custom:role": "brand" }).map(([Name, Value]) => ({
      Name,
      Value,
    }));
    return cognito.send(new SignUpCommand({ ClientId, Username, Password: NEW_PASSWORD, UserAttributes }));
  };
  const outcomes = await Promise.allSettled([email, email.toUpperCase(), email].map(join));
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
}, 60_000);
