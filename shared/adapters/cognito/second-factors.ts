import { AdminGetUserCommand, CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import * as z from "zod";
import { limited } from "#shared/adapters/aws/limits";
import { unlessGone } from "#shared/adapters/cognito/unless-gone";
import type { SecondFactors } from "#shared/ports/user-pool";

interface Surroundings {
  readonly USER_POOL_ID: string;
  readonly ADMIN_SECOND_FACTOR: string;
}

/**
 * Second factors as the pool has them: those that are switched on. Neither a trigger's event nor an access token says how
 * somebody signed in. Source: Cognito API reference, AdminGetUser, `UserMFASettingList`.
 */
export function cognitoSecondFactors({ USER_POOL_ID: UserPoolId, ADMIN_SECOND_FACTOR }: Surroundings): SecondFactors {
  const client = new CognitoIdentityProviderClient(limited());
  return {
    areRequired: z.enum(["required", "optional"]).parse(ADMIN_SECOND_FACTOR) === "required",
    async hasOne(Username) {
      const found = await unlessGone(() => client.send(new AdminGetUserCommand({ UserPoolId, Username })), undefined);
      return found?.UserMFASettingList?.includes("SOFTWARE_TOKEN_MFA") === true;
    },
  };
}
