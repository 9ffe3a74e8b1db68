import {
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";
import { limited } from "#shared/adapters/aws/limits";
import { unlessGone } from "#shared/adapters/cognito/unless-gone";
import type { UserPoolSessions } from "#shared/ports/user-pool";

/**
 * Sessions of the pool. Cognito revokes refresh tokens and what its own API takes (API reference, AdminUserGlobalSignOut); an
 * access token that others verify by its signature is good until it expires, so ours asks the account on every request.
 */
export function cognitoSessions({ USER_POOL_ID: UserPoolId }: { readonly USER_POOL_ID: string }): UserPoolSessions {
  const client = new CognitoIdentityProviderClient(limited());
  return {
    async end(Username) {
      await unlessGone(() => client.send(new AdminUserGlobalSignOutCommand({ UserPoolId, Username })), undefined);
    },
  };
}
