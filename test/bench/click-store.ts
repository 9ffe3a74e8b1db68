/**
 * What AWS answers the click path in a benchmark: one link, the day's key, and a yes to every put. Started by itself, it
 * answers so over HTTP, and tells its parent its port.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export const link = {
  code: { S: "abcdEFGH23" },
  campaignId: { S: "cmp_00000000000000000000000001" },
  creatorId: { S: "00000000-0000-4000-8000-00000000000c" },
  destinationUrl: { S: "https://shop.example.com/autumn?size=xl&colour=blue#buy" },
  disabled: { BOOL: false },
  passQuery: { BOOL: false },
  passClickId: { BOOL: false },
};
const item = JSON.stringify({ Item: { ...link, secret: { B: Buffer.alloc(32, 7).toString("base64") } } });
const taken = JSON.stringify({ ShardId: "shardId-000000000000", SequenceNumber: "4".repeat(56) });

/** The body of a reply to an operation, named as `X-Amz-Target` names it. */
export const replyOf = (target: string): string => (target === "DynamoDB_20120810.GetItem" ? item : taken);

if (import.meta.main) {
  const server = createServer((request, response) => {
    request.resume().on("end", () => response.end(replyOf(String(request.headers["x-amz-target"]))));
  });
  server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
}
