import { memoryTable } from "#shared/adapters/memory/table";
import { changesSuite } from "../suites/changes.ts";
import { tableSuite } from "../suites/table.ts";

tableSuite("memory", () => Promise.resolve(memoryTable()));
changesSuite("memory", () => Promise.resolve(memoryTable()));
