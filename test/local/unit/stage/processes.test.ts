import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { LocalStageProblem } from "#infra/local/problem";
import {
  claim,
  disown,
  endGroups,
  endProcess,
  groupsStartedBy,
  type Identity,
  identityOf,
  isRunning,
  noteChildren,
  readOwner,
} from "#infra/local/processes";
import { ownFolder } from "./folder.ts";

const WAITS = "process.stdout.write('up'); setInterval(() => {}, 1000)";
const DEAF = `process.on("SIGTERM", () => {}); ${WAITS}`;

/** A process that runs until somebody ends it, at the latest the test's `await using`. */
async function running(script = WAITS, detached = true) {
  const child = spawn(process.execPath, ["-e", script], { detached, stdio: ["ignore", "pipe", "ignore"] });
  const exited = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
  await once(child.stdout, "data");
  const identity = identityOf(child.pid ?? 0) as Identity;
  const end = async (): Promise<void> => {
    child.kill("SIGKILL");
    await exited;
  };
  return { identity, exited, end, [Symbol.asyncDispose]: end };
}

/** The number of a running process, taken for another that had it before. */
const former = ({ pid }: Identity): Identity => ({ pid, startedAt: "long ago" });

describe("a process", () => {
  test("is the same for all time, and gone when it ended", async () => {
    await using some = await running();
    expect(identityOf(some.identity.pid)).toEqual(some.identity);
    expect(isRunning(some.identity)).toBe(true);
    await some.end();
    expect(isRunning(some.identity)).toBe(false);
    expect(identityOf(some.identity.pid)).toBeUndefined();
  });

  test("is not another that has its number by now", () => {
    const self = identityOf(process.pid) as Identity;
    expect(isRunning(self)).toBe(true);
    expect(isRunning(former(self))).toBe(false);
  });

  test("is listed by who started it when it leads a group of its own", async () => {
    await using leader = await running();
    await using member = await running(WAITS, false);
    const pids = groupsStartedBy(process.pid).map(({ pid }) => pid);
    expect(pids).toContain(leader.identity.pid);
    expect(pids).not.toContain(member.identity.pid);
  });
});

describe("ending", () => {
  test("asks a group to end", async () => {
    await using some = await running();
    await endGroups([some.identity]);
    expect(await some.exited).toEqual([null, "SIGTERM"]);
  });

  test("kills what does not listen", async () => {
    await using group = await running(DEAF);
    await using single = await running(DEAF, false);
    await Promise.all([endGroups([group.identity], 50), endProcess(single.identity, 50)]);
    expect(await group.exited).toEqual([null, "SIGKILL"]);
    expect(await single.exited).toEqual([null, "SIGKILL"]);
  });

  test("never touches a process that only has the number", async () => {
    await using some = await running();
    await endGroups([former(some.identity)], 50);
    await endProcess(former(some.identity), 50);
    expect(isRunning(some.identity)).toBe(true);
  });
});

describe("who owns a stage", () => {
  test("this process, with what it started", () => {
    using folder = ownFolder();
    const file = join(folder.path, "owner.json");
    const self = identityOf(process.pid) as Identity;
    expect(claim(file, 4000)).toEqual([]);
    noteChildren(file, [former(self)]);
    expect(readOwner(file)).toEqual({ ...self, port: 4000, children: [former(self)] });
    disown(file);
    expect(readOwner(file)).toBeUndefined();
  });

  test("nobody else while it runs", async () => {
    using folder = ownFolder();
    await using other = await running();
    const file = join(folder.path, "owner.json");
    const written = JSON.stringify({ ...other.identity, port: 4300, children: [] });
    writeFileSync(file, written);
    expect(() => claim(file, 4000)).toThrow(LocalStageProblem);
    expect(() => claim(file, 4000)).toThrow(`on port 4300 (process ${other.identity.pid})`);
    noteChildren(file, []);
    expect(readFileSync(file, "utf8")).toBe(written);
  });

  test("the next one after a crash, who hears of what still runs", async () => {
    using folder = ownFolder();
    await using left = await running();
    const file = join(folder.path, "owner.json");
    const self = identityOf(process.pid) as Identity;
    const children = [left.identity, former(self)];
    writeFileSync(file, JSON.stringify({ ...former(self), port: 4300, children }));
    expect(claim(file, 4000)).toEqual([left.identity]);
    expect(readOwner(file)).toMatchObject({ ...self, port: 4000 });
  });

  test.each(["", "{", "[]", '{"pid":1,"startedAt":"x","port":1,"children":[]}'])(
    "nobody, by a file with %j",
    (text) => {
      using folder = ownFolder();
      const file = join(folder.path, "owner.json");
      writeFileSync(file, text);
      expect(readOwner(file)).toBeUndefined();
      expect(claim(file, 4000)).toEqual([]);
    },
  );
});
