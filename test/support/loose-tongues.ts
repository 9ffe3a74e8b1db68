/** Errors that say what nobody may read in a log: an address and a token, in every way that libraries and people have. */
import { MessageRejected } from "@aws-sdk/client-ses";
import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import Stripe from "stripe";
import * as z from "zod";
import { OwnError } from "#shared/domain/kernel/own-error";
import { refuse } from "#shared/domain/kernel/refusal";
import { requestRefusals } from "#shared/domain/kernel/refusals";

export const ADDRESS = "mia.wong@example.com";
export const TOKEN = "tok5ecretThatOpensDoors";
const said = `${ADDRESS} sent ${TOKEN}`;
const $metadata = { httpStatusCode: 400, requestId: "aws-request-1" };

const caught = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

export const looseTongues: Readonly<Record<string, unknown>> = {
  "an error of a library": new Error(said),
  "one with lines like frames": new Error(`no\n    at ${TOKEN} (file:///${TOKEN}.js:1:1)\n    at ${ADDRESS}:1:1`),
  "one whose message was changed": Object.assign(new Error(said), { message: "changed" }),
  "one with a name of its own": Object.assign(new Error("no"), { name: said }),
  "one with a code of its own": Object.assign(new Error(said), { code: ADDRESS, type: said }),
  "what a parser read": caught(() => JSON.parse(`{"email": ${ADDRESS} ${TOKEN}}`)),
  "fields that do not belong": caught(() => z.strictObject({}).parse({ [ADDRESS]: TOKEN })),
  "values that do not fit": caught(() => z.record(z.string(), z.literal("a")).parse({ [ADDRESS]: TOKEN })),
  "Stripe's": new Stripe.errors.StripeInvalidRequestError({
    type: "invalid_request_error",
    message: `Invalid email address: ${said}`,
    code: "email_invalid",
    requestId: "req_1",
  } as never),
  "SES's": new MessageRejected({ message: `Email address is not verified: ${said}`, $metadata }),
  "DynamoDB's": new TransactionCanceledException({
    message: said,
    $metadata,
    CancellationReasons: [{ Code: "ConditionalCheckFailed", Message: said, Item: { email: { S: ADDRESS } } }],
  }),
  "several at once": new AggregateError([new Error(said), new TypeError(said)], said),
  "one with a cause": new Error(said, { cause: new Error(said) }),
  "ours, with their cause": new OwnError("ours", { cause: new Error(said) }),
  "a refusal that quotes": refuse(requestRefusals.invalid, said),
  "a text": said,
  "a thing": { message: said, stack: said },
  nothing: undefined,
};

/** What of it all may be read nowhere. */
export const secrets: readonly string[] = [ADDRESS, "mia.wong", TOKEN];
