/**
 * `node started-bundle.mjs FILE…`: starts bundles and calls each once, with nobody's call and no record in it, which
 * makes all its adapters. After what they log, the last line says what came of it by file: a reply's status, an error's
 * class and message, or "done".
 */
const nobody = {
  ...{ version: "2.0", headers: {}, pathParameters: {}, requestContext: { http: {} } },
  ...{ records: [], Records: [] },
  ...{ userPoolId: "us-east-1_x", triggerSource: "t", userName: "u", request: { userAttributes: {} }, response: {} },
};

const outcomes = {};
for (const file of process.argv.slice(2)) {
  const { handler } = await import(file);
  outcomes[file] = await handler(
    { ...nobody },
    {
      awsRequestId: "r",
      getRemainingTimeInMillis: () => 5000,
    },
  ).then(
    (reply) => reply?.statusCode ?? "done",
    (error) => `${error?.constructor?.name}: ${error?.message}`,
  );
}
process.stdout.write(`\n${JSON.stringify(outcomes)}`, () => process.exit());
