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

const called = async (file) => {
  const { handler } = await import(file);
  return handler({ ...nobody }, { awsRequestId: "r", getRemainingTimeInMillis: () => 5000 }).then(
    (reply) => reply?.statusCode ?? "done",
    (error) => `${error?.constructor?.name}: ${error?.message}`,
  );
};

// At once: most of the time they wait for somebody who does not answer.
const outcomes = Object.fromEntries(
  await Promise.all(process.argv.slice(2).map(async (file) => [file, await called(file)])),
);
process.stdout.write(`\n${JSON.stringify(outcomes)}`, () => process.exit());
