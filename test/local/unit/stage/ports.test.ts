import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { describe, expect, test } from "@jest/globals";
import { becomeFree, isFree, portsOf, requireFree } from "#infra/local/ports";
import { LocalStageProblem } from "#infra/local/problem";

/** Somebody who listens, until the test's `await using` ends. */
async function listener(host = "127.0.0.1") {
  const server = createServer().listen(0, host);
  await once(server, "listening");
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { port: (server.address() as AddressInfo).port, close, [Symbol.asyncDispose]: close };
}

/** A port nobody listens on. */
async function freePort(): Promise<number> {
  await using some = await listener();
  return some.port;
}

describe("ports", () => {
  test("four in a row: the front door, the emulator, and the stand-ins of Stripe and of the networks", () => {
    expect(portsOf(4000)).toEqual([4000, 4001, 4002, 4003]);
  });

  test.each(["127.0.0.1", "0.0.0.0"])("one that somebody listens on at %s is not free", async (host) => {
    await using some = await listener(host);
    expect(await isFree(some.port)).toBe(false);
  });

  test("free ones pass, and stay free", async () => {
    const port = await freePort();
    await requireFree([port]);
    expect(await isFree(port)).toBe(true);
  });

  test("the busy ones are named, and only those", async () => {
    await using first = await listener();
    await using second = await listener();
    const free = await freePort();
    await expect(requireFree([first.port, free])).rejects.toThrow(
      new LocalStageProblem(`Port ${first.port} is in use: stop what listens there, or start with another --port.`),
    );
    await expect(requireFree([first.port, second.port])).rejects.toThrow(
      `Ports ${first.port}, ${second.port} are in use`,
    );
  });

  test("waiting ends when the last of them is free, and gives up when none becomes so", async () => {
    await using some = await listener();
    expect(await becomeFree([some.port], 0)).toBe(false);
    const free = becomeFree([some.port], 5_000);
    await some.close();
    expect(await free).toBe(true);
  });
});
