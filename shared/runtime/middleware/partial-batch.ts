import type { MiddlewareObj } from "@middy/core";

/** Identifiers of the records that could not be worked on. */
export type FailedRecords = readonly string[];
export interface BatchReply {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** Tells the queue or stream which records failed, so that these alone come again (of a stream, from the first on). */
export const partialBatch = (): MiddlewareObj<unknown, FailedRecords | BatchReply> => ({
  after: (request) => {
    const failed = request.response as FailedRecords;
    request.response = { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  },
});
