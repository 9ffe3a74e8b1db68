/** The least that Node can do for a visitor: a 302 by `node:http`. Tells its parent its port, and when asked its CPU, microseconds. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const server = createServer((_request, response) => {
  response.writeHead(302, { location: "https://shop.example.com/autumn?size=xl&colour=blue#buy" }).end();
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.(user + system);
});
