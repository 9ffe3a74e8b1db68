import { describe, expect, test } from "@jest/globals";
import { OwnError } from "#shared/domain/kernel/own-error";
import { describeError, sentenceOf } from "#shared/runtime/describe-error";
import { looseTongues } from "../support/loose-tongues.ts";

const described = (name: keyof typeof looseTongues) => describeError(looseTongues[name]);

describe("an error of ours", () => {
  test("is told with its sentence, where it was thrown, and its cause", () => {
    const error = new OwnError("journal does not balance", { cause: new TypeError("theirs") });
    expect(describeError(error)).toEqual({
      error: "OwnError",
      message: "journal does not balance",
      stack: expect.stringMatching(/^at .*describe-error\.test\.ts:\d+:\d+/),
      cause: { error: "TypeError", stack: expect.stringContaining("describe-error.test.ts") },
    });
    expect(sentenceOf(error)).toBe("journal does not balance");
  });

  test("is told with the sentence of its code when it is a refusal", () => {
    expect(described("a refusal that quotes")).toMatchObject({
      error: "Refusal",
      refusal: "request.invalid",
      message: "The request is not valid",
    });
  });
});

describe("an error of others", () => {
  test.each<[keyof typeof looseTongues, object]>([
    ["an error of a library", { error: "Error" }],
    ["one with a name of its own", { error: "Error" }],
    ["what a parser read", { error: "SyntaxError" }],
    ["fields that do not belong", { error: "ZodError", misfits: ["unrecognized_keys at /"] }],
    ["values that do not fit", { error: "ZodError", misfits: ["invalid_value at /?"] }],
    ["Stripe's", { type: "StripeInvalidRequestError", code: "email_invalid", requestId: "req_1" }],
    ["SES's", { error: "MessageRejected", aws: { httpStatusCode: 400, requestId: "aws-request-1" } }],
    ["DynamoDB's", { error: "TransactionCanceledException", reasons: ["ConditionalCheckFailed"] }],
    ["several at once", { error: "AggregateError", errors: [{ error: "Error" }, { error: "TypeError" }] }],
  ])("is told by what programs gave it: %s", (name, facts) => {
    expect(described(name)).toMatchObject(facts);
    expect(described(name)).not.toHaveProperty("message");
  });

  test("keeps its frames, and no line of its message that looks like one", () => {
    const { stack } = described("one with lines like frames");
    expect(stack).toContain("loose-tongues.ts");
    expect(stack).not.toContain("file:///");
  });

  test("is a kind of value when it is no error, and by no more", () => {
    expect(["a text", "a thing", "nothing"].map(described)).toEqual([
      { error: "thrown string" },
      { error: "thrown object" },
      { error: "thrown undefined" },
    ]);
    expect(sentenceOf("mia@example.com")).toBe("thrown string");
  });

  test("with causes without an end is told to an end", () => {
    const error = new Error("round");
    error.cause = error;
    expect(JSON.stringify(describeError(error)).length).toBeLessThan(20_000);
  });
});
