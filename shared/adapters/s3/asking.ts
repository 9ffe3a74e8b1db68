/** Requests of our own to a bucket, within limits, tried again when S3 is not there. */
import { buffer } from "node:stream/consumers";
import { available, limited } from "#shared/adapters/aws/limits";
import { OwnError } from "#shared/domain/kernel/own-error";
import { Unavailable, untilAnswered } from "#shared/ports/outside";
import { type Asked, type Bucket, signedRequest } from "./signing.ts";

/** S3 said no. Its body is not read: it may quote what was asked. */
class FileRefused extends OwnError {
  readonly $metadata: { readonly httpStatusCode: number };
  constructor(method: string, status: number) {
    super(`the store of files answered ${method} with ${status}`);
    this.$metadata = { httpStatusCode: status };
  }
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Statuses that are answers; anything else is thrown. */
type Ask = (asked: Asked, expected: readonly number[]) => Promise<Answered>;

/**
 * Asks within the call's time, and again when S3 is not there or says "later": everything that is asked may be repeated.
 *
 * @param requestMs for the whole of one answer, where it is more than a moment's
 */
export function asking(bucket: Bucket, requestMs?: number): Ask {
  const { requestHandler } = limited(requestMs === undefined ? {} : { requestMs });
  const once: Ask = async (asked, expected) => {
    const { response } = await requestHandler.handle(await signedRequest(bucket, asked));
    const body = await buffer(response.body as NodeJS.ReadableStream);
    if (!expected.includes(response.statusCode)) throw new FileRefused(asked.method, response.statusCode);
    return { status: response.statusCode, headers: response.headers, body };
  };
  return (asked, expected) =>
    untilAnswered(() => available("the store of files", () => once(asked, expected)), {
      isTransient: (error) => error instanceof Unavailable,
      firstWaitMs: 50,
      longestWaitMs: 1_000,
      tries: 3,
    });
}
