import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterEach } from "@jest/globals";
import * as z from "zod";
import { awsJson } from "#shared/adapters/signed-http/aws-json";

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
const at = new Date("2015-08-30T12:36:00Z");

/** One request as it arrived. */
export interface Seen {
  readonly target: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: unknown;
}
type Answer = (seen: Seen, response: ServerResponse) => void;

const open: { close(): void }[] = [];
afterEach(() => open.splice(0).forEach((server) => server.close()));

/** A local HTTP server that stands for AWS, closed after each test, and a client that signs for it. */
export async function awsEndpoint(answer: Answer) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
      const one = { target: String(request.headers["x-amz-target"]), headers: request.headers, body };
      seen.push(one);
      answer(one, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push({ close: () => (server.closeAllConnections(), server.close()) });
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const endpointUrl = `http://127.0.0.1:${port}`;
  return { seen, port, call: awsJson({ region: "eu-west-1", endpointUrl, credentials, now: () => at.getTime() }) };
}

export const reply = (response: ServerResponse, status: number, body: unknown) =>
  void response.writeHead(status).end(JSON.stringify(body));
