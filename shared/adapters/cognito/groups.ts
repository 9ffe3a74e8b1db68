import {
  AdminAddUserToGroupCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";
import { limited } from "#shared/adapters/aws/limits";
import { unlessGone } from "#shared/adapters/cognito/unless-gone";
import { Role } from "#shared/domain/kernel/actor";
import type { UserPoolGroups } from "#shared/ports/user-pool";

/** Groups of the pool. Adds before it removes, so that an interrupted call leaves too much rather than nothing. */
export function cognitoGroups({ USER_POOL_ID: UserPoolId }: { readonly USER_POOL_ID: string }): UserPoolGroups {
  const client = new CognitoIdentityProviderClient(limited());
  const set = async (Username: string, roles: readonly Role[]): Promise<void> => {
    const reply = await client.send(new AdminListGroupsForUserCommand({ UserPoolId, Username }));
    const present = new Set((reply.Groups ?? []).map((group) => group.GroupName));
    for (const GroupName of roles.filter((role) => !present.has(role))) {
      await client.send(new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName }));
    }
    for (const GroupName of Role.options.filter((role) => present.has(role) && !roles.includes(role))) {
      await client.send(new AdminRemoveUserFromGroupCommand({ UserPoolId, Username, GroupName }));
    }
  };
  return { setGroups: (userName, roles) => unlessGone(() => set(userName, roles), undefined) };
}
