import * as z from "zod";

/** Cognito groups. A user may hold several. */
export const Role = z.enum(["admin", "brand", "creator"]);
export type Role = z.infer<typeof Role>;

/** Roles a visitor may ask for at sign-up; `admin` is given by an admin. */
export const SelfAssignedRole = z.enum(["brand", "creator"]);
export type SelfAssignedRole = z.infer<typeof SelfAssignedRole>;

/**
 * Who acts. For a person `userId` is the Cognito `sub` and `roles` what both the token and the account hold;
 * for the system (jobs, consumers, webhooks) `userId` is `system:<action>` and `roles` is empty.
 */
export interface Actor {
  readonly userId: string;
  readonly roles: readonly Role[];
  /** The API key that somebody acts by, in place of a token. */
  readonly apiKeyId?: string;
}

/** The actor of an action that no person asked for. */
export const systemActor = (action: string): Actor => ({ userId: `system:${action}`, roles: [] });

export const isSystem = (actor: Actor): boolean => actor.userId.startsWith("system:");

/** Whether somebody holds one of the roles that may call: the gate at the door, and what people are told of it. */
export const mayCall = ({ roles }: Pick<Actor, "roles">, audience: readonly Role[]): boolean =>
  roles.some((role) => audience.includes(role));

export const isAdmin = (actor: Actor): boolean => actor.roles.includes("admin");
