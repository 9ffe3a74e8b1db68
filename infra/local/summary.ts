import { CognitoIdentityProviderClient, InitiateAuthCommand } from "@aws-sdk/client-cognito-identity-provider";
import type { DemoUser, StackFile } from "./stack-file.ts";

/** A day ahead of the machine's clock. */
const aDay = JSON.stringify({ offsetSeconds: 86_400 });

/** What a person needs next: addresses, and one access token for each role. */
export async function summaryOf(stack: StackFile): Promise<string> {
  const lines = [
    "",
    `  API       ${stack.apiUrl}/v1`,
    `  Links     ${stack.linkUrl}/t/{code}`,
    `  Docs      ${stack.docsUrl}`,
    `  Mailbox   ${stack.mailboxUrl}`,
    `  Stripe    ${stack.stripeUrl}`,
    `  Networks  ${stack.socialUrl}`,
    `  AWS       ${stack.awsEndpoint}`,
  ];
  const one = (role: DemoUser["role"]) => stack.users.find((user) => user.role === role);
  const people = [one("admin"), one("brand"), one("creator")].filter((user) => user !== undefined);
  for (const user of people) {
    lines.push(
      "",
      `  ${user.role}: ${user.email}, password ${user.password}, access token:`,
      `  ${await accessToken(stack, user)}`,
    );
  }
  lines.push(
    "",
    "  Days pass when an admin (ADMIN: their access token), and then the payment stand-in, move their clocks forward:",
    `  curl -X PUT ${stack.apiUrl}/v1/admin/clock -H "Authorization: Bearer $ADMIN" -H "Content-Type: application/json" -d '${aDay}'`,
    `  curl -X PUT ${stack.stripeUrl}/_clock -d '${aDay}'`,
  );
  lines.push(
    "",
    "  Creators (CREATOR: their access token) connect an account by the address that this answers with, opened in a browser:",
    `  curl -X POST ${stack.apiUrl}/v1/social-accounts/tiktok/authorization -H "Authorization: Bearer $CREATOR"`,
  );
  return [...lines, "", "  Ctrl-C (or npm stop) stops everything.", ""].join("\n");
}

export async function accessToken(
  stack: StackFile,
  { email, password }: Pick<DemoUser, "email" | "password">,
): Promise<string> {
  const cognito = new CognitoIdentityProviderClient(awsConfigOf(stack));
  const { AuthenticationResult } = await cognito.send(
    new InitiateAuthCommand({
      ClientId: stack.userPoolClientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: email, PASSWORD: password },
    }),
  );
  if (AuthenticationResult?.AccessToken === undefined) throw new Error(`${email} could not sign in`);
  return AuthenticationResult.AccessToken;
}

/** The emulator takes any credentials. */
export const awsConfigOf = ({ awsEndpoint, region }: Pick<StackFile, "awsEndpoint" | "region">) => ({
  endpoint: awsEndpoint,
  region,
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
});
