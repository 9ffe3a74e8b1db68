import { describe, expect, test } from "@jest/globals";
import { ACCOUNT, misses } from "./ready.ts";

describe("a stage that signs people in with Google", () => {
  const secretArn = `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:google-AbCdEf`;
  const google = (arn = secretArn) =>
    JSON.stringify({ clientId: "1.apps.googleusercontent.com", secretArn: arn, domainPrefix: "atomic" });

  test("lacks nothing with the client's secret", () => {
    expect(misses({ googleSecret: { said: "GOCSPX-1" } }, { google: google() })).toEqual([]);
  });

  test.each([
    ["there is none", undefined, /no secret arn:aws:secretsmanager.*google-AbCdEf/],
    ["it is empty", " ", /Google's secret is not well-formed/],
    ["it is Google's file of credentials", '{"web":{"client_secret":"GOCSPX-1"}}', /not well-formed/],
  ])("is told where %s, without a word of it", (_why, said, line) => {
    const found = misses({ googleSecret: { said } }, { google: google() });
    expect(found).toEqual([expect.stringMatching(line)]);
    expect(found.join()).not.toContain("GOCSPX");
  });

  test("is told of one in another account", () => {
    const elsewhere = google(secretArn.replace(ACCOUNT, "999999999999"));
    expect(misses({ googleSecret: { said: "GOCSPX-1" } }, { google: elsewhere })).toEqual([
      expect.stringMatching(/googleSecretArn is of account 999999999999/),
    ]);
  });
});
