import { memoryTable } from "#shared/adapters/memory/table";
import { changesSuite } from "../suites/changes.ts";
import { idempotencySuite } from "../suites/idempotency.ts";
import { moneySuite } from "../suites/money.ts";
import { outboxSuite } from "../suites/outbox.ts";
import { sealsSuite } from "../suites/seals.ts";
import { spoiledChainsSuite } from "../suites/spoiled-chains.ts";
import { tableSuite } from "../suites/table.ts";

tableSuite("memory", () => Promise.resolve(memoryTable()));
changesSuite("memory", () => Promise.resolve(memoryTable()));
moneySuite("memory", () => Promise.resolve(memoryTable()));
idempotencySuite("memory", () => Promise.resolve(memoryTable()));
outboxSuite("memory", () => Promise.resolve(memoryTable()));
sealsSuite("memory", () => Promise.resolve(memoryTable()));
spoiledChainsSuite("memory", () => Promise.resolve(memoryTable()));
