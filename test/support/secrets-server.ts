import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { useEngine } from "./engine-table.ts";

/** A Secrets Manager that knows what it is told, for tests that need no emulator. */
export interface SecretsServer {
  /** Makes a secret of any text; gives its ARN. */
  put(value: string): string;
  /** How often secrets were asked for. */
  readonly asked: () => number;
  /** Points the SDK's clients of this process at it again. */
  useIt(): void;
  stop(): Promise<void>;
}

/** Starts it, and points the SDK's clients of this process at it. */
export async function startSecrets(): Promise<SecretsServer> {
  const secrets = new Map<string, string>();
  let asked = 0;
  const server: Server = createServer((request, response) => {
    void text(request).then((body) => {
      asked += 1;
      const { SecretId } = JSON.parse(body) as { readonly SecretId: string };
      const SecretString = secrets.get(SecretId);
      const reply =
        SecretString === undefined ? { __type: "ResourceNotFoundException" } : { ARN: SecretId, SecretString };
      response.writeHead(SecretString === undefined ? 400 : 200, { "content-type": "application/x-amz-json-1.1" });
      response.end(JSON.stringify(reply));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const useIt = () => void useEngine(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  useIt();
  return {
    useIt,
    put(value) {
      const arn = `arn:aws:secretsmanager:us-east-1:000000000000:secret:${secrets.size + 1}`;
      secrets.set(arn, value);
      return arn;
    },
    asked: () => asked,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
