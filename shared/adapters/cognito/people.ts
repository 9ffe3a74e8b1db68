import { randomBytes } from "node:crypto";
import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminLinkProviderForUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  UserNotFoundException,
} from "@aws-sdk/client-cognito-identity-provider";
import { limited } from "#shared/adapters/aws/limits";
import type { UserPoolPeople } from "#shared/ports/user-pool";

/** Long, and with one of each class that the pool's policy asks for; nobody is told it. */
const unknownPassword = (): string => `${randomBytes(32).toString("base64url")}aA1!`;

/** People of the pool. */
export function cognitoPeople({ USER_POOL_ID: UserPoolId }: { readonly USER_POOL_ID: string }): UserPoolPeople {
  const client = new CognitoIdentityProviderClient(limited());
  const closePassword = async (Username: string): Promise<void> => {
    await client.send(
      new AdminSetUserPasswordCommand({ UserPoolId, Username, Password: unknownPassword(), Permanent: true }),
    );
  };
  return {
    async find(Username) {
      try {
        const found = await client.send(new AdminGetUserCommand({ UserPoolId, Username }));
        const attributes = (found.UserAttributes ?? []).map(({ Name = "", Value = "" }) => [Name, Value]);
        return {
          userName: found.Username ?? "",
          isConfirmed: found.UserStatus === "CONFIRMED",
          awaitsPassword: found.UserStatus === "FORCE_CHANGE_PASSWORD",
          attributes: Object.fromEntries(attributes) as Record<string, string>,
        };
      } catch (error) {
        if (error instanceof UserNotFoundException) return undefined;
        throw error;
      }
    },
    async admit({ email, fullName }) {
      const attributes = { email, email_verified: "true", ...(fullName !== undefined && { name: fullName }) };
      const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
      const made = { UserPoolId, Username: email, UserAttributes, MessageAction: "SUPPRESS" } as const;
      const { User } = await client.send(new AdminCreateUserCommand(made));
      const userName = User?.Username ?? email;
      await closePassword(userName);
      return userName;
    },
    closePassword,
    async link(userName, { provider, subject }) {
      await client.send(
        new AdminLinkProviderForUserCommand({
          UserPoolId,
          DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: userName },
          SourceUser: {
            ProviderName: provider,
            ProviderAttributeName: "Cognito_Subject",
            ProviderAttributeValue: subject,
          },
        }),
      );
    },
  };
}
