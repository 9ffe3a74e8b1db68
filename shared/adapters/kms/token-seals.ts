/**
 * Tokens under a KMS key, by KMS's JSON protocol, signed by the SDK's signer without its client. Each is bound to whose it is
 * by its encryption context: a seal that was moved to somebody else's row does not open, and IAM lets nobody ask without one.
 * Sources: KMS API reference, Encrypt, Decrypt; KMS developer guide, "Encryption context".
 */
import { text } from "node:stream/consumers";
import { defaultProvider } from "@aws-sdk/credential-provider-node";
import { Sha256 } from "@smithy/core/checksum";
import { HttpRequest } from "@smithy/core/transport";
import { SignatureV4 } from "@smithy/signature-v4";
import * as z from "zod";
import { available, limited } from "#shared/adapters/aws/limits";
import { OwnError } from "#shared/domain/kernel/own-error";
import type { SocialTokens, TokenOwner } from "#shared/domain/social/social-tokens";
import { Unavailable, untilAnswered } from "#shared/ports/outside";
import { SealBroken, type TokenSeals } from "#shared/ports/social-networks";

interface Environment {
  readonly TOKEN_KEY_ARN: string;
  readonly TOKEN_KEY_ORIGIN: string;
}

/** What is sealed under another key, for somebody else, or altered. Source: KMS API reference, Decrypt, errors. */
const NOT_OURS = "InvalidCiphertextException";

/** KMS said no. Of its words only the exception's name is kept. */
class SealRefused extends OwnError {
  readonly $metadata: { readonly httpStatusCode: number };
  constructor(action: string, status: number, exception: string) {
    super(`the tokens' key answered ${action} with ${status} ${exception}`);
    // By this name it is known what passes: throttling is a 400 like any other.
    this.name = exception;
    this.$metadata = { httpStatusCode: status };
  }
}

const Sealed = z.object({ CiphertextBlob: z.base64() });
const Opened = z.object({ Plaintext: z.base64() });
const Refusal = z.object({ __type: z.string() });

export function kmsTokenSeals({ TOKEN_KEY_ARN, TOKEN_KEY_ORIGIN }: Environment): TokenSeals {
  const ask = asking(TOKEN_KEY_ARN, TOKEN_KEY_ORIGIN);
  const contextOf = ({ userId, platform }: TokenOwner) => ({ userId, platform });
  return {
    async seal(owner, tokens) {
      const Plaintext = Buffer.from(JSON.stringify(tokens)).toString("base64");
      const asked = { KeyId: TOKEN_KEY_ARN, Plaintext, EncryptionContext: contextOf(owner) };
      return Sealed.parse(await ask("Encrypt", asked)).CiphertextBlob;
    },
    async open(owner, sealed) {
      const asked = { KeyId: TOKEN_KEY_ARN, CiphertextBlob: sealed, EncryptionContext: contextOf(owner) };
      const { Plaintext } = Opened.parse(await opening(() => ask("Decrypt", asked)));
      return tokensIn(Buffer.from(Plaintext, "base64").toString("utf8"));
    },
  };
}

async function opening(ask: () => Promise<unknown>): Promise<unknown> {
  try {
    return await ask();
  } catch (error) {
    throw error instanceof SealRefused && error.name === NOT_OURS ? new SealBroken({ cause: error }) : error;
  }
}

/** @throws SealBroken for what are none: nothing else is sealed under this key. */
function tokensIn(opened: string): SocialTokens {
  try {
    return JSON.parse(opened) as SocialTokens;
  } catch (error) {
    // The parser quotes what it read.
    if (error instanceof SyntaxError) throw new SealBroken();
    throw error;
  }
}

/** One operation, asked again where KMS is not there or says "later": both do the same again. */
function asking(keyArn: string, origin: string) {
  const { requestHandler } = limited();
  const region = keyArn.split(":")[3] ?? "";
  const signer = new SignatureV4({
    // eslint-disable-next-line id-denylist -- the signer's own word
    service: "kms",
    region,
    credentials: defaultProvider(),
    sha256: Sha256,
  });
  const { protocol, hostname, port } = new URL(origin);
  const once = async (action: string, body: string): Promise<unknown> => {
    const request = new HttpRequest({
      method: "POST",
      protocol,
      hostname,
      ...(port !== "" && { port: Number(port) }),
      path: "/",
      headers: {
        host: port === "" ? hostname : `${hostname}:${port}`,
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `TrentService.${action}`,
      },
      body,
    });
    const { response } = await requestHandler.handle((await signer.sign(request)) as HttpRequest);
    const said = JSON.parse(await text(response.body as NodeJS.ReadableStream)) as unknown;
    if (response.statusCode === 200) return said;
    const { __type: type } = Refusal.parse(said);
    throw new SealRefused(action, response.statusCode, type.slice(type.indexOf("#") + 1));
  };
  return (action: string, asked: object): Promise<unknown> =>
    untilAnswered(() => available("the tokens' key", () => once(action, JSON.stringify(asked))), {
      isTransient: (error) => error instanceof Unavailable,
      firstWaitMs: 50,
      longestWaitMs: 1_000,
      // Tokens that a network rotated are here alone until they are sealed: the time of the call is the limit.
      tries: 100,
    });
}
