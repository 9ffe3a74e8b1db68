import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type * as z from "zod";
import { available, limited } from "./limits.ts";

/** A rotated secret is taken up within five minutes. */
const KEPT_MS = 300_000;

/** A JSON secret, read when it is first needed and then every five minutes. @throws when it is missing or not as it must be. */
export function jsonSecret<S extends z.ZodType>(
  secretArn: string,
  shape: S,
  now: () => number = performance.now.bind(performance),
) {
  const client = new SecretsManagerClient(limited());
  let kept: { readonly value: z.output<S>; readonly until: number } | undefined;
  return async (): Promise<z.output<S>> => {
    if (kept && kept.until > now()) return kept.value;
    const { SecretString } = await available("the secret", () =>
      client.send(new GetSecretValueCommand({ SecretId: secretArn })),
    );
    kept = { value: shape.parse(JSON.parse(SecretString ?? "null")), until: now() + KEPT_MS };
    return kept.value;
  };
}
