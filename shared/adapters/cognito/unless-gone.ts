import { UserNotFoundException } from "@aws-sdk/client-cognito-identity-provider";

/**
 * What the pool says of a person, or `instead` of one whom it does not know any more: an operator removed them, or they did it
 * themselves, which their token lets everybody do at any moment (Cognito API reference, DeleteUser). That is no failure: whoever
 * asks would ask again for hours, and ring.
 */
export async function unlessGone<R>(call: () => Promise<R>, instead: R): Promise<R> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof UserNotFoundException) return instead;
    throw error;
  }
}
