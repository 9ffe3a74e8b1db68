/** Tokens as Cognito signs them, with keys of our own. */
import { createSign, generateKeyPairSync } from "node:crypto";

export const USER_POOL_ID = "us-east-1_TESTPOOL1";
export const CLIENT_ID = "testclient00000000000000000";
const ISSUER = `https://cognito-idp.us-east-1.amazonaws.com/${USER_POOL_ID}`;

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");

export interface TokenParts {
  readonly header?: object;
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Signs with a key that the pool does not have. */
  readonly foreignKey?: boolean;
}

/** A pool's key and what it signs. */
export function tokenIssuer(kid = "key-1") {
  const own = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const foreign = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const jwks = { keys: [{ ...own.publicKey.export({ format: "jwk" }), kid, alg: "RS256", use: "sig" }] };
  return {
    jwks,
    sign(sub: string, groups: readonly string[], { header, claims, foreignKey }: TokenParts = {}): string {
      const issuedAt = Math.floor(Date.now() / 1000);
      const payload = {
        sub,
        iss: ISSUER,
        client_id: CLIENT_ID,
        token_use: "access",
        scope: "aws.cognito.signin.user.admin",
        username: sub,
        "cognito:groups": groups,
        iat: issuedAt,
        exp: issuedAt + 3600,
        jti: `jti-${sub}`,
        ...claims,
      };
      const signed = `${encode({ alg: "RS256", typ: "JWT", kid, ...header })}.${encode(payload)}`;
      const signature = createSign("RSA-SHA256")
        .update(signed)
        .sign((foreignKey ? foreign : own).privateKey, "base64url");
      return `${signed}.${signature}`;
    },
  };
}
