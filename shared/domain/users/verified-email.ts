import { Account } from "./account.ts";

/**
 * The user pool's address of a person, once its owner has shown that it is theirs. Cognito takes some that no account can
 * have. Attributes are Cognito's standard names.
 */
export const verifiedEmail = (attributes: Readonly<Record<string, string>>): string | undefined =>
  attributes["email_verified"] === "true" ? Account.shape.email.safeParse(attributes["email"]).data : undefined;
