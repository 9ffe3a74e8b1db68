/**
 * Stands in for the SDK's default credential chain in every bundle: on Lambda credentials are always in the
 * environment, and the chain's files, SSO and process providers cost 150 kB and 20 ms of start (see docs/decisions.md).
 */
export const defaultProvider = () => () => {
  const accessKeyId = process.env["AWS_ACCESS_KEY_ID"];
  const secretAccessKey = process.env["AWS_SECRET_ACCESS_KEY"];
  const sessionToken = process.env["AWS_SESSION_TOKEN"];
  if (!accessKeyId || !secretAccessKey) return Promise.reject(new Error("no AWS credentials in the environment"));
  return Promise.resolve({ accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) });
};
